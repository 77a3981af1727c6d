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
