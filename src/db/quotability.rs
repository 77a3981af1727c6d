//! Who may quote a post, as far as it is stored. Never decides it.

use sqlx::PgConnection;

use crate::domain::audience::Audience;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::quote::{Policy, Relation};

/// A post as somebody who would quote it sees it.
#[derive(Clone, Debug)]
pub struct Quotable {
    pub id: PostId,
    pub author_id: AccountId,
    pub audience: Audience,
    pub policy: Policy,
    /// None: made here.
    pub uri: Option<String>,
    /// Of its author.
    pub username: String,
    pub author_uri: String,
    /// Whether who would quote it follows its author.
    pub follows: bool,
}

impl Quotable {
    pub fn relation(&self) -> Relation {
        Relation::of(self.follows)
    }

    pub fn is_local(&self) -> bool {
        self.uri.is_none()
    }
}

/// The post, or the one inside a repost, if `who` may see both.
pub async fn quotable(db: &mut PgConnection, who: AccountId, id: PostId) -> sqlx::Result<Option<Quotable>> {
    sqlx::query_as!(
        Quotable,
        r#"select s.id as "id!: PostId", s.author_id as "author_id!: AccountId", s.audience as "audience!: Audience",
               s.quote_policy as "policy!: Policy", s.uri, a.username as "username!", a.uri as "author_uri!",
               exists (select 1 from follows f
                       where f.follower_id = $1 and f.followee_id = s.author_id and f.accepted) as "follows!"
           from visible_posts($1) s
           join accounts a on a.id = s.author_id
           -- By itself, as in `posts::seen`.
           where s.id = (select coalesce(p.repost_of, p.id) from visible_posts($1) p where p.id = $2)"#,
        who.0,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// Who may quote a post from now on; whether that is another than before.
pub async fn set_policy(db: &mut PgConnection, post: PostId, policy: Policy) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update posts set quote_policy = $2, version = version + 1 where id = $1 and quote_policy <> $2",
        post.0,
        policy as Policy,
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Of these pairs of viewer and author, those where the one follows the other.
pub async fn following(
    db: &mut PgConnection,
    pairs: &[(AccountId, AccountId)],
) -> sqlx::Result<Vec<(AccountId, AccountId)>> {
    let (viewers, authors): (Vec<AccountId>, Vec<AccountId>) = pairs.iter().copied().unzip();
    let rows = sqlx::query!(
        r#"select f.follower_id as "viewer: AccountId", f.followee_id as "author: AccountId"
           from unnest($1::bigint[], $2::bigint[]) w (viewer, author)
           join follows f on f.follower_id = w.viewer and f.followee_id = w.author and f.accepted"#,
        &viewers as &[AccountId],
        &authors as &[AccountId],
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.viewer, row.author)).collect())
}
