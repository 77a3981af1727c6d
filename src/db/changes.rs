//! What changed lately, as triggers note it in the transaction of each change. Never says what became of a subject.

use sqlx::PgConnection;

/// More changes than this are not listed one by one. Only what came since the last list is on the next, so it is not the
/// reader who pays for many, but a batch of work has some hundred.
pub const MOST: usize = 1_024;

/// What about its subject is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Facts of a post or an account, the same for every reader.
    Facts,
    /// What an account gets to see.
    Reader,
    /// Posts of an account were put into feeds, or taken out.
    Author,
}

impl Kind {
    /// A later version of this program may note more.
    fn from_number(number: i16) -> Option<Self> {
        match number {
            0 => Some(Self::Facts),
            1 => Some(Self::Reader),
            2 => Some(Self::Author),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// The transaction that made it.
    pub xid: i64,
    pub kind: Kind,
    /// The id of a post or an account.
    pub subject: i64,
}

/// What one snapshot of the database says of changes.
#[derive(Clone, Debug)]
pub struct Told {
    /// Transactions below this one had ended: what they changed is in this snapshot.
    pub horizon: i64,
    /// Changes below this one are no longer listed.
    pub swept: i64,
    /// What was changed by the transaction asked from, or later ones.
    pub changes: Vec<Change>,
    /// There are more than [`MOST`].
    pub too_many: bool,
}

impl Told {
    /// From the columns of a question that asks for one change more than [`MOST`].
    pub fn new(horizon: i64, swept: i64, xids: &[i64], kinds: &[i16], subjects: &[i64]) -> Self {
        let rows = xids.iter().zip(kinds).zip(subjects);
        let changes = rows.filter_map(|((&xid, &kind), &subject)| {
            Some(Change {
                xid,
                kind: Kind::from_number(kind)?,
                subject,
            })
        });
        Self {
            horizon,
            swept,
            changes: changes.take(MOST).collect(),
            too_many: xids.len() > MOST,
        }
    }
}

/// What was changed by transaction `since` or after it; without `since`, nothing is listed.
pub async fn since(db: &mut PgConnection, since: Option<i64>) -> sqlx::Result<Told> {
    let row = sqlx::query!(
        r#"select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as "horizon!",
               (select xid from card_swept) as "swept!",
               coalesce(n.xids, '{}') as "xids!", coalesce(n.kinds, '{}') as "kinds!",
               coalesce(n.subjects, '{}') as "subjects!"
           from (select array_agg(c.xid) as xids, array_agg(c.kind) as kinds, array_agg(c.subject) as subjects
                 from (select c.xid, c.kind, c.subject from card_changes c where c.xid >= $1 limit 1025) c) n"#,
        since.unwrap_or(i64::MAX),
    )
    .fetch_one(db)
    .await?;
    Ok(Told::new(
        row.horizon,
        row.swept,
        &row.xids,
        &row.kinds,
        &row.subjects,
    ))
}

/// Forgets changes that every process has seen long ago: those that had ended ten minutes before now, by the clock of
/// the database. By transactions and not by their age: one that took long shows what it noted long ago only at its end.
pub async fn sweep(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(
        "with seen as (
             delete from card_horizons where seen_at < now() - interval '10 minutes' returning xid),
         gone as (
             delete from card_changes where xid < (select max(xid) from seen)),
         told as (
             update card_swept s set xid = n.xid from (select max(xid) as xid from seen) n where n.xid > s.xid)
         insert into card_horizons (xid, seen_at)
         values (pg_snapshot_xmin(pg_current_snapshot())::text::bigint, now())"
    )
    .execute(db)
    .await?;
    Ok(())
}
