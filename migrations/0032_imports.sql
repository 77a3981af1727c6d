-- People whom somebody wants to follow, block or mute, from a file that they brought: one at a time, since each may live on
-- a server that has to be asked first. A row is lent until next_try_at.
create table imports (
    id          bigint generated always as identity primary key,
    account_id  bigint not null references accounts on delete cascade,
    -- 1 follow, 2 block, 3 mute
    kind        smallint not null,
    -- name@host, in lower case
    handle      text not null,
    -- follow: with reposts; mute: with notifications
    with_more   boolean not null,
    -- follow: tell of each post
    notify      boolean not null,
    tries       smallint not null default 0,
    next_try_at timestamptz not null,
    constraint imports_once unique (account_id, kind, handle)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
create index imports_due on imports (next_try_at);
