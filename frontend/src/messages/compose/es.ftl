# A new post
photos = Fotos
photos-choose = Elige fotos, suéltalas aquí o pégalas
photos-more = Añadir más fotos
photos-limits = Hasta { $most } fotos de { $size }. Se quita el lugar donde se tomaron.
videos-limits = Vídeos de hasta { $size } y { $length }.
room-left = Te queda sitio para { $left }.
photos-too-many = Una publicación tiene como mucho { $most } fotos.
photo-cover = Portada
photo-sending = Enviando la foto { $number }
photo-too-large = Esta imagen es demasiado grande: { $size }, límite { $limit }.
video-too-large = Este vídeo es demasiado grande: { $size }, límite { $limit }.
video-too-long = Este vídeo es demasiado largo: { $length }, límite { $limit }.
photo-no-room = No hay sitio: ocupa { $size } y quedan { $left }.
photo-offline = Se perdió la conexión. Inténtalo cuando vuelvas.
photo-goes-on = Se perdió la conexión. Seguirá sola desde aquí.
video-making = Preparando el vídeo
photo-earlier = Adelantar la foto { $number }
photo-later = Atrasar la foto { $number }
photo-again = Enviar otra vez la foto { $number }
photo-remove = Quitar la foto { $number }
photo-alike-here = Se ve igual que la foto { $number }.
photo-alike-post = Ya has publicado una que se ve igual
alt-of = Descripción de la foto { $number }
alt-hint = Descríbela para quien no la ve: qué hay, qué importa, qué dice
caption = Texto
caption-hint = Di algo sobre ella. Las #etiquetas y los @nombres se vuelven enlaces.
characters-left = { $count ->
    [one] Queda 1 carácter
   *[other] Quedan { $count } caracteres
}
audience = Quién la ve
visibility-public = Público
visibility-public-about = Cualquiera, también en Explorar
visibility-unlisted-about = Cualquiera, pero no en Explorar
visibility-private-about = Solo quien te sigue
visibility-direct-about = Solo a quien nombras con @
sensitive-setting = Cubrir las fotos
sensitive-about = Los demás ven primero un desenfoque y tu motivo.
warning = Motivo
warning-hint = Por ejemplo: sangre, arañas, el final de la película
comments-setting = Permitir comentarios
post-language = Idioma de la publicación
post-language-unsaid = Sin indicar
draft-kept = Se guarda en este navegador mientras escribes.
edit-title = Editar publicación
edit-note = Otros servidores pueden conservar lo que era.
post-publish = Publicar
post-sending = Publicando…
post-published = Publicado
post-changed = Cambiado
post-anyway = Publicar igual
post-offline = Estás sin conexión. Tu publicación se guarda aquí; envíala cuando vuelvas.
undescribed-title = { $count ->
    [one] 1 foto no tiene descripción
   *[other] { $count } fotos no tienen descripción
}
undescribed-text = Quien no pueda verla no sabrá qué hay. Basta una frase.
photo-edit = Editar la foto { $number }
photo-focus = Punto de atención de la foto { $number }
photo-cancel = Dejar de enviar la foto { $number }
photo-cancelled = No se envió.
photo-developing = Aplicando tus cambios a la foto { $number }
photo-not-edited = No se pudieron aplicar tus cambios. Inténtalo otra vez o edítala de nuevo.
photo-was-edited = Editada

# El editor
photo-edited = La foto { $number } tal como quedará
done = Listo
redo = Rehacer
tools = Herramientas
tool-crop = Recorte
tool-looks = Estilos
tool-adjust = Luz
edit-compare = Mantén pulsado para verla como era
edit-reset = Deshacer todos los cambios
edit-all = Dar a las demás fotos el mismo estilo y luz
edit-not-here = Esta imagen no se puede editar en este navegador. Puedes publicarla tal como está.
crop-ratio = Proporción
crop-free = Libre
crop-original = Original
crop-turn-left = Girar a la izquierda
crop-turn-right = Girar a la derecha
crop-flip = Reflejar
crop-swap = Intercambiar ancho y alto
crop-size = { $width } × { $height }
crop-straighten = Enderezar
crop-move = Recorte: mover con las flechas
crop-top-left = Esquina superior izquierda
crop-top-right = Esquina superior derecha
crop-bottom-left = Esquina inferior izquierda
crop-bottom-right = Esquina inferior derecha
crop-top = Borde superior
crop-left = Borde izquierdo
crop-right = Borde derecho
crop-bottom = Borde inferior
look-strength = Intensidad
look-none = Original
look-clearing = Despejado
look-amber = Ámbar
look-harbour = Puerto
look-moss = Musgo
look-postcard = Postal
look-lantern = Farol
look-linen = Lino
look-orchard = Huerto
look-frost = Escarcha
look-attic = Desván
look-slate = Pizarra
look-basalt = Basalto
look-ash = Ceniza
look-walnut = Nogal
adjust-exposure = Exposición
adjust-contrast = Contraste
adjust-highlights = Luces
adjust-shadows = Sombras
adjust-warmth = Calidez
adjust-saturation = Saturación
adjust-fade = Desvanecido
adjust-vignette = Viñeta
adjust-grain = Grano
adjust-sharpen = Nitidez

# El punto de atención
focus-about = Donde la imagen se muestra recortada, este punto queda a la vista. Pulsa ahí o muévelo con las flechas.
focus-point = Punto de atención: { $across } % desde la izquierda, { $down } % desde arriba
focus-middle = Al centro

# El borrador
draft-discard = Descartar
draft-discard-title = ¿Descartar este borrador?
draft-discard-text = Su texto y sus fotos se quitan de este navegador.

# Más tarde
schedule-setting = Publicar más tarde
schedule-at = Cuándo
schedule-zone = Tu hora: { $zone }
schedule-soon = Elige una hora de aquí a { $minutes } minutos por lo menos.
post-schedule = Programar
post-scheduled = Se publicará el { $date }.
scheduled-title = Publicaciones programadas
scheduled-empty = No hay nada programado.
scheduled-change = Cambiar la hora
scheduled-save = Fijar la hora
scheduled-cancel-title = ¿Eliminar esta publicación programada?
scheduled-cancel-text = No se publicará.
scheduled-without = Fotos sin texto

# Qué pueden hacer los demás con ella
originals-setting = Dejar que otros descarguen los originales
originals-about = Tus archivos con cada píxel como los subiste, sin el lugar ni lo demás que cuentan.
camera-setting = Mostrar los datos de la cámara
camera-about = Cámara, objetivo, exposición y cuándo se tomó. Nunca dónde.
roll-of = Película de la foto { $number }, si se hizo con película
roll-stock = Película
roll-stock-hint = por ejemplo, Kodak Portra 400
roll-developer = Revelada con
roll-developer-hint = por ejemplo, Rodinal 1+50
roll-scanner = Escaneada con
roll-scanner-hint = por ejemplo, Noritsu HS-1800
quote-policy = Quién puede citarla
quote-policy-public = Cualquiera
quote-policy-followers = Solo quienes te siguen
quote-policy-nobody = Nadie
quote-remove = No citar esta publicación
quote-not = Esta publicación no se puede citar.
quote-waits = Antes se pregunta al autor. Hasta que esté de acuerdo, tu publicación se muestra sin la suya.
