# El marco
skip = Ir al contenido
places = Lugares
place-home = Inicio
place-explore = Explorar
place-search = Buscar
place-notifications = Notificaciones
place-messages = Mensajes
place-compose = Nueva publicación
place-bookmarks = Guardado
place-settings = Ajustes
place-profile = Tu perfil
waiting-count = { $count ->
    [one] 1 novedad
   *[other] { $count } novedades
}
sign-in = Entrar
sign-out = Salir
join = Unirse
join-ask = Solicitar una cuenta
join-closed = Por ahora nadie puede registrarse aquí sin una invitación.
about = Acerca de
about-server = Acerca de este servidor
source = Código fuente
rules = Normas
offline-bar = Estás sin conexión. Ves lo que se cargó antes.
offline-saved = Estás sin conexión. Ves lo que se guardó { $ago }.
loading = Cargando
close = Cerrar
cancel = Cancelar
undo = Deshacer
details = Detalles
try-again = Reintentar
load-more = Cargar más

# Lo que falló
error-offline = Estás sin conexión.
error-server-away = No se pudo llegar al servidor. Puede que esté parado; inténtalo de nuevo en un momento.
error-server = Algo se rompió en el servidor. Inténtalo de nuevo en un momento.
error-unknown = Algo se rompió aquí. Inténtalo de nuevo.
error-not-here = Esto no está aquí. Puede que se haya borrado, o que no sea para ti.
error-not-done = No funcionó. Inténtalo de nuevo.
error-too-many = Demasiado a la vez. Espera { $seconds } segundos.

# Canales
feeds = Canales
feed-following = Siguiendo
feed-local = Local
lists-edit = Listas
feed-end = Ya lo has visto todo.
new-posts = { $count ->
    [one] 1 nueva
   *[other] { $count } nuevas
}
empty-home = Aquí hay calma. Sigue a gente cuyas fotos te gusten.
empty-local = Nadie ha publicado aquí todavía.
empty-explore = Todavía no hay fotos aquí.
photos-latest = Últimas fotos
empty-list = Aún no hay nada: una lista muestra lo que publica su gente.
list-people-add = Añadir personas

# Una publicación
reposted-by = Compartido por
post-edited = editado
post-menu = Más sobre la publicación de { $name }
visibility-unlisted = Público discreto
visibility-private = Solo seguidores
visibility-direct = Solo mencionados
caption-more = más
comments-view = { $count ->
    [one] Ver 1 comentario
   *[other] Ver los { $count } comentarios
}
like-count = { $count ->
    [0] Me gusta
    [one] Me gusta, 1 vez
   *[other] Me gusta, { $count } veces
}
comment-count = { $count ->
    [0] Comentar
    [one] Comentar, 1 comentario
   *[other] Comentar, { $count } comentarios
}
repost-count = { $count ->
    [0] Compartir
    [one] Compartir, 1 vez
   *[other] Compartir, { $count } veces
}
repost-not = Esta publicación no se puede compartir
send = Enviar
save = Guardar
follow-name = Seguir a { $name }
unfollow-name = Dejar de seguir a { $name }
copy-link = Copiar enlace
link-copied = Enlace copiado
link-not-copied = No se pudo copiar el enlace.
open-original = Abrir la página original
pin = Fijar en tu perfil
unpin = Quitar de tu perfil
edit = Editar
delete = Borrar
delete-title = ¿Borrar esta publicación?
delete-text = Desaparece de aquí al momento, y de otros servidores cuando se enteren. No se puede deshacer.
deleted = Borrado
mute-name = Silenciar a { $name }
muted-name = { $name } está en silencio
block = Bloquear
block-name = Bloquear a { $name }
block-title = ¿Bloquear a { $name }?
block-text = No veréis las publicaciones del otro y dejaréis de seguiros.
blocked-name = { $name } está bloqueado
report-name = Denunciar a { $name }…
server-block = Bloquear todo { $host }
server-unblock = Desbloquear { $host }
reposts-hide = Ocultar lo que comparte
reposts-show = Mostrar lo que comparte
anew = Borrar y volver a escribir

# Imágenes
picture-processing = Preparándose
picture-load = Cargar imagen
picture-open-original = Abrir original
picture-open = Abrir: { $name }
picture-undescribed = foto sin descripción
picture-cut = Abrir para verla entera
alt-show = Descripción de la foto
sensitive-hidden = Oculto
sensitive-show = Mostrar
sensitive-hide = Ocultar las fotos otra vez
filtered = Filtrado: { $text }
filtered-show = Mostrar de todos modos
carousel = carrusel
carousel-photos = { $count ->
    [one] 1 foto
   *[other] { $count } fotos
}
carousel-place = Foto { $at } de { $count }
carousel-on = Foto siguiente
carousel-back = Foto anterior

# Una publicación sola
post = Publicación
post-by = Publicación de { $name }
zoom = Ampliar
picture-full = Pantalla completa: { $name }
comments = Comentarios
comments-none = Aún no hay comentarios.
comment-add = Añade un comentario
comment-post = Publicar
comment-sign-in = Entra para dar «me gusta» o comentar
comment-offline = Estás sin conexión. Tu comentario sigue aquí; envíalo cuando vuelvas.
reply = Responder
reply-to = Responder a { $name }
replies-show = { $count ->
    [one] Ver 1 respuesta más
   *[other] Ver { $count } respuestas más
}
like-comment = { $count ->
    [0] Me gusta el comentario de { $name }
    [one] Me gusta el comentario de { $name }, 1 vez
   *[other] Me gusta el comentario de { $name }, { $count } veces
}
answers-post = Responde a una publicación de { $name }
answers-some = Responde a una publicación
more-from = Más de { $name }

# Personas
follow = Seguir
following = Siguiendo
follow-back = Seguir también
requested = Solicitado
unblock = Desbloquear
unblock-name = Desbloquear a { $name }
unmute = Quitar silencio
unmute-name = Quitar el silencio a { $name }
follows-you = Te sigue
locked = Cuenta privada
moved = { $name } se ha mudado a
message-name = Mensaje a { $name }
lists-put = Poner en listas
verified = Verificado el { $date }
profile-edit = Editar perfil
profile-menu = Más sobre { $name }
photos-of = Fotos de { $name }
views = Vistas
view-grid = Cuadrícula
view-rows = Original
view-feed = Canal
count-posts = { $count ->
    [one] publicación
   *[other] publicaciones
}
count-followers = { $count ->
    [one] seguidor
   *[other] seguidores
}
count-followees = siguiendo
people = Personas
followers = Seguidores
followees = Siguiendo
private = Esta cuenta es privada. Solo los seguidores que acepta ven sus fotos.
suspended = Esta cuenta ha sido suspendida.
empty-profile = Nada publicado todavía.
profile-arriving = Obteniendo publicaciones recientes de { $host }…
empty-people = No hay nadie, o nadie que se pueda mostrar.
sign-in-first = Entra para ver esto.
accept = Aceptar
reject = Rechazar
follow-requests = Solicitudes
empty-requests = Nadie está esperando.
blocks = Personas bloqueadas
empty-blocks = No has bloqueado a nadie.
mutes = Personas silenciadas
empty-mutes = No has silenciado a nadie.

# Mosaico, explorar, buscar
tile = { $name }: { $text }
tile-covered = Foto sensible de { $name }
explore-here = Este servidor
explore-all = Todos los servidores
empty-tag = No hay fotos aquí. Un servidor solo conoce lo que ha visto.
liked = Me gusta
empty-bookmarks = Lo que guardas queda aquí. Solo tú lo ves.
empty-favourites = Lo que te gusta queda aquí.
search-prompt = Busca personas, etiquetas, publicaciones
search-kinds = Mostrar
search-top = Todo
search-people = Personas
search-tags = Etiquetas
search-posts = Publicaciones
search-asking = Preguntando al otro servidor…
search-nothing = Aquí no hay resultados. Los servidores solo conocen lo que han visto: pega una dirección entera para preguntar a otro.
search-not-there = No se pudo contactar con { $host }, o allí no hay nada con ese nombre. Inténtalo más tarde.
search-hint = Nombres, etiquetas, palabras; o una dirección de otro servidor.

# Una nueva publicación
drop-here = Suelta fotos para publicarlas

# Citas
quote = Citar
quote-ask = Citar, si el autor está de acuerdo
quoted = Publicación citada:
quote-inside = Cita otra publicación
quote-pending = El autor de la publicación citada aún no ha dado su acuerdo.
quote-rejected = El autor de la publicación citada no quiere que se muestre aquí.
quote-revoked = El autor de la publicación citada la ha retirado de aquí.
quote-deleted = La publicación citada ya no existe.
quote-unauthorized = No puedes ver la publicación citada.
quote-blocked_account = La publicación citada es de alguien a quien bloqueaste.
quote-blocked_domain = La publicación citada es de un servidor que bloqueaste.
quote-muted_account = La publicación citada es de alguien a quien silenciaste.
quote-revoke = Retirar tu publicación de esta cita
quote-revoke-title = ¿Retirar tu publicación?
quote-revoke-text = La otra publicación se queda y la tuya deja de mostrarse en ella. No se puede deshacer.
quote-revoke-yes = Retirar
quotes-show = { $count ->
    [one] Ver 1 cita
   *[other] Ver { $count } citas
}
quotes-count = { $count ->
    [one] 1 cita
   *[other] { $count } citas
}
