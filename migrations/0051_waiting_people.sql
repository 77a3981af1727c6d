-- Somebody here who is not let in yet, by a moderator or by the link in their mail: to everybody else as though they were
-- not there. Kept beside the account, where everything that shows one looks anyway.
alter table accounts add column waiting boolean not null default false;

create function note_waiting() returns trigger language plpgsql as $$
begin
    update accounts set waiting = new.approved_at is null or new.confirmed_at is null, version = version + 1
    where id = new.account_id
      and waiting is distinct from (new.approved_at is null or new.confirmed_at is null);
    return null;
end $$;
create trigger users_waiting after insert or update of approved_at, confirmed_at on users for each row
    execute function note_waiting();

update accounts set waiting = true
where id in (select account_id from users where approved_at is null or confirmed_at is null);
