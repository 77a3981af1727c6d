# A new post
photos = Fotos
photos-choose = Fotos wählen, hier ablegen oder einfügen
photos-more = Weitere Fotos
photos-limits = Bis zu { $most } Fotos, je { $size }. Der Ort der Aufnahme wird entfernt.
photos-too-many = Ein Beitrag hat höchstens { $most } Fotos.
photo-cover = Titelbild
photo-sending = Foto { $number } wird gesendet
photo-too-large = Dieses Bild ist zu groß: { $size }, erlaubt sind { $limit }.
photo-offline = Die Verbindung ging verloren. Versuche es, wenn du zurück bist.
photo-earlier = Foto { $number } nach vorn
photo-later = Foto { $number } nach hinten
photo-again = Foto { $number } noch einmal senden
photo-remove = Foto { $number } entfernen
alt-of = Beschreibung von Foto { $number }
alt-hint = Beschreibe es für alle, die es nicht sehen: was da ist, was zählt, was darauf steht
caption = Bildtext
caption-hint = Sag etwas dazu. #Schlagwörter und @Namen werden Links.
characters-left = Noch { $count } Zeichen
audience = Wer es sieht
visibility-public = Öffentlich
visibility-public-about = Alle, auch beim Entdecken
visibility-unlisted-about = Alle, aber nicht beim Entdecken
visibility-private-about = Nur wer dir folgt
visibility-direct-about = Nur wen du mit @ nennst
sensitive-setting = Fotos verdecken
sensitive-about = Andere sehen zuerst nur Farben und deinen Grund.
warning = Grund
warning-hint = Etwa: Blut, Spinnen, das Ende des Films
comments-setting = Kommentare erlauben
draft-kept = Bleibt beim Schreiben in diesem Browser.
edit-title = Beitrag bearbeiten
edit-note = Andere Server behalten vielleicht, was vorher war.
post-publish = Zeigen
post-sending = Wird gesendet…
post-published = Gezeigt
post-changed = Geändert
post-anyway = Trotzdem zeigen
post-offline = Du bist offline. Dein Beitrag bleibt hier; sende ihn, wenn du zurück bist.
undescribed-title = { $count ->
    [one] 1 Foto hat keine Beschreibung
   *[other] { $count } Fotos haben keine Beschreibung
}
undescribed-text = Wer es nicht sehen kann, erfährt nicht, was da ist. Ein Satz genügt.
photo-edit = Foto { $number } bearbeiten
photo-focus = Blickpunkt von Foto { $number }
photo-cancel = Foto { $number } nicht weiter senden
photo-cancelled = Nicht gesendet.
photo-developing = Foto { $number } wird nach deinen Änderungen gemacht
photo-not-edited = Deine Änderungen konnten nicht angewendet werden. Versuche es noch einmal oder bearbeite es neu.
photo-was-edited = Bearbeitet

# Der Editor
photo-edited = Foto { $number }, wie es wird
done = Fertig
redo = Wiederholen
tools = Werkzeuge
tool-crop = Zuschnitt
tool-looks = Stile
tool-adjust = Licht
edit-compare = Halten, um es wie vorher zu sehen
edit-reset = Alles zurücksetzen
edit-all = Den anderen Fotos denselben Stil und dasselbe Licht geben
edit-not-here = Dieses Bild lässt sich in diesem Browser nicht bearbeiten. Es kann so gezeigt werden, wie es ist.
crop-ratio = Seitenverhältnis
crop-free = Frei
crop-original = Original
crop-turn-left = Nach links drehen
crop-turn-right = Nach rechts drehen
crop-flip = Spiegeln
crop-swap = Breite und Höhe tauschen
crop-size = { $width } × { $height }
crop-straighten = Gerade richten
crop-move = Zuschnitt: mit den Pfeiltasten bewegen
crop-top-left = Ecke oben links
crop-top-right = Ecke oben rechts
crop-bottom-left = Ecke unten links
crop-bottom-right = Ecke unten rechts
crop-top = Obere Kante
crop-left = Linke Kante
crop-right = Rechte Kante
crop-bottom = Untere Kante
look-strength = Stärke
look-none = Original
look-clearing = Aufklaren
look-amber = Bernstein
look-harbour = Hafen
look-moss = Moos
look-postcard = Postkarte
look-lantern = Laterne
look-linen = Leinen
look-orchard = Obstgarten
look-frost = Frost
look-attic = Dachboden
look-slate = Schiefer
look-basalt = Basalt
look-ash = Asche
look-walnut = Walnuss
adjust-exposure = Belichtung
adjust-contrast = Kontrast
adjust-highlights = Lichter
adjust-shadows = Schatten
adjust-warmth = Wärme
adjust-saturation = Sättigung
adjust-fade = Verblassen
adjust-vignette = Vignette
adjust-grain = Korn
adjust-sharpen = Schärfe

# Der Blickpunkt
focus-about = Wo ein Bild beschnitten gezeigt wird, bleibt dieser Punkt zu sehen. Drücke dort hin oder bewege ihn mit den Pfeiltasten.
focus-point = Blickpunkt: { $across } % von links, { $down } % von oben
focus-middle = In die Mitte

# Der Entwurf
draft-discard = Verwerfen
draft-discard-title = Diesen Entwurf verwerfen?
draft-discard-text = Seine Worte und Fotos werden aus diesem Browser entfernt.

# Später
schedule-setting = Später zeigen
schedule-at = Wann
schedule-zone = Deine Zeit: { $zone }
schedule-soon = Wähle eine Zeit, bis zu der es mindestens { $minutes } Minuten sind.
post-schedule = Planen
post-scheduled = Es wird am { $date } gezeigt.
scheduled-title = Geplante Beiträge
scheduled-empty = Nichts ist geplant.
scheduled-change = Zeit ändern
scheduled-save = Zeit setzen
scheduled-cancel-title = Diesen geplanten Beitrag löschen?
scheduled-cancel-text = Er wird nicht gezeigt.
scheduled-without = Fotos ohne Worte

# Was andere damit tun dürfen
originals-setting = Originale zum Herunterladen anbieten
originals-about = Deine Dateien mit jedem Pixel, wie du sie hochgeladen hast, ohne den Ort und was sie sonst verraten.
camera-setting = Kameradaten zeigen
camera-about = Kamera, Objektiv, Belichtung und wann das Foto entstand. Nie, wo.
quote-policy = Wer ihn zitieren darf
quote-policy-public = Alle
quote-policy-followers = Nur wer dir folgt
quote-policy-nobody = Niemand
quote-remove = Diesen Beitrag nicht zitieren
quote-not = Dieser Beitrag lässt sich nicht zitieren.
quote-waits = Zuerst wird gefragt, wer ihn schrieb. Bis zur Zustimmung erscheint dein Beitrag ohne den anderen.
