//! Everything between a viewer and others, all flags in one look-up. Writes only private remarks.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

/// How a viewer and somebody stand to each other.
#[derive(Clone, Debug)]
pub struct Relationship {
    pub id: AccountId,
    pub following: bool,
    /// None: they do not follow, or only asked to.
    pub following_since: Option<Time>,
    pub requested: bool,
    pub showing_reposts: bool,
    pub notifying: bool,
    pub languages: Option<Vec<String>>,
    pub followed_by: bool,
    pub requested_by: bool,
    pub blocking: bool,
    pub blocked_by: bool,
    pub muting: bool,
    pub muting_notifications: bool,
    pub domain_blocking: bool,
    pub endorsed: bool,
    pub note: String,
}

/// One for each of `ids` that exists and is not deleted, in no order.
pub async fn with(
    db: &mut PgConnection,
    viewer: AccountId,
    ids: &[AccountId],
    now: Time,
) -> sqlx::Result<Vec<Relationship>> {
    sqlx::query_as!(
        Relationship,
        r#"select a.id as "id!: AccountId",
               coalesce(mine.accepted, false) as "following!",
               case when mine.accepted then mine.created_at end as "following_since?",
               coalesce(not mine.accepted, false) as "requested!",
               coalesce(mine.shows_reposts, false) as "showing_reposts!",
               coalesce(mine.notifies, false) as "notifying!",
               mine.languages as "languages?",
               coalesce(theirs.accepted, false) as "followed_by!",
               coalesce(not theirs.accepted, false) as "requested_by!",
               coalesce(h.reasons & 1 <> 0, false) as "blocking!",
               coalesce(h.reasons & 2 <> 0, false) as "blocked_by!",
               m.target_id is not null as "muting!",
               coalesce(m.notifications, false) as "muting_notifications!",
               d.domain is not null as "domain_blocking!",
               e.target_id is not null as "endorsed!",
               coalesce(n.comment, '') as "note!"
           from accounts a
           left join follows mine on mine.follower_id = $1 and mine.followee_id = a.id
           left join follows theirs on theirs.follower_id = a.id and theirs.followee_id = $1
           left join hidden h on h.viewer_id = $1 and h.account_id = a.id
           left join mutes m on m.account_id = $1 and m.target_id = a.id
               and (m.expires_at is null or m.expires_at > $3)
           left join endorsements e on e.account_id = $1 and e.target_id = a.id
           left join account_notes n on n.account_id = $1 and n.target_id = a.id
           left join hosts o on o.id = a.host_id
           left join account_domain_blocks d on d.account_id = $1 and d.domain = o.authority
           -- however many they are, there is one plan: made for each number anew, it takes ten times as long as the looking up
           where a.id = any ((select $2::bigint[])::bigint[]) and a.deleted_at is null"#,
        viewer.0,
        ids as &[AccountId],
        now,
    )
    .fetch_all(db)
    .await
}

/// Writes a private remark about somebody; an empty one takes it away.
pub async fn set_note(
    db: &mut PgConnection,
    account: AccountId,
    target: AccountId,
    comment: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with gone as (
             delete from account_notes where account_id = $1 and target_id = $2 and $3 = '')
         insert into account_notes (account_id, target_id, comment)
         select $1, $2, $3 where $3 <> ''
         on conflict (account_id, target_id) do update set comment = excluded.comment",
        account.0,
        target.0,
        comment,
    )
    .execute(db)
    .await?;
    Ok(())
}
