# アプリ
update-ready = 新しいバージョンがあります。
update-now = 再読み込み

# 書いているとき
suggestions = 候補
suggestions-count = { $count ->
    [0] 候補はありません
   *[other] 候補 { $count } 件
}

# フィードの横
suggested-people = おすすめの人
suggestion-dismiss = { $name } を今後すすめない
trending-tags = 今週のタグ
follows-import = ほかでフォローしている人を取り込む

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
   *[other] { $name }ほか{ $others }人があなたの投稿に「いいね」しました
}
told-reblog = { $others ->
    [0] { $name }があなたの投稿をリポストしました
    [1] { $name }と{ $second }があなたの投稿をリポストしました
   *[other] { $name }ほか{ $others }人があなたの投稿をリポストしました
}
told-follow = { $others ->
    [0] { $name }にフォローされました
    [1] { $name }と{ $second }にフォローされました
   *[other] { $name }ほか{ $others }人にフォローされました
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
set-servers = ブロックしたサーバー
set-servers-about = 誰の投稿も見えないサーバー
set-data = あなたのデータ
set-data-about = 容量、エクスポート、インポート、移転
set-notifications = 通知
set-notifications-about = 知らない人からの通知
set-filters = フィルター
set-filters-about = 見たくない言葉
set-lists = リスト
set-lists-about = フォロー中の人のまとまり
set-tags = フォロー中のタグ
set-tags-about = ホームに投稿が届くタグ
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

# Reports
report-title = { $name }を通報
report-kind = 何が問題ですか？
report-kind-none = 何が問題かを選んでください。
report-spam = スパム
report-spam-about = 広告、なりすまし、同じ投稿の繰り返し
report-violation = ルール違反
report-violation-about = このサーバーが全員に求めていること
report-legal = 法律違反
report-legal-about = あなたの国、またはこのサーバーのある国で
report-other = その他
report-other-about = 自分の言葉で説明してください
report-rules = どのルールですか？
report-rules-none = ルールを1つ以上選んでください。
report-words = モデレーターへの説明
report-left = 残り{ $count }文字
report-posts = 対象の投稿
report-forward = { $host }にも知らせる
report-forward-about = 相手のモデレーターに写しが届きます。あなたの名前は伝わりません。
report-send = 通報を送信
report-sent = ありがとうございます。モデレーターが確認します。
report-also = 対応を待たずに、自分でできることもあります。

# Seeing less, writing anew
server-block-title = { $host }をまるごとブロックしますか？
server-block-text = そのサーバーの人の投稿、コメント、通知が一切表示されなくなります。
server-block-ends = 互いのフォローが外れます：あなたから{ $count }件、相手から{ $others }件。ブロックを解除しても元には戻りません。
server-blocked = { $host }をブロックしました
server-unblocked = { $host }のブロックを解除しました
empty-servers = ブロックしたサーバーはありません。他のサーバーの投稿のメニューからブロックできます。
reposts-hidden = { $name }のリポストを隠しました
reposts-shown = { $name }のリポストを表示します
anew-title = 削除して書き直しますか？
anew-text = 投稿は、いいねやコメントとともにここからすぐに消え、他のサーバーからは知らせが届きしだい消えます。文章と写真は新しい投稿に用意されます。
anew-draft = 書きかけの新しい投稿は、これに置き換わります。
anew-yes = 削除して書く

# Your data
data-storage = 容量
data-used = { $limit }のうち{ $size }を使用中
data-used-unbounded = { $size }を使用中。上限はありません。
data-export = 持ち出す
data-export-about = 他のサーバーでも読めるCSVファイルです。
data-following = フォローしている人
data-followers = フォロワー
data-blocks = ブロックした人
data-mutes = ミュートした人
data-import = 持ち込む
data-import-about = 他のサーバーのCSVファイル。今あるものに追加され、何も消えません。
data-kind = ファイルの内容
data-file = ファイル
data-file-none = ファイルを選んでください。
data-import-do = 読み込む
data-imported = ファイルを受け取りました。1人ずつ処理するため、人数が多いと時間がかかります。このページを離れても大丈夫です。
data-move-here = ここへ移転する
data-move-here-about = ここで以前のアカウントを登録してから、以前のサーバーで移転を始めてください。フォロワーは一緒に移り、投稿は元の場所に残ります。
data-alias = 以前のアカウントのアドレス
data-aliases = 以前のアカウント
data-nobody = そのアドレスの人は見つかりませんでした。
data-move = よそへ移転する
data-move-about = フォロワーは新しいアカウントへ案内されます。先に新しいアカウント側で、ここを以前のアカウントとして登録してください。投稿はここに残り、プロフィールに移転先が表示されます。
data-move-to = 新しいアカウントのアドレス
data-password = パスワード
data-password-wrong = パスワードが違います。
data-move-do = 移転する
data-move-title = { $name }へ移転しますか？
data-move-text = このアカウントのフォロワーは移転先へ移ります。元に戻せません。
data-moved = { $name }へ移転しました。
data-delete = アカウントを削除

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
key-f = 写真を全画面で表示
key-a = 説明
key-h = 隠れたものを表示
key-dot = 新しい投稿を表示
key-slash = 検索
key-n = 新しい投稿
key-g-h = ホーム
key-g-e = 見つける
key-g-n = 通知
key-g-d = メッセージ
key-g-p = プロフィール
key-g-s = 設定
key-help = この一覧

# リスト
lists = リスト
empty-lists = リストは、フォローしている人を集めて、専用のフィードで見るためのものです。
list-new = 新しいリスト
lists-with = { $name }のリスト
list-make = リストを作る
list-title = 名前
list-replies = 返信の表示
list-replies-list = リストの人への返信
list-replies-followed = フォロー中の人への返信
list-replies-none = 表示しない
list-exclusive = ホームに出さない
list-exclusive-about = この人たちの投稿はリストだけに表示されます。
list-open = フィードを開く
list-settings = このリストの設定
list-people-find = フォロー中の人をさがす
empty-list-people = このリストにはまだだれもいません。
list-taken-out = { $name }をリストから外しました
list-delete = リストを削除
list-delete-title = { $name }を削除しますか？
list-delete-text = リストはなくなりますが、中の人のフォローはそのままです。
add = 追加
remove = 外す
find-nobody = その名前の人は見つかりません。ほかのサーバーの人は、アドレス全体で探せます。
find-nobody-followed = その名前のフォロー中の人はいません。

# タグ
followed-tags = フォロー中のタグ
empty-followed-tags = タグをフォローすると、そのタグの投稿がホームに届きます。
unfollow = フォロー解除
tag-unfollowed = { $name }のフォローを解除しました
tag-uses = 今週の投稿{ $count }件

# フィルター
empty-filters = フィルターは、特定の言葉を含む投稿を遠ざけます。
filter-new = 新しいフィルター
filter-title = 名前
filter-title-none = あとで分かる名前を付けてください。
filter-words = 言葉
filter-words-about = 本文、注意書き、写真の説明、タグの中から探します。
filter-word = 言葉{ $number }
filter-whole = 単語全体
filter-word-remove = 言葉{ $number }を外す
filter-word-more = 言葉を追加
filter-words-none = 言葉を一つ以上入れてください。
filter-where = どこで
filter-where-home = ホームとリスト
filter-where-notifications = 通知
filter-where-public = ローカル、見つける、タグ
filter-where-thread = 開いた投稿とコメント
filter-where-account = プロフィール
filter-where-none = 場所を一つ以上選んでください。
filter-action = 見つかった投稿は
filter-action-warn = 警告
filter-action-warn-about = 「表示」を押すまで、フィルターの名前だけが出ます。
filter-action-blur = ぼかし
filter-action-blur-about = 写真だけを覆い、文章はそのままです。
filter-action-hide = 隠す
filter-action-hide-about = まったく表示されません。
filter-ends = 終わり
filter-never = なし
filter-in = { $text }後
filter-until = { $date }まで
filter-over = { $date }に終了
filter-delete = フィルターを削除
filter-delete-title = { $name }を削除しますか？
filter-delete-text = 遠ざけていた投稿がまた表示されます。

# メッセージ
messages = メッセージ
talks = 会話
talks-back = すべてのメッセージ
empty-talks = メッセージはまだありません。
talk-choose = 会話を選んでください。
talk-menu = この会話のメニュー
talk-unread = 未読にする
talk-delete = 会話を削除
talk-delete-title = この会話を削除しますか？
talk-delete-text = あなたの一覧から消えます。相手には残り、新しいメッセージが届くと戻ります。
messages-open = メッセージはエンドツーエンドで暗号化されていません。届く先の各サーバーの管理者は読むことができます。
message-new = 新しいメッセージ
message-find = 宛先をさがす
message-recipients = 宛先
message-recipient-remove = { $name }を宛先から外す
message-to = { $name }へのメッセージ
message-write = メッセージを書く
message-send = メッセージを送る
message-offline = オフラインです。メッセージは残っているので、つながったら送ってください。
message-you = あなた：
message-unread = 未読

# アンケートと編集
poll-one = 一つ選んでください
poll-several = 一つ以上選んでください
poll-vote = 投票
poll-results = 結果
poll-look = 結果を見る
poll-back = 投票に戻る
poll-refresh = 更新
poll-own = あなたの選択
poll-share = { $number }%
poll-secret = 結果は終了後に表示されます。
poll-people = { $count }票
poll-ends = { $text }に終了
poll-ended = 終了
history = 以前の版
history-first = 最初の版
history-photos = 写真または説明が変わりました。

# 知らない人
chip-polls = アンケート
chip-posts = 投稿
told-poll = 投票したアンケートが終わりました
told-poll-own = あなたのアンケートが終わりました
told-admin-sign_up = { $name }が登録しました
told-admin-report = { $name }からの通報
notification-new = 新着
notifications-clear = 消去
notifications-clear-title = 通知をすべて消しますか？
notifications-clear-text = 通知は元に戻せません。投稿は残ります。
senders = 保留中の人
senders-about = この人たちからの通知は、設定どおり別に置かれています。
senders-accept-all = すべて許可
senders-dismiss-all = すべて却下
sender-dismiss = 却下
sender-accepted = 許可しました。通知はほかと一緒に表示されます。
sender-dismissed = 却下しました
sender-count = 通知{ $count }件
empty-senders = 保留中の人はいません。
waiting-senders = { $count }人が保留中です
policy-about = 次の人からの通知をどうするか選べます。
policy-not_following = フォローしていない人
policy-not_followers = あなたをフォローしていない人
policy-new_accounts = 新しいアカウント
policy-private_mentions = 知らない人からのメッセージ
policy-limited_accounts = モデレーターが制限したアカウント
policy-bots = ボット
policy-accept = 受け取る
policy-filter = 別に置く
policy-drop = 受け取らない

# 投稿の引用
quotes = 引用
quotes-back = 投稿に戻る
empty-quotes = まだ引用されていないか、見られる引用がありません。
told-quote = { $name }があなたの投稿を引用しました
told-quoted_update = あなたが引用した投稿を{ $name }が編集しました

# 写真や動画について
viewer = 全画面の写真
photo-details = この写真について
photo-details-none = これ以上の情報はありません。
camera-camera = カメラ
camera-lens = レンズ
camera-film = フィルム
camera-settings = 設定
camera-taken = 撮影日時
camera-equivalent = 35mm判換算{ $number } mm
original-download = 元のファイルをダウンロード
original-size = { $width } × { $height }、{ $size }
video-undescribed = 説明のない動画
video-broken = この動画はここでは再生できません。
gif-play = 再生: { $name }
message-photos = 写真を追加

# 投稿
set-posting = 投稿
set-posting-about = 新しい投稿の初期設定
