//! People whom somebody may want to follow: followed by those whom they follow, or by many here. Only those who wish to be
//! found; never those with whom there is anything already.

use sqlx::PgConnection;

use crate::domain::ids::AccountId;

#[derive(Clone, Debug)]
pub struct Suggested {
    pub account: AccountId,
    /// Followed by people whom the viewer follows; else by many here.
    pub by_friends: bool,
}

/// The most likely first. At most 200 of the viewer's followees are looked at, and of each 200 of theirs.
pub async fn of(
    db: &mut PgConnection,
    viewer: AccountId,
    limit: i64,
    offset: i64,
) -> sqlx::Result<Vec<Suggested>> {
    sqlx::query_as!(
        Suggested,
        r#"with friends as materialized (
               select theirs.followee_id as id, count(*) as friends
               from (select followee_id from follows where follower_id = $1 and accepted order by id desc limit 200) mine
               join accounts m on m.id = mine.followee_id and not m.hide_relations
               cross join lateral (
                   select f.followee_id from follows f
                   where f.follower_id = mine.followee_id and f.accepted order by f.id desc limit 200) theirs
               group by 1 order by 2 desc limit 1000),
           found as (
               select coalesce(f.id, p.account_id) as id, coalesce(f.friends, 0) as friends,
                   coalesce(p.followers, 0) as followers
               from friends f full join popular_accounts p on p.account_id = f.id)
           select a.id as "account!: AccountId", f.friends > 0 as "by_friends!"
           from found f
           join accounts a on a.id = f.id and a.discoverable and a.kind <> 2 and a.moved_to is null
               and a.limited_at is null and a.suspended_at is null and a.deleted_at is null
           where a.id <> $1
             and not exists (select 1 from follows x where x.follower_id = $1 and x.followee_id = a.id)
             and not exists (select 1 from hidden h where h.viewer_id = $1 and h.account_id = a.id)
             and not exists (select 1 from suggestions_dismissed d where d.account_id = $1 and d.target_id = a.id)
             and not exists (select 1 from hosts o
                             join account_domain_blocks b on b.account_id = $1 and b.domain = o.authority
                             where o.id = a.host_id)
           order by f.friends desc, f.followers desc, a.id limit $2 offset $3"#,
        viewer.0,
        limit,
        offset,
    )
    .fetch_all(db)
    .await
}

pub async fn dismiss(db: &mut PgConnection, viewer: AccountId, target: AccountId) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into suggestions_dismissed (account_id, target_id) values ($1, $2) on conflict do nothing",
        viewer.0,
        target.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whom many here follow and the viewer does not, the best known first.
pub async fn popular(db: &mut PgConnection, viewer: AccountId, limit: i64) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select p.account_id as "id: AccountId"
           from popular_accounts p
           join accounts a on a.id = p.account_id and a.discoverable
               and a.limited_at is null and a.suspended_at is null and a.deleted_at is null
           where a.id <> $1
             and not exists (select 1 from follows x where x.follower_id = $1 and x.followee_id = a.id)
             and not exists (select 1 from hidden h where h.viewer_id = $1 and h.account_id = a.id)
           order by p.followers desc, a.id limit $2"#,
        viewer.0,
        limit,
    )
    .fetch_all(db)
    .await
}
