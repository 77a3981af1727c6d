-- Mails that wait to be sent, one to one address each. A row is lent until next_try_at and then sent again, under the same
-- Message-ID, so that whoever got it twice is shown it once.
create table mails (
    id          bigint generated always as identity primary key,
    -- SHA-256 of the address: bounds how much waits for one, and says nothing else
    subject     bytea not null,
    -- the address and what is written there, sealed with the key file: it holds links that open accounts
    sealed      bytea not null,
    tries       smallint not null default 0,
    next_try_at timestamptz not null,
    -- it is of no use after this
    keep_until  timestamptz not null,
    created_at  timestamptz not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
create index mails_due on mails (next_try_at);
create index mails_subject on mails (subject);
create index mails_kept on mails (keep_until);

-- What a link in a mail proves, for one use. A new mail of the same purpose makes the earlier one's link void.
create table mail_tokens (
    account_id bigint not null references users (account_id) on delete cascade,
    -- 1: somebody reads mail at `email`; 2: they may choose a password, as long as `email` is theirs
    purpose    smallint not null,
    -- SHA-256 of what is in the link
    hash       bytea not null constraint mail_tokens_hash_key unique,
    email      text not null,
    expires_at timestamptz not null,
    primary key (account_id, purpose)
);
create index mail_tokens_expiry on mail_tokens (expires_at);

-- Kinds of browsers that somebody signed in with, as SHA-256 of what they call themselves without versions: a new one is
-- told to its owner by mail.
create table browsers (
    account_id bigint not null references users (account_id) on delete cascade,
    hash       bytea not null,
    seen_on    date not null,
    primary key (account_id, hash)
);
create index browsers_seen on browsers (seen_on);

-- Who never confirms is forgotten after a while.
create index users_unconfirmed on users (created_at) where confirmed_at is null;

-- The app by which somebody signed up: it may correct the address until it is confirmed.
alter table users add column joined_by_app bigint references apps on delete set null;
create index users_joined_by_app on users (joined_by_app) where joined_by_app is not null;
