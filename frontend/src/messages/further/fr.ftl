# L’application
update-ready = Une nouvelle version est prête.
update-now = Recharger

# Notifications
chip-all = Tout
chip-mentions = Commentaires
chip-likes = J’aime
chip-reposts = Partages
chip-follows = Abonnés
age-today = Aujourd’hui
age-week = Cette semaine
age-earlier = Plus tôt
empty-notifications = Rien pour l’instant.
requests-count = { $count ->
    [one] 1 personne demande à vous suivre
   *[other] { $count } personnes demandent à vous suivre
}
told-favourite = { $others ->
    [0] { $name } aime votre publication
    [one] { $name } et { $second } aiment votre publication
   *[other] { $name }, { $second } et d’autres aiment votre publication
}
told-reblog = { $others ->
    [0] { $name } a partagé votre publication
    [one] { $name } et { $second } ont partagé votre publication
   *[other] { $name }, { $second } et d’autres ont partagé votre publication
}
told-follow = { $others ->
    [0] { $name } vous suit
    [one] { $name } et { $second } vous suivent
   *[other] { $name }, { $second } et d’autres vous suivent
}
told-follow_request = { $name } demande à vous suivre
told-mention = { $name } vous a écrit
told-status = { $name } a publié
told-update = { $name } a modifié une publication
told-other = Quelque chose de { $name }

# Réglages
set-profile = Profil
set-profile-about = Nom, image, mots, liens
set-appearance = Apparence
set-appearance-about = Thème, langue, lecture
set-requests = Demandes d’abonnement
set-requests-about = Qui demande à vous suivre
set-liked = Aimé
set-liked-about = Les publications que vous aimez
set-mutes = Personnes masquées
set-mutes-about = Celles dont vous ne voyez rien
set-blocks = Personnes bloquées
set-blocks-about = Vous ne vous voyez plus
set-account = Compte
set-account-about = E-mail, mot de passe, sessions, applications
theme = Thème
theme-system = Comme le système
theme-light = Clair
theme-dark = Sombre
theme-black = Noir
language = Langue
data-saver = Économiser les données
data-saver-about = Les images se chargent quand vous le demandez.
more-button = Suite par un bouton
more-button-about = Plutôt qu’en faisant défiler.
keys-setting = Raccourcis clavier
keys-about = Une lettre suffit ; ? montre la liste.
saved = Enregistré
save-changes = Enregistrer
avatar-change = Changer l’image
header-change = Changer l’en-tête
display-name = Nom
bio = À propos de vous
profile-fields = Liens et faits
field-name = Champ { $number } : nom
field-value = Champ { $number } : contenu
field-name-hint = Site web
field-value-hint = https://…
locked-setting = Compte privé
locked-about = Vous décidez qui vous suit.

# Touches
keys = Clavier
key-j-k = Publication suivante, précédente
key-o = Ouvrir
key-l = J’aime
key-b = Enregistrer
key-s = Partager
key-c = Commenter
key-m = Plus sur la publication
key-arrows = Photo suivante, précédente
key-a = Description
key-h = Montrer ce qui est masqué
key-dot = Montrer les nouvelles publications
key-slash = Recherche
key-n = Nouvelle publication
key-g-h = Accueil
key-g-e = Explorer
key-g-n = Notifications
key-g-p = Votre profil
key-g-s = Réglages
key-help = Cette liste
