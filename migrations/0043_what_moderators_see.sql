-- What moderators decided of a tag, besides whether it may trend.
alter table tags
    -- whether people here may post with it
    add column usable boolean not null default true,
    -- whether it is found and suggested
    add column listable boolean not null default true,
    -- as it is shown: the name with other capitals; null: as it is
    add column display_name text,
    -- null: nobody has looked at it
    add column reviewed_at timestamptz;
create index tags_unusable on tags (name) where not usable;

-- On which days people who live here were here, for a year and a bit.
create table active_days (
    day        date not null,
    account_id bigint not null references users (account_id) on delete cascade,
    primary key (day, account_id)
);
create index active_days_account on active_days (account_id);
insert into active_days (day, account_id)
select last_active_on, account_id from users where last_active_on is not null;

-- How often somebody liked, passed on or answered a post of here, by day. Counted by the one process that adds up
-- count_deltas, so no two write the same row at a time.
create table interaction_days (
    day   date primary key,
    count bigint not null
);

-- What is counted by days is found by them.
create index users_created on users (created_at);
create index reports_created on reports (created_at);
create index reports_action on reports (action_taken_at) where action_taken_at is not null;
-- People of a server in the order in which they were met.
create index accounts_host_order on accounts (host_id, id) where host_id is not null;
drop index accounts_host;
