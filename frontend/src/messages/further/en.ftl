# The app
update-ready = A new version is ready.
update-now = Reload

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
   *[other] { $name }, { $second } and others liked your post
}
told-reblog = { $others ->
    [0] { $name } reposted your post
    [one] { $name } and { $second } reposted your post
   *[other] { $name }, { $second } and others reposted your post
}
told-follow = { $others ->
    [0] { $name } follows you
    [one] { $name } and { $second } follow you
   *[other] { $name }, { $second } and others follow you
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
key-a = Description
key-h = Show what is hidden
key-dot = Show new posts
key-slash = Search
key-n = New post
key-g-h = Home
key-g-e = Explore
key-g-n = Notifications
key-g-p = Your profile
key-g-s = Settings
key-help = This list
