-- Uploads that their senders put into the bucket themselves, by addresses that are signed for it, and confirm then. They are
-- announced like those that come in piece by piece, hold their owner's room as these do, and are never gone on with here.
alter table resumable_uploads
    -- what the file must add up to; null of all that come in piece by piece
    add column sha256   bytea check (octet_length(sha256) = 32),
    -- by what the bucket knows the parts of one that comes in several
    add column parts_id text;
create index resumable_uploads_in_parts on resumable_uploads (expires_at) where parts_id is not null;
