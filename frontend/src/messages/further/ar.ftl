# التطبيق
update-ready = إصدار جديد جاهز.
update-now = أعد التحميل

# أثناء الكتابة
suggestions = اقتراحات
suggestions-count = { $count ->
    [0] لا اقتراحات
    [one] اقتراح واحد
    [two] اقتراحان
    [few] { $count } اقتراحات
    [many] { $count } اقتراحًا
   *[other] { $count } اقتراح
}

# بجانب المنشورات
suggested-people = من قد تتابعه
suggestion-dismiss = عدم اقتراح { $name }
trending-tags = وسوم الأسبوع
follows-import = إحضار من تتابعهم في مكان آخر

# الإشعارات
chip-all = الكل
chip-mentions = التعليقات
chip-likes = الإعجابات
chip-reposts = إعادات النشر
chip-follows = المتابعات
age-today = اليوم
age-week = هذا الأسبوع
age-earlier = قبل ذلك
empty-notifications = لا شيء بعد.
requests-count = { $count ->
    [one] شخص واحد يطلب متابعتك
    [two] شخصان يطلبان متابعتك
    [few] { $count } أشخاص يطلبون متابعتك
   *[other] { $count } شخصًا يطلبون متابعتك
}
told-favourite = { $others ->
    [0] أعجب منشورك { $name }
    [one] أعجب منشورك { $name } و{ $second }
   *[other] أعجب منشورك { $name } و{ $others } غيره
}
told-reblog = { $others ->
    [0] أعاد { $name } نشر منشورك
    [one] أعاد { $name } و{ $second } نشر منشورك
   *[other] أعاد { $name } و{ $others } غيره نشر منشورك
}
told-follow = { $others ->
    [0] { $name } يتابعك
    [one] { $name } و{ $second } يتابعانك
   *[other] { $name } و{ $others } غيره يتابعونك
}
told-follow_request = { $name } يطلب متابعتك
told-mention = كتب إليك { $name }
told-status = نشر { $name }
told-update = عدّل { $name } منشورًا
told-other = شيء من { $name }

# الإعدادات
set-profile = الملف الشخصي
set-profile-about = الاسم والصورة والكلمات والروابط
set-appearance = المظهر
set-appearance-about = السمة واللغة والقراءة
set-requests = طلبات المتابعة
set-requests-about = من يطلبون متابعتك
set-liked = أعجبتني
set-liked-about = منشورات أعجبتك
set-mutes = المكتومون
set-mutes-about = من لا ترى منشوراتهم
set-blocks = المحظورون
set-blocks-about = من لا يرونك ولا تراهم
set-servers = الخوادم المحظورة
set-servers-about = لا ترى شيئًا ممن فيها
set-data = بياناتك
set-data-about = المساحة والتصدير والاستيراد والانتقال
set-notifications = الإشعارات
set-notifications-about = ماذا يحدث لإشعارات الغرباء
set-filters = المرشِّحات
set-filters-about = كلمات لا تريد رؤيتها
set-lists = القوائم
set-lists-about = من تتابعهم، مجموعين
set-tags = الوسوم المتابَعة
set-tags-about = تصل منشوراتها إلى صفحتك الرئيسية
set-account = الحساب
set-account-about = البريد وكلمة السر والجلسات والتطبيقات
theme = السمة
theme-system = كما في النظام
theme-light = فاتح
theme-dark = داكن
theme-black = أسود
language = اللغة
data-saver = توفير البيانات
data-saver-about = تُحمّل الصور حين تطلبها.
more-button = المنشورات الأقدم بزر
more-button-about = بدلًا من التمرير.
keys-setting = اختصارات لوحة المفاتيح
keys-about = لكل حرف فعل؛ اضغط ? للقائمة.
saved = حُفظ
save-changes = حفظ
avatar-change = تغيير الصورة
header-change = تغيير صورة الغلاف
display-name = الاسم
bio = عنك
profile-fields = روابط وحقائق
field-name = الحقل { $number }: الاسم
field-value = الحقل { $number }: المحتوى
field-name-hint = الموقع
field-value-hint = https://…
locked-setting = حساب خاص
locked-about = أنت تقرر من يتابعك.

# Reports
report-title = الإبلاغ عن { $name }
report-kind = ما المشكلة؟
report-kind-none = اختر ما المشكلة.
report-spam = إزعاج
report-spam-about = إعلانات أو انتحال أو تكرار للشيء نفسه
report-violation = مخالف للقواعد
report-violation-about = ما يطلبه هذا الخادم من الجميع
report-legal = مخالف للقانون
report-legal-about = حيث أنت، أو حيث يوجد هذا الخادم
report-other = أمر آخر
report-other-about = قل ما هو بكلماتك
report-rules = أي القواعد؟
report-rules-none = اختر قاعدة واحدة على الأقل.
report-words = كلمة للمشرفين
report-left = بقي { $count } حرفًا
report-posts = المنشورات المعنية
report-forward = إبلاغ { $host } أيضًا
report-forward-about = يصل إلى مشرفيه نسخة لا تذكر من أنت.
report-send = إرسال البلاغ
report-sent = شكرًا. سينظر المشرفون في الأمر.
report-also = لا حاجة إلى انتظارهم: إليك ما يمكنك فعله بنفسك.

# Seeing less, writing anew
server-block-title = حظر كل من في { $host }؟
server-block-text = لن ترى بعد الآن منشورات أو تعليقات أو إشعارات من أي أحد هناك.
server-block-ends = تنتهي المتابعات بينكم: { $count } منك و{ $others } منهم. ولا يعيدها إلغاء الحظر.
server-blocked = حُظر { $host }
server-unblocked = لم يعد { $host } محظورًا
empty-servers = لم تحظر أي خادم. تجد ذلك في قائمة أي منشور من خادم آخر.
reposts-hidden = لن ترى ما يعيد { $name } نشره
reposts-shown = سترى مجددًا ما يعيد { $name } نشره
anew-title = حذف وكتابة من جديد؟
anew-text = يختفي المنشور مع إعجاباته وتعليقاته، هنا فورًا وعلى الخوادم الأخرى حين يبلغها الخبر. وتجد كلماته وصوره جاهزة في منشور جديد.
anew-draft = ويحل محل المنشور الجديد الذي كنت قد بدأته.
anew-yes = حذف وكتابة

# Your data
data-storage = المساحة
data-used = استُخدم { $size } من { $limit }
data-used-unbounded = استُخدم { $size }، ولا حدّ لذلك.
data-export = خذها معك
data-export-about = ملفات CSV تستطيع الخوادم الأخرى قراءتها.
data-following = من تتابعهم
data-followers = من يتابعونك
data-blocks = المحظورون
data-mutes = المكتومون
data-import = أحضرها إلى هنا
data-import-about = ملف CSV من خادم آخر. يُضاف إلى ما هو هنا ولا يحذف شيئًا.
data-kind = ما الذي فيه
data-file = الملف
data-file-none = اختر ملفًا.
data-import-do = استيراد
data-imported = وصل الملف. يُنظر في من ورد فيه واحدًا تلو الآخر؛ وإن كثروا استغرق ذلك وقتًا، ويمكنك مغادرة هذه الصفحة.
data-move-here = الانتقال إلى هنا
data-move-here-about = سمِّ هنا حسابك القديم، ثم ابدأ الانتقال من هناك. يأتي معك متابعوه، وتبقى منشوراته حيث هي.
data-alias = عنوان حسابك القديم
data-aliases = حساباتك القديمة
data-nobody = لم يُعثر على أحد بهذا العنوان.
data-move = الانتقال من هنا
data-move-about = يُوجَّه متابعوك إلى حسابك الجديد، وعليه أولًا أن يسمّي هذا الحساب حسابًا قديمًا له. تبقى منشوراتك هنا، ويقول ملفك أين صرت.
data-move-to = عنوان حسابك الجديد
data-password = كلمة سرك
data-password-wrong = كلمة السر خاطئة.
data-move-do = انتقال
data-move-title = الانتقال إلى { $name }؟
data-move-text = يغادر متابعوك هذا الحساب إلى ذاك. لا يمكن التراجع عن ذلك.
data-moved = انتقلت إلى { $name }.
data-delete = حذف الحساب

# المفاتيح
keys = لوحة المفاتيح
key-j-k = المنشور التالي، السابق
key-o = فتح
key-l = إعجاب
key-b = حفظ
key-s = إعادة نشر
key-c = تعليق
key-m = المزيد عن المنشور
key-arrows = الصورة التالية، السابقة
key-f = الصورة على الشاشة كاملة
key-a = الوصف
key-h = إظهار المحجوب
key-dot = إظهار المنشورات الجديدة
key-slash = بحث
key-n = منشور جديد
key-g-h = الرئيسية
key-g-e = استكشاف
key-g-n = الإشعارات
key-g-d = الرسائل
key-g-p = ملفك الشخصي
key-g-s = الإعدادات
key-help = هذه القائمة

# القوائم
lists = القوائم
empty-lists = تجمع القائمة أشخاصًا تتابعهم، ولها صفحتها الخاصة.
list-new = قائمة جديدة
lists-with = قوائم فيها { $name }
list-make = إنشاء القائمة
list-title = الاسم
list-replies = عرض الردود
list-replies-list = إلى من في القائمة
list-replies-followed = إلى كل من تتابعه
list-replies-none = لا شيء
list-exclusive = خارج الرئيسية
list-exclusive-about = لا يظهر ما ينشره هؤلاء إلا في القائمة.
list-open = فتح الصفحة
list-settings = إعدادات هذه القائمة
list-people-find = ابحث في من تتابعهم
empty-list-people = لا أحد في هذه القائمة بعد.
list-taken-out = لم يعد { $name } في هذه القائمة
list-delete = حذف القائمة
list-delete-title = حذف { $name }؟
list-delete-text = تُحذف القائمة، وتبقى متابعًا لمن فيها.
add = إضافة
remove = إزالة
find-nobody = لا أحد معروفًا هنا بهذا الاسم. العنوان الكامل يجد أشخاصًا من خوادم أخرى.
find-nobody-followed = لا تتابع أحدًا بهذا الاسم.

# الوسوم
followed-tags = الوسوم المتابَعة
empty-followed-tags = تابع وسمًا ليصل ما يُنشر به إلى صفحتك الرئيسية.
unfollow = إلغاء المتابعة
tag-unfollowed = لم تعد تتابع { $name }
tag-uses = { $count ->
    [one] منشور واحد هذا الأسبوع
    [two] منشوران هذا الأسبوع
    [few] { $count } منشورات هذا الأسبوع
   *[other] { $count } منشورًا هذا الأسبوع
}

# المرشِّحات
empty-filters = يُبعد المرشِّح عنك المنشورات التي فيها كلمات معيّنة.
filter-new = مرشِّح جديد
filter-title = الاسم
filter-title-none = أعطه اسمًا تعرفه به.
filter-words = الكلمات
filter-words-about = يُبحث عنها في النصوص والتحذيرات وأوصاف الصور والوسوم.
filter-word = الكلمة { $number }
filter-whole = كلمة كاملة
filter-word-remove = إزالة الكلمة { $number }
filter-word-more = كلمة أخرى
filter-words-none = اذكر كلمة واحدة على الأقل.
filter-where = أين
filter-where-home = الرئيسية والقوائم
filter-where-notifications = الإشعارات
filter-where-public = المحلي والاستكشاف والوسوم
filter-where-thread = المنشورات المفتوحة والتعليقات
filter-where-account = الملفات الشخصية
filter-where-none = اختر مكانًا واحدًا على الأقل.
filter-action = ماذا يحدث لها
filter-action-warn = تحذير
filter-action-warn-about = يظهر اسم المرشِّح مكانها حتى تضغط عرض.
filter-action-blur = تمويه
filter-action-blur-about = تُغطّى صورها وتبقى الكلمات.
filter-action-hide = إخفاء
filter-action-hide-about = لا تظهر إطلاقًا.
filter-ends = ينتهي
filter-never = أبدًا
filter-in = بعد { $text }
filter-until = حتى { $date }
filter-over = انتهى في { $date }
filter-delete = حذف المرشِّح
filter-delete-title = حذف { $name }؟
filter-delete-text = يظهر من جديد ما كان يُبعده.

# الرسائل
messages = الرسائل
talks = المحادثات
talks-back = كل الرسائل
empty-talks = لا رسائل بعد.
talk-choose = اختر محادثة.
talk-menu = المزيد عن هذه المحادثة
talk-unread = تعليم كغير مقروءة
talk-delete = حذف المحادثة
talk-delete-title = حذف هذه المحادثة؟
talk-delete-text = تغادر قائمتك. ويحتفظ الآخرون بما قيل، ورسالة جديدة تعيدها.
messages-open = الرسائل غير مشفّرة من طرف إلى طرف: يمكن لمديري كل خادم تصل إليه قراءتها.
message-new = رسالة جديدة
message-find = إلى من؟
message-recipients = المستلمون
message-recipient-remove = ليس إلى { $name }
message-to = رسالة إلى { $name }
message-write = اكتب رسالة
message-send = إرسال الرسالة
message-offline = أنت غير متصل. رسالتك ما زالت هنا؛ أرسلها عند عودتك.
message-you = أنت:
message-unread = غير مقروءة

# الاستطلاعات والتعديلات
poll-one = اختر واحدًا
poll-several = اختر واحدًا أو أكثر
poll-vote = تصويت
poll-results = النتائج
poll-look = عرض النتائج
poll-back = العودة إلى التصويت
poll-refresh = تحديث
poll-own = اختيارك
poll-share = { $number }٪
poll-secret = تظهر النتائج عند انتهائه.
poll-people = { $count ->
    [one] صوت واحد
    [two] صوتان
    [few] { $count } أصوات
   *[other] { $count } صوتًا
}
poll-ends = ينتهي { $text }
poll-ended = انتهى
history = النسخ السابقة
history-first = النسخة الأولى
history-photos = تغيّرت الصور أو أوصافها.

# الغرباء
chip-polls = الاستطلاعات
chip-posts = المنشورات
told-poll = انتهى استطلاع صوّتَّ فيه
told-poll-own = انتهى استطلاعك
told-admin-sign_up = سجّل { $name }
told-admin-report = بلّغ { $name } عن شيء
notification-new = جديد
notifications-clear = مسح
notifications-clear-title = مسح كل الإشعارات؟
notifications-clear-text = تختفي نهائيًا وتبقى المنشورات.
senders = مرسلون في الانتظار
senders-about = وُضع ما جاء من هؤلاء جانبًا كما أردت.
senders-accept-all = قبول الكل
senders-dismiss-all = صرف الكل
sender-dismiss = صرف
sender-accepted = قُبل: سيظهر ما جاء منه بين الباقي.
sender-dismissed = صُرف
sender-count = { $count ->
    [one] إشعار واحد
    [two] إشعاران
    [few] { $count } إشعارات
   *[other] { $count } إشعارًا
}
empty-senders = لا أحد في الانتظار.
waiting-senders = { $count ->
    [one] مرسل واحد ينتظر قرارك
    [two] مرسلان ينتظران قرارك
    [few] { $count } مرسلين ينتظرون قرارك
   *[other] { $count } مرسلًا ينتظرون قرارك
}
policy-about = اختر ما يحدث لإشعارات هؤلاء.
policy-not_following = من لا تتابعهم
policy-not_followers = من لا يتابعونك
policy-new_accounts = الحسابات الجديدة
policy-private_mentions = رسائل الغرباء
policy-limited_accounts = حسابات قيّدها المشرفون
policy-bots = الروبوتات
policy-accept = قبول
policy-filter = وضع جانبًا
policy-drop = تجاهل

# اقتباسات منشور
quotes = الاقتباسات
quotes-back = العودة إلى المنشور
empty-quotes = لم يقتبسه أحد، أو لا أحد ممن يمكنك رؤية منشوراتهم.
told-quote = اقتبس { $name } منشورك
told-quoted_update = عدّل { $name } منشورًا اقتبسته

# عن صورة أو فيديو
viewer = الصور بملء الشاشة
photo-details = عن هذه الصورة
photo-details-none = لا يُعرف عنها أكثر من ذلك.
camera-camera = الكاميرا
camera-lens = العدسة
camera-film = الفيلم
camera-settings = الإعدادات
camera-taken = التُقطت
camera-equivalent = ‏{ $number } مم بمقاس 35 مم
original-download = تنزيل الأصل
original-size = { $width } × { $height }، { $size }
video-undescribed = فيديو بلا وصف
video-broken = لا يمكن تشغيل هذا الفيديو هنا.
gif-play = تشغيل: { $name }
message-photos = إضافة صور

# النشر
set-posting = النشر
set-posting-about = ما يبدأ به منشور جديد
