# The app
update-ready = A new version is ready.
update-now = Reload

# While one writes
suggestions = Suggestions
suggestions-count = { $count ->
    [0] No suggestions
    [one] 1 suggestion
   *[other] { $count } suggestions
}

# Beside a feed
suggested-people = Who to follow
suggestion-dismiss = Do not suggest { $name }
trending-tags = Tags of the week
follows-import = Bring the people you follow elsewhere

# Notifications
chip-all = All
chip-mentions = Comments
chip-likes = Likes
chip-reposts = Reposts
chip-follows = Follows
age-today = Today
age-week = This week
age-earlier = Earlier
empty-notifications = Nothing yet.
requests-count = { $count ->
    [one] 1 person asks to follow you
   *[other] { $count } people ask to follow you
}
told-favourite = { $others ->
    [0] { $name } liked your post
    [one] { $name } and { $second } liked your post
   *[other] { $name } and { $others } others liked your post
}
told-reblog = { $others ->
    [0] { $name } reposted your post
    [one] { $name } and { $second } reposted your post
   *[other] { $name } and { $others } others reposted your post
}
told-follow = { $others ->
    [0] { $name } follows you
    [one] { $name } and { $second } follow you
   *[other] { $name } and { $others } others follow you
}
told-follow_request = { $name } asks to follow you
told-mention = { $name } wrote to you
told-status = { $name } posted
told-update = { $name } edited a post
told-other = Something by { $name }

# Settings
set-profile = Profile
set-profile-about = Name, picture, words, links
set-appearance = Appearance
set-appearance-about = Theme, language, reading
set-requests = Follow requests
set-requests-about = People who ask to follow you
set-liked = Liked
set-liked-about = Posts you liked
set-mutes = Muted people
set-mutes-about = Whose posts you do not see
set-blocks = Blocked people
set-blocks-about = Who cannot see you, nor you them
set-servers = Blocked servers
set-servers-about = Of whose people you see nothing
set-data = Your data
set-data-about = Storage, export, import, moving
set-notifications = Notifications
set-notifications-about = What becomes of those by strangers
set-filters = Filters
set-filters-about = Words that you do not want to meet
set-lists = Lists
set-lists-about = People you follow, gathered
set-tags = Followed tags
set-tags-about = Whose posts come into your home feed
set-account = Account
set-account-about = E-mail, password, sessions, apps
theme = Theme
theme-system = As the system
theme-light = Light
theme-dark = Dark
theme-black = Black
language = Language
data-saver = Save data
data-saver-about = Pictures are loaded when you ask for them.
more-button = Older posts by a button
more-button-about = Instead of while you scroll.
keys-setting = Keyboard shortcuts
keys-about = Single letters do something; press ? for the list.
saved = Saved
save-changes = Save
avatar-change = Change picture
header-change = Change header
display-name = Name
bio = About you
profile-fields = Links and facts
field-name = Field { $number }: name
field-value = Field { $number }: content
field-name-hint = Website
field-value-hint = https://…
locked-setting = Private account
locked-about = You decide who follows you.

# Reports
report-title = Report { $name }
report-kind = What is wrong?
report-kind-none = Choose what is wrong.
report-spam = Spam
report-spam-about = Advertising, fakes, the same again and again
report-violation = Against the rules
report-violation-about = What this server asks of everybody
report-legal = Against the law
report-legal-about = Where you are, or where this server is
report-other = Something else
report-other-about = Say what it is in your own words
report-rules = Which rules?
report-rules-none = Choose at least one rule.
report-words = Words for the moderators
report-left = { $count ->
    [one] 1 character left
   *[other] { $count } characters left
}
report-posts = Posts that it is about
report-forward = Also tell { $host }
report-forward-about = Its moderators get a copy that does not say who you are.
report-send = Send report
report-sent = Thank you. The moderators will look at it.
report-also = You need not wait for them: here is what you can do yourself.

# Seeing less, writing anew
server-block-title = Block all of { $host }?
server-block-text = You no longer see posts, comments or notifications by anybody there.
server-block-ends = Follows between you end: { $count } of yours, { $others } of theirs. Undoing it does not bring them back.
server-blocked = { $host } is blocked
server-unblocked = { $host } is no longer blocked
empty-servers = You have blocked no server. The menu of a post from another server offers it.
reposts-hidden = You no longer see what { $name } reposts
reposts-shown = You see again what { $name } reposts
anew-title = Delete and write anew?
anew-text = The post goes away with its likes and comments, here at once and on other servers when they hear of it. Its words and photos are ready in a new post.
anew-draft = What you had begun as a new post makes way for it.
anew-yes = Delete and write

# Your data
data-storage = Storage
data-used = { $size } of { $limit } used
data-used-unbounded = { $size } used; there is no limit.
data-export = Take with you
data-export-about = Files in CSV, which other servers can read.
data-following = People you follow
data-followers = People who follow you
data-blocks = Blocked people
data-mutes = Muted people
data-import = Bring here
data-import-about = A CSV file of another server. It adds to what is here, and takes nothing away.
data-kind = What is in it
data-file = File
data-file-none = Choose a file.
data-import-do = Bring in
data-imported = The file has arrived. Its people are gone through one by one; with many this takes a while, and you can leave this page.
data-move-here = Move here
data-move-here-about = Name your old account here, then begin the move over there. Its followers come along; its posts stay where they are.
data-alias = Address of your old account
data-aliases = Your old accounts
data-nobody = Nobody was found at that address.
data-move = Move away
data-move-about = Your followers are led to your new account, which has to name this one as an old one first. Your posts stay here, and your profile says where you are now.
data-move-to = Address of your new account
data-password = Your password
data-password-wrong = The password is wrong.
data-move-do = Move
data-move-title = Move to { $name }?
data-move-text = Your followers leave this account for that one. This cannot be undone.
data-moved = You have moved to { $name }.
data-delete = Delete account

# Keys
keys = Keyboard
key-j-k = Next, previous post
key-o = Open
key-l = Like
key-b = Save
key-s = Repost
key-c = Comment
key-m = More about the post
key-arrows = Next, previous photo
key-f = Photo over the whole screen
key-a = Description
key-h = Show what is hidden
key-dot = Show new posts
key-slash = Search
key-n = New post
key-g-h = Home
key-g-e = Explore
key-g-n = Notifications
key-g-d = Messages
key-g-p = Your profile
key-g-s = Settings
key-help = This list

# Lists
lists = Lists
empty-lists = A list gathers people whom you follow, and has a feed of its own.
list-new = A new list
lists-with = Lists with { $name }
list-make = Make list
list-title = Name
list-replies = Show replies
list-replies-list = To people in the list
list-replies-followed = To anybody you follow
list-replies-none = None
list-exclusive = Not in home
list-exclusive-about = What these people post is shown in the list only.
list-open = Open feed
list-settings = Settings of this list
list-people-find = Find people you follow
empty-list-people = Nobody is in this list yet.
list-taken-out = { $name } is no longer in this list
list-delete = Delete list
list-delete-title = Delete { $name }?
list-delete-text = The list goes; you still follow the people who are in it.
add = Add
remove = Remove
find-nobody = Nobody of that name is known here. A whole address finds people of other servers.
find-nobody-followed = You follow nobody of that name.

# Tags
followed-tags = Followed tags
empty-followed-tags = Follow a tag, and what is posted with it comes into your home feed.
unfollow = Unfollow
tag-unfollowed = You no longer follow { $name }
tag-uses = { $count ->
    [one] 1 post this week
   *[other] { $count } posts this week
}

# Filters
empty-filters = A filter keeps posts with certain words out of your way.
filter-new = New filter
filter-title = Name
filter-title-none = Give it a name, by which you know it again.
filter-words = Words
filter-words-about = Looked for in texts, warnings, descriptions of pictures and tags.
filter-word = Word { $number }
filter-whole = Whole word
filter-word-remove = Remove word { $number }
filter-word-more = Another word
filter-words-none = Give at least one word.
filter-where = Where
filter-where-home = Home and lists
filter-where-notifications = Notifications
filter-where-public = Local, Explore, tags
filter-where-thread = Posts that are open, comments
filter-where-account = Profiles
filter-where-none = Choose at least one place.
filter-action = What becomes of them
filter-action-warn = Warning
filter-action-warn-about = The filter’s name stands in their place, until you press Show.
filter-action-blur = Blur
filter-action-blur-about = Their pictures are covered, the words stay.
filter-action-hide = Hide
filter-action-hide-about = They are left out altogether.
filter-ends = Ends
filter-never = Never
filter-in = After { $text }
filter-until = until { $date }
filter-over = ended on { $date }
filter-delete = Delete filter
filter-delete-title = Delete { $name }?
filter-delete-text = What it kept away is shown again.

# Messages
messages = Messages
talks = Conversations
talks-back = All messages
empty-talks = No messages yet.
talk-choose = Choose a conversation.
talk-menu = More about this conversation
talk-unread = Mark as unread
talk-delete = Delete conversation
talk-delete-title = Delete this conversation?
talk-delete-text = It leaves your list. Others keep what was said, and a new message brings it back.
messages-open = Messages are not end-to-end encrypted: the administrators of each server that they go to could read them.
message-new = New message
message-find = To whom?
message-recipients = Recipients
message-recipient-remove = Not to { $name }
message-to = Message to { $name }
message-write = Write a message
message-send = Send message
message-offline = You are offline. Your message is still here; send it when you are back.
message-you = You:
message-unread = unread

# Polls and edits
poll-one = Choose one
poll-several = Choose one or more
poll-vote = Vote
poll-results = How it stands
poll-look = See results
poll-back = Back to voting
poll-refresh = Refresh
poll-own = your choice
poll-share = { $number } %
poll-secret = Results are shown when it ends.
poll-people = { $count ->
    [one] 1 vote
   *[other] { $count } votes
}
poll-ends = ends { $text }
poll-ended = ended
history = Earlier versions
history-first = first version
history-photos = Photos or their descriptions changed.

# Strangers
chip-polls = Polls
chip-posts = Posts
told-poll = A poll that you voted in has ended
told-poll-own = Your poll has ended
told-admin-sign_up = { $name } signed up
told-admin-report = { $name } reported something
notification-new = new
notifications-clear = Clear
notifications-clear-title = Clear all notifications?
notifications-clear-text = They go away for good; the posts stay.
senders = Waiting senders
senders-about = What these people caused was set aside, as you wished.
senders-accept-all = Accept all
senders-dismiss-all = Dismiss all
sender-dismiss = Dismiss
sender-accepted = Let in: what they caused comes among the others.
sender-dismissed = Dismissed
sender-count = { $count ->
    [one] 1 notification
   *[other] { $count } notifications
}
empty-senders = Nobody is waiting.
waiting-senders = { $count ->
    [one] 1 sender waits for your decision
   *[other] { $count } senders wait for your decision
}
policy-about = Choose what becomes of notifications by these people.
policy-not_following = People you do not follow
policy-not_followers = People who do not follow you
policy-new_accounts = New accounts
policy-private_mentions = Messages by strangers
policy-limited_accounts = Accounts limited by moderators
policy-bots = Bots
policy-accept = Accept
policy-filter = Set aside
policy-drop = Leave out

# Quotes of a post
quotes = Quotes
quotes-back = Back to the post
empty-quotes = Nobody has quoted it, or nobody whose posts you may see.
told-quote = { $name } quoted your post
told-quoted_update = { $name } edited a post that you quoted

# About a photo or a film
viewer = Photos on the whole screen
photo-details = About this photo
photo-details-none = Nothing more is known of it.
camera-camera = Camera
camera-lens = Lens
camera-film = Film
camera-settings = Settings
camera-taken = Taken
camera-equivalent = { $number } mm in 35 mm format
original-download = Download the original
original-size = { $width } × { $height }, { $size }
video-undescribed = video without description
video-broken = This video cannot be played here.
gif-play = Play: { $name }
message-photos = Add photos

# Posting
set-posting = Posting
set-posting-about = What a new post begins with
