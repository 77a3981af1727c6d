-- Browsers in which somebody signed in, by the SHA-256 of what they keep of it: their tries at that account's password are
-- counted by themselves, so that nobody else uses these up. Gone with the password that was typed there.
create table devices (
    account_id bigint not null references users (account_id) on delete cascade,
    hash       bytea not null,
    used_at    timestamptz not null,
    primary key (account_id, hash)
);
create index devices_used on devices (used_at);
