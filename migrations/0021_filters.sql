-- What people do not want to meet, or only behind a warning.
create table filters (
    id         bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    title      text not null,
    -- where: 1 home and lists, 2 notifications, 4 public timelines, 8 threads, 16 profiles
    contexts   smallint not null check (contexts between 1 and 31),
    -- 0 a warning, 1 not shown at all, 2 pictures blurred
    action     smallint not null check (action between 0 and 2),
    expires_at timestamptz,
    created_at timestamptz not null
);
create index filters_account on filters (account_id, id);

-- Words by which a filter meets posts. The account stands in each row, for the triggers below.
create table filter_keywords (
    id         bigint primary key,
    filter_id  bigint not null references filters on delete cascade,
    account_id bigint not null,
    keyword    text not null,
    whole_word boolean not null
);
create index filter_keywords_filter on filter_keywords (filter_id, id);

-- Posts that a filter meets whatever they say.
create table filter_posts (
    id         bigint primary key,
    filter_id  bigint not null references filters on delete cascade,
    account_id bigint not null,
    post_id    bigint not null references posts on delete cascade,
    constraint filter_posts_once unique (filter_id, post_id)
);
create index filter_posts_post on filter_posts (post_id);

-- How often somebody's filters were changed; no row: they never had any. A process keeps the filters under (account,
-- version), so that a change is never missed, and whoever has none is asked about nothing more than this.
create table filter_sets (
    account_id bigint primary key references accounts on delete cascade,
    version    integer not null default 1
);

create function note_filters() returns trigger language plpgsql as $$
begin
    insert into filter_sets (account_id)
    values (case when tg_op = 'DELETE' then old.account_id else new.account_id end)
    on conflict (account_id) do update set version = filter_sets.version + 1;
    return null;
end $$;
-- What goes with its filter is noted with that; what goes with a post or an account is gone for everybody.
create trigger filters_changed after insert or update or delete on filters for each row
    when (pg_trigger_depth() = 0) execute function note_filters();
create trigger filter_keywords_changed after insert or update or delete on filter_keywords for each row
    when (pg_trigger_depth() = 0) execute function note_filters();
create trigger filter_posts_changed after insert or update or delete on filter_posts for each row
    when (pg_trigger_depth() = 0) execute function note_filters();
-- A kept home page was made by them.
create trigger filter_sets_changed after insert or update on filter_sets for each row
    execute function note_reader('account_id');
