# التطبيق
update-ready = إصدار جديد جاهز.
update-now = أعد التحميل

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
   *[other] أعجب منشورك { $name } و{ $second } وآخرين
}
told-reblog = { $others ->
    [0] أعاد { $name } نشر منشورك
    [one] أعاد { $name } و{ $second } نشر منشورك
   *[other] أعاد { $name } و{ $second } وآخرون نشر منشورك
}
told-follow = { $others ->
    [0] { $name } يتابعك
    [one] { $name } و{ $second } يتابعانك
   *[other] { $name } و{ $second } وآخرون يتابعونك
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
key-a = الوصف
key-h = إظهار المحجوب
key-dot = إظهار المنشورات الجديدة
key-slash = بحث
key-n = منشور جديد
key-g-h = الرئيسية
key-g-e = استكشاف
key-g-n = الإشعارات
key-g-p = ملفك الشخصي
key-g-s = الإعدادات
key-help = هذه القائمة
