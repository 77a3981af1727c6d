-- Activities that arrived, verified and not yet applied. Taken out in the transaction that applies them.
create table received (
    id          bigint generated always as identity primary key,
    -- hosts are never deleted; without a foreign key, since all letters of a host would lock its row
    host_id     integer not null,
    actor_uri   text not null,
    -- SHA-256 of actor and activity id
    hash        bytea not null constraint received_once unique,
    body        text not null,
    received_at timestamptz not null,
    tries       smallint not null default 0,
    next_try_at timestamptz not null,
    -- names something that we do not have: fetched first, apart from the rest, which waits for nobody
    fetches     boolean not null default false
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
create index received_fair on received (host_id, id) where not fetches;
create index received_fetches on received (host_id, next_try_at) where fetches;

-- What was applied, so that the same activity again changes nothing. Kept longer than a signature can be valid.
create table applied (
    hash       bytea primary key,
    applied_on date not null
);
-- Rows lie in the order of their days: the sweep finds them without an entry for each.
create index applied_age on applied using brin (applied_on);

-- What a change causes (domain/work.rs), committed with it and taken out in the transaction that does it.
create table outbox (
    id         bigint generated always as identity primary key,
    work       jsonb not null,
    created_at timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- Work that failed even alone: set aside for the admin to see, so that it holds up nothing.
create table outbox_aside (
    id         bigint primary key,
    work       jsonb not null,
    error      text not null,
    created_at timestamptz not null
);

-- Activities to send, one copy each, whoever gets them. The key that signs them is looked up when they leave.
create table outgoing (
    id         bigint generated always as identity primary key,
    sender_id  bigint not null references accounts on delete cascade,
    post_id    bigint,
    -- Delete or Undo: kept even for a host that seems dead
    lasting    boolean not null default false,
    body       text not null,
    created_at timestamptz not null
);
create index outgoing_sender on outgoing (sender_id);

-- One letter for each distinct inbox. Written once, never updated, removed in bulk behind the host's cursor.
-- Only the dispatcher writes them, one at a time, so that their ids are in the order of their commits and a cursor skips none.
create table letters (
    id          bigint generated always as identity primary key,
    host_id     integer not null references hosts on delete cascade,
    outgoing_id bigint not null references outgoing on delete cascade,
    inbox       text not null
);
create index letters_queue on letters (host_id, id);
create index letters_outgoing on letters (outgoing_id);

-- Where we are with each host: everything up to cursor is done. Backing off is one row, however many letters wait.
create table host_queues (
    host_id         integer primary key references hosts on delete cascade,
    cursor          bigint not null default 0,
    last            bigint not null default 0,
    next_try_at     timestamptz not null,
    failures        integer not null default 0,
    failing_since   timestamptz,
    -- tries of the letter at the head, when only that one is refused
    head_tries      smallint not null default 0,
    last_error      text,
    last_success_at timestamptz,
    -- 0 draft-cavage, 1 RFC 9421: what this host understood last
    scheme          smallint not null default 0,
    -- taken by a sender until then; a sender that dies loses it by time
    claimed_until   timestamptz
) with (fillfactor = 70);
-- apart, so that nobody who is well is looked for among those who are not
create index host_queues_due on host_queues (next_try_at) where cursor < last and failures = 0;
create index host_queues_failing on host_queues (next_try_at) where cursor < last and failures > 0;

-- Letters that could not be delivered although their host is well: set aside for the admin to see.
create table letters_aside (
    id          bigint primary key,
    host_id     integer not null references hosts on delete cascade,
    outgoing_id bigint not null references outgoing on delete cascade,
    inbox       text not null,
    error       text not null,
    set_aside_at timestamptz not null
);
create index letters_aside_host on letters_aside (host_id);
create index letters_aside_outgoing on letters_aside (outgoing_id);
