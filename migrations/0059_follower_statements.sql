-- What people elsewhere said last, by their letters, about who here follows them (FEP-8fcf). Compared in the background;
-- where we know otherwise, their own list is read. One row for each of them, whatever they say how often.
create table follower_statements (
    account_id bigint primary key references accounts on delete cascade,
    -- where those who live here are listed, on their server
    url        text not null,
    digest     bytea not null,
    -- null: compared, nothing to do
    due_at     timestamptz,
    tries      smallint not null default 0,
    looked_at  timestamptz
);
create index follower_statements_due on follower_statements (due_at) where due_at is not null;
