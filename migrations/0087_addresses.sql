-- From which addresses of the network somebody here signed up and was signed in, and when they did last: for moderators alone.
-- Kept for as many days as a setting says.
create table user_addresses (
    account_id bigint not null references users (account_id) on delete cascade,
    address    inet not null,
    used_at    timestamptz not null,
    primary key (account_id, address)
);
create index user_addresses_address on user_addresses (address);
create index user_addresses_used on user_addresses (used_at);
