//! What moderators decided of tags. What of it holds where, is for those who ask.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::TagId;
use crate::domain::window::Window;

/// A tag as moderators meet it.
#[derive(Clone, Debug)]
pub struct Ruled {
    pub id: TagId,
    pub name: String,
    pub display_name: Option<String>,
    /// None: nothing was decided.
    pub trendable: Option<bool>,
    pub usable: bool,
    pub listable: bool,
    pub reviewed: bool,
}

/// Tags by their ids, in that order.
pub async fn by_ids(db: &mut PgConnection, ids: &[TagId]) -> sqlx::Result<Vec<Ruled>> {
    sqlx::query_as!(
        Ruled,
        r#"select t.id as "id: TagId", t.name, t.display_name, t.trendable, t.usable, t.listable,
               t.reviewed_at is not null as "reviewed!"
           from unnest($1::bigint[]) with ordinality as n (id, place) join tags t on t.id = n.id
           order by n.place"#,
        ids as &[TagId],
    )
    .fetch_all(db)
    .await
}

/// The same of one, held until the transaction ends.
pub async fn lock(db: &mut PgConnection, id: TagId) -> sqlx::Result<Option<Ruled>> {
    sqlx::query_as!(
        Ruled,
        r#"select id as "id: TagId", name, display_name, trendable, usable, listable, reviewed_at is not null as "reviewed!"
           from tags where id = $1 for update"#,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// A page of all tags, newest first.
pub async fn page(db: &mut PgConnection, window: &Window) -> sqlx::Result<Vec<TagId>> {
    // Each end by the key, since there are many: the other half finds nothing to do.
    sqlx::query_scalar!(
        r#"select id as "id!: TagId" from (
               (select id from tags where not $3 and id < $1 and id > $2 order by id desc limit $4)
               union all
               (select id from tags where $3 and id < $1 and id > $2 order by id limit $4)) page
           order by id desc"#,
        window.below,
        window.above,
        window.from_old_end,
        window.limit,
    )
    .fetch_all(db)
    .await
}

/// Writes what was decided, and that somebody looked.
pub async fn set(db: &mut PgConnection, tag: &Ruled, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update tags set display_name = $2, trendable = $3, usable = $4, listable = $5, reviewed_at = $6 where id = $1",
        tag.id.0,
        tag.display_name,
        tag.trendable,
        tag.usable,
        tag.listable,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Those of these names that nobody here may post with.
pub async fn unusable(db: &mut PgConnection, names: &[String]) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select name from tags where not usable and name = any ($1) order by name",
        names,
    )
    .fetch_all(db)
    .await
}
