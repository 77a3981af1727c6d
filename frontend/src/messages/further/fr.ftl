# L’application
update-ready = Une nouvelle version est prête.
update-now = Recharger

# En écrivant
suggestions = Suggestions
suggestions-count = { $count ->
    [0] Aucune suggestion
    [one] { $count } suggestion
   *[other] { $count } suggestions
}

# À côté d’un fil
suggested-people = Qui suivre
suggestion-dismiss = Ne plus suggérer { $name }
trending-tags = Mots-clés de la semaine
follows-import = Amener les personnes que vous suivez ailleurs

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
   *[other] { $name } et { $others } autres aiment votre publication
}
told-reblog = { $others ->
    [0] { $name } a partagé votre publication
    [one] { $name } et { $second } ont partagé votre publication
   *[other] { $name } et { $others } autres ont partagé votre publication
}
told-follow = { $others ->
    [0] { $name } vous suit
    [one] { $name } et { $second } vous suivent
   *[other] { $name } et { $others } autres vous suivent
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
set-servers = Serveurs bloqués
set-servers-about = Dont vous ne voyez personne
set-data = Vos données
set-data-about = Espace, export, import, déménagement
set-notifications = Notifications
set-notifications-about = Ce que deviennent celles d’inconnus
set-filters = Filtres
set-filters-about = Mots que vous ne voulez pas croiser
set-lists = Listes
set-lists-about = Personnes que vous suivez, réunies
set-tags = Mots-dièse suivis
set-tags-about = Dont les publications arrivent dans l’accueil
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

# Reports
report-title = Signaler { $name }
report-kind = Qu’est-ce qui ne va pas ?
report-kind-none = Choisissez ce qui ne va pas.
report-spam = Indésirable
report-spam-about = Publicité, contrefaçon, toujours la même chose
report-violation = Contraire aux règles
report-violation-about = Ce que ce serveur demande à tout le monde
report-legal = Contraire à la loi
report-legal-about = Là où vous êtes, ou là où est ce serveur
report-other = Autre chose
report-other-about = Dites ce que c’est avec vos mots
report-rules = Quelles règles ?
report-rules-none = Choisissez au moins une règle.
report-words = Quelques mots pour la modération
report-left = { $count ->
    [one] { $count } caractère restant
   *[other] { $count } caractères restants
}
report-posts = Publications concernées
report-forward = Prévenir aussi { $host }
report-forward-about = Sa modération reçoit une copie qui ne dit pas qui vous êtes.
report-send = Envoyer le signalement
report-sent = Merci. La modération va regarder.
report-also = Inutile de l’attendre : voici ce que vous pouvez faire vous-même.

# Seeing less, writing anew
server-block-title = Bloquer tout { $host } ?
server-block-text = Vous ne verrez plus ni publications, ni commentaires, ni notifications de personne de là-bas.
server-block-ends = Les abonnements entre vous prennent fin : { $count } des vôtres, { $others } des leurs. Débloquer ne les rétablit pas.
server-blocked = { $host } est bloqué
server-unblocked = { $host } n’est plus bloqué
empty-servers = Vous n’avez bloqué aucun serveur. Le menu d’une publication venue d’un autre serveur le propose.
reposts-hidden = Vous ne voyez plus ce que partage { $name }
reposts-shown = Vous voyez de nouveau ce que partage { $name }
anew-title = Supprimer et réécrire ?
anew-text = La publication disparaît avec ses mentions « J’aime » et ses commentaires, ici tout de suite et ailleurs quand les serveurs l’apprennent. Son texte et ses photos sont prêts dans une nouvelle.
anew-draft = Ce que vous aviez commencé comme nouvelle publication lui laisse la place.
anew-yes = Supprimer et écrire

# Your data
data-storage = Espace
data-used = { $size } utilisés sur { $limit }
data-used-unbounded = { $size } utilisés, sans limite.
data-export = À emporter
data-export-about = Des fichiers CSV que d’autres serveurs savent lire.
data-following = Personnes que vous suivez
data-followers = Personnes qui vous suivent
data-blocks = Personnes bloquées
data-mutes = Personnes masquées
data-import = À apporter
data-import-about = Un fichier CSV d’un autre serveur. Il s’ajoute à ce qui est ici et n’enlève rien.
data-kind = Ce qu’il contient
data-file = Fichier
data-file-none = Choisissez un fichier.
data-import-do = Importer
data-imported = Le fichier est arrivé. Ses personnes sont traitées une à une ; si elles sont nombreuses, cela prend du temps, et vous pouvez quitter cette page.
data-move-here = Emménager ici
data-move-here-about = Nommez ici votre ancien compte, puis commencez le déménagement là-bas. Ses abonnés vous suivent ; ses publications restent où elles sont.
data-alias = Adresse de votre ancien compte
data-aliases = Vos anciens comptes
data-nobody = Personne n’a été trouvé à cette adresse.
data-move = Déménager ailleurs
data-move-about = Vos abonnés sont menés vers votre nouveau compte, qui doit d’abord nommer celui-ci comme ancien. Vos publications restent ici, et votre profil dit où vous êtes désormais.
data-move-to = Adresse de votre nouveau compte
data-password = Votre mot de passe
data-password-wrong = Le mot de passe est faux.
data-move-do = Déménager
data-move-title = Déménager vers { $name } ?
data-move-text = Vos abonnés quittent ce compte pour l’autre. C’est définitif.
data-moved = Vous avez déménagé vers { $name }.
data-delete = Supprimer le compte

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
key-f = Photo en plein écran
key-a = Description
key-h = Montrer ce qui est masqué
key-dot = Montrer les nouvelles publications
key-slash = Recherche
key-n = Nouvelle publication
key-g-h = Accueil
key-g-e = Explorer
key-g-n = Notifications
key-g-d = Messages
key-g-p = Votre profil
key-g-s = Réglages
key-help = Cette liste

# Listes
lists = Listes
empty-lists = Une liste réunit des personnes que vous suivez et a son propre fil.
list-new = Une nouvelle liste
lists-with = Listes avec { $name }
list-make = Créer la liste
list-title = Nom
list-replies = Montrer les réponses
list-replies-list = Aux personnes de la liste
list-replies-followed = À toute personne que vous suivez
list-replies-none = Aucune
list-exclusive = Hors de l’accueil
list-exclusive-about = Ce que publient ces personnes n’apparaît que dans la liste.
list-open = Ouvrir le fil
list-settings = Réglages de cette liste
list-people-find = Chercher parmi vos abonnements
empty-list-people = Personne dans cette liste pour l’instant.
list-taken-out = { $name } n’est plus dans cette liste
list-delete = Supprimer la liste
list-delete-title = Supprimer { $name } ?
list-delete-text = La liste disparaît ; vous suivez toujours les personnes qui y sont.
add = Ajouter
remove = Retirer
find-nobody = Personne de ce nom n’est connu ici. Une adresse complète trouve les gens d’autres serveurs.
find-nobody-followed = Vous ne suivez personne de ce nom.

# Mots-dièse
followed-tags = Mots-dièse suivis
empty-followed-tags = Suivez un mot-dièse : ce qui est publié avec arrive dans votre accueil.
unfollow = Ne plus suivre
tag-unfollowed = Vous ne suivez plus { $name }
tag-uses = { $count ->
    [one] 1 publication cette semaine
   *[other] { $count } publications cette semaine
}

# Filtres
empty-filters = Un filtre écarte les publications qui contiennent certains mots.
filter-new = Nouveau filtre
filter-title = Nom
filter-title-none = Donnez-lui un nom pour le reconnaître.
filter-words = Mots
filter-words-about = Cherchés dans les textes, avertissements, descriptions d’images et mots-dièse.
filter-word = Mot { $number }
filter-whole = Mot entier
filter-word-remove = Retirer le mot { $number }
filter-word-more = Un autre mot
filter-words-none = Indiquez au moins un mot.
filter-where = Où
filter-where-home = Accueil et listes
filter-where-notifications = Notifications
filter-where-public = Local, exploration, mots-dièse
filter-where-thread = Publications ouvertes, commentaires
filter-where-account = Profils
filter-where-none = Choisissez au moins un endroit.
filter-action = Ce qu’elles deviennent
filter-action-warn = Avertissement
filter-action-warn-about = Le nom du filtre est à leur place, jusqu’à ce que vous affichiez.
filter-action-blur = Flou
filter-action-blur-about = Leurs images sont couvertes, les mots restent.
filter-action-hide = Masquer
filter-action-hide-about = Elles n’apparaissent pas du tout.
filter-ends = Se termine
filter-never = Jamais
filter-in = Après { $text }
filter-until = jusqu’au { $date }
filter-over = terminé le { $date }
filter-delete = Supprimer le filtre
filter-delete-title = Supprimer { $name } ?
filter-delete-text = Ce qu’il écartait s’affichera de nouveau.

# Messages
messages = Messages
talks = Conversations
talks-back = Tous les messages
empty-talks = Aucun message pour l’instant.
talk-choose = Choisissez une conversation.
talk-menu = Plus sur cette conversation
talk-unread = Marquer comme non lu
talk-delete = Supprimer la conversation
talk-delete-title = Supprimer cette conversation ?
talk-delete-text = Elle quitte votre liste. Les autres gardent ce qui a été dit, et un nouveau message la ramène.
messages-open = Les messages ne sont pas chiffrés de bout en bout : les personnes qui administrent chaque serveur concerné pourraient les lire.
message-new = Nouveau message
message-find = À qui ?
message-recipients = Destinataires
message-recipient-remove = Pas à { $name }
message-to = Message à { $name }
message-write = Écrire un message
message-send = Envoyer le message
message-offline = Vous êtes hors ligne. Votre message est toujours là ; envoyez-le à votre retour.
message-you = Vous :
message-unread = non lu

# Sondages et modifications
poll-one = Choisissez une réponse
poll-several = Choisissez une ou plusieurs réponses
poll-vote = Voter
poll-results = Où on en est
poll-look = Voir les résultats
poll-back = Revenir au vote
poll-refresh = Actualiser
poll-own = votre choix
poll-share = { $number } %
poll-secret = Les résultats seront montrés à la fin.
poll-people = { $count ->
    [one] { $count } vote
   *[other] { $count } votes
}
poll-ends = se termine { $text }
poll-ended = terminé
history = Versions précédentes
history-first = première version
history-photos = Les photos ou leurs descriptions ont changé.

# Inconnus
chip-polls = Sondages
chip-posts = Publications
told-poll = Un sondage auquel vous avez voté est terminé
told-poll-own = Votre sondage est terminé
told-admin-sign_up = { $name } s’est inscrit
told-admin-report = { $name } a signalé quelque chose
notification-new = nouveau
notifications-clear = Vider
notifications-clear-title = Effacer toutes les notifications ?
notifications-clear-text = Elles disparaissent pour de bon ; les publications restent.
senders = Expéditeurs en attente
senders-about = Ce qui vient de ces personnes a été mis de côté, comme vous le vouliez.
senders-accept-all = Tout accepter
senders-dismiss-all = Tout écarter
sender-dismiss = Écarter
sender-accepted = Accepté : le reste rejoint les autres.
sender-dismissed = Écarté
sender-count = { $count ->
    [one] { $count } notification
   *[other] { $count } notifications
}
empty-senders = Personne n’attend.
waiting-senders = { $count ->
    [one] { $count } expéditeur attend votre décision
   *[other] { $count } expéditeurs attendent votre décision
}
policy-about = Choisissez ce que deviennent les notifications de ces personnes.
policy-not_following = Personnes que vous ne suivez pas
policy-not_followers = Personnes qui ne vous suivent pas
policy-new_accounts = Nouveaux comptes
policy-private_mentions = Messages d’inconnus
policy-limited_accounts = Comptes limités par la modération
policy-bots = Robots
policy-accept = Accepter
policy-filter = Mettre de côté
policy-drop = Ignorer

# Citations d’une publication
quotes = Citations
quotes-back = Retour à la publication
empty-quotes = Personne ne l’a citée, ou personne dont vous pouvez voir les publications.
told-quote = { $name } a cité votre publication
told-quoted_update = { $name } a modifié une publication que vous avez citée

# À propos d’une photo ou d’un film
viewer = Photos en plein écran
photo-details = À propos de cette photo
photo-details-none = On n’en sait pas plus.
camera-camera = Appareil
camera-lens = Objectif
camera-film = Pellicule
camera-settings = Réglages
camera-taken = Prise
camera-equivalent = { $number } mm en format 35 mm
original-download = Télécharger l’original
original-size = { $width } × { $height }, { $size }
video-undescribed = vidéo sans description
video-broken = Cette vidéo ne peut pas être lue ici.
gif-play = Lire : { $name }
message-photos = Ajouter des photos

# Publier
set-posting = Publications
set-posting-about = Par quoi une nouvelle publication commence
