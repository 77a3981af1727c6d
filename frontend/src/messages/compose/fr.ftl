# A new post
photos = Photos
photos-choose = Choisissez des photos, déposez-les ici ou collez-les
photos-more = Ajouter des photos
photos-limits = Jusqu’à { $most } photos de { $size }. Le lieu de la prise de vue est retiré.
videos-limits = Vidéos jusqu’à { $size } et { $length }.
room-left = Il vous reste de la place pour { $left }.
photos-too-many = Une publication a au plus { $most } photos.
photo-cover = Couverture
photo-sending = Envoi de la photo { $number }
photo-too-large = Cette image est trop grande : { $size }, limite { $limit }.
video-too-large = Cette vidéo est trop grande : { $size }, limite { $limit }.
video-too-long = Cette vidéo est trop longue : { $length }, limite { $limit }.
photo-no-room = Il n’y a pas la place : elle fait { $size }, et il reste { $left }.
photo-offline = La connexion a été perdue. Réessayez à votre retour.
photo-goes-on = La connexion a été perdue. L’envoi reprendra d’ici tout seul.
video-making = La vidéo est en préparation
photo-earlier = Avancer la photo { $number }
photo-later = Reculer la photo { $number }
photo-again = Renvoyer la photo { $number }
photo-remove = Retirer la photo { $number }
photo-alike-here = Elle ressemble à la photo { $number }.
photo-alike-post = Vous en avez déjà publié une qui se ressemble
alt-of = Description de la photo { $number }
alt-hint = Décrivez-la pour qui ne la voit pas : ce qui est là, ce qui compte, ce qui est écrit
caption = Légende
caption-hint = Dites-en quelque chose. Les #mots-clés et les @noms deviennent des liens.
characters-left = { $count ->
    [one] 1 caractère restant
   *[other] { $count } caractères restants
}
audience = Qui la voit
visibility-public = Public
visibility-public-about = Tout le monde, aussi dans Explorer
visibility-unlisted-about = Tout le monde, mais pas dans Explorer
visibility-private-about = Seulement qui vous suit
visibility-direct-about = Seulement qui vous nommez avec @
sensitive-setting = Couvrir les photos
sensitive-about = Les autres voient d’abord un flou, et votre raison.
warning = Raison
warning-hint = Par exemple : sang, araignées, la fin du film
comments-setting = Permettre les commentaires
post-language = Langue de la publication
post-language-unsaid = Non indiquée
draft-kept = Gardé dans ce navigateur pendant que vous écrivez.
edit-title = Modifier la publication
edit-note = D’autres serveurs gardent peut-être l’ancienne.
post-publish = Publier
post-sending = Publication…
post-published = Publié
post-changed = Modifié
post-anyway = Publier quand même
post-offline = Vous êtes hors ligne. Votre publication est gardée ici ; envoyez-la à votre retour.
undescribed-title = { $count ->
    [one] 1 photo n’a pas de description
   *[other] { $count } photos n’ont pas de description
}
undescribed-text = Qui ne peut pas la voir ne saura pas ce qui s’y trouve. Une phrase suffit.
photo-edit = Modifier la photo { $number }
photo-focus = Point d’intérêt de la photo { $number }
photo-cancel = Arrêter l’envoi de la photo { $number }
photo-cancelled = Pas envoyée.
photo-developing = Application de vos changements à la photo { $number }
photo-not-edited = Vos changements n’ont pas pu être appliqués. Réessayez ou recommencez.
photo-was-edited = Modifiée

# L’éditeur
photo-edited = La photo { $number } telle qu’elle sera
done = Terminé
redo = Rétablir
tools = Outils
tool-crop = Cadrage
tool-looks = Styles
tool-adjust = Lumière
edit-compare = Maintenir pour voir l’original
edit-reset = Annuler tous les changements
edit-all = Donner aux autres photos le même style et la même lumière
edit-not-here = Cette image ne peut pas être modifiée dans ce navigateur. Elle peut être publiée telle quelle.
crop-ratio = Proportions
crop-free = Libre
crop-original = Original
crop-turn-left = Tourner à gauche
crop-turn-right = Tourner à droite
crop-flip = Miroir
crop-swap = Échanger largeur et hauteur
crop-size = { $width } × { $height }
crop-straighten = Redresser
crop-move = Cadrage : déplacer avec les flèches
crop-top-left = Coin supérieur gauche
crop-top-right = Coin supérieur droit
crop-bottom-left = Coin inférieur gauche
crop-bottom-right = Coin inférieur droit
crop-top = Bord supérieur
crop-left = Bord gauche
crop-right = Bord droit
crop-bottom = Bord inférieur
look-strength = Intensité
look-none = Original
look-clearing = Éclaircie
look-amber = Ambre
look-harbour = Port
look-moss = Mousse
look-postcard = Carte postale
look-lantern = Lanterne
look-linen = Lin
look-orchard = Verger
look-frost = Givre
look-attic = Grenier
look-slate = Ardoise
look-basalt = Basalte
look-ash = Cendre
look-walnut = Noyer
adjust-exposure = Exposition
adjust-contrast = Contraste
adjust-highlights = Hautes lumières
adjust-shadows = Ombres
adjust-warmth = Chaleur
adjust-saturation = Saturation
adjust-fade = Délavé
adjust-vignette = Vignettage
adjust-grain = Grain
adjust-sharpen = Netteté

# Le point d’intérêt
focus-about = Là où l’image est montrée coupée, ce point reste visible. Appuyez à cet endroit ou déplacez-le avec les flèches.
focus-point = Point d’intérêt : { $across } % depuis la gauche, { $down } % depuis le haut
focus-middle = Au milieu

# Le brouillon
draft-discard = Abandonner
draft-discard-title = Abandonner ce brouillon ?
draft-discard-text = Son texte et ses photos sont retirés de ce navigateur.

# Plus tard
schedule-setting = Publier plus tard
schedule-at = Quand
schedule-zone = Votre heure : { $zone }
schedule-soon = Choisissez une heure dans au moins { $minutes } minutes.
post-schedule = Programmer
post-scheduled = Ce sera publié le { $date }.
scheduled-title = Publications programmées
scheduled-empty = Rien n’est programmé.
scheduled-change = Changer l’heure
scheduled-save = Fixer l’heure
scheduled-cancel-title = Supprimer cette publication programmée ?
scheduled-cancel-text = Elle ne sera pas publiée.
scheduled-without = Photos sans texte

# Ce que les autres peuvent en faire
originals-setting = Laisser les autres télécharger les originaux
originals-about = Vos fichiers au pixel près, tels que vous les avez envoyés, sans le lieu ni le reste de ce qu’ils disent.
camera-setting = Montrer les données de l’appareil
camera-about = Appareil, objectif, exposition et date de la prise de vue. Jamais le lieu.
roll-of = Pellicule de la photo { $number }, si elle a été prise sur pellicule
roll-stock = Pellicule
roll-stock-hint = par exemple Kodak Portra 400
roll-developer = Développée avec
roll-developer-hint = par exemple Rodinal 1+50
roll-scanner = Numérisée avec
roll-scanner-hint = par exemple Noritsu HS-1800
quote-policy = Qui peut la citer
quote-policy-public = Tout le monde
quote-policy-followers = Seulement vos abonnés
quote-policy-nobody = Personne
quote-remove = Ne pas citer cette publication
quote-not = Cette publication ne peut pas être citée.
quote-waits = L’auteur est d’abord consulté. D’ici à son accord, votre publication paraît sans la sienne.
