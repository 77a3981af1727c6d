# Le cadre
skip = Aller au contenu
places = Lieux
place-home = Accueil
place-explore = Explorer
place-search = Recherche
place-notifications = Notifications
place-messages = Messages
place-compose = Nouvelle publication
place-bookmarks = Enregistré
place-settings = Réglages
place-profile = Votre profil
waiting-count = { $count ->
    [one] 1 nouveauté
   *[other] { $count } nouveautés
}
sign-in = Se connecter
sign-out = Se déconnecter
join = S’inscrire
join-ask = Demander un compte
join-closed = Pour le moment, personne ne peut s’inscrire ici sans invitation.
about = À propos
about-server = À propos de ce serveur
source = Code source
rules = Règles
offline-bar = Vous êtes hors ligne. Vous voyez ce qui a été chargé avant.
offline-saved = Vous êtes hors ligne. Vous voyez ce qui a été enregistré { $ago }.
loading = Chargement
close = Fermer
cancel = Annuler
undo = Annuler
details = Détails
try-again = Réessayer
load-more = Charger la suite

# Ce qui n’a pas marché
error-offline = Vous êtes hors ligne.
error-server-away = Le serveur est injoignable. Il est peut-être arrêté ; réessayez dans un instant.
error-server = Quelque chose s’est cassé sur le serveur. Réessayez dans un instant.
error-unknown = Quelque chose s’est cassé ici. Réessayez.
error-not-here = Ce n’est pas ici. C’est peut-être supprimé, ou ce n’est pas pour vous.
error-not-done = Cela n’a pas marché. Réessayez.
error-too-many = Trop de choses à la fois. Attendez { $seconds } secondes.

# Fils
feeds = Fils
feed-following = Abonnements
feed-local = Local
lists-edit = Listes
feed-end = Vous avez tout vu.
new-posts = { $count ->
    [one] 1 nouvelle
   *[other] { $count } nouvelles
}
empty-home = Votre fil est calme. Suivez des gens dont les photos vous plaisent.
empty-local = Personne n’a encore rien publié ici.
empty-explore = Pas encore de photos ici.
photos-latest = Dernières photos
empty-list = Rien ici pour l’instant : une liste montre ce que publient ses membres.
list-people-add = Ajouter des personnes

# Une publication
reposted-by = Partagé par
post-edited = modifié
post-menu = Plus sur la publication de { $name }
visibility-unlisted = Public discret
visibility-private = Abonnés seulement
visibility-direct = Personnes mentionnées seulement
caption-more = plus
comments-view = { $count ->
    [one] Voir 1 commentaire
   *[other] Voir les { $count } commentaires
}
like-count = { $count ->
    [0] J’aime
    [one] J’aime, 1 fois
   *[other] J’aime, { $count } fois
}
comment-count = { $count ->
    [0] Commenter
    [one] Commenter, 1 commentaire
   *[other] Commenter, { $count } commentaires
}
repost-count = { $count ->
    [0] Partager
    [one] Partager, 1 partage
   *[other] Partager, { $count } partages
}
repost-not = Cette publication ne peut pas être partagée
send = Envoyer
save = Enregistrer
follow-name = Suivre { $name }
unfollow-name = Ne plus suivre { $name }
copy-link = Copier le lien
link-copied = Lien copié
link-not-copied = Le lien n’a pas pu être copié.
open-original = Ouvrir la page d’origine
pin = Épingler au profil
unpin = Retirer du profil
edit = Modifier
delete = Supprimer
delete-title = Supprimer cette publication ?
delete-text = Elle disparaît d’ici tout de suite, et des autres serveurs quand ils l’apprennent. C’est définitif.
deleted = Supprimé
mute-name = Masquer { $name }
muted-name = { $name } est masqué
block = Bloquer
block-name = Bloquer { $name }
block-title = Bloquer { $name } ?
block-text = Vous ne verrez plus vos publications respectives et ne vous suivrez plus.
blocked-name = { $name } est bloqué
report-name = Signaler { $name }…
server-block = Bloquer tout { $host }
server-unblock = Débloquer { $host }
reposts-hide = Masquer ses partages
reposts-show = Afficher ses partages
anew = Supprimer et réécrire

# Images
picture-processing = En préparation
picture-load = Charger l’image
picture-open-original = Ouvrir l’original
picture-open = Ouvrir : { $name }
picture-undescribed = photo sans description
picture-cut = Ouvrir pour tout voir
alt-show = Description de la photo
sensitive-hidden = Masqué
sensitive-show = Montrer
sensitive-hide = Masquer à nouveau les photos
filtered = Filtré : { $text }
filtered-show = Afficher quand même
carousel = carrousel
carousel-photos = { $count ->
    [one] 1 photo
   *[other] { $count } photos
}
carousel-place = Photo { $at } sur { $count }
carousel-on = Photo suivante
carousel-back = Photo précédente

# Une publication seule
post = Publication
post-by = Publication de { $name }
zoom = Agrandir
picture-full = Plein écran : { $name }
comments = Commentaires
comments-none = Pas encore de commentaires.
comment-add = Ajouter un commentaire
comment-post = Publier
comment-sign-in = Connectez-vous pour aimer ou commenter
comment-offline = Vous êtes hors ligne. Votre commentaire est toujours là ; envoyez-le à votre retour.
reply = Répondre
reply-to = Répondre à { $name }
replies-show = { $count ->
    [one] Voir 1 autre réponse
   *[other] Voir { $count } autres réponses
}
like-comment = { $count ->
    [0] Aimer le commentaire de { $name }
    [one] Aimer le commentaire de { $name }, 1 fois
   *[other] Aimer le commentaire de { $name }, { $count } fois
}
answers-post = Répond à une publication de { $name }
answers-some = Répond à une publication
more-from = Plus de { $name }

# Personnes
follow = Suivre
following = Suivi
follow-back = Suivre en retour
requested = Demandé
unblock = Débloquer
unblock-name = Débloquer { $name }
unmute = Ne plus masquer
unmute-name = Ne plus masquer { $name }
follows-you = Vous suit
locked = Compte privé
moved = { $name } a déménagé vers
message-name = Message à { $name }
lists-put = Mettre dans des listes
verified = Vérifié le { $date }
profile-edit = Modifier le profil
profile-menu = Plus sur { $name }
photos-of = Photos de { $name }
views = Vues
view-grid = Grille
view-rows = Original
view-feed = Fil
count-posts = { $count ->
    [one] publication
   *[other] publications
}
count-followers = { $count ->
    [one] abonné
   *[other] abonnés
}
count-followees = { $count ->
    [one] abonnement
   *[other] abonnements
}
people = Personnes
followers = Abonnés
followees = Abonnements
private = Ce compte est privé. Seuls les abonnés acceptés voient ses photos.
suspended = Ce compte a été suspendu.
empty-profile = Rien de publié pour l’instant.
profile-arriving = Récupération des publications récentes de { $host }…
empty-people = Personne ici, ou personne que l’on puisse montrer.
sign-in-first = Connectez-vous pour voir ceci.
accept = Accepter
reject = Refuser
follow-requests = Demandes d’abonnement
empty-requests = Personne n’attend.
blocks = Personnes bloquées
empty-blocks = Vous n’avez bloqué personne.
mutes = Personnes masquées
empty-mutes = Vous n’avez masqué personne.

# Vignettes, exploration, recherche
tile = { $name } : { $text }
tile-covered = Photo sensible de { $name }
explore-here = Ce serveur
explore-all = Tous les serveurs
empty-tag = Pas de photos ici. Un serveur ne connaît que ce qu’il a vu.
liked = Aimé
empty-bookmarks = Ce que vous enregistrez est gardé ici. Vous seul le voyez.
empty-favourites = Ce que vous aimez est gardé ici.
search-prompt = Chercher des personnes, des mots-clés, des publications
search-kinds = Montrer
search-top = Tout
search-people = Personnes
search-tags = Mots-clés
search-posts = Publications
search-asking = On demande à l’autre serveur…
search-nothing = Rien trouvé ici. Les serveurs ne connaissent que ce qu’ils ont vu : collez une adresse entière pour en interroger un autre.
search-not-there = Impossible de joindre { $host }, ou rien n’y porte ce nom. Réessayez plus tard.
search-hint = Noms, mots-clés, mots ; ou une adresse d’un autre serveur.

# Une nouvelle publication
drop-here = Déposez des photos pour les publier

# Citations
quote = Citer
quote-ask = Citer, si l’auteur est d’accord
quoted = Publication citée :
quote-inside = Cite une autre publication
quote-pending = L’auteur de la publication citée n’a pas encore donné son accord.
quote-rejected = L’auteur de la publication citée ne veut pas qu’elle soit montrée ici.
quote-revoked = L’auteur de la publication citée l’a retirée d’ici.
quote-deleted = La publication citée n’existe plus.
quote-unauthorized = La publication citée ne vous est pas destinée.
quote-blocked_account = La publication citée vient d’une personne que vous avez bloquée.
quote-blocked_domain = La publication citée vient d’un serveur que vous avez bloqué.
quote-muted_account = La publication citée vient d’une personne que vous avez masquée.
quote-revoke = Retirer votre publication de cette citation
quote-revoke-title = Retirer votre publication ?
quote-revoke-text = L’autre publication reste, et la vôtre n’y est plus montrée. C’est définitif.
quote-revoke-yes = Retirer
quotes-show = { $count ->
    [one] Voir 1 citation
   *[other] Voir { $count } citations
}
quotes-count = { $count ->
    [one] 1 citation
   *[other] { $count } citations
}
