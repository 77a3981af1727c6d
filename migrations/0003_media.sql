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
    -- the table is its own queue. 0 nothing to do, 1 waits for a worker, 2 a worker has it until next_try_at.
    -- A remote picture whose files were let go of is state 0 with nothing to do until somebody looks at it.
    queue        smallint not null default 1,
    next_try_at  timestamptz not null default now(),
    -- unguessable, names the stored renditions, of which there are always all
    key          text not null constraint media_key_key unique,
    -- a new focal point makes new files under this key; until they are there, the old ones are shown
    next_key     text,
    -- names the unaltered upload, which no public address contains
    original_key text,
    -- 0 image, 1 gifv, 2 video, 3 audio, 4 unknown
    kind         smallint not null default 0,
    remote_url   text,
    -- where that is, with the port: trouble with a server is that of all its pictures
    remote_host  text generated always as (lower(substring(remote_url from '^[A-Za-z]+://([^/?#]+)'))) stored,
    content_type text not null default '',
    description  text not null default '',
    focus_x      real not null default 0,
    focus_y      real not null default 0,
    width        integer not null default 0,
    height       integer not null default 0,
    blurhash     text,
    colour       integer,
    bytes        bigint not null default 0,
    created_at   timestamptz not null,
    -- when it was first part of a post: a picture without a post is then let go of, else not posted yet
    attached_at  timestamptz,
    -- remote: when it was last fetched or asked for, for pruning
    seen_at      timestamptz
);
create index media_post on media (post_id, position) where post_id is not null;
create index media_owner on media (owner_id);
create index media_unattached on media (created_at) where post_id is null and purpose = 0;
create index media_next_key on media (next_key) where next_key is not null;
create index media_let_go on media (attached_at) where post_id is null and attached_at is not null;
create index media_profile on media (created_at) where purpose > 0;
create index media_queue on media ((remote_url is not null), next_try_at) where queue > 0;
create index media_host on media (remote_host, next_try_at) where queue = 1 and remote_host is not null;
create index media_seen on media (seen_at) where remote_url is not null and state = 1;

-- Stored files that no row names any more, until they are removed. Also the original of an upload whose row is not
-- written yet, so that a crash in between leaves nothing behind.
create table discarded_files (
    key      text primary key,
    original boolean not null,
    due_at   timestamptz not null
);
create index discarded_files_due on discarded_files (due_at);

-- However a row goes, its files go too. A worker that has it at that moment may still write some: those wait.
create function discard_media_files() returns trigger language plpgsql as $$
declare
    -- the server's clock has milliseconds
    due timestamptz := date_trunc('milliseconds', now()) + case when old.queue = 2 then interval '5 minutes' else interval '0' end;
begin
    insert into discarded_files (key, original, due_at)
    select f.key, f.original, due
    from (values (old.key, false), (old.next_key, false), (old.original_key, true)) f (key, original)
    where f.key is not null
    on conflict do nothing;
    return null;
end $$;
create trigger media_files after delete on media for each row execute function discard_media_files();

alter table accounts
    add constraint accounts_avatar foreign key (avatar_id) references media on delete set null,
    add constraint accounts_header foreign key (header_id) references media on delete set null;
create index accounts_avatar_media on accounts (avatar_id) where avatar_id is not null;
create index accounts_header_media on accounts (header_id) where header_id is not null;
