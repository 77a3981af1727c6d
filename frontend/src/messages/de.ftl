# Der Rahmen
skip = Zum Inhalt
places = Orte
place-home = Start
place-explore = Entdecken
place-search = Suche
place-notifications = Mitteilungen
place-messages = Nachrichten
place-compose = Neuer Beitrag
place-bookmarks = Gemerkt
place-settings = Einstellungen
place-profile = Dein Profil
waiting-count = { $count ->
    [one] 1 neue
   *[other] { $count } neue
}
sign-in = Anmelden
sign-out = Abmelden
join = Mitmachen
join-ask = Konto anfragen
join-closed = Ohne Einladung kann sich hier zurzeit niemand registrieren.
about = Über
about-server = Über diesen Server
source = Quelltext
rules = Regeln
offline-bar = Du bist offline. Du siehst, was vorher geladen wurde.
offline-saved = Du bist offline. Du siehst, was { $ago } gespeichert wurde.
loading = Wird geladen
close = Schließen
cancel = Abbrechen
undo = Rückgängig
details = Einzelheiten
try-again = Noch einmal
load-more = Mehr laden

# Was schiefging
error-offline = Du bist offline.
error-server-away = Der Server war nicht zu erreichen. Vielleicht steht er still; bitte versuche es gleich noch einmal.
error-server = Auf dem Server ist etwas kaputtgegangen. Bitte versuche es gleich noch einmal.
error-unknown = Hier ist etwas kaputtgegangen. Bitte versuche es noch einmal.
error-not-here = Das ist nicht hier. Vielleicht wurde es gelöscht, oder es ist nicht für dich.
error-not-done = Das hat nicht geklappt. Bitte versuche es noch einmal.
error-too-many = Zu viel auf einmal. Bitte warte { $seconds } Sekunden.

# Feeds
feeds = Feeds
feed-following = Gefolgt
feed-local = Hier
lists-edit = Listen
feed-end = Du hast alles gesehen.
new-posts = { $count } neu
empty-home = Hier ist es noch still. Folge Leuten, deren Fotos dir gefallen.
empty-local = Hier hat noch niemand etwas gezeigt.
empty-explore = Hier gibt es noch keine Fotos.
photos-latest = Neueste Fotos
empty-list = Hier ist noch nichts: Eine Liste zeigt, was ihre Leute posten.
list-people-add = Leute hinzufügen

# Ein Beitrag
reposted-by = Geteilt von
post-edited = bearbeitet
post-menu = Mehr zum Beitrag von { $name }
visibility-unlisted = Leise öffentlich
visibility-private = Nur Follower
visibility-direct = Nur Genannte
caption-more = mehr
comments-view = { $count ->
    [one] 1 Kommentar ansehen
   *[other] Alle { $count } Kommentare ansehen
}
like-count = { $count ->
    [0] Gefällt mir
    [one] Gefällt mir, 1 Mal
   *[other] Gefällt mir, { $count } Mal
}
comment-count = { $count ->
    [0] Kommentieren
    [one] Kommentieren, 1 Kommentar
   *[other] Kommentieren, { $count } Kommentare
}
repost-count = { $count ->
    [0] Teilen
    [one] Teilen, 1 Mal geteilt
   *[other] Teilen, { $count } Mal geteilt
}
repost-not = Dieser Beitrag kann nicht geteilt werden
send = Senden
save = Merken
follow-name = { $name } folgen
unfollow-name = { $name } nicht mehr folgen
copy-link = Link kopieren
link-copied = Link kopiert
link-not-copied = Der Link konnte nicht kopiert werden.
open-original = Originalseite öffnen
pin = An dein Profil heften
unpin = Vom Profil lösen
edit = Bearbeiten
delete = Löschen
delete-title = Diesen Beitrag löschen?
delete-text = Hier verschwindet er sofort, auf anderen Servern, sobald sie davon hören. Das lässt sich nicht rückgängig machen.
deleted = Gelöscht
mute-name = { $name } stummschalten
muted-name = { $name } ist stumm
block = Sperren
block-name = { $name } sperren
block-title = { $name } sperren?
block-text = Ihr seht eure Beiträge nicht mehr und folgt einander nicht mehr.
blocked-name = { $name } ist gesperrt
report-name = { $name } melden …
server-block = Alle von { $host } sperren
server-unblock = { $host } entsperren
reposts-hide = Geteiltes ausblenden
reposts-show = Geteiltes zeigen
anew = Löschen und neu schreiben

# Bilder
picture-processing = Wird vorbereitet
picture-load = Bild laden
picture-open-original = Original öffnen
picture-open = Öffnen: { $name }
picture-undescribed = Foto ohne Beschreibung
picture-cut = Öffnen, um alles zu sehen
alt-show = Beschreibung des Fotos
sensitive-hidden = Verdeckt
sensitive-show = Zeigen
sensitive-hide = Fotos wieder verdecken
filtered = Gefiltert: { $text }
filtered-show = Trotzdem zeigen
carousel = Bilderfolge
carousel-photos = { $count ->
    [one] 1 Foto
   *[other] { $count } Fotos
}
carousel-place = Foto { $at } von { $count }
carousel-on = Nächstes Foto
carousel-back = Voriges Foto

# Ein Beitrag für sich
post = Beitrag
post-by = Beitrag von { $name }
zoom = Vergrößern
picture-full = Ganzer Bildschirm: { $name }
comments = Kommentare
comments-none = Noch keine Kommentare.
comment-add = Kommentar schreiben
comment-post = Senden
comment-sign-in = Melde dich an, um zu kommentieren
comment-offline = Du bist offline. Dein Kommentar ist noch da; sende ihn, wenn du zurück bist.
reply = Antworten
reply-to = Antwort an { $name }
replies-show = { $count ->
    [one] Noch 1 Antwort
   *[other] Noch { $count } Antworten
}
like-comment = { $count ->
    [0] Der Kommentar von { $name } gefällt mir
    [one] Der Kommentar von { $name } gefällt mir, 1 Mal
   *[other] Der Kommentar von { $name } gefällt mir, { $count } Mal
}
answers-post = Antwortet auf einen Beitrag von { $name }
answers-some = Antwortet auf einen Beitrag
more-from = Mehr von { $name }

# Leute
follow = Folgen
following = Gefolgt
follow-back = Zurückfolgen
requested = Angefragt
unblock = Entsperren
unblock-name = { $name } entsperren
unmute = Wieder hören
unmute-name = { $name } nicht mehr stummschalten
follows-you = Folgt dir
locked = Privates Konto
moved = { $name } ist umgezogen nach
message-name = Nachricht an { $name }
lists-put = In Listen aufnehmen
verified = Bestätigt am { $date }
profile-edit = Profil bearbeiten
profile-menu = Mehr zu { $name }
photos-of = Fotos von { $name }
views = Ansichten
view-grid = Raster
view-rows = Original
view-feed = Feed
count-posts = { $count ->
    [one] Beitrag
   *[other] Beiträge
}
count-followers = { $count ->
    [one] Follower
   *[other] Follower
}
count-followees = gefolgt
people = Leute
followers = Follower
followees = Gefolgt
private = Dieses Konto ist privat. Nur angenommene Follower sehen die Fotos.
suspended = Dieses Konto wurde gesperrt.
empty-profile = Noch nichts gezeigt.
profile-arriving = Neue Beiträge werden von { $host } geholt …
empty-people = Niemand hier, oder niemand, der gezeigt werden darf.
sign-in-first = Bitte melde dich an, um das zu sehen.
accept = Annehmen
reject = Ablehnen
follow-requests = Anfragen
empty-requests = Niemand wartet.
blocks = Gesperrte
empty-blocks = Du hast niemanden gesperrt.
mutes = Stummgeschaltete
empty-mutes = Du hast niemanden stummgeschaltet.

# Kacheln, Entdecken, Suche
tile = { $name }: { $text }
tile-covered = Verdecktes Foto von { $name }
explore-here = Dieser Server
explore-all = Alle Server
empty-tag = Keine Fotos hier. Ein Server kennt nur, was er gesehen hat.
liked = Gefällt mir
empty-bookmarks = Was du dir merkst, liegt hier. Nur du siehst es.
empty-favourites = Was dir gefällt, liegt hier.
search-prompt = Leute, Schlagwörter, Beiträge suchen
search-kinds = Zeigen
search-top = Alles
search-people = Leute
search-tags = Schlagwörter
search-posts = Beiträge
search-asking = Der andere Server wird gefragt…
search-nothing = Hier nichts gefunden. Server kennen nur, was sie gesehen haben: Mit einer ganzen Adresse wird ein anderer gefragt.
search-not-there = { $host } war nicht zu erreichen, oder dort gibt es nichts unter diesem Namen. Versuche es später noch einmal.
search-hint = Namen, Schlagwörter, Wörter; oder eine Adresse von einem anderen Server.

# Ein neuer Beitrag
drop-here = Fotos hier ablegen, um sie zu zeigen

# Zitate
quote = Zitieren
quote-ask = Zitieren, wenn zugestimmt wird
quoted = Zitierter Beitrag:
quote-inside = Zitiert einen anderen Beitrag
quote-pending = Wer den zitierten Beitrag schrieb, hat noch nicht zugestimmt.
quote-rejected = Wer den zitierten Beitrag schrieb, möchte ihn hier nicht zeigen.
quote-revoked = Wer den zitierten Beitrag schrieb, hat ihn hier herausgenommen.
quote-deleted = Den zitierten Beitrag gibt es nicht mehr.
quote-unauthorized = Der zitierte Beitrag ist nicht für dich bestimmt.
quote-blocked_account = Der zitierte Beitrag ist von jemandem, den du gesperrt hast.
quote-blocked_domain = Der zitierte Beitrag ist von einem Server, den du gesperrt hast.
quote-muted_account = Der zitierte Beitrag ist von jemandem, den du stummgeschaltet hast.
quote-revoke = Deinen Beitrag aus diesem Zitat herausnehmen
quote-revoke-title = Deinen Beitrag herausnehmen?
quote-revoke-text = Der andere Beitrag bleibt, deiner wird darin nicht mehr gezeigt. Das lässt sich nicht rückgängig machen.
quote-revoke-yes = Herausnehmen
quotes-show = { $count ->
    [one] 1 Zitat ansehen
   *[other] { $count } Zitate ansehen
}
quotes-count = { $count ->
    [one] 1 Zitat
   *[other] { $count } Zitate
}
