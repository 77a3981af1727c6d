-- The facts about this instance that may never change (its public URL) or that an admin edits.
create table instance (
    key   text primary key,
    value jsonb not null
);

-- Every other server that we have met, by authority: lower-case host in its ASCII form, with a port that is not the scheme's own.
create table hosts (
    id         integer generated always as identity primary key,
    authority  text not null constraint hosts_authority_key unique,
    software   text,
    first_seen timestamptz not null
);

-- What an admin decided about a domain and all its subdomains. severity: 1 limited, 2 suspended.
create table domain_policies (
    domain     text primary key,
    severity   smallint not null check (severity in (1, 2)),
    reason     text not null default '',
    created_at timestamptz not null
);

-- People and programs, here and elsewhere. A deleted account keeps its row, so that its name is never given again.
create table accounts (
    id             bigint primary key,
    -- null: the account lives here
    host_id        integer references hosts on delete restrict,
    username       text not null,
    name_key       text not null generated always as (lower(username)) stored,
    -- 0 person, 1 service, 2 application, 3 group, 4 organization
    kind           smallint not null default 0,
    -- the actor's id, for ever
    uri            text not null constraint accounts_uri_key unique,
    url            text not null,
    inbox          text not null default '',
    shared_inbox   text,
    outbox         text not null default '',
    followers_url  text not null default '',
    following_url  text not null default '',
    featured_url   text not null default '',
    display_name   text not null default '',
    -- what the person wrote (here), and the clean HTML that is shown
    note_source    text not null default '',
    note_html      text not null default '',
    -- [{"name", "value" (source), "html", "verified_at"}]
    fields         jsonb not null default '[]',
    emojis         jsonb not null default '[]',
    avatar_id      bigint,
    header_id      bigint,
    locked         boolean not null default false,
    bot            boolean not null default false,
    discoverable   boolean not null default false,
    indexable      boolean not null default false,
    hide_relations boolean not null default false,
    also_known_as  text[] not null default '{}',
    moved_to       text,
    public_key_id  text not null default '',
    public_key_pem text not null default '',
    -- goes up with every change that shows, so that a cached rendering is found by (id, version)
    version        integer not null default 1,
    created_at     timestamptz not null,
    -- remote: when the actor document was last read
    fetched_at     timestamptz,
    -- remote: what they put at the top of their profile is to be read then; null: nothing to do
    featured_due_at timestamptz,
    featured_tries smallint not null default 0,
    -- ever had a post that was not written to feeds: its followers' pages look for such posts
    pulled         boolean not null default false,
    limited_at     timestamptz,
    suspended_at   timestamptz,
    deleted_at     timestamptz,
    constraint accounts_handle_key unique nulls not distinct (name_key, host_id)
);
create index accounts_host on accounts (host_id) where host_id is not null;
create index accounts_suspended on accounts (id) where suspended_at is not null or deleted_at is not null;
create index accounts_featured on accounts (featured_due_at) where featured_due_at is not null;
create index accounts_pulled on accounts (id) where pulled;
create index accounts_limited on accounts (id) where limited_at is not null;
create index accounts_directory on accounts (id desc) where host_id is null;
-- Search by the beginning of a name, in any collation.
create index accounts_name_search on accounts (name_key text_pattern_ops);
create index accounts_display_search on accounts (lower(display_name) text_pattern_ops) where display_name <> '';
create index accounts_url on accounts (url);
create index accounts_key_id on accounts (public_key_id) where host_id is not null;

-- Numbers about an account, apart from the wide row because they change all the time.
create table account_counts (
    account_id      bigint primary key references accounts on delete cascade,
    followers       integer not null default 0,
    -- of the followers, those who live here: decides whether a post is pushed or pulled
    local_followers integer not null default 0,
    following       integer not null default 0,
    posts           integer not null default 0,
    last_post_at    timestamptz
) with (fillfactor = 70);

-- Private signing keys, sealed with the instance's key file. Never selected together with anything else.
create table account_keys (
    account_id bigint primary key references accounts on delete cascade,
    sealed     bytea not null
);

-- What only people who live here have.
create table users (
    account_id         bigint primary key references accounts on delete cascade,
    email              text not null,
    email_key          text not null generated always as (lower(email)) stored constraint users_email_key unique,
    password_hash      text not null,
    -- 0 member, 1 moderator, 2 admin, 3 owner
    role               smallint not null default 0,
    locale             text not null default 'en',
    confirmed_at       timestamptz,
    approved_at        timestamptz,
    reason             text not null default '',
    default_audience   smallint not null default 0,
    default_sensitive  boolean not null default false,
    default_language   text,
    created_at         timestamptz not null,
    last_active_on     date
);
-- The first account is the owner, and there is one.
create unique index users_owner_key on users (role) where role = 3;
create index users_waiting on users (account_id) where approved_at is null;

-- Invitations: whoever holds the code may sign up, so many times, until then.
create table invitations (
    code       text primary key,
    created_by bigint references accounts on delete cascade,
    uses_left  integer not null check (uses_left >= 0),
    expires_at timestamptz,
    created_at timestamptz not null
);
create index invitations_by on invitations (created_by);
