-- What those who run this server say to everybody who lives here. Nobody elsewhere is told.
create table announcements (
    id         bigint primary key,
    -- as it was written, and as it is shown
    source     text not null,
    html       text not null,
    -- people here whom it names, and posts of here that it links to
    people     bigint[] not null default '{}',
    posts      bigint[] not null default '{}',
    -- of what it tells; it is shown before it starts, but not after it ends
    starts_at  timestamptz,
    ends_at    timestamptz,
    -- connected clients have been told that it is over
    ended      boolean not null default false,
    created_at timestamptz not null,
    updated_at timestamptz not null
);

create index announcements_due on announcements (ends_at) where not ended;

-- Who has put one away.
create table announcements_read (
    account_id      bigint not null references accounts on delete cascade,
    announcement_id bigint not null references announcements on delete cascade,
    primary key (account_id, announcement_id)
);
create index announcements_read_announcement on announcements_read (announcement_id);

create table announcement_reactions (
    announcement_id bigint not null references announcements on delete cascade,
    account_id      bigint not null references accounts on delete cascade,
    -- an emoji
    name            text not null,
    created_at      timestamptz not null,
    primary key (announcement_id, name, account_id)
);
create index announcement_reactions_account on announcement_reactions (account_id);
