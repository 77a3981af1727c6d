//! What a server still has to do, as its database says.

use sqlx::postgres::PgPool;
use tintype::domain::clock::Time;

/// What waits that could be done now; empty when there is none. A second is added: what was written since the clock was
/// asked counts too.
pub async fn due(db: &PgPool, now: Time) -> String {
    sqlx::query_scalar(
        "select concat_ws(', ',
            (select count(*) || ' in the outbox' from outbox
             having count(*) > 0),
            (select count(*) || ' received' from received where next_try_at <= $1 + interval '1 second'
             having count(*) > 0),
            (select count(*) || ' pictures' from media
             where (queue = 2 or (queue = 1 and next_try_at <= $1 + interval '1 second'))
               -- of somebody suspended: nobody takes it until they are back
               and not exists (select 1 from withheld_files h where h.key = media.key)
             having count(*) > 0),
            (select count(*) || ' hosts with letters' from host_queues
             where cursor < last and (next_try_at <= $1 + interval '1 second' or claimed_until is not null)
             having count(*) > 0),
            (select count(*) || ' push messages' from pushes where next_try_at <= $1 + interval '1 second'
             having count(*) > 0),
            (select count(*) || ' imported lines' from imports where next_try_at <= $1 + interval '1 second'
             having count(*) > 0),
            (select count(*) || ' mails' from mails where next_try_at <= $1 + interval '1 second'
             having count(*) > 0),
            (select count(*) || ' tops of profiles to read' from accounts
             where featured_due_at <= $1 + interval '1 second'
                -- lent out for five minutes: it is being read; what failed is tried again after one minute or eight
                or (featured_due_at > $1 + interval '2 minutes' and featured_due_at <= $1 + interval '5 minutes')
             having count(*) > 0),
            (select count(*) || ' quotes to look into' from quotes where check_at <= $1 + interval '1 second'
              having count(*) > 0),
            (select count(*) || ' statements about followers' from follower_statements
             where due_at <= $1 + interval '1 second'
             having count(*) > 0),
            (select count(*) || ' announcements that are over' from announcements
             where not ended and ends_at <= $1 + interval '1 second'
             having count(*) > 0),
            (select count(*) || ' polls' from polls
             where (not ended and expires_at <= $1 + interval '1 second') or tell_at <= $1 + interval '1 second'
             having count(*) > 0),
            (select count(*) || ' planned posts' from scheduled_posts where next_try_at <= $1 + interval '1 second'
             having count(*) > 0),
            (select count(*) || ' numbers to add up' from count_deltas having count(*) > 0))",
    )
    .bind(now)
    .fetch_one(db)
    .await
    .expect("the queues can be looked at")
}

/// What a test may not leave behind: work that was not done, put aside, or waits for a host that is well. That clients who
/// are not there were not told is no loss.
pub async fn left(db: &PgPool) -> String {
    sqlx::query_scalar(
        "select concat_ws(', ',
            (select count(*) || ' in the outbox: ' || min(work::text) from outbox where work->>'work' <> 'tell'
             having count(*) > 0),
            (select count(*) || ' put aside: ' || min(error) from outbox_aside
             having count(*) > 0),
            (select count(*) || ' received: ' || min(left(body, 200)) from received
             having count(*) > 0),
            (select count(*) || ' pictures' from media
             where queue > 0 and not exists (select 1 from withheld_files h where h.key = media.key)
             having count(*) > 0),
            (select count(*) || ' imported lines' from imports
             having count(*) > 0),
            (select count(*) || ' mails' from mails
             having count(*) > 0),
            (select count(*) || ' tops of profiles to read' from accounts where featured_due_at is not null
             having count(*) > 0),
            (select count(*) || ' statements about followers' from follower_statements where due_at is not null
             having count(*) > 0),
            (select count(*) || ' hosts with letters' from host_queues
             where cursor < last and failures = 0 having count(*) > 0))",
    )
    .fetch_one(db)
    .await
    .expect("the queues can be looked at")
}
