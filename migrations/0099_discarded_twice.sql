-- Files go at once, also those that a worker has in hand: what it still writes goes when it says so, or at the latest with
-- a second look.
alter table discarded_files add column again_at timestamptz;

create or replace function discard_media_files() returns trigger language plpgsql as $$
declare
    -- the server's clock has milliseconds
    now_ms timestamptz := date_trunc('milliseconds', now());
begin
    insert into discarded_files (key, original, due_at, again_at)
    select f.key, f.original, now_ms, case when old.queue = 2 then now_ms + interval '5 minutes' end
    from (values (old.key, false), (old.next_key, false), (old.shared_key, false), (old.original_key, true)) f (key, original)
    where f.key is not null
    on conflict do nothing;
    return null;
end $$;
