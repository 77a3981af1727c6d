-- The most bytes of uploads that somebody here may keep. Null: what the settings say for everybody; 0: no bound.
alter table users add column quota_bytes bigint check (quota_bytes >= 0);

-- What somebody keeps is added up from this alone. What a post let go of is the sweep's, and takes no room of theirs.
create index media_kept on media (owner_id) include (bytes)
    where remote_url is null and (post_id is not null or attached_at is null);
