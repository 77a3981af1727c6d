-- Posts, comments and reposts, local and remote. A repost is a row with an id of its own.
create table posts (
    id               bigint primary key,
    author_id        bigint not null references accounts on delete cascade,
    -- null: made here, its URI follows from author and id
    uri              text constraint posts_uri_key unique,
    url              text,
    repost_of        bigint references posts on delete cascade,
    -- the author of what is reposted, so that blocks are checked without another look-up
    repost_author_id bigint references accounts on delete cascade,
    in_reply_to      bigint references posts on delete set null,
    -- kept when the parent goes, and set while it is not known yet
    reply_to_author  bigint references accounts on delete set null,
    reply_to_uri     text,
    -- the first post of the thread
    thread_id        bigint not null,
    -- 0 public, 1 unlisted, 2 followers, 3 direct
    audience         smallint not null check (audience between 0 and 3),
    -- an answer to somebody else: shown under their post, not in feeds
    comment          boolean not null default false,
    source           text,
    html             text not null default '',
    summary          text not null default '',
    sensitive        boolean not null default false,
    language         text,
    emojis           jsonb not null default '[]',
    comments_enabled boolean not null default true,
    -- apps are never deleted; without a foreign key, since everybody who posts by the same app would lock its row
    app_id           bigint,
    -- goes up with every edit: a rendering is cached under (id, version)
    version          integer not null default 1,
    -- written to the feeds of followers (else they pull it)
    pushed           boolean not null default true,
    in_feeds         boolean not null generated always as (audience <= 2 and not comment) stored,
    photos           smallint not null default 0,
    created_at       timestamptz not null,
    edited_at        timestamptz
);
create index posts_author on posts (author_id, id desc);
create index posts_author_photos on posts (author_id, id desc) where photos > 0;
create index posts_not_pushed on posts (author_id, id desc) where not pushed;
create index posts_public on posts (id desc) where audience = 0 and repost_of is null and not comment;
create index posts_public_local on posts (id desc) where audience = 0 and repost_of is null and not comment and uri is null;
create index posts_url on posts (url) where url is not null;
create index posts_thread on posts (thread_id, id);
create index posts_replies on posts (in_reply_to, id) where in_reply_to is not null;
create index posts_orphans on posts (reply_to_uri) where in_reply_to is null and reply_to_uri is not null;
create unique index posts_repost_key on posts (author_id, repost_of) where repost_of is not null;
create index posts_reposts on posts (repost_of, id) where repost_of is not null;
create index posts_repost_author on posts (repost_author_id) where repost_author_id is not null;
create index posts_reply_author on posts (reply_to_author) where reply_to_author is not null;

alter table media add constraint media_post foreign key (post_id) references posts on delete set null;

-- What a post said before each edit.
create table post_edits (
    post_id    bigint not null references posts on delete cascade,
    version    integer not null,
    html       text not null,
    source     text,
    summary    text not null,
    sensitive  boolean not null,
    -- [{"id", "description"}]
    media      jsonb not null,
    created_at timestamptz not null,
    primary key (post_id, version)
);

-- Numbers under a post, apart from it because they change all the time.
create table post_counts (
    post_id bigint primary key references posts on delete cascade,
    likes   integer not null default 0,
    reposts integer not null default 0,
    replies integer not null default 0
) with (fillfactor = 70);

-- Changes of those numbers that are not added up yet: a viral post is not one hot row. What is read is count + deltas.
create table count_deltas (
    id      bigint generated always as identity primary key,
    post_id bigint not null references posts on delete cascade,
    likes   smallint not null default 0,
    reposts smallint not null default 0,
    replies smallint not null default 0
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
create index count_deltas_post on count_deltas (post_id);

create table mentions (
    post_id    bigint not null references posts on delete cascade,
    account_id bigint not null references accounts on delete cascade,
    primary key (post_id, account_id)
);
create index mentions_account on mentions (account_id, post_id desc);

create table tags (
    id   bigint generated always as identity primary key,
    -- lower-case, without #
    name text not null constraint tags_name_key unique
);
create index tags_search on tags (name text_pattern_ops);
create table post_tags (
    tag_id  bigint not null references tags on delete cascade,
    post_id bigint not null references posts on delete cascade,
    primary key (tag_id, post_id)
);
create index post_tags_post on post_tags (post_id);

-- Posts that were deleted, so that a late copy is not taken in and a local address answers 410. hash: SHA-256 of the
-- author's URI and the post's, so that nobody can keep another's post out.
create table tombstones (
    hash       bytea primary key,
    deleted_at timestamptz not null
);

-- A repeated request with the same key gives the post of the first time.
create table idempotency_keys (
    account_id bigint not null references accounts on delete cascade,
    key        text not null,
    post_id    bigint not null references posts on delete cascade,
    created_at timestamptz not null,
    primary key (account_id, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);
create index idempotency_keys_post on idempotency_keys (post_id);
