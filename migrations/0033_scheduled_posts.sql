-- Posts that wait for their time, as their authors wrote them. Gone in the transaction that publishes one: so it is published
-- once, however often and in how many processes that is tried.
create table scheduled_posts (
    id          bigint primary key,
    account_id  bigint not null references accounts on delete cascade,
    -- when its author wants it published
    due_at      timestamptz not null,
    -- what it says: `Planned` (src/domain/scheduled.rs)
    draft       jsonb not null,
    -- while it waits, a repeated request with the same key gives it again
    key         text,
    -- when it is to be tried (again); null: it cannot be published as it is, and waits for its author
    next_try_at timestamptz,
    tries       smallint not null default 0,
    created_at  timestamptz not null,
    constraint scheduled_posts_key unique (account_id, key)
);
create index scheduled_posts_page on scheduled_posts (account_id, id desc);
create index scheduled_posts_due on scheduled_posts (next_try_at) where next_try_at is not null;

-- A picture that waits with its post: no sweep takes it away, and no other post takes it.
alter table media add column scheduled_id bigint references scheduled_posts on delete set null;
create index media_scheduled on media (scheduled_id, position) where scheduled_id is not null;
