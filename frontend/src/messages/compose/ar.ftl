# A new post
photos = الصور
photos-choose = اختر صورًا أو أفلتها هنا أو ألصقها
photos-more = إضافة صور
photos-limits = حتى { $most } صورة، { $size } لكل منها. يُحذف مكان التقاطها.
videos-limits = الفيديو حتى { $size } و{ $length }.
room-left = بقي لك متسع لـ{ $left }.
photos-too-many = لا يزيد المنشور على { $most } صورة.
photo-cover = الغلاف
photo-sending = جارٍ إرسال الصورة { $number }
photo-too-large = هذه الصورة كبيرة جدًا: { $size }، والحد { $limit }.
video-too-large = هذا الفيديو كبير جدًا: { $size }، والحد { $limit }.
video-too-long = هذا الفيديو طويل جدًا: { $length }، والحد { $limit }.
photo-no-room = لا متسع لها: حجمها { $size } والباقي { $left }.
photo-offline = انقطع الاتصال. حاول مجددًا حين تعود.
photo-goes-on = انقطع الاتصال. سيُستأنف الإرسال من هنا تلقائيًا.
video-making = يُجهَّز الفيديو
photo-earlier = قدّم الصورة { $number }
photo-later = أخّر الصورة { $number }
photo-again = أرسل الصورة { $number } مجددًا
photo-remove = أزل الصورة { $number }
photo-alike-here = تبدو مثل الصورة { $number }.
photo-alike-post = نشرتَ من قبل صورة تبدو مثلها
alt-of = وصف الصورة { $number }
alt-hint = صفها لمن لا يراها: ما فيها، وما يهم، وما كُتب عليها
caption = التعليق
caption-hint = قل شيئًا عنها. تصير ‎#الوسوم و‎@الأسماء روابط.
characters-left = بقي { $count } حرفًا
audience = من يراه
visibility-public = عام
visibility-public-about = الجميع، وفي الاستكشاف أيضًا
visibility-unlisted-about = الجميع، لكن ليس في الاستكشاف
visibility-private-about = من يتابعك فقط
visibility-direct-about = من تذكره بـ @ فقط
sensitive-setting = حجب الصور
sensitive-about = يرى الآخرون ضبابًا أولًا، مع السبب الذي تكتبه.
warning = السبب
warning-hint = مثل: دم، عناكب، نهاية الفيلم
comments-setting = السماح بالتعليقات
post-language = لغة المنشور
post-language-unsaid = غير محددة
draft-kept = يُحفظ في هذا المتصفح أثناء الكتابة.
edit-title = تعديل المنشور
edit-note = قد تحتفظ خوادم أخرى بما كان عليه.
post-publish = نشر
post-sending = جارٍ النشر…
post-published = نُشر
post-changed = عُدّل
post-anyway = انشر على أي حال
post-offline = أنت غير متصل. منشورك محفوظ هنا؛ أرسله حين تعود.
undescribed-title = { $count ->
    [one] صورة واحدة بلا وصف
    [two] صورتان بلا وصف
    [few] { $count } صور بلا وصف
   *[other] { $count } صورة بلا وصف
}
undescribed-text = من لا يراها لن يعرف ما فيها. تكفي جملة واحدة.
photo-edit = تحرير الصورة { $number }
photo-focus = نقطة التركيز في الصورة { $number }
photo-cancel = أوقف إرسال الصورة { $number }
photo-cancelled = لم تُرسل.
photo-developing = جارٍ تطبيق تغييراتك على الصورة { $number }
photo-not-edited = تعذّر تطبيق تغييراتك. حاول مجددًا أو حرّرها من جديد.
photo-was-edited = محرّرة

# المحرّر
photo-edited = الصورة { $number } كما ستكون
done = تم
redo = إعادة
tools = الأدوات
tool-crop = قص
tool-looks = أنماط
tool-adjust = الضوء
edit-compare = اضغط مطوّلًا لرؤيتها كما كانت
edit-reset = تراجع عن كل التغييرات
edit-all = امنح الصور الأخرى النمط والضوء نفسيهما
edit-not-here = لا يمكن تحرير هذه الصورة في هذا المتصفح. يمكن نشرها كما هي.
crop-ratio = النسبة
crop-free = حرة
crop-original = الأصل
crop-turn-left = أدر يسارًا
crop-turn-right = أدر يمينًا
crop-flip = اعكس
crop-swap = بدّل العرض والارتفاع
crop-size = { $width } × { $height }
crop-straighten = تقويم
crop-move = القص: حرّكه بمفاتيح الأسهم
crop-top-left = الزاوية العليا اليسرى
crop-top-right = الزاوية العليا اليمنى
crop-bottom-left = الزاوية السفلى اليسرى
crop-bottom-right = الزاوية السفلى اليمنى
crop-top = الحافة العليا
crop-left = الحافة اليسرى
crop-right = الحافة اليمنى
crop-bottom = الحافة السفلى
look-strength = القوة
look-none = الأصل
look-clearing = صحو
look-amber = كهرمان
look-harbour = مرفأ
look-moss = طحلب
look-postcard = بطاقة
look-lantern = فانوس
look-linen = كتان
look-orchard = بستان
look-frost = صقيع
look-attic = عِلّية
look-slate = إردواز
look-basalt = بازلت
look-ash = رماد
look-walnut = جوز
adjust-exposure = التعريض
adjust-contrast = التباين
adjust-highlights = الإضاءات
adjust-shadows = الظلال
adjust-warmth = الدفء
adjust-saturation = التشبع
adjust-fade = البهتان
adjust-vignette = التظليل
adjust-grain = الحبيبات
adjust-sharpen = الحدة

# نقطة التركيز
focus-about = حيث تُعرض الصورة مقصوصة تبقى هذه النقطة ظاهرة. اضغط هناك أو حرّكها بمفاتيح الأسهم.
focus-point = نقطة التركيز: { $across }٪ من اليسار، { $down }٪ من الأعلى
focus-middle = إلى الوسط

# المسودة
draft-discard = تجاهل
draft-discard-title = أتتجاهل هذه المسودة؟
draft-discard-text = تُزال كلماتها وصورها من هذا المتصفح.

# لاحقًا
schedule-setting = النشر لاحقًا
schedule-at = متى
schedule-zone = توقيتك: { $zone }
schedule-soon = اختر وقتًا بعد { $minutes } دقائق على الأقل.
post-schedule = جدولة
post-scheduled = سيُنشر في { $date }.
scheduled-title = المنشورات المجدولة
scheduled-empty = لا شيء مجدول.
scheduled-change = غيّر الوقت
scheduled-save = ثبّت الوقت
scheduled-cancel-title = أتحذف هذا المنشور المجدول؟
scheduled-cancel-text = لن يُنشر.
scheduled-without = صور بلا كلام

# ما يمكن للآخرين فعله به
originals-setting = السماح للآخرين بتنزيل الأصل
originals-about = ملفاتك بكل بكسل كما رفعتها، بلا المكان وبلا غيره مما ترويه.
camera-setting = إظهار تفاصيل الكاميرا
camera-about = الكاميرا والعدسة والتعريض ووقت الالتقاط. لا المكان أبدًا.
roll-of = فيلم الصورة { $number }، إن التُقطت على فيلم
roll-stock = الفيلم
roll-stock-hint = مثل Kodak Portra 400
roll-developer = حُمِّض في
roll-developer-hint = مثل Rodinal 1+50
roll-scanner = مُسح بـ
roll-scanner-hint = مثل Noritsu HS-1800
quote-policy = من يمكنه اقتباسه
quote-policy-public = أي شخص
quote-policy-followers = متابعوك فقط
quote-policy-nobody = لا أحد
quote-remove = عدم اقتباس هذا المنشور
quote-not = لا يمكن اقتباس هذا المنشور.
quote-waits = يُسأل الكاتب أولًا. وحتى يوافق، يظهر منشورك بلا منشوره.
