//! Notifications of people who live here.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, NotificationId, PostId};
use crate::domain::notification::Kind;

#[derive(Debug)]
pub struct NewNotification {
    pub id: NotificationId,
    pub to: AccountId,
    pub kind: Kind,
    pub from: AccountId,
    pub post: Option<PostId>,
    pub now: Time,
}

/// Tells `to`, once, unless they do not live here, are the one who did it, hide or are hidden from the other,
/// or muted the thread. The rule is here, in SQL, so that it is the same for one and for many.
pub async fn insert(db: &mut PgConnection, new: &NewNotification) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into notifications (id, account_id, kind, from_id, post_id, created_at)
         select $1, u.account_id, $3, $4, $5, $6
         from users u
         where u.account_id = $2 and $2 <> $4
           and not exists (select 1 from hidden h
                           where h.viewer_id = $2 and h.account_id = $4
                             and (h.reasons & 3 <> 0
                                  or exists (select 1 from mutes m where m.account_id = $2 and m.target_id = $4
                                             and m.notifications)))
           and not exists (select 1 from account_domain_blocks d
                           join hosts o on o.authority = d.domain join accounts f on f.host_id = o.id
                           where d.account_id = $2 and f.id = $4)
           and not exists (select 1 from thread_mutes t join posts p on p.thread_id = t.thread_id
                           where p.id = $5 and t.account_id = $2)
         on conflict on constraint notifications_once do nothing",
        new.id.0,
        new.to.0,
        new.kind as i16,
        new.from.0,
        new.post.map(|post| post.0),
        new.now,
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
        "delete from notifications where account_id = $1 and from_id = $2",
        to.0,
        from.0
    )
    .execute(db)
    .await?;
    Ok(())
}
