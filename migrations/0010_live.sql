-- What clients are told while they are connected: which post is new, changed or gone, who was notified. Written by the one
-- dispatcher of the outbox in its transaction, so ids are in the order of commits, and read by other processes when they
-- hear of it, or have not heard for a while. Kept for minutes. Unlogged: after a crash nobody is connected who missed it.
create unlogged table live_events (
    id         bigint generated always as identity primary key,
    -- the process that told its own clients already
    process    bigint not null,
    event      jsonb not null,
    created_at timestamptz not null
);
create index live_events_age on live_events (created_at);

-- Every notification is told of, whoever writes it and however many at once: hence here and not beside each writer. What
-- it says is `Work::Tell` (src/domain/work.rs).
create function tell_of_notifications() returns trigger language plpgsql as $$
begin
    insert into outbox (work)
    select jsonb_build_object('work', 'tell', 'events', jsonb_agg(jsonb_build_object(
        'event', 'notified', 'notification', n.id::text, 'to', n.account_id::text) order by n.id))
    from written n
    having count(*) > 0;
    return null;
end $$;
create trigger notifications_told after insert on notifications
    referencing new table as written for each statement execute function tell_of_notifications();

-- Where the apps of people want to be woken: one for each token, gone with it.
create table push_subscriptions (
    token_id   bigint primary key references oauth_tokens on delete cascade,
    -- small, since some apps keep it in 32 bits
    id         integer generated always as identity constraint push_subscriptions_id_key unique,
    account_id bigint not null references accounts on delete cascade,
    -- an address that is a secret: who has it can wake the app
    endpoint   text not null,
    -- host and port of it
    authority  text not null,
    p256dh     bytea not null,
    auth       bytea not null,
    -- RFC 8291; else the drafts before it
    standard   boolean not null,
    -- kinds of notifications, as the client API spells them
    alerts     text[] not null,
    -- from whom: all, followed, follower, none
    policy     text not null check (policy in ('all', 'followed', 'follower', 'none')),
    -- the app's token, which a message brings back to it, sealed with the key file
    sealed     bytea not null,
    created_at timestamptz not null
);
create index push_subscriptions_account on push_subscriptions (account_id);

-- Messages that wait to be sent there. Written by the dispatcher; a row is lent until next_try_at and then sent again.
create table pushes (
    id              bigint generated always as identity primary key,
    token_id        bigint not null references push_subscriptions on delete cascade,
    notification_id bigint not null references notifications on delete cascade,
    tries           smallint not null default 0,
    next_try_at     timestamptz not null,
    created_at      timestamptz not null,
    constraint pushes_once unique (token_id, notification_id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
create index pushes_due on pushes (next_try_at);
create index pushes_notification on pushes (notification_id);
