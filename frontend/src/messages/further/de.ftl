# Die App
update-ready = Eine neue Version ist da.
update-now = Neu laden

# Beim Schreiben
suggestions = Vorschläge
suggestions-count = { $count ->
    [0] Keine Vorschläge
    [one] 1 Vorschlag
   *[other] { $count } Vorschläge
}

# Neben einem Feed
suggested-people = Wem du folgen könntest
suggestion-dismiss = { $name } nicht mehr vorschlagen
trending-tags = Schlagwörter der Woche
follows-import = Mitbringen, wem du anderswo folgst

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
   *[other] { $name } und { $others } anderen gefällt dein Beitrag
}
told-reblog = { $others ->
    [0] { $name } hat deinen Beitrag geteilt
    [one] { $name } und { $second } haben deinen Beitrag geteilt
   *[other] { $name } und { $others } andere haben deinen Beitrag geteilt
}
told-follow = { $others ->
    [0] { $name } folgt dir
    [one] { $name } und { $second } folgen dir
   *[other] { $name } und { $others } andere folgen dir
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
set-servers = Gesperrte Server
set-servers-about = Von deren Leuten du nichts siehst
set-data = Deine Daten
set-data-about = Speicher, Export, Import, Umzug
set-notifications = Mitteilungen
set-notifications-about = Was mit denen von Fremden geschieht
set-filters = Filter
set-filters-about = Wörter, denen du nicht begegnen willst
set-lists = Listen
set-lists-about = Leute, denen du folgst, zusammengefasst
set-tags = Gefolgte Tags
set-tags-about = Deren Beiträge in deinen Feed kommen
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

# Reports
report-title = { $name } melden
report-kind = Was stimmt nicht?
report-kind-none = Wähle, was nicht stimmt.
report-spam = Spam
report-spam-about = Werbung, Fälschungen, immer wieder dasselbe
report-violation = Gegen die Regeln
report-violation-about = Was dieser Server von allen verlangt
report-legal = Gegen das Gesetz
report-legal-about = Dort, wo du bist, oder wo dieser Server steht
report-other = Etwas anderes
report-other-about = Sag mit eigenen Worten, was es ist
report-rules = Welche Regeln?
report-rules-none = Wähle mindestens eine Regel.
report-words = Worte an die Moderation
report-left = Noch { $count } Zeichen
report-posts = Beiträge, um die es geht
report-forward = Auch { $host } Bescheid geben
report-forward-about = Die Moderation dort bekommt eine Kopie, in der nicht steht, wer du bist.
report-send = Meldung senden
report-sent = Danke. Die Moderation sieht es sich an.
report-also = Du musst nicht auf sie warten: Das kannst du selbst tun.

# Seeing less, writing anew
server-block-title = Alle von { $host } sperren?
server-block-text = Du siehst von niemandem dort mehr Beiträge, Kommentare oder Mitteilungen.
server-block-ends = Es enden, was ihr einander folgt: { $count }-mal du, { $others }-mal sie. Das Entsperren bringt es nicht zurück.
server-blocked = { $host } ist gesperrt
server-unblocked = { $host } ist nicht mehr gesperrt
empty-servers = Du hast keinen Server gesperrt. Das Menü eines Beitrags von einem anderen Server bietet es an.
reposts-hidden = Du siehst nicht mehr, was { $name } teilt
reposts-shown = Du siehst wieder, was { $name } teilt
anew-title = Löschen und neu schreiben?
anew-text = Der Beitrag verschwindet mit allem, was dazu gesagt wurde: hier sofort, auf anderen Servern, sobald sie davon hören. Seine Worte und Fotos liegen in einem neuen Beitrag bereit.
anew-draft = Was du als neuen Beitrag begonnen hattest, macht ihm Platz.
anew-yes = Löschen und schreiben

# Your data
data-storage = Speicher
data-used = { $size } von { $limit } belegt
data-used-unbounded = { $size } belegt; es gibt keine Grenze.
data-export = Mitnehmen
data-export-about = CSV-Dateien, die andere Server lesen können.
data-following = Leute, denen du folgst
data-followers = Leute, die dir folgen
data-blocks = Gesperrte
data-mutes = Stummgeschaltete
data-import = Mitbringen
data-import-about = Eine CSV-Datei von einem anderen Server. Sie kommt zu dem hinzu, was hier ist, und nimmt nichts weg.
data-kind = Was darin ist
data-file = Datei
data-file-none = Wähle eine Datei.
data-import-do = Einlesen
data-imported = Die Datei ist da. Ihre Leute werden nacheinander durchgegangen; bei vielen dauert das, und du kannst diese Seite verlassen.
data-move-here = Hierher umziehen
data-move-here-about = Nenne hier dein altes Konto und beginne dann dort den Umzug. Wer ihm folgt, kommt mit; die Beiträge bleiben, wo sie sind.
data-alias = Adresse deines alten Kontos
data-aliases = Deine alten Konten
data-nobody = Unter dieser Adresse wurde niemand gefunden.
data-move = Wegziehen
data-move-about = Wer dir folgt, wird zu deinem neuen Konto geführt, das erst dieses als altes nennen muss. Deine Beiträge bleiben hier, und dein Profil sagt, wo du jetzt bist.
data-move-to = Adresse deines neuen Kontos
data-password = Dein Passwort
data-password-wrong = Das Passwort ist falsch.
data-move-do = Umziehen
data-move-title = Nach { $name } umziehen?
data-move-text = Wer diesem Konto folgt, geht zu jenem. Das lässt sich nicht rückgängig machen.
data-moved = Du bist nach { $name } umgezogen.
data-delete = Konto löschen

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
key-f = Foto über den ganzen Bildschirm
key-a = Beschreibung
key-h = Verdecktes zeigen
key-dot = Neue Beiträge zeigen
key-slash = Suche
key-n = Neuer Beitrag
key-g-h = Start
key-g-e = Entdecken
key-g-n = Mitteilungen
key-g-d = Nachrichten
key-g-p = Dein Profil
key-g-s = Einstellungen
key-help = Diese Liste

# Listen
lists = Listen
empty-lists = Eine Liste fasst Leute zusammen, denen du folgst, und hat einen eigenen Feed.
list-new = Eine neue Liste
lists-with = Listen mit { $name }
list-make = Liste anlegen
list-title = Name
list-replies = Antworten zeigen
list-replies-list = An Leute in der Liste
list-replies-followed = An alle, denen du folgst
list-replies-none = Keine
list-exclusive = Nicht in Start
list-exclusive-about = Was diese Leute posten, steht nur in der Liste.
list-open = Feed öffnen
list-settings = Einstellungen dieser Liste
list-people-find = Leute suchen, denen du folgst
empty-list-people = In dieser Liste ist noch niemand.
list-taken-out = { $name } ist nicht mehr in dieser Liste
list-delete = Liste löschen
list-delete-title = { $name } löschen?
list-delete-text = Die Liste verschwindet; den Leuten darin folgst du weiter.
add = Hinzufügen
remove = Entfernen
find-nobody = Unter diesem Namen ist hier niemand bekannt. Mit der ganzen Adresse findest du Leute anderer Server.
find-nobody-followed = Du folgst niemandem mit diesem Namen.

# Tags
followed-tags = Gefolgte Tags
empty-followed-tags = Folge einem Tag, und was damit gepostet wird, kommt in deinen Feed.
unfollow = Nicht mehr folgen
tag-unfollowed = Du folgst { $name } nicht mehr
tag-uses = { $count ->
    [one] 1 Beitrag in dieser Woche
   *[other] { $count } Beiträge in dieser Woche
}

# Filter
empty-filters = Ein Filter hält dir Beiträge mit bestimmten Wörtern vom Leib.
filter-new = Neuer Filter
filter-title = Name
filter-title-none = Gib ihm einen Namen, an dem du ihn wiedererkennst.
filter-words = Wörter
filter-words-about = Gesucht wird in Texten, Warnungen, Bildbeschreibungen und Tags.
filter-word = Wort { $number }
filter-whole = Ganzes Wort
filter-word-remove = Wort { $number } entfernen
filter-word-more = Noch ein Wort
filter-words-none = Gib mindestens ein Wort an.
filter-where = Wo
filter-where-home = Start und Listen
filter-where-notifications = Mitteilungen
filter-where-public = Lokal, Entdecken, Tags
filter-where-thread = Geöffnete Beiträge, Kommentare
filter-where-account = Profile
filter-where-none = Wähle mindestens einen Ort.
filter-action = Was mit ihnen geschieht
filter-action-warn = Warnung
filter-action-warn-about = An ihrer Stelle steht der Name des Filters, bis du auf Zeigen drückst.
filter-action-blur = Unschärfe
filter-action-blur-about = Ihre Bilder werden verdeckt, die Worte bleiben.
filter-action-hide = Ausblenden
filter-action-hide-about = Sie werden ganz weggelassen.
filter-ends = Endet
filter-never = Nie
filter-in = Nach { $text }
filter-until = bis { $date }
filter-over = endete am { $date }
filter-delete = Filter löschen
filter-delete-title = { $name } löschen?
filter-delete-text = Was er fernhielt, wird wieder gezeigt.

# Nachrichten
messages = Nachrichten
talks = Unterhaltungen
talks-back = Alle Nachrichten
empty-talks = Noch keine Nachrichten.
talk-choose = Wähle eine Unterhaltung.
talk-menu = Mehr zu dieser Unterhaltung
talk-unread = Als ungelesen markieren
talk-delete = Unterhaltung löschen
talk-delete-title = Diese Unterhaltung löschen?
talk-delete-text = Sie verschwindet aus deiner Liste. Andere behalten, was gesagt wurde, und eine neue Nachricht bringt sie zurück.
messages-open = Nachrichten sind nicht Ende-zu-Ende-verschlüsselt: Wer einen der beteiligten Server betreibt, könnte sie lesen.
message-new = Neue Nachricht
message-find = An wen?
message-recipients = Empfänger
message-recipient-remove = Nicht an { $name }
message-to = Nachricht an { $name }
message-write = Nachricht schreiben
message-send = Nachricht senden
message-offline = Du bist offline. Deine Nachricht ist noch hier; sende sie, sobald du wieder da bist.
message-you = Du:
message-unread = ungelesen

# Umfragen und Änderungen
poll-one = Wähle eine Antwort
poll-several = Wähle eine oder mehrere Antworten
poll-vote = Abstimmen
poll-results = Zwischenstand
poll-look = Ergebnis ansehen
poll-back = Zurück zur Wahl
poll-refresh = Aktualisieren
poll-own = deine Wahl
poll-share = { $number } %
poll-secret = Das Ergebnis wird am Ende gezeigt.
poll-people = { $count ->
    [one] 1 Stimme
   *[other] { $count } Stimmen
}
poll-ends = endet { $text }
poll-ended = beendet
history = Frühere Fassungen
history-first = erste Fassung
history-photos = Fotos oder ihre Beschreibungen wurden geändert.

# Fremde
chip-polls = Umfragen
chip-posts = Beiträge
told-poll = Eine Umfrage, bei der du abgestimmt hast, ist zu Ende
told-poll-own = Deine Umfrage ist zu Ende
told-admin-sign_up = { $name } hat sich angemeldet
told-admin-report = { $name } hat etwas gemeldet
notification-new = neu
notifications-clear = Leeren
notifications-clear-title = Alle Mitteilungen löschen?
notifications-clear-text = Sie verschwinden endgültig; die Beiträge bleiben.
senders = Wartende Absender
senders-about = Was von diesen Leuten kam, wurde beiseitegelegt, wie du es wolltest.
senders-accept-all = Alle annehmen
senders-dismiss-all = Alle verwerfen
sender-dismiss = Verwerfen
sender-accepted = Angenommen: Was von dort kam, steht bald bei den anderen.
sender-dismissed = Verworfen
sender-count = { $count ->
    [one] 1 Mitteilung
   *[other] { $count } Mitteilungen
}
empty-senders = Niemand wartet.
waiting-senders = { $count ->
    [one] 1 Absender wartet auf deine Entscheidung
   *[other] { $count } Absender warten auf deine Entscheidung
}
policy-about = Wähle, was mit Mitteilungen von diesen Leuten geschieht.
policy-not_following = Leute, denen du nicht folgst
policy-not_followers = Leute, die dir nicht folgen
policy-new_accounts = Neue Konten
policy-private_mentions = Nachrichten von Fremden
policy-limited_accounts = Von der Moderation eingeschränkte Konten
policy-bots = Bots
policy-accept = Annehmen
policy-filter = Beiseitelegen
policy-drop = Weglassen

# Zitate eines Beitrags
quotes = Zitate
quotes-back = Zurück zum Beitrag
empty-quotes = Niemand hat ihn zitiert, oder niemand, dessen Beiträge du sehen darfst.
told-quote = { $name } hat deinen Beitrag zitiert
told-quoted_update = { $name } hat einen Beitrag bearbeitet, den du zitiert hast

# Über ein Foto oder einen Film
viewer = Fotos auf dem ganzen Bildschirm
photo-details = Über dieses Foto
photo-details-none = Mehr ist darüber nicht bekannt.
camera-camera = Kamera
camera-lens = Objektiv
camera-film = Film
camera-settings = Einstellungen
camera-taken = Aufgenommen
camera-equivalent = { $number } mm im Kleinbildformat
original-download = Original herunterladen
original-size = { $width } × { $height }, { $size }
video-undescribed = Video ohne Beschreibung
video-broken = Dieses Video lässt sich hier nicht abspielen.
gif-play = Abspielen: { $name }
message-photos = Fotos hinzufügen

# Beiträge
set-posting = Beiträge
set-posting-about = Womit ein neuer Beitrag beginnt
