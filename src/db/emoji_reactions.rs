//! With which emojis people elsewhere like posts. Likes themselves are in `reactions`.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::domain::emoji::Reaction;
use crate::domain::ids::{AccountId, PostId};

/// Gives a like that is there another emoji, and the address of who gave it last.
pub async fn set(
    db: &mut PgConnection,
    account: AccountId,
    post: PostId,
    uri: Option<&str>,
    reaction: &Json<Reaction>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update likes set reaction = $4, uri = coalesce($3, uri) where account_id = $1 and post_id = $2",
        account.0,
        post.0,
        uri,
        reaction as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Of these likes those that were given with an emoji.
pub async fn of(
    db: &mut PgConnection,
    likes: &[(AccountId, PostId)],
) -> sqlx::Result<Vec<(AccountId, PostId, Reaction)>> {
    if likes.is_empty() {
        return Ok(Vec::new());
    }
    let (accounts, posts): (Vec<AccountId>, Vec<PostId>) = likes.iter().copied().unzip();
    let rows = sqlx::query!(
        r#"select l.account_id as "account: AccountId", l.post_id as "post: PostId",
               l.reaction as "reaction!: Json<Reaction>"
           from unnest($1::bigint[], $2::bigint[]) as n (account_id, post_id)
           join likes l on l.account_id = n.account_id and l.post_id = n.post_id
           where l.reaction is not null"#,
        &accounts as &[AccountId],
        &posts as &[PostId],
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.account, row.post, row.reaction.0))
        .collect())
}
