alter table media
    -- which files there are under the key: 0 the JPEGs alone, while many pictures waited, 1 all that every picture has, 2 also the
    -- largest size
    add column renditions      smallint not null default 1,
    -- whether its author lets others have the upload, without what it says beside the picture
    add column shares_original boolean not null default false,
    -- names that file, which is public: apart from the renditions, so that it goes by itself when its author no longer wants it
    add column shared_key      text,
    add column shared_bytes    bigint not null default 0,
    -- with what and how it was taken, as the file said: {"make", "model", "lens", …}; never where
    add column camera          jsonb,
    add column shows_camera    boolean not null default false;
create unique index media_shared_key on media (shared_key) where shared_key is not null;

-- However a row goes, its files go too. A worker that has it at that moment may still write some: those wait.
create or replace function discard_media_files() returns trigger language plpgsql as $$
declare
    -- the server's clock has milliseconds
    due timestamptz := date_trunc('milliseconds', now()) + case when old.queue = 2 then interval '5 minutes' else interval '0' end;
begin
    insert into discarded_files (key, original, due_at)
    select f.key, f.original, due
    from (values (old.key, false), (old.next_key, false), (old.shared_key, false), (old.original_key, true)) f (key, original)
    where f.key is not null
    on conflict do nothing;
    return null;
end $$;
