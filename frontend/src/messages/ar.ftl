# الإطار
skip = انتقل إلى المحتوى
places = الأماكن
place-home = الرئيسية
place-explore = استكشاف
place-search = بحث
place-notifications = الإشعارات
place-messages = الرسائل
place-compose = منشور جديد
place-bookmarks = المحفوظات
place-settings = الإعدادات
place-profile = ملفك الشخصي
waiting-count = { $count ->
    [one] جديد واحد
    [two] جديدان
    [few] { $count } جديدة
   *[other] { $count } جديدًا
}
sign-in = تسجيل الدخول
sign-out = تسجيل الخروج
join = انضم
join-ask = طلب الانضمام
join-closed = لا يمكن لأحد التسجيل هنا حاليًا دون دعوة.
about = حول
about-server = حول هذا الخادم
source = الشيفرة المصدرية
rules = القواعد
offline-bar = أنت غير متصل. ما تراه هو ما حُمّل من قبل.
offline-saved = أنت غير متصل. ما تراه حُفظ { $ago }.
loading = جارٍ التحميل
close = إغلاق
cancel = إلغاء
undo = تراجع
details = التفاصيل
try-again = حاول مجددًا
load-more = تحميل المزيد

# ما لم ينجح
error-offline = أنت غير متصل.
error-server-away = تعذّر الوصول إلى الخادم. قد يكون متوقفًا؛ حاول مجددًا بعد لحظة.
error-server = حدث عطل في الخادم. حاول مجددًا بعد لحظة.
error-unknown = حدث عطل هنا. حاول مجددًا.
error-not-here = هذا غير موجود هنا. ربما حُذف، أو ليس موجّهًا إليك.
error-not-done = لم ينجح ذلك. حاول مجددًا.
error-too-many = طلبات كثيرة دفعة واحدة. انتظر { $seconds } ثانية.

# الصفحات
feeds = الخلاصات
feed-following = المتابَعون
feed-local = المحلي
lists-edit = القوائم
feed-end = لقد رأيت كل شيء.
new-posts = { $count } جديد
empty-home = خلاصتك هادئة. تابع أشخاصًا تعجبك صورهم.
empty-local = لم ينشر أحد هنا بعد.
empty-explore = لا صور هنا بعد.
photos-latest = أحدث الصور
empty-list = لا شيء هنا بعد: تعرض القائمة ما ينشره من فيها.
list-people-add = إضافة أشخاص

# المنشور
reposted-by = أعاد نشره
post-edited = مُعدَّل
post-menu = المزيد عن منشور { $name }
visibility-unlisted = عام هادئ
visibility-private = للمتابِعين فقط
visibility-direct = للمذكورين فقط
caption-more = المزيد
comments-view = { $count ->
    [one] عرض تعليق واحد
    [two] عرض تعليقين
    [few] عرض { $count } تعليقات
   *[other] عرض { $count } تعليقًا
}
like-count = { $count ->
    [0] إعجاب
    [one] إعجاب، { $count } إعجاب
    [two] إعجاب، { $count } إعجاب
    [few] إعجاب، { $count } إعجابات
   *[other] إعجاب، { $count } إعجابًا
}
comment-count = { $count ->
    [0] تعليق
    [one] تعليق، { $count } تعليق
    [two] تعليق، { $count } تعليق
    [few] تعليق، { $count } تعليقات
   *[other] تعليق، { $count } تعليقًا
}
repost-count = { $count ->
    [0] إعادة نشر
    [one] إعادة نشر، { $count } مرة
    [two] إعادة نشر، { $count } مرة
    [few] إعادة نشر، { $count } مرات
   *[other] إعادة نشر، { $count } مرة
}
repost-not = لا يمكن إعادة نشر هذا المنشور
send = إرسال
save = حفظ
follow-name = تابع { $name }
unfollow-name = ألغِ متابعة { $name }
copy-link = نسخ الرابط
link-copied = نُسخ الرابط
link-not-copied = تعذّر نسخ الرابط.
open-original = فتح الصفحة الأصلية
pin = تثبيت في ملفك الشخصي
unpin = إلغاء التثبيت من ملفك الشخصي
edit = تعديل
delete = حذف
delete-title = حذف هذا المنشور؟
delete-text = سيختفي من هنا فورًا، ومن الخوادم الأخرى حين يبلغها الخبر. لا يمكن التراجع عن ذلك.
deleted = حُذف
mute-name = كتم { $name }
muted-name = كُتم { $name }
block = حظر
block-name = حظر { $name }
block-title = حظر { $name }؟
block-text = لن يرى أحدكما منشورات الآخر، ولن يتابع أحدكما الآخر.
blocked-name = حُظر { $name }
report-name = الإبلاغ عن { $name }…
server-block = حظر كل من في { $host }
server-unblock = إلغاء حظر { $host }
reposts-hide = إخفاء ما يعيد نشره
reposts-show = إظهار ما يعيد نشره
anew = حذف وكتابة من جديد

# الصور
picture-processing = قيد التجهيز
picture-load = تحميل الصورة
picture-open-original = فتح الأصل
picture-open = فتح: { $name }
picture-undescribed = صورة بلا وصف
picture-cut = افتحها لتراها كاملة
alt-show = وصف الصورة
sensitive-hidden = محجوب
sensitive-show = إظهار
sensitive-hide = إخفاء الصور مجددًا
filtered = مُرشَّح: { $text }
filtered-show = عرض على أي حال
carousel = شريط صور
carousel-photos = { $count ->
    [one] صورة واحدة
    [two] صورتان
    [few] { $count } صور
   *[other] { $count } صورة
}
carousel-place = الصورة { $at } من { $count }
carousel-on = الصورة التالية
carousel-back = الصورة السابقة

# منشور بمفرده
post = منشور
post-by = منشور من { $name }
zoom = تكبير
picture-full = ملء الشاشة: { $name }
comments = التعليقات
comments-none = لا تعليقات بعد.
comment-add = أضف تعليقًا
comment-post = نشر
comment-sign-in = سجّل الدخول للإعجاب أو التعليق
comment-offline = أنت غير متصل. تعليقك باقٍ هنا؛ أرسله حين تعود.
reply = رد
reply-to = رد على { $name }
replies-show = { $count ->
    [one] عرض رد آخر
    [two] عرض ردين آخرين
    [few] عرض { $count } ردود أخرى
   *[other] عرض { $count } ردًا آخر
}
like-comment = { $count ->
    [0] إعجاب بتعليق { $name }
    [one] إعجاب بتعليق { $name }، { $count } إعجاب
    [two] إعجاب بتعليق { $name }، { $count } إعجاب
    [few] إعجاب بتعليق { $name }، { $count } إعجابات
   *[other] إعجاب بتعليق { $name }، { $count } إعجابًا
}
answers-post = رد على منشور من { $name }
answers-some = رد على منشور
more-from = المزيد من { $name }

# الأشخاص
follow = متابعة
following = متابَع
follow-back = ردّ المتابعة
requested = طُلبت المتابعة
unblock = إلغاء الحظر
unblock-name = إلغاء حظر { $name }
unmute = إلغاء الكتم
unmute-name = إلغاء كتم { $name }
follows-you = يتابعك
locked = حساب خاص
moved = انتقل { $name } إلى
message-name = مراسلة { $name }
lists-put = الإضافة إلى قوائم
verified = تم التحقق في { $date }
profile-edit = تعديل الملف الشخصي
profile-menu = المزيد عن { $name }
photos-of = صور { $name }
views = طرق العرض
view-grid = شبكة
view-rows = الأصل
view-feed = خلاصة
count-posts = { $count ->
    [one] منشور
    [two] منشوران
    [few] منشورات
   *[other] منشورًا
}
count-followers = { $count ->
    [one] متابِع
    [two] متابِعان
    [few] متابِعين
   *[other] متابِعًا
}
count-followees = يتابع
people = الأشخاص
followers = المتابِعون
followees = المتابَعون
private = هذا الحساب خاص. لا يرى صوره إلا من يقبله من المتابِعين.
suspended = عُلّق هذا الحساب.
empty-profile = لم يُنشر شيء بعد.
profile-arriving = جارٍ جلب أحدث المنشورات من { $host }…
empty-people = لا أحد هنا، أو لا أحد يمكن إظهاره.
sign-in-first = سجّل الدخول لترى هذا.
accept = قبول
reject = رفض
follow-requests = طلبات المتابعة
empty-requests = لا أحد ينتظر.
blocks = المحظورون
empty-blocks = لم تحظر أحدًا.
mutes = المكتومون
empty-mutes = لم تكتم أحدًا.

# البلاطات والاستكشاف والبحث
tile = { $name }: { $text }
tile-covered = صورة حساسة من { $name }
explore-here = هذا الخادم
explore-all = كل الخوادم
empty-tag = لا صور هنا. لا يعرف الخادم إلا ما رآه.
liked = أعجبتني
empty-bookmarks = ما تحفظه يبقى هنا. لا يراه أحد سواك.
empty-favourites = ما يعجبك يبقى هنا.
search-prompt = ابحث عن أشخاص ووسوم ومنشورات
search-kinds = عرض
search-top = الكل
search-people = أشخاص
search-tags = وسوم
search-posts = منشورات
search-asking = جارٍ سؤال الخادم الآخر…
search-nothing = لا نتائج هنا. لا تعرف الخوادم إلا ما رأته: ألصق عنوانًا كاملًا لسؤال خادم آخر.
search-not-there = تعذّر الوصول إلى { $host }، أو لا يوجد فيه شيء بهذا الاسم. حاول لاحقًا.
search-hint = أسماء أو وسوم أو كلمات؛ أو عنوان من خادم آخر.

# منشور جديد
drop-here = أفلت الصور لنشرها

# الاقتباسات
quote = اقتباس
quote-ask = اقتباس، إن وافق الكاتب
quoted = المنشور المقتبس:
quote-inside = يقتبس منشورًا آخر
quote-pending = لم يوافق كاتب المنشور المقتبس بعد.
quote-rejected = لا يريد كاتب المنشور المقتبس أن يُعرض هنا.
quote-revoked = سحب كاتب المنشور المقتبس منشوره من هنا.
quote-deleted = لم يعد المنشور المقتبس موجودًا.
quote-unauthorized = المنشور المقتبس ليس متاحًا لك.
quote-blocked_account = المنشور المقتبس لشخص حظرته.
quote-blocked_domain = المنشور المقتبس من خادم حظرته.
quote-muted_account = المنشور المقتبس لشخص كتمته.
quote-revoke = سحب منشورك من هذا الاقتباس
quote-revoke-title = أتريد سحب منشورك؟
quote-revoke-text = يبقى المنشور الآخر، ولا يُعرض منشورك فيه بعد ذلك. لا يمكن التراجع عن ذلك.
quote-revoke-yes = سحب
quotes-show = { $count ->
    [one] عرض اقتباس واحد
    [two] عرض اقتباسين
    [few] عرض { $count } اقتباسات
   *[other] عرض { $count } اقتباسًا
}
quotes-count = { $count ->
    [one] اقتباس واحد
    [two] اقتباسان
    [few] { $count } اقتباسات
   *[other] { $count } اقتباسًا
}
