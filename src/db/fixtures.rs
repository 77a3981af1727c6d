//! The rows of a test server, put aside once and brought back as often as wanted. Needs a superuser of Postgres, as the
//! private cluster's is: rows come back as they were, past triggers and foreign keys. Never called but by `serve --fixtures`.

use sqlx::PgConnection;

/// Every table but those about the schema itself, and the log of changes, which only ever grows.
macro_rules! each_table {
    ($body:literal) => {
        concat!(
            "do $$ declare t name; columns text; begin
                 set local session_replication_role = replica;
                 set local lock_timeout = '100ms';
                 for t in select tablename from pg_tables where schemaname = 'public'
                     and tablename not in ('_sqlx_migrations', 'card_changes', 'card_horizons', 'card_swept')
                     order by tablename
                 loop ",
            $body,
            " end loop; end $$"
        )
    };
}

/// Nobody writes or reads until the transaction ends. Waits a moment for those who do: to be tried again.
const LOCK: &str = each_table!("execute format('lock table public.%I in access exclusive mode', t);");

const EMPTY: &str =
    each_table!("if t <> 'instance' then execute format('delete from public.%I', t); end if;");

const KEEP: &str = each_table!("execute format('create table fixtures.%I as table public.%I', t, t);");

const RESTORE: &str = each_table!(
    "execute format('delete from public.%I', t);
     select string_agg(format('%I', a.attname), ', ') into columns from pg_attribute a
         where a.attrelid = format('public.%I', t)::regclass and a.attnum > 0
             and not a.attisdropped and a.attgenerated = '';
     execute format('insert into public.%I (%s) overriding system value select %s from fixtures.%I', t, columns, columns, t);"
);

/// From what the rows were made that are kept here, if any are. Nothing, where making them did not succeed.
pub async fn source(db: &mut PgConnection) -> sqlx::Result<Option<String>> {
    let is_there: bool = sqlx::query_scalar("select to_regclass('fixtures.source') is not null")
        .fetch_one(&mut *db)
        .await?;
    if !is_there {
        return Ok(None);
    }
    sqlx::query_scalar("select text from fixtures.source")
        .fetch_optional(db)
        .await
}

/// The version of the schema: rows of another one do not fit.
pub async fn schema_version(db: &mut PgConnection) -> sqlx::Result<String> {
    sqlx::query_scalar(
        "select coalesce(string_agg(encode(checksum, 'hex'), '' order by version), '') from _sqlx_migrations",
    )
    .fetch_one(db)
    .await
}

/// Empties all tables but the facts about the instance.
pub async fn empty(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::raw_sql(LOCK).execute(&mut *db).await?;
    sqlx::raw_sql(EMPTY).execute(db).await?;
    Ok(())
}

/// Notes that all that is here from now on is made from a file, also while that does not succeed.
pub async fn claim(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::raw_sql(
        "drop schema if exists fixtures cascade; create schema fixtures;
         create table fixtures.source (text text not null); insert into fixtures.source (text) values ('')",
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts all rows aside as they are now.
pub async fn keep(db: &mut PgConnection, source: &str) -> sqlx::Result<()> {
    sqlx::raw_sql("drop schema if exists fixtures cascade; create schema fixtures")
        .execute(&mut *db)
        .await?;
    sqlx::raw_sql(KEEP).execute(&mut *db).await?;
    sqlx::raw_sql("create table fixtures.source (text text not null)")
        .execute(&mut *db)
        .await?;
    sqlx::query("insert into fixtures.source (text) values ($1)")
        .bind(source)
        .execute(db)
        .await?;
    Ok(())
}

/// Brings the rows back, and takes away all others.
pub async fn restore(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::raw_sql(LOCK).execute(&mut *db).await?;
    sqlx::raw_sql(RESTORE).execute(db).await?;
    Ok(())
}

/// Whether nothing waits to be worked off: what was posted is in feeds, and all photos are ready.
pub async fn is_settled(db: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select not exists (select 1 from outbox) and not exists (select 1 from media where state = 0)",
    )
    .fetch_one(db)
    .await
}

/// Gives somebody a role, whatever it was.
pub async fn set_role(db: &mut PgConnection, account: i64, role: i16) -> sqlx::Result<()> {
    sqlx::query("update users set role = $2 where account_id = $1")
        .bind(account)
        .bind(role)
        .execute(db)
        .await?;
    Ok(())
}
