//! Places that posts have, and the posts of one. Who may see a post is asked again when it is rendered.

use sqlx::PgConnection;

use crate::domain::ids::{AccountId, PlaceId, PostId};
use crate::domain::place::{NamedPlace, Place};
use crate::domain::window::Window;

pub async fn by_id(db: &mut PgConnection, id: PlaceId) -> sqlx::Result<Option<Place>> {
    sqlx::query_as!(
        Place,
        r#"select id as "id: PlaceId", name, country from places where id = $1"#,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// The place of that name, in any case; made if it is new.
pub async fn make(db: &mut PgConnection, named: &NamedPlace) -> sqlx::Result<PlaceId> {
    sqlx::query!(
        "insert into places (name, country) values ($1, $2) on conflict do nothing",
        named.name,
        named.country,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query_scalar!(
        r#"select id as "id: PlaceId" from places where lower(name) = lower($1) and lower(country) = lower($2)"#,
        named.name,
        named.country,
    )
    .fetch_one(db)
    .await
}

/// Those whose names begin so, without regard to case and accents: those that people here use first, then the shortest.
pub async fn find(
    db: &mut PgConnection,
    viewer: AccountId,
    start: &str,
    most: i64,
) -> sqlx::Result<Vec<Place>> {
    sqlx::query_as!(
        Place,
        r#"select p.id as "id: PlaceId", p.name, p.country
           from places p
           -- A place that is in no post for everybody is known to those alone who wrote it.
           where starts_with(fold(p.name), fold($1)) and exists (
               select 1 from posts o
               where o.place_id = p.id and (o.author_id = $3 or (o.audience = 0 and o.archived_at is null)))
           order by exists (select 1 from posts o where o.place_id = p.id and o.uri is null) desc,
               length(p.name), p.name, p.id
           limit $2"#,
        start,
        most,
        viewer.0,
    )
    .fetch_all(db)
    .await
}

/// Public posts of a place, newest first.
pub async fn posts(db: &mut PgConnection, place: PlaceId, window: &Window) -> sqlx::Result<Vec<PostId>> {
    macro_rules! read {
        ($order:literal) => {
            sqlx::query_scalar!(
                r#"select id as "id: PostId" from posts
                   where place_id = $1 and audience = 0 and id < $2 and id > $3"#
                    + $order
                    + " limit $4",
                place.0,
                window.below,
                window.above,
                window.limit,
            )
            .fetch_all(db)
            .await?
        };
    }
    let mut ids = match window.from_old_end {
        true => read!(" order by id"),
        false => read!(" order by id desc"),
    };
    if window.from_old_end {
        ids.reverse();
    }
    Ok(ids)
}
