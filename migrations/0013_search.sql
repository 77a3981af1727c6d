-- Finding people and posts by words. Letters are compared without case and without the accents of Latin scripts, which
-- people leave out when they type.
create extension if not exists pg_trgm;

create function fold(words text) returns text language sql immutable strict parallel safe as $$
    select translate(lower(words),
        'àáâãäåāăąçćčďđèéêëēėęěğģíìîïīįıķłļľñńņňòóôõöøōőŕřśşšșťţțùúûüūůűųýÿźżž',
        'aaaaaaaaacccddeeeeeeeeggiiiiiiiklllnnnnoooooooorrsssstttuuuuuuuuyyzzz')
$$;

-- Name and display name, for finding people by a part of either, or with a letter wrong.
alter table accounts add column found_by text not null generated always as (fold(username || ' ' || display_name)) stored;
create index accounts_found_by on accounts using gin (found_by gin_trgm_ops) where kind <> 2;

-- The words of a post, its warning and its descriptions: of all posts made here (their authors find them), and of public
-- ones of people elsewhere who wish to be found. Null: not to be found by words.
alter table posts add column words tsvector;
create index posts_words on posts using gin (words) where words is not null;
