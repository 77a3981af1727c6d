-- Who invited somebody: for moderators, who look at what an invitation brought.
alter table users add column invited_by bigint references accounts on delete set null;
create index users_invited_by on users (invited_by) where invited_by is not null;
