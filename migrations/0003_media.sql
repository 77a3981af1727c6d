-- Pictures: uploads of people here, and those of remote posts and profiles. The bytes are in object storage, never here.
create table media (
    id           bigint primary key,
    owner_id     bigint not null references accounts on delete cascade,
    -- null until it is attached; avatars and headers never are
    post_id      bigint,
    position     smallint not null default 0,
    -- 0 attachment, 1 avatar, 2 header
    purpose      smallint not null default 0,
    -- 0 waiting, 1 ready, 2 failed
    state        smallint not null default 0,
    -- why it failed, as a sentence for people
    failure      text,
    tries        smallint not null default 0,
    -- the table is its own queue: rows that wait are taken in this order, uploads of people here first
    next_try_at  timestamptz not null default now(),
    -- unguessable, names the stored renditions; a new focal point makes new files under a new key
    key          text not null constraint media_key_key unique,
    -- names the unaltered upload, which no public address contains
    original_key text,
    -- 0 image, 1 gifv, 2 video, 3 audio, 4 unknown
    kind         smallint not null default 0,
    remote_url   text,
    content_type text not null default '',
    -- which renditions are stored, one bit for each file name of the closed set
    renditions   integer not null default 0,
    description  text not null default '',
    focus_x      real not null default 0,
    focus_y      real not null default 0,
    width        integer not null default 0,
    height       integer not null default 0,
    blurhash     text,
    colour       integer,
    bytes        bigint not null default 0,
    created_at   timestamptz not null,
    -- remote: when it was last fetched or asked for, for pruning
    seen_at      timestamptz
);
create index media_post on media (post_id, position) where post_id is not null;
create index media_owner on media (owner_id);
create index media_unattached on media (created_at) where post_id is null and purpose = 0;
create index media_waiting on media (next_try_at) where state = 0;

alter table accounts
    add constraint accounts_avatar foreign key (avatar_id) references media on delete set null,
    add constraint accounts_header foreign key (header_id) references media on delete set null;
create index accounts_avatar_media on accounts (avatar_id) where avatar_id is not null;
create index accounts_header_media on accounts (header_id) where header_id is not null;
