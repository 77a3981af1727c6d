# A new post
photos = Photos
photos-choose = Choose photos, drop them here, or paste
photos-more = Add more photos
photos-limits = Up to { $most } photos, { $size } each. The place where they were taken is removed.
photos-too-many = A post has at most { $most } photos.
photo-cover = Cover
photo-sending = Sending photo { $number }
photo-too-large = This picture is too large: { $size }, limit { $limit }.
photo-offline = The connection was lost. Try again when you are back.
photo-earlier = Move photo { $number } forward
photo-later = Move photo { $number } back
photo-again = Send photo { $number } again
photo-remove = Remove photo { $number }
alt-of = Description of photo { $number }
alt-hint = Describe it for people who cannot see it: what is there, what matters, what it says
caption = Caption
caption-hint = Say something about it. #tags and @names become links.
characters-left = { $count } characters left
audience = Who sees it
visibility-public = Public
visibility-public-about = Anybody, also in Explore
visibility-unlisted-about = Anybody who looks, but not in Explore
visibility-private-about = Only who follows you
visibility-direct-about = Only who you name with @
sensitive-setting = Cover the photos
sensitive-about = Others see a blur first, and your reason.
warning = Reason
warning-hint = Such as: blood, spiders, the end of the film
comments-setting = Allow comments
draft-kept = Kept in this browser while you write.
edit-title = Edit post
edit-note = Other servers may keep what it was before.
post-publish = Post
post-sending = Posting…
post-published = Posted
post-changed = Changed
post-anyway = Post anyway
post-offline = You are offline. Your post is kept here; send it when you are back.
undescribed-title = { $count ->
    [one] 1 photo has no description
   *[other] { $count } photos have no description
}
undescribed-text = People who cannot see it will not know what is there. A sentence is enough.
photo-edit = Edit photo { $number }
photo-focus = Focus point of photo { $number }
photo-cancel = Stop sending photo { $number }
photo-cancelled = Not sent.
photo-developing = Making what you changed in photo { $number }
photo-not-edited = What you changed could not be applied. Try again, or edit it anew.
photo-was-edited = Edited

# The editor
photo-edited = Photo { $number } as it will be
done = Done
redo = Redo
tools = Tools
tool-crop = Crop
tool-looks = Looks
tool-adjust = Light
edit-compare = Hold to see it as it was
edit-reset = Undo all changes
edit-all = Give the other photos the same look and light
edit-not-here = This picture cannot be edited in this browser. It can be posted as it is.
crop-ratio = Ratio
crop-free = Free
crop-original = Original
crop-turn-left = Turn left
crop-turn-right = Turn right
crop-flip = Mirror
crop-swap = Swap width and height
crop-size = { $width } × { $height }
crop-straighten = Straighten
crop-move = Crop: move with the arrow keys
crop-top-left = Upper left corner
crop-top-right = Upper right corner
crop-bottom-left = Lower left corner
crop-bottom-right = Lower right corner
crop-top = Upper edge
crop-left = Left edge
crop-right = Right edge
crop-bottom = Lower edge
look-strength = Strength
look-none = Original
look-clearing = Clearing
look-amber = Amber
look-harbour = Harbour
look-moss = Moss
look-postcard = Postcard
look-lantern = Lantern
look-linen = Linen
look-orchard = Orchard
look-frost = Frost
look-attic = Attic
look-slate = Slate
look-basalt = Basalt
look-ash = Ash
look-walnut = Walnut
adjust-exposure = Exposure
adjust-contrast = Contrast
adjust-highlights = Highlights
adjust-shadows = Shadows
adjust-warmth = Warmth
adjust-saturation = Saturation
adjust-fade = Fade
adjust-vignette = Vignette
adjust-grain = Grain
adjust-sharpen = Sharpness

# The focus point
focus-about = Where a picture is shown cut off, this point stays in view. Press there, or move it with the arrow keys.
focus-point = Focus point: { $across } % from the left, { $down } % from the top
focus-middle = To the middle

# The draft
draft-discard = Discard
draft-discard-title = Discard this draft?
draft-discard-text = Its words and photos are removed from this browser.

# Later
schedule-setting = Post later
schedule-at = When
schedule-zone = Your time: { $zone }
schedule-soon = Choose a time at least { $minutes } minutes from now.
post-schedule = Schedule
post-scheduled = It will be posted on { $date }.
scheduled-title = Scheduled posts
scheduled-empty = Nothing is scheduled.
scheduled-change = Change the time
scheduled-save = Set the time
scheduled-cancel-title = Delete this scheduled post?
scheduled-cancel-text = It will not be posted.
scheduled-without = Photos without words

# What others may do with it
originals-setting = Let others download the originals
originals-about = Your files with every pixel as you uploaded them, without the place and all else that they tell.
camera-setting = Show camera details
camera-about = Camera, lens, exposure, and when it was taken. Never where.
quote-policy = Who may quote it
quote-policy-public = Anybody
quote-policy-followers = Only your followers
quote-policy-nobody = Nobody
quote-remove = Do not quote this post
quote-not = This post cannot be quoted.
quote-waits = The author is asked first. Until they agree, your post is shown without theirs.
