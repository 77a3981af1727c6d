-- The move of all pictures from one place to another, while it lasts and until the settings say the new place. At most one.
create table media_move (
    one              boolean primary key default true check (one),
    -- The two places, with what opens them: sealed by the key file.
    source           bytea not null,
    destination      bytea not null,
    -- The same for people, without secrets.
    source_name      text not null,
    destination_name text not null,
    -- 0 pictures are copied, 1 all are at the destination and the former files are kept, 2 the former files go, 3 they are gone
    state            smallint not null check (state between 0 and 3),
    -- when that began
    since            timestamptz not null,
    -- how long former files are kept, in days
    keep_days        integer not null check (keep_days >= 0)
);
