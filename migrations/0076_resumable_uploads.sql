-- Uploads that come in piece by piece, and are gone on with after their connection or the server broke off. Their bytes are in
-- the data directory, in a file named by the key; a file that no row names is removed.
create table resumable_uploads (
    -- unguessable, and the end of the upload's address
    key        text primary key,
    owner_id   bigint not null references accounts on delete cascade,
    -- of the whole file, as announced: so much of its owner's quota is taken until it is a picture
    length     bigint not null check (length > 0),
    -- what is surely on disk. It is the whole length only when the picture's row is there too: who broke off before sends the
    -- end again.
    received   bigint not null default 0 check (received between 0 and length),
    -- as it was sent, to be given back
    metadata   text not null,
    -- what it became. Not a reference: it tells its sender, whatever becomes of the picture later.
    media_id   bigint,
    expires_at timestamptz not null
);
create index resumable_uploads_unfinished on resumable_uploads (owner_id, expires_at) where media_id is null;
create index resumable_uploads_owner on resumable_uploads (owner_id);
create index resumable_uploads_expiry on resumable_uploads (expires_at);
