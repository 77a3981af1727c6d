# Die App
update-ready = Eine neue Version ist da.
update-now = Neu laden

# Mitteilungen
chip-all = Alle
chip-mentions = Kommentare
chip-likes = Gefällt mir
chip-reposts = Geteilt
chip-follows = Follower
age-today = Heute
age-week = Diese Woche
age-earlier = Früher
empty-notifications = Noch nichts.
requests-count = { $count ->
    [one] 1 Person möchte dir folgen
   *[other] { $count } Personen möchten dir folgen
}
told-favourite = { $others ->
    [0] { $name } gefällt dein Beitrag
    [one] { $name } und { $second } gefällt dein Beitrag
   *[other] { $name }, { $second } und anderen gefällt dein Beitrag
}
told-reblog = { $others ->
    [0] { $name } hat deinen Beitrag geteilt
    [one] { $name } und { $second } haben deinen Beitrag geteilt
   *[other] { $name }, { $second } und andere haben deinen Beitrag geteilt
}
told-follow = { $others ->
    [0] { $name } folgt dir
    [one] { $name } und { $second } folgen dir
   *[other] { $name }, { $second } und andere folgen dir
}
told-follow_request = { $name } möchte dir folgen
told-mention = { $name } hat dir geschrieben
told-status = { $name } hat etwas gezeigt
told-update = { $name } hat einen Beitrag bearbeitet
told-other = Etwas von { $name }

# Einstellungen
set-profile = Profil
set-profile-about = Name, Bild, Worte, Links
set-appearance = Aussehen
set-appearance-about = Farben, Sprache, Lesen
set-requests = Anfragen
set-requests-about = Leute, die dir folgen möchten
set-liked = Gefällt mir
set-liked-about = Beiträge, die dir gefielen
set-mutes = Stummgeschaltete
set-mutes-about = Wessen Beiträge du nicht siehst
set-blocks = Gesperrte
set-blocks-about = Wer dich nicht sieht und du nicht
set-account = Konto
set-account-about = E-Mail, Passwort, Sitzungen, Apps
theme = Farben
theme-system = Wie das System
theme-light = Hell
theme-dark = Dunkel
theme-black = Schwarz
language = Sprache
data-saver = Daten sparen
data-saver-about = Bilder werden geladen, wenn du sie willst.
more-button = Ältere Beiträge auf Knopfdruck
more-button-about = Statt beim Scrollen.
keys-setting = Tastenkürzel
keys-about = Einzelne Buchstaben tun etwas; ? zeigt die Liste.
saved = Gespeichert
save-changes = Speichern
avatar-change = Bild ändern
header-change = Kopfbild ändern
display-name = Name
bio = Über dich
profile-fields = Links und Angaben
field-name = Feld { $number }: Name
field-value = Feld { $number }: Inhalt
field-name-hint = Website
field-value-hint = https://…
locked-setting = Privates Konto
locked-about = Du entscheidest, wer dir folgt.

# Tasten
keys = Tastatur
key-j-k = Nächster, voriger Beitrag
key-o = Öffnen
key-l = Gefällt mir
key-b = Merken
key-s = Teilen
key-c = Kommentieren
key-m = Mehr zum Beitrag
key-arrows = Nächstes, voriges Foto
key-a = Beschreibung
key-h = Verdecktes zeigen
key-dot = Neue Beiträge zeigen
key-slash = Suche
key-n = Neuer Beitrag
key-g-h = Start
key-g-e = Entdecken
key-g-n = Mitteilungen
key-g-p = Dein Profil
key-g-s = Einstellungen
key-help = Diese Liste
