-- Emojis of other servers, as their posts and profiles showed them last. Each has a row in `media` (purpose 3, owned by the
-- instance's own account, since it is of no single person), whose files are fetched when somebody looks at it. Such a picture
-- is never let go of: texts name it by its key.
create table remote_emojis (
    host_id    integer not null references hosts on delete cascade,
    shortcode  text not null,
    media_id   bigint not null references media on delete cascade,
    url        text not null,
    updated_at timestamptz not null,
    primary key (host_id, shortcode)
);
create index remote_emojis_media on remote_emojis (media_id);
