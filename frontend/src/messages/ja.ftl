# 枠
skip = 本文へ移動
places = 場所
place-home = ホーム
place-explore = 見つける
place-search = 検索
place-notifications = 通知
place-messages = メッセージ
place-compose = 新しい投稿
place-bookmarks = 保存済み
place-settings = 設定
place-profile = プロフィール
waiting-count = 新着{ $count }件
sign-in = ログイン
sign-out = ログアウト
join = 参加する
join-ask = 参加を申請
join-closed = 現在、招待がなければ登録できません。
about = このサイトについて
about-server = このサーバーについて
source = ソースコード
rules = ルール
offline-bar = オフラインです。以前に読み込んだものを表示しています。
offline-saved = オフラインです。{ $ago }に保存したものを表示しています。
loading = 読み込み中
close = 閉じる
cancel = キャンセル
undo = 元に戻す
details = 詳細
try-again = もう一度試す
load-more = もっと読み込む

# うまくいかなかったこと
error-offline = オフラインです。
error-server-away = サーバーに接続できませんでした。停止しているかもしれません。少し待ってからもう一度お試しください。
error-server = サーバーで問題が起きました。少し待ってからもう一度お試しください。
error-unknown = ここで問題が起きました。もう一度お試しください。
error-not-here = ここにはありません。削除されたか、あなたには公開されていません。
error-not-done = うまくいきませんでした。もう一度お試しください。
error-too-many = 操作が多すぎます。{ $seconds }秒お待ちください。

# フィード
feeds = フィード
feed-following = フォロー中
feed-local = ローカル
lists-edit = リスト
feed-end = すべて見ました。
new-posts = 新着{ $count }件
empty-home = フィードは静かです。好きな写真を撮る人をフォローしましょう。
empty-local = まだ誰も投稿していません。
empty-explore = まだ写真がありません。
photos-latest = 最新の写真
empty-list = まだ何もありません。リストには、入れた人の投稿が表示されます。
list-people-add = 人を追加

# 投稿
reposted-by = リポスト：
post-edited = 編集済み
post-menu = { $name }の投稿のメニュー
visibility-unlisted = ひかえめな公開
visibility-private = フォロワーのみ
visibility-direct = メンションした人のみ
caption-more = 続きを読む
comments-view = コメント{ $count }件を見る
like-count = { $count ->
    [0] いいね
   *[other] いいね、{ $count }件
}
comment-count = { $count ->
    [0] コメント
   *[other] コメント、{ $count }件
}
repost-count = { $count ->
    [0] リポスト
   *[other] リポスト、{ $count }件
}
repost-not = この投稿はリポストできません
send = 送る
save = 保存
follow-name = { $name }をフォロー
unfollow-name = { $name }のフォローを解除
copy-link = リンクをコピー
link-copied = リンクをコピーしました
link-not-copied = リンクをコピーできませんでした。
open-original = 元のページを開く
pin = プロフィールに固定
unpin = プロフィールの固定を解除
edit = 編集
delete = 削除
delete-title = この投稿を削除しますか？
delete-text = ここからはすぐに消え、他のサーバーからは知らせが届きしだい消えます。元に戻せません。
deleted = 削除しました
mute-name = { $name }をミュート
muted-name = { $name }をミュートしました
block = ブロック
block-name = { $name }をブロック
block-title = { $name }をブロックしますか？
block-text = 互いの投稿が見えなくなり、フォローも外れます。
blocked-name = { $name }をブロックしました
report-name = { $name }を通報…
server-block = { $host }をまるごとブロック
server-unblock = { $host }のブロックを解除
reposts-hide = リポストを隠す
reposts-show = リポストを表示
anew = 削除して書き直す

# 写真
picture-processing = 準備中
picture-load = 写真を読み込む
picture-open-original = 元の写真を開く
picture-open = 開く：{ $name }
picture-undescribed = 説明のない写真
picture-cut = 開くと全体が見られます
alt-show = 写真の説明
sensitive-hidden = 非表示
sensitive-show = 表示する
sensitive-hide = 写真をまた隠す
filtered = フィルター：{ $text }
filtered-show = それでも表示
carousel = カルーセル
carousel-photos = 写真{ $count }枚
carousel-place = 写真{ $count }枚中{ $at }枚目
carousel-on = 次の写真
carousel-back = 前の写真

# 投稿のページ
post = 投稿
post-by = { $name }の投稿
zoom = 拡大
picture-full = 全画面：{ $name }
comments = コメント
comments-none = コメントはまだありません。
comment-add = コメントを書く
comment-post = 送信
comment-sign-in = ログインして「いいね」やコメントをする
comment-offline = オフラインです。コメントは残っています。接続が戻ったら送信してください。
reply = 返信
reply-to = { $name }に返信
replies-show = ほかの返信{ $count }件を見る
like-comment = { $count ->
    [0] { $name }のコメントにいいね
   *[other] { $name }のコメントにいいね、{ $count }件
}
answers-post = { $name }の投稿への返信
answers-some = 投稿への返信
more-from = { $name }のほかの写真

# 人
follow = フォロー
following = フォロー中
follow-back = フォローを返す
requested = 申請中
unblock = ブロック解除
unblock-name = { $name }のブロックを解除
unmute = ミュート解除
unmute-name = { $name }のミュートを解除
follows-you = フォローされています
locked = 非公開アカウント
moved = { $name }の移転先：
message-name = { $name }にメッセージ
lists-put = リストに入れる
verified = { $date }に確認済み
profile-edit = プロフィールを編集
profile-menu = { $name }のメニュー
photos-of = { $name }の写真
views = 表示
view-grid = グリッド
view-rows = 元の比率
view-feed = フィード
count-posts = 投稿
count-followers = フォロワー
count-followees = フォロー中
people = 人
followers = フォロワー
followees = フォロー中
private = 非公開アカウントです。承認されたフォロワーだけが写真を見られます。
suspended = このアカウントは停止されています。
empty-profile = まだ投稿がありません。
profile-arriving = { $host } から最近の投稿を取得しています…
empty-people = 誰もいないか、表示できる人がいません。
sign-in-first = 見るにはログインしてください。
accept = 承認
reject = 拒否
follow-requests = フォロー申請
empty-requests = 待っている人はいません。
blocks = ブロックした人
empty-blocks = 誰もブロックしていません。
mutes = ミュートした人
empty-mutes = 誰もミュートしていません。

# タイル、見つける、検索
tile = { $name }：{ $text }
tile-covered = { $name }の閲覧注意の写真
explore-here = このサーバー
explore-all = すべてのサーバー
empty-tag = 写真がありません。サーバーは見たことのあるものしか知りません。
liked = いいねした投稿
empty-bookmarks = 保存したものがここに残ります。見えるのはあなただけです。
empty-favourites = いいねしたものがここに残ります。
search-prompt = 人、タグ、投稿を検索
search-kinds = 表示
search-top = すべて
search-people = 人
search-tags = タグ
search-posts = 投稿
search-asking = 相手のサーバーに問い合わせています…
search-nothing = 見つかりませんでした。サーバーは見たことのあるものしか知りません。アドレス全体を貼り付けると、ほかのサーバーに問い合わせます。
search-not-there = { $host }に接続できなかったか、その名前のものがありません。しばらくしてからもう一度お試しください。
search-hint = 名前、タグ、言葉、またはほかのサーバーのアドレス。

# 新しい投稿
drop-here = ここに写真を置くと投稿できます

# 引用
quote = 引用
quote-ask = 投稿者の同意を得て引用
quoted = 引用された投稿:
quote-inside = 別の投稿を引用しています
quote-pending = 引用された投稿の投稿者の同意を待っています。
quote-rejected = 引用された投稿の投稿者が、ここでの表示を望んでいません。
quote-revoked = 引用された投稿の投稿者が、ここから取り下げました。
quote-deleted = 引用された投稿はもうありません。
quote-unauthorized = 引用された投稿は、あなたには公開されていません。
quote-blocked_account = 引用された投稿は、ブロックした人のものです。
quote-blocked_domain = 引用された投稿は、ブロックしたサーバーのものです。
quote-muted_account = 引用された投稿は、ミュートした人のものです。
quote-revoke = この引用から自分の投稿を取り下げる
quote-revoke-title = 自分の投稿を取り下げますか？
quote-revoke-text = 相手の投稿は残り、あなたの投稿はその中に表示されなくなります。元に戻せません。
quote-revoke-yes = 取り下げる
quotes-show = 引用{ $count }件を見る
quotes-count = 引用{ $count }件
