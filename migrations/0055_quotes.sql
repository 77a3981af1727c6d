-- Posts that quote another. A row is a part of the post that quotes, and what it says goes out with that post's rendering: so
-- whoever changes one raises posts.version (which notes it for all memories: 0008). That what is quoted goes is noted by itself.
create table quotes (
    -- the post that quotes: each quotes one at most
    post_id          bigint primary key references posts on delete cascade,
    -- null: not known here yet, or gone
    quoted_id        bigint references posts on delete set null,
    -- who wrote that, and so answers for the quote; null with it
    quoted_author_id bigint references accounts on delete set null,
    -- its address, also of a post made here
    quoted_uri       text not null,
    -- 0 pending, 1 accepted, 2 rejected, 3 revoked
    state            smallint not null check (state between 0 and 3),
    -- the stamp by which it is allowed: of somebody here, under an address of ours; of somebody elsewhere, as it was told to us,
    -- and worth nothing before state is 1
    stamp_uri        text,
    -- when what is quoted, or the stamp, is to be fetched; null: there is nothing to be fetched
    check_at         timestamptz,
    tries            smallint not null default 0,
    created_at       timestamptz not null
);
create index quotes_quoted on quotes (quoted_id, post_id desc) where quoted_id is not null;
create index quotes_author on quotes (quoted_author_id) where quoted_author_id is not null;
create index quotes_stamp on quotes (stamp_uri) where stamp_uri is not null;
create index quotes_due on quotes (check_at) where check_at is not null;

-- Of what is gone, its author is not kept either.
create function forget_quoted_author() returns trigger language plpgsql as $$
begin
    new.quoted_author_id := null;
    return new;
end $$;
create trigger quotes_forgotten before update of quoted_id on quotes for each row
    when (old.quoted_id is not null and new.quoted_id is null) execute function forget_quoted_author();

-- Who may quote a post: bits as in src/domain/quote.rs. Posts that are older than this were written when nobody could, and stay so.
alter table posts add column quote_policy integer not null default 0;

-- The same for new posts of somebody: 131072 is everybody.
alter table users add column default_quote_policy integer not null default 131072;
