# アプリ
update-ready = 新しいバージョンがあります。
update-now = 再読み込み

# 通知
chip-all = すべて
chip-mentions = コメント
chip-likes = いいね
chip-reposts = リポスト
chip-follows = フォロー
age-today = 今日
age-week = 今週
age-earlier = それ以前
empty-notifications = まだ何もありません。
requests-count = { $count }人がフォローを申請しています
told-favourite = { $others ->
    [0] { $name }があなたの投稿に「いいね」しました
    [1] { $name }と{ $second }があなたの投稿に「いいね」しました
   *[other] { $name }、{ $second }ほかがあなたの投稿に「いいね」しました
}
told-reblog = { $others ->
    [0] { $name }があなたの投稿をリポストしました
    [1] { $name }と{ $second }があなたの投稿をリポストしました
   *[other] { $name }、{ $second }ほかがあなたの投稿をリポストしました
}
told-follow = { $others ->
    [0] { $name }にフォローされました
    [1] { $name }と{ $second }にフォローされました
   *[other] { $name }、{ $second }ほかにフォローされました
}
told-follow_request = { $name }がフォローを申請しています
told-mention = { $name }からのコメント
told-status = { $name }が投稿しました
told-update = { $name }が投稿を編集しました
told-other = { $name }からのお知らせ

# 設定
set-profile = プロフィール
set-profile-about = 名前、写真、紹介、リンク
set-appearance = 表示
set-appearance-about = テーマ、言語、読み方
set-requests = フォロー申請
set-requests-about = フォローを申請している人
set-liked = いいねした投稿
set-liked-about = あなたが気に入った投稿
set-mutes = ミュートした人
set-mutes-about = 投稿を見ないことにした人
set-blocks = ブロックした人
set-blocks-about = 互いに見えない人
set-account = アカウント
set-account-about = メール、パスワード、セッション、アプリ
theme = テーマ
theme-system = システムに合わせる
theme-light = ライト
theme-dark = ダーク
theme-black = ブラック
language = 言語
data-saver = データ節約
data-saver-about = 写真は求めたときに読み込みます。
more-button = 古い投稿はボタンで
more-button-about = スクロールでは読み込みません。
keys-setting = キーボードショートカット
keys-about = 一文字で操作します。? で一覧を表示します。
saved = 保存しました
save-changes = 保存
avatar-change = 写真を変える
header-change = ヘッダーを変える
display-name = 名前
bio = 自己紹介
profile-fields = リンクと情報
field-name = 項目{ $number }：名前
field-value = 項目{ $number }：内容
field-name-hint = ウェブサイト
field-value-hint = https://…
locked-setting = 非公開アカウント
locked-about = フォローできる人を自分で決めます。

# キー
keys = キーボード
key-j-k = 次の投稿、前の投稿
key-o = 開く
key-l = いいね
key-b = 保存
key-s = リポスト
key-c = コメント
key-m = 投稿のメニュー
key-arrows = 次の写真、前の写真
key-a = 説明
key-h = 隠れたものを表示
key-dot = 新しい投稿を表示
key-slash = 検索
key-n = 新しい投稿
key-g-h = ホーム
key-g-e = 見つける
key-g-n = 通知
key-g-p = プロフィール
key-g-s = 設定
key-help = この一覧
