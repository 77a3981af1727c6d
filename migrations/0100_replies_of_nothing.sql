-- A reply whose post is gone, however that went, is one of nothing: it is another than it was shown before.
create function note_orphan() returns trigger language plpgsql as $$
begin
    new.version := old.version + 1;
    return new;
end $$;
create trigger posts_orphaned before update of in_reply_to on posts for each row
    when (old.in_reply_to is not null and new.in_reply_to is null) execute function note_orphan();
