-- What the files of a picture take in the store: its renditions, and the upload itself. Null: nobody has looked yet, which is so
-- for all from before this; they are measured by and by.
alter table media add column stored_bytes bigint;
create index media_unmeasured on media (id) where state = 1 and stored_bytes is null;

-- Which row an original is of, for those that look through the store.
create unique index media_original_key on media (original_key) where original_key is not null;

-- The same added up, as of the last time that the changes below were merged in.
create table media_usage (
    elsewhere boolean not null,
    -- as media.purpose
    purpose   smallint not null,
    bytes     bigint not null,
    primary key (elsewhere, purpose)
);

-- What came and went since: rows of their own, so that workers never wait for each other's sum.
create table media_usage_changes (
    id        bigint generated always as identity primary key,
    elsewhere boolean not null,
    purpose   smallint not null,
    bytes     bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

create function note_media_usage() returns trigger language plpgsql as $$
begin
    -- of the two there is only one when a row comes or goes
    insert into media_usage_changes (elsewhere, purpose, bytes)
    values (coalesce(new.remote_url, old.remote_url) is not null, coalesce(new.purpose, old.purpose),
            coalesce(new.stored_bytes, 0) - coalesce(old.stored_bytes, 0));
    return null;
end $$;
create trigger media_usage_added after insert on media for each row
    when (new.stored_bytes <> 0) execute function note_media_usage();
create trigger media_usage_changed after update of stored_bytes on media for each row
    when (coalesce(old.stored_bytes, 0) <> coalesce(new.stored_bytes, 0)) execute function note_media_usage();
create trigger media_usage_removed after delete on media for each row
    when (old.stored_bytes <> 0) execute function note_media_usage();
