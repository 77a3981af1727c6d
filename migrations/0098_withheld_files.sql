-- Public files of pictures and videos of somebody here who is suspended. They lie below `withheld/` in the store, under the
-- same keys, where nobody reads them, and come back when the suspension is taken back. Whether they are to be there is not
-- noted here: the account says it.
create table withheld_files (
    -- that of a picture, the one it gets next, or that of its upload for others
    key        text primary key,
    account_id bigint not null references accounts on delete cascade,
    -- when they are to be brought to where they belong; null: they are withheld, and nothing is to be done
    due_at     timestamptz
);
create index withheld_files_due on withheld_files (due_at) where due_at is not null;
create index withheld_files_account on withheld_files (account_id);
create index accounts_suspended_at on accounts (suspended_at) where suspended_at is not null;

-- A worker that had a picture when its owner was suspended still stores what it made.
create function withhold_media_files() returns trigger language plpgsql as $$
begin
    insert into withheld_files (key, account_id, due_at)
    -- the server's clock has milliseconds
    select f.key, new.owner_id, date_trunc('milliseconds', now())
    from accounts a cross join (values (new.key), (new.next_key), (new.shared_key)) f (key)
    where a.id = new.owner_id and a.suspended_at is not null and f.key is not null
    on conflict (key) do update set due_at = excluded.due_at;
    return null;
end $$;
create trigger media_withheld after insert or update of key, next_key, shared_key, renditions, step, state on media
    for each row when (new.remote_url is null) execute function withhold_media_files();

-- Whoever is suspended already.
insert into withheld_files (key, account_id, due_at)
select f.key, m.owner_id, date_trunc('milliseconds', now())
from accounts a join media m on m.owner_id = a.id
cross join lateral (values (m.key), (m.next_key), (m.shared_key)) f (key)
where a.suspended_at is not null and m.remote_url is null and f.key is not null
on conflict do nothing;
