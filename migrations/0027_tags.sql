-- Tags that somebody follows: open posts with them come into the follower's home feed. id: the order for paging, and from
-- which post on.
create table tag_follows (
    account_id bigint not null references accounts on delete cascade,
    tag_id     bigint not null references tags on delete cascade,
    id         bigint not null,
    created_at timestamptz not null,
    primary key (account_id, tag_id)
);
create index tag_follows_page on tag_follows (account_id, id desc);
create index tag_follows_tag on tag_follows (tag_id);

-- What comes into a home feed by a tag is noted for the tag, as kind 2 with its number below zero, where no account is: a
-- post in ten thousand feeds is one note for each of its followed tags.
create trigger tag_follows_changed after insert or delete on tag_follows for each row
    when (pg_trigger_depth() = 0) execute function note_reader('account_id');

-- Tags that somebody shows on their profile.
create table featured_tags (
    id         bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    tag_id     bigint not null references tags on delete cascade,
    created_at timestamptz not null,
    constraint featured_tags_once unique (account_id, tag_id)
);
create index featured_tags_tag on featured_tags (tag_id);
