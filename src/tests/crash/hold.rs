//! Holds the program at a point of its work: at a statement, by a lock that its database makes it wait for. Nothing in the
//! program knows of it.

use sqlx::postgres::PgPool;
use sqlx::{Connection as _, PgConnection};

use crate::support::Binary;
use crate::support::waiting::eventually;

/// What the dispatcher of the outbox holds while it works.
const DISPATCHER: i64 = 7201;
/// What the trigger of [`Hold::before`] waits for.
const POINT: i64 = 990_001;

/// As long as it is there, nobody passes the point.
pub struct Hold {
    lock: PgConnection,
    db: PgPool,
    point: i64,
}

impl Hold {
    /// Nothing leaves the outbox.
    pub async fn dispatcher(binary: &Binary) -> Self {
        Self::take(binary, DISPATCHER).await
    }

    /// Whoever is about to do this stays there: `insert on posts`, or
    /// `update of cursor on host_queues for each row when (new.cursor > old.cursor)`.
    pub async fn before(binary: &Binary, event: &str) -> Self {
        let hold = Self::take(binary, POINT).await;
        let (event, condition) = event.split_once(" when ").unwrap_or((event, "(true)"));
        let sql = format!(
            "create function wait_at_the_point() returns trigger language plpgsql as
             $$ begin perform pg_advisory_xact_lock({POINT}); return new; end $$;
             create trigger the_point before {event} for each row when {condition}
             execute function wait_at_the_point()"
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
            .execute(&hold.db)
            .await
            .expect("a trigger can be made");
        hold
    }

    async fn take(binary: &Binary, point: i64) -> Self {
        let db = binary.db().await;
        let options = db.connect_options();
        let mut lock = PgConnection::connect_with(&options).await.expect("a connection");
        sqlx::query("select pg_advisory_lock($1)")
            .bind(point)
            .execute(&mut lock)
            .await
            .expect("a lock");
        Self { lock, db, point }
    }

    /// Until somebody waits at the point.
    pub async fn reached(&self) {
        eventually("the point is reached", async || {
            (self.waiting().await > 0).then_some(())
        })
        .await;
    }

    async fn waiting(&self) -> i64 {
        let sql =
            "select count(*) from pg_locks where locktype = 'advisory' and not granted and objid::bigint = $1
                   and database = (select oid from pg_database where datname = current_database())";
        sqlx::query_scalar(sql)
            .bind(self.point)
            .fetch_one(&self.db)
            .await
            .expect("locks can be looked at")
    }

    /// Lets the next ones pass. Who was killed at the point never does: what Postgres still does for it ends here.
    pub async fn release(mut self) {
        let others = "select pg_terminate_backend(pid) from pg_stat_activity
                      where datname = current_database() and pid <> pg_backend_pid() and wait_event_type = 'Lock'";
        sqlx::query(others)
            .execute(&mut self.lock)
            .await
            .expect("they can be ended");
        eventually("nobody waits any more", async || {
            (self.waiting().await == 0).then_some(())
        })
        .await;
        if self.point == POINT {
            let sql = "drop function wait_at_the_point() cascade";
            sqlx::query(sql)
                .execute(&mut self.lock)
                .await
                .expect("the trigger can go");
        }
        self.lock.close().await.expect("the lock can go");
        self.db.close().await;
    }
}

/// What was lent to a worker that is dead by now is free at once, as it would be a minute or two later.
pub async fn end_leases(binary: &Binary) {
    let db = binary.db().await;
    sqlx::raw_sql(
        "update host_queues set claimed_until = null where claimed_until is not null;
         update media set next_try_at = now() where queue > 0;
         update received set next_try_at = now()",
    )
    .execute(&db)
    .await
    .expect("leases can be ended");
    db.close().await;
}
