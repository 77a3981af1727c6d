# La aplicación
update-ready = Hay una versión nueva.
update-now = Recargar

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
   *[other] A { $name }, a { $second } y a otros les gusta tu publicación
}
told-reblog = { $others ->
    [0] { $name } compartió tu publicación
    [one] { $name } y { $second } compartieron tu publicación
   *[other] { $name }, { $second } y otros compartieron tu publicación
}
told-follow = { $others ->
    [0] { $name } te sigue
    [one] { $name } y { $second } te siguen
   *[other] { $name }, { $second } y otros te siguen
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
key-a = Descripción
key-h = Mostrar lo oculto
key-dot = Mostrar lo nuevo
key-slash = Buscar
key-n = Nueva publicación
key-g-h = Inicio
key-g-e = Explorar
key-g-n = Notificaciones
key-g-p = Tu perfil
key-g-s = Ajustes
key-help = Esta lista
