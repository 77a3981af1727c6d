//! Notifications of people who live here.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, NotificationId, PostId};
use crate::domain::notification::{self, GROUP_HOURS, Kind};
use crate::domain::notification_policy::{NEW_ACCOUNT, NEW_FOLLOWER};

#[derive(Debug)]
pub struct NewNotification {
    pub id: NotificationId,
    pub to: AccountId,
    pub kind: Kind,
    pub from: AccountId,
    pub post: Option<PostId>,
    pub now: Time,
}

/// Tells `to`, once, unless they do not live here, are the one who did it, hide or are hidden from the other, muted the
/// thread, or drop what such a stranger causes. The rule is here, in SQL, so that it is the same for one and for many.
pub async fn insert(db: &mut PgConnection, new: &NewNotification) -> sqlx::Result<()> {
    write(db, new, None).await
}

/// The same of a report, by its id.
pub async fn insert_about_report(
    db: &mut PgConnection,
    new: &NewNotification,
    report: i64,
) -> sqlx::Result<()> {
    write(db, new, Some(report)).await
}

async fn write(db: &mut PgConnection, new: &NewNotification, report: Option<i64>) -> sqlx::Result<()> {
    // What began after the first of these still takes in what comes.
    let group = new.kind.group(new.post).map(|name| {
        let hour = notification::hour(new.now);
        [hour - GROUP_HOURS, hour].map(|hour| format!("{name}{hour:06}"))
    });
    let [ended, own] = group.map_or([None, None], |keys| keys.map(Some));
    sqlx::query!(
        "with new as (
             insert into notifications (id, account_id, kind, from_id, post_id, report_id, created_at, filtered, group_key)
             select $1, u.account_id, $3, $4, $5, $7, $6, v.verdict = 1,
                 coalesce((select max(n.group_key) from notifications n
                           where n.account_id = $2 and n.group_key > $8 and n.group_key <= $9), $9)
             from users u
             cross join lateral (
                 select case when $10 then notification_verdict($2, $4, $5, $3 = 2, $11, $12) else 0 end as verdict) v
             where u.account_id = $2 and $2 <> $4 and v.verdict < 2
               and ($3 in (7, 9)
                    or not exists (select 1 from hidden h
                                   where h.viewer_id = $2 and h.account_id = $4
                                     and (h.reasons & 3 <> 0
                                          or exists (select 1 from mutes m
                                                     where m.account_id = $2 and m.target_id = $4
                                                       and m.notifications))))
               and not exists (select 1 from account_domain_blocks d
                               join hosts o on o.authority = d.domain join accounts f on f.host_id = o.id
                               where d.account_id = $2 and f.id = $4 and $3 <> 9)
               and not exists (select 1 from thread_mutes t join posts p on p.thread_id = t.thread_id
                               where p.id = $5 and t.account_id = $2)
             on conflict on constraint notifications_once do nothing
             returning id, account_id, from_id, created_at, filtered)
         insert into notification_requests (id, account_id, from_id, created_at, updated_at)
         select id, account_id, from_id, created_at, created_at from new where filtered
         on conflict on constraint notification_requests_once do update set updated_at = excluded.updated_at",
        new.id.0,
        new.to.0,
        new.kind as i16,
        new.from.0,
        new.post.map(|post| post.0),
        new.now,
        report,
        ended,
        own,
        new.kind.is_filterable(),
        new.now - NEW_ACCOUNT,
        new.now - NEW_FOLLOWER,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Somebody here who wants to be told of a post.
#[derive(Clone, Copy, Debug)]
pub struct Awaited {
    pub post: PostId,
    pub author: AccountId,
    pub by: AccountId,
}

/// Who asked to be told of posts like these (`notify` of a follow). Not of comments to others, reposts and what is
/// older than `since`; who is mentioned hears of that already.
pub async fn awaited(db: &mut PgConnection, posts: &[PostId], since: Time) -> sqlx::Result<Vec<Awaited>> {
    sqlx::query_as!(
        Awaited,
        r#"select p.id as "post: PostId", p.author_id as "author: AccountId", f.follower_id as "by: AccountId"
           from posts p
           join follows f on f.followee_id = p.author_id and f.accepted and f.notifies
           where p.id = any ($1) and p.in_feeds and p.repost_of is null and p.created_at > $2
             and not exists (select 1 from mentions m where m.post_id = p.id and m.account_id = f.follower_id)"#,
        posts as &[PostId],
        since,
    )
    .fetch_all(db)
    .await
}

/// Takes back what is no longer so: an undone like, follow or repost.
pub async fn withdraw(
    db: &mut PgConnection,
    to: AccountId,
    kind: Kind,
    from: AccountId,
    post: Option<PostId>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from notifications
         where account_id = $1 and kind = $2 and from_id = $3 and post_id is not distinct from $4",
        to.0,
        kind as i16,
        from.0,
        post.map(|post| post.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes away all that somebody has from somebody: they do not meet any more.
pub async fn forget_from(db: &mut PgConnection, to: AccountId, from: AccountId) -> sqlx::Result<()> {
    sqlx::query!(
        "with asking as (delete from notification_requests where account_id = $1 and from_id = $2)
         delete from notifications where account_id = $1 and from_id = $2",
        to.0,
        from.0
    )
    .execute(db)
    .await?;
    Ok(())
}
