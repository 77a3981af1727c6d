-- Home feeds of people who live here. Entries older than floor are not written: below it, everybody is pulled.
-- A reader who has been away has no entries and a floor above everything; the same rule then shows them all.
create table feeds (
    owner_id bigint primary key references accounts on delete cascade,
    floor    bigint not null default 0,
    active   boolean not null default true
);

-- Ids only; what may be seen is decided when they are read.
create table home_feed (
    owner_id bigint not null,
    post_id  bigint not null,
    primary key (owner_id, post_id)
) with (autovacuum_vacuum_insert_scale_factor = 0.05);

-- kind: 0 follow, 1 follow request, 2 mention, 3 like, 4 repost, 5 a followed person posted, 6 an interacted post was edited, 7 sign-up
create table notifications (
    id         bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    kind       smallint not null,
    from_id    bigint not null references accounts on delete cascade,
    post_id    bigint references posts on delete cascade,
    created_at timestamptz not null,
    constraint notifications_once unique nulls not distinct (account_id, kind, from_id, post_id)
);
create index notifications_page on notifications (account_id, id desc);
create index notifications_from on notifications (from_id);
create index notifications_post on notifications (post_id) where post_id is not null;

-- How far somebody has read: timeline is 'home' or 'notifications'.
create table markers (
    account_id   bigint not null references accounts on delete cascade,
    timeline     text not null check (timeline in ('home', 'notifications')),
    last_read_id bigint not null,
    version      integer not null default 1,
    updated_at   timestamptz not null,
    primary key (account_id, timeline)
);
