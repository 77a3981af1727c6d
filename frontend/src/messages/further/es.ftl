# La aplicación
update-ready = Hay una versión nueva.
update-now = Recargar

# Al escribir
suggestions = Sugerencias
suggestions-count = { $count ->
    [0] Sin sugerencias
    [one] 1 sugerencia
   *[other] { $count } sugerencias
}

# Junto a un hilo
suggested-people = A quién seguir
suggestion-dismiss = No sugerir a { $name }
trending-tags = Etiquetas de la semana
follows-import = Traer a quienes sigues en otro sitio

# Notificaciones
chip-all = Todo
chip-mentions = Comentarios
chip-likes = Me gusta
chip-reposts = Compartidos
chip-follows = Seguidores
age-today = Hoy
age-week = Esta semana
age-earlier = Antes
empty-notifications = Nada todavía.
requests-count = { $count ->
    [one] 1 persona pide seguirte
   *[other] { $count } personas piden seguirte
}
told-favourite = { $others ->
    [0] A { $name } le gusta tu publicación
    [one] A { $name } y a { $second } les gusta tu publicación
   *[other] A { $name } y a { $others } más les gusta tu publicación
}
told-reblog = { $others ->
    [0] { $name } compartió tu publicación
    [one] { $name } y { $second } compartieron tu publicación
   *[other] { $name } y { $others } más compartieron tu publicación
}
told-follow = { $others ->
    [0] { $name } te sigue
    [one] { $name } y { $second } te siguen
   *[other] { $name } y { $others } más te siguen
}
told-follow_request = { $name } pide seguirte
told-mention = { $name } te escribió
told-status = { $name } publicó
told-update = { $name } editó una publicación
told-other = Algo de { $name }

# Ajustes
set-profile = Perfil
set-profile-about = Nombre, imagen, palabras, enlaces
set-appearance = Aspecto
set-appearance-about = Tema, idioma, lectura
set-requests = Solicitudes
set-requests-about = Quién pide seguirte
set-liked = Me gusta
set-liked-about = Publicaciones que te gustaron
set-mutes = Personas silenciadas
set-mutes-about = De quién no ves publicaciones
set-blocks = Personas bloqueadas
set-blocks-about = Quién no te ve ni ves
set-servers = Servidores bloqueados
set-servers-about = De cuya gente no ves nada
set-data = Tus datos
set-data-about = Espacio, exportar, importar, mudanza
set-notifications = Notificaciones
set-notifications-about = Qué pasa con las de desconocidos
set-filters = Filtros
set-filters-about = Palabras que no quieres encontrar
set-lists = Listas
set-lists-about = Personas que sigues, reunidas
set-tags = Etiquetas seguidas
set-tags-about = Cuyas publicaciones llegan a tu inicio
set-account = Cuenta
set-account-about = Correo, contraseña, sesiones, aplicaciones
theme = Tema
theme-system = Como el sistema
theme-light = Claro
theme-dark = Oscuro
theme-black = Negro
language = Idioma
data-saver = Ahorrar datos
data-saver-about = Las imágenes se cargan cuando las pides.
more-button = Lo anterior con un botón
more-button-about = En vez de al desplazarte.
keys-setting = Atajos de teclado
keys-about = Cada letra hace algo; ? muestra la lista.
saved = Guardado
save-changes = Guardar
avatar-change = Cambiar imagen
header-change = Cambiar cabecera
display-name = Nombre
bio = Sobre ti
profile-fields = Enlaces y datos
field-name = Campo { $number }: nombre
field-value = Campo { $number }: contenido
field-name-hint = Sitio web
field-value-hint = https://…
locked-setting = Cuenta privada
locked-about = Tú decides quién te sigue.

# Reports
report-title = Denunciar a { $name }
report-kind = ¿Qué ocurre?
report-kind-none = Elige qué ocurre.
report-spam = Spam
report-spam-about = Publicidad, falsedades, lo mismo una y otra vez
report-violation = Va contra las normas
report-violation-about = Lo que este servidor pide a todos
report-legal = Va contra la ley
report-legal-about = Donde estás tú, o donde está este servidor
report-other = Otra cosa
report-other-about = Di qué es con tus palabras
report-rules = ¿Qué normas?
report-rules-none = Elige al menos una norma.
report-words = Unas palabras para los moderadores
report-left = { $count ->
    [one] Queda 1 carácter
   *[other] Quedan { $count } caracteres
}
report-posts = Publicaciones de las que se trata
report-forward = Avisar también a { $host }
report-forward-about = Sus moderadores reciben una copia que no dice quién eres.
report-send = Enviar denuncia
report-sent = Gracias. Los moderadores lo mirarán.
report-also = No hace falta que esperes: esto puedes hacerlo tú.

# Seeing less, writing anew
server-block-title = ¿Bloquear todo { $host }?
server-block-text = Ya no verás publicaciones, comentarios ni notificaciones de nadie de allí.
server-block-ends = Se acaban los seguimientos entre vosotros: { $count } tuyos, { $others } suyos. Al desbloquear no vuelven.
server-blocked = { $host } está bloqueado
server-unblocked = { $host } ya no está bloqueado
empty-servers = No has bloqueado ningún servidor. Se hace en el menú de una publicación de otro servidor.
reposts-hidden = Ya no ves lo que comparte { $name }
reposts-shown = Vuelves a ver lo que comparte { $name }
anew-title = ¿Borrar y volver a escribir?
anew-text = La publicación desaparece con sus «me gusta» y comentarios, aquí al momento y en otros servidores cuando se enteren. Su texto y sus fotos quedan listos en una nueva.
anew-draft = Lo que habías empezado como publicación nueva le deja sitio.
anew-yes = Borrar y escribir

# Your data
data-storage = Espacio
data-used = { $size } de { $limit } ocupados
data-used-unbounded = { $size } ocupados; no hay límite.
data-export = Para llevar
data-export-about = Archivos CSV que otros servidores pueden leer.
data-following = A quién sigues
data-followers = Quién te sigue
data-blocks = Personas bloqueadas
data-mutes = Personas silenciadas
data-import = Traer aquí
data-import-about = Un archivo CSV de otro servidor. Se añade a lo que hay aquí y no quita nada.
data-kind = Qué contiene
data-file = Archivo
data-file-none = Elige un archivo.
data-import-do = Traer
data-imported = El archivo ha llegado. Sus personas se recorren una a una; si son muchas lleva un rato, y puedes salir de esta página.
data-move-here = Mudarse aquí
data-move-here-about = Nombra aquí tu cuenta antigua y empieza después la mudanza allí. Vienen quienes la siguen; las publicaciones se quedan donde están.
data-alias = Dirección de tu cuenta antigua
data-aliases = Tus cuentas antiguas
data-nobody = No se encontró a nadie en esa dirección.
data-move = Irse a otra cuenta
data-move-about = Quienes te siguen pasan a tu cuenta nueva, que antes debe nombrar esta como antigua. Tus publicaciones se quedan aquí, y tu perfil dice dónde estás ahora.
data-move-to = Dirección de tu cuenta nueva
data-password = Tu contraseña
data-password-wrong = La contraseña no es correcta.
data-move-do = Mudarse
data-move-title = ¿Mudarse a { $name }?
data-move-text = Quienes siguen esta cuenta pasan a aquella. No se puede deshacer.
data-moved = Te has mudado a { $name }.
data-delete = Borrar la cuenta

# Teclas
keys = Teclado
key-j-k = Publicación siguiente, anterior
key-o = Abrir
key-l = Me gusta
key-b = Guardar
key-s = Compartir
key-c = Comentar
key-m = Más sobre la publicación
key-arrows = Foto siguiente, anterior
key-f = Foto a pantalla completa
key-a = Descripción
key-h = Mostrar lo oculto
key-dot = Mostrar lo nuevo
key-slash = Buscar
key-n = Nueva publicación
key-g-h = Inicio
key-g-e = Explorar
key-g-n = Notificaciones
key-g-d = Mensajes
key-g-p = Tu perfil
key-g-s = Ajustes
key-help = Esta lista

# Listas
lists = Listas
empty-lists = Una lista reúne a personas que sigues y tiene su propio canal.
list-new = Una lista nueva
lists-with = Listas con { $name }
list-make = Crear lista
list-title = Nombre
list-replies = Mostrar respuestas
list-replies-list = A personas de la lista
list-replies-followed = A cualquiera que sigas
list-replies-none = Ninguna
list-exclusive = Fuera de inicio
list-exclusive-about = Lo que publican estas personas solo aparece en la lista.
list-open = Abrir canal
list-settings = Ajustes de esta lista
list-people-find = Buscar entre quienes sigues
empty-list-people = Aún no hay nadie en esta lista.
list-taken-out = { $name } ya no está en esta lista
list-delete = Eliminar lista
list-delete-title = ¿Eliminar { $name }?
list-delete-text = La lista desaparece; seguirás a las personas que hay en ella.
add = Añadir
remove = Quitar
find-nobody = Aquí no se conoce a nadie con ese nombre. Con la dirección completa se encuentra a gente de otros servidores.
find-nobody-followed = No sigues a nadie con ese nombre.

# Etiquetas
followed-tags = Etiquetas seguidas
empty-followed-tags = Sigue una etiqueta y lo que se publique con ella llegará a tu inicio.
unfollow = Dejar de seguir
tag-unfollowed = Ya no sigues { $name }
tag-uses = { $count ->
    [one] 1 publicación esta semana
   *[other] { $count } publicaciones esta semana
}

# Filtros
empty-filters = Un filtro aparta las publicaciones con ciertas palabras.
filter-new = Filtro nuevo
filter-title = Nombre
filter-title-none = Ponle un nombre para reconocerlo.
filter-words = Palabras
filter-words-about = Se buscan en textos, avisos, descripciones de imágenes y etiquetas.
filter-word = Palabra { $number }
filter-whole = Palabra completa
filter-word-remove = Quitar la palabra { $number }
filter-word-more = Otra palabra
filter-words-none = Indica al menos una palabra.
filter-where = Dónde
filter-where-home = Inicio y listas
filter-where-notifications = Notificaciones
filter-where-public = Local, explorar, etiquetas
filter-where-thread = Publicaciones abiertas, comentarios
filter-where-account = Perfiles
filter-where-none = Elige al menos un lugar.
filter-action = Qué pasa con ellas
filter-action-warn = Aviso
filter-action-warn-about = En su lugar aparece el nombre del filtro, hasta que pulses Mostrar.
filter-action-blur = Desenfoque
filter-action-blur-about = Sus imágenes se cubren; las palabras quedan.
filter-action-hide = Ocultar
filter-action-hide-about = No aparecen en absoluto.
filter-ends = Termina
filter-never = Nunca
filter-in = Tras { $text }
filter-until = hasta el { $date }
filter-over = terminó el { $date }
filter-delete = Eliminar filtro
filter-delete-title = ¿Eliminar { $name }?
filter-delete-text = Lo que apartaba volverá a verse.

# Mensajes
messages = Mensajes
talks = Conversaciones
talks-back = Todos los mensajes
empty-talks = Aún no hay mensajes.
talk-choose = Elige una conversación.
talk-menu = Más sobre esta conversación
talk-unread = Marcar como no leído
talk-delete = Eliminar conversación
talk-delete-title = ¿Eliminar esta conversación?
talk-delete-text = Sale de tu lista. Los demás conservan lo dicho, y un mensaje nuevo la trae de vuelta.
messages-open = Los mensajes no están cifrados de extremo a extremo: quienes administran cada servidor al que llegan podrían leerlos.
message-new = Mensaje nuevo
message-find = ¿Para quién?
message-recipients = Destinatarios
message-recipient-remove = No a { $name }
message-to = Mensaje para { $name }
message-write = Escribe un mensaje
message-send = Enviar mensaje
message-offline = Estás sin conexión. Tu mensaje sigue aquí; envíalo cuando vuelvas.
message-you = Tú:
message-unread = no leído

# Encuestas y cambios
poll-one = Elige una
poll-several = Elige una o más
poll-vote = Votar
poll-results = Cómo va
poll-look = Ver resultados
poll-back = Volver a votar
poll-refresh = Actualizar
poll-own = tu elección
poll-share = { $number } %
poll-secret = Los resultados se verán al terminar.
poll-people = { $count ->
    [one] 1 voto
   *[other] { $count } votos
}
poll-ends = termina { $text }
poll-ended = terminada
history = Versiones anteriores
history-first = primera versión
history-photos = Cambiaron las fotos o sus descripciones.

# Desconocidos
chip-polls = Encuestas
chip-posts = Publicaciones
told-poll = Terminó una encuesta en la que votaste
told-poll-own = Tu encuesta ha terminado
told-admin-sign_up = { $name } se registró
told-admin-report = { $name } denunció algo
notification-new = nuevo
notifications-clear = Vaciar
notifications-clear-title = ¿Borrar todas las notificaciones?
notifications-clear-text = Desaparecen para siempre; las publicaciones quedan.
senders = Remitentes en espera
senders-about = Lo que causaron estas personas se apartó, como querías.
senders-accept-all = Aceptar a todos
senders-dismiss-all = Descartar a todos
sender-dismiss = Descartar
sender-accepted = Aceptado: lo suyo aparecerá entre las demás.
sender-dismissed = Descartado
sender-count = { $count ->
    [one] 1 notificación
   *[other] { $count } notificaciones
}
empty-senders = Nadie espera.
waiting-senders = { $count ->
    [one] 1 remitente espera tu decisión
   *[other] { $count } remitentes esperan tu decisión
}
policy-about = Elige qué pasa con las notificaciones de estas personas.
policy-not_following = Personas que no sigues
policy-not_followers = Personas que no te siguen
policy-new_accounts = Cuentas nuevas
policy-private_mentions = Mensajes de desconocidos
policy-limited_accounts = Cuentas limitadas por la moderación
policy-bots = Bots
policy-accept = Aceptar
policy-filter = Apartar
policy-drop = Descartar

# Citas de una publicación
quotes = Citas
quotes-back = Volver a la publicación
empty-quotes = Nadie la ha citado, o nadie cuyas publicaciones puedas ver.
told-quote = { $name } citó tu publicación
told-quoted_update = { $name } editó una publicación que citaste

# Sobre una foto o un vídeo
viewer = Fotos a pantalla completa
photo-details = Sobre esta foto
photo-details-none = No se sabe nada más de ella.
camera-camera = Cámara
camera-lens = Objetivo
camera-film = Película
camera-settings = Ajustes
camera-taken = Tomada
camera-equivalent = { $number } mm en formato de 35 mm
original-download = Descargar el original
original-size = { $width } × { $height }, { $size }
video-undescribed = vídeo sin descripción
video-broken = Este vídeo no se puede reproducir aquí.
gif-play = Reproducir: { $name }
message-photos = Añadir fotos

# Publicar
set-posting = Publicaciones
set-posting-about = Con qué empieza una publicación nueva
