-- Pictures that this server does not want, as its admins list them.
create table known_bad (
    id          bigint primary key,
    -- 0 SHA-256 of the file, 1 what it looks like (PDQ)
    kind        smallint not null,
    hash        bytea not null check (octet_length(hash) = 32),
    -- of kind 1: the same bits, to be compared
    look        bit(256),
    -- 0 it is refused, 1 its post is sensitive, 2 moderators are told
    action      smallint not null,
    comment     text not null default '',
    hits        bigint not null default 0,
    last_hit_at timestamptz,
    created_at  timestamptz not null,
    constraint known_bad_hash unique (kind, hash),
    check ((kind = 1) = (look is not null))
);

-- Pictures that are here although they are on the list, each once.
create table known_bad_media (
    media_id bigint primary key references media on delete cascade,
    -- null: it was taken off the list since
    entry_id bigint references known_bad on delete set null,
    action   smallint not null
);
create index known_bad_media_entry on known_bad_media (entry_id);

-- What pictures of people here look like, for finding the same again.
create table media_looks (
    media_id bigint primary key references media on delete cascade,
    owner_id bigint not null,
    look     bit(256) not null
);
create index media_looks_owner on media_looks (owner_id, media_id) include (look);
