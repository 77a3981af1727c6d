-- What moderators do to an account short of suspending it; each can be taken back. (Silencing is limited_at.)
alter table accounts
    -- its pictures are covered, whatever its posts say of them
    add column sensitized_at timestamptz;
create index accounts_sensitized on accounts (id) where sensitized_at is not null;

alter table users
    -- nobody signs in to it, and none of its tokens is taken
    add column disabled_at timestamptz;
create index users_disabled on users (account_id) where disabled_at is not null;
