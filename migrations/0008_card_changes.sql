-- What changed of the parts of posts that are the same for every reader: a post was edited, deleted or counted anew, or an
-- account's name or standing is another. subject: the post's or the account's id. Written by triggers, in the transaction
-- of the change, so that no writer can forget it; read by every process with every page (src/caches/cards has the
-- argument). xid: the transaction, by which a reader knows what it has not seen yet. A new post is nobody's memory and is
-- not noted.
create table card_changes (
    xid     bigint not null default pg_current_xact_id()::text::bigint,
    subject bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
create index card_changes_xid on card_changes (xid) include (subject);

-- Below which transaction everything had ended, and when that was seen: what is older than the readers' memories goes.
create table card_horizons (
    xid     bigint not null,
    seen_at timestamptz not null
);

-- Below which transaction changes have been swept: whoever asks from further back is not told of all of them. One row.
create table card_swept (
    xid bigint not null
);
insert into card_swept (xid) values (0);

create function note_changed_row() returns trigger language plpgsql as $$
begin
    insert into card_changes (subject) values (old.id);
    return null;
end $$;

create function note_changed_number() returns trigger language plpgsql as $$
begin
    insert into card_changes (subject) values (new.post_id);
    return null;
end $$;

create trigger posts_changed after update on posts for each row
    when ((old.id, old.version, old.author_id, old.audience, old.repost_of)
          is distinct from (new.id, new.version, new.author_id, new.audience, new.repost_of))
    execute function note_changed_row();
create trigger posts_deleted after delete on posts for each row execute function note_changed_row();

create trigger accounts_changed after update on accounts for each row
    when ((old.id, old.version, old.suspended_at, old.deleted_at)
          is distinct from (new.id, new.version, new.suspended_at, new.deleted_at))
    execute function note_changed_row();
create trigger accounts_removed after delete on accounts for each row execute function note_changed_row();

create trigger post_counts_changed after update on post_counts for each row execute function note_changed_number();
-- What is taken from here is added to post_counts in the same statement, which is noted.
create trigger count_deltas_added after insert on count_deltas for each row execute function note_changed_number();

-- The few posts that are not for everybody, so that a page finds those among its ids without a look at the others.
create index posts_narrow on posts (id) where audience >= 2;
