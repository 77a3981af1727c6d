# The frame
skip = Skip to content
places = Places
place-home = Home
place-explore = Explore
place-search = Search
place-notifications = Notifications
place-messages = Messages
place-compose = New post
place-bookmarks = Saved
place-settings = Settings
place-profile = Your profile
waiting-count = { $count ->
    [one] 1 new
   *[other] { $count } new
}
sign-in = Sign in
sign-out = Sign out
join = Join
join-ask = Ask to join
join-closed = Nobody can sign up here at the moment without an invitation.
about = About
about-server = About this server
source = Source
rules = Rules
offline-bar = You are offline. What you see is what was loaded before.
offline-saved = You are offline. What you see was saved { $ago }.
loading = Loading
close = Close
cancel = Cancel
undo = Undo
details = Details
try-again = Try again
load-more = Load more

# What went wrong
error-offline = You are offline.
error-server-away = The server could not be reached. It may be down; please try again in a moment.
error-server = Something broke on the server. Please try again in a moment.
error-unknown = Something broke here. Please try again.
error-not-here = This is not here. It may have been deleted, or it is not for you.
error-not-done = That did not work. Please try again.
error-too-many = Too much at once. Please wait { $seconds } seconds.

# Feeds
feeds = Feeds
feed-following = Following
feed-local = Local
lists-edit = Lists
feed-end = You are all caught up.
new-posts = { $count } new
empty-home = Your feed is quiet. Follow people whose photos you like.
empty-local = Nobody has posted here yet.
empty-explore = No photos here yet.
photos-latest = Latest photos
empty-list = Nothing here yet: a list shows what its people post.
list-people-add = Add people

# A post
reposted-by = Reposted by
post-edited = edited
post-menu = More about the post by { $name }
visibility-unlisted = Quiet public
visibility-private = Followers only
visibility-direct = Only people mentioned
caption-more = more
comments-view = { $count ->
    [one] View 1 comment
   *[other] View all { $count } comments
}
like-count = { $count ->
    [0] Like
    [one] Like, 1 like
   *[other] Like, { $count } likes
}
comment-count = { $count ->
    [0] Comment
    [one] Comment, 1 comment
   *[other] Comment, { $count } comments
}
repost-count = { $count ->
    [0] Repost
    [one] Repost, 1 repost
   *[other] Repost, { $count } reposts
}
repost-not = This post cannot be reposted
send = Send
save = Save
follow-name = Follow { $name }
unfollow-name = Unfollow { $name }
copy-link = Copy link
link-copied = Link copied
link-not-copied = The link could not be copied.
open-original = Open original page
pin = Pin to your profile
unpin = Unpin from your profile
edit = Edit
delete = Delete
delete-title = Delete this post?
delete-text = It goes away here at once, and on other servers when they hear of it. This cannot be undone.
deleted = Deleted
mute-name = Mute { $name }
muted-name = { $name } is muted
block = Block
block-name = Block { $name }
block-title = Block { $name }?
block-text = You will not see each other's posts, and you will no longer follow each other.
blocked-name = { $name } is blocked
report-name = Report { $name }…
server-block = Block all of { $host }
server-unblock = Unblock { $host }
reposts-hide = Hide reposts
reposts-show = Show reposts
anew = Delete and write anew

# Pictures
picture-processing = Being made ready
picture-load = Load picture
picture-open-original = Open original
picture-open = Open: { $name }
picture-undescribed = photo without description
picture-cut = Open to see all of it
alt-show = Description of the photo
sensitive-hidden = Hidden
sensitive-show = Show
sensitive-hide = Hide photos again
filtered = Filtered: { $text }
filtered-show = Show anyway
carousel = carousel
carousel-photos = { $count ->
    [one] 1 photo
   *[other] { $count } photos
}
carousel-place = Photo { $at } of { $count }
carousel-on = Next photo
carousel-back = Previous photo

# A post on its own
post = Post
post-by = Post by { $name }
zoom = Zoom
picture-full = Full screen: { $name }
comments = Comments
comments-none = No comments yet.
comment-add = Add a comment
comment-post = Post
comment-sign-in = Sign in to like or comment
comment-offline = You are offline. Your comment is still here; send it when you are back.
reply = Reply
reply-to = Reply to { $name }
replies-show = { $count ->
    [one] Show 1 more reply
   *[other] Show { $count } more replies
}
like-comment = { $count ->
    [0] Like the comment by { $name }
    [one] Like the comment by { $name }, 1 like
   *[other] Like the comment by { $name }, { $count } likes
}
answers-post = Answers a post by { $name }
answers-some = Answers a post
more-from = More from { $name }

# People
follow = Follow
following = Following
follow-back = Follow back
requested = Requested
unblock = Unblock
unblock-name = Unblock { $name }
unmute = Unmute
unmute-name = Unmute { $name }
follows-you = Follows you
locked = Private account
moved = { $name } has moved to
message-name = Message { $name }
lists-put = Put in lists
verified = Verified on { $date }
profile-edit = Edit profile
profile-menu = More about { $name }
photos-of = Photos by { $name }
views = Views
view-grid = Grid
view-rows = Original
view-feed = Feed
count-posts = { $count ->
    [one] post
   *[other] posts
}
count-followers = { $count ->
    [one] follower
   *[other] followers
}
count-followees = following
people = People
followers = Followers
followees = Following
private = This account is private. Only followers they accept see their photos.
suspended = This account has been suspended.
empty-profile = Nothing posted yet.
profile-arriving = Fetching recent posts from { $host }…
empty-people = Nobody here, or nobody who may be shown.
sign-in-first = Please sign in to see this.
accept = Accept
reject = Decline
follow-requests = Follow requests
empty-requests = Nobody is waiting.
blocks = Blocked people
empty-blocks = You have blocked nobody.
mutes = Muted people
empty-mutes = You have muted nobody.

# Tiles, explore, search
tile = { $name }: { $text }
tile-covered = Sensitive photo by { $name }
explore-here = This server
explore-all = All servers
empty-tag = No photos here. A server only knows what it has seen.
liked = Liked
empty-bookmarks = What you save is kept here. Only you see it.
empty-favourites = What you like is kept here.
search-prompt = Search people, tags, posts
search-kinds = Show
search-top = Top
search-people = People
search-tags = Tags
search-posts = Posts
search-asking = Asking the other server…
search-nothing = No results here. Servers only know what they have seen: paste a whole address or handle to ask another one.
search-not-there = Could not reach { $host }, or there is nothing of this name there. It may be down; try again later.
search-hint = Names, tags, words; or a handle or address of another server.

# A new post
drop-here = Drop photos to post them

# Quotes
quote = Quote
quote-ask = Quote, if the author agrees
quoted = Quoted post:
quote-inside = Quotes another post
quote-pending = The author of the quoted post has not agreed yet.
quote-rejected = The author of the quoted post does not want it shown here.
quote-revoked = The author of the quoted post has taken it out of here.
quote-deleted = The quoted post is gone.
quote-unauthorized = The quoted post is not for you to see.
quote-blocked_account = The quoted post is by somebody you blocked.
quote-blocked_domain = The quoted post is from a server you blocked.
quote-muted_account = The quoted post is by somebody you muted.
quote-revoke = Take your post out of this quote
quote-revoke-title = Take your post out?
quote-revoke-text = The other post stays, and yours is no longer shown in it. This cannot be undone.
quote-revoke-yes = Take it out
quotes-show = { $count ->
    [one] Show 1 quote
   *[other] Show { $count } quotes
}
quotes-count = { $count ->
    [one] 1 quote
   *[other] { $count } quotes
}
