alter table media
    -- of what moves (kind 1 and 2), else null: its length, size, frames a second, and what there is to stream
    -- ({"millis", "width", "height", "rate", "has_sound", "bytes", "streams"}). As the upload says until the file that is played
    -- is made, then as that is.
    add column video    jsonb,
    -- how far the work on that is, so that it goes on there after a crash: 0 nothing, 1 its stills, 2 the file that is played, 3 all
    add column step     smallint not null default 0,
    -- of the way to the file that is played, in hundredths
    add column progress smallint not null default 0;
