//! Ids of posts for named people, of which somebody is one. Who may see a post is asked again when it is rendered.

use sqlx::PgConnection;

use crate::domain::ids::{AccountId, PostId};
use crate::domain::window::Window;

/// What they wrote and what names them, newest first.
pub async fn page(db: &mut PgConnection, of: AccountId, window: &Window) -> sqlx::Result<Vec<PostId>> {
    macro_rules! read {
        ($order:literal) => {
            sqlx::query_scalar!(
                r#"select id as "id!: PostId" from (
                       (select id from posts where author_id = $1 and audience = 3 and id < $2 and id > $3"#
                    + $order
                    + r#" limit $4)
                       union
                       (select p.id from mentions m join posts p on p.id = m.post_id
                        where m.account_id = $1 and m.post_id < $2 and m.post_id > $3 and p.audience = 3"#
                    + $order
                    + " limit $4)) own "
                    + $order
                    + " limit $4",
                of.0,
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
