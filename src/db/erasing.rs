//! Removing what a deleted account leaves behind: a bounded number of rows at a time, each time with the counts that
//! they are in. Touches no account that has not ended.

use sqlx::PgConnection;

use crate::domain::ids::AccountId;

pub async fn has_ended(db: &mut PgConnection, account: AccountId) -> sqlx::Result<bool> {
    let ended = sqlx::query_scalar!(
        r#"select deleted_at is not null as "ended!" from accounts where id = $1"#,
        account.0
    );
    Ok(ended.fetch_optional(db).await? == Some(true))
}

/// What others reposted of the account's posts. Gives how many.
pub async fn reposts(db: &mut PgConnection, account: AccountId, most: i64) -> sqlx::Result<u64> {
    let gone = sqlx::query!(
        "with gone as (
             delete from posts where id = any (array(
                 select id from posts where repost_author_id = $1 limit $2))
             returning author_id, audience),
         counted as (
             update account_counts c set posts = greatest(c.posts - n.posts, 0)
             from (select author_id, count(*)::integer as posts from gone where audience < 3 group by 1 order by 1) n
             where c.account_id = n.author_id)
         select count(*) as \"count!\" from gone",
        account.0,
        most,
    )
    .fetch_one(db)
    .await?;
    Ok(gone.count.unsigned_abs())
}

/// What others did with the account's newest `posts` posts, which are next to go: of a well-known person's it is far more
/// than there are posts. At most so many rows of each kind. Gives how many of the most numerous.
pub async fn below(db: &mut PgConnection, account: AccountId, posts: i64, most: i64) -> sqlx::Result<u64> {
    let gone = sqlx::query_scalar!(
        r#"with doomed as materialized (
               select id from posts where author_id = $1 order by id desc limit $2),
           liked as (
               delete from likes where ctid = any (array(
                   select l.ctid from doomed d join likes l on l.post_id = d.id limit $3)) returning 1),
           marked as (
               delete from bookmarks where ctid = any (array(
                   select b.ctid from doomed d join bookmarks b on b.post_id = d.id limit $3)) returning 1),
           flags as (
               delete from viewer_state where ctid = any (array(
                   select v.ctid from doomed d join viewer_state v on v.post_id = d.id limit $3)) returning 1),
           told as (
               delete from notifications where ctid = any (array(
                   select n.ctid from doomed d join notifications n on n.post_id = d.id limit $3)) returning 1)
           select greatest((select count(*) from liked), (select count(*) from marked),
               (select count(*) from flags), (select count(*) from told)) as "most!""#,
        account.0,
        posts,
        most,
    )
    .fetch_one(db)
    .await?;
    Ok(gone.unsigned_abs())
}

/// The account's own posts and reposts, newest first. Gives how many.
pub async fn posts(db: &mut PgConnection, account: AccountId, most: i64) -> sqlx::Result<u64> {
    let gone = sqlx::query!(
        "with doomed as (
             select id, coalesce(repost_of, in_reply_to) as parent_id, repost_of is not null as is_repost
             from posts where author_id = $1 order by id desc limit $2),
         of_parents as (
             insert into count_deltas (post_id, reposts, replies)
             select parent_id, -count(*) filter (where is_repost), -count(*) filter (where not is_repost)
             from doomed
             where parent_id is not null and parent_id not in (select id from doomed)
             group by 1 order by 1)
         delete from posts p using doomed d where p.id = d.id",
        account.0,
        most,
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected())
}

/// What the account liked. Gives how many.
pub async fn likes(db: &mut PgConnection, account: AccountId, most: i64) -> sqlx::Result<u64> {
    let gone = sqlx::query!(
        "with gone as (
             delete from likes where account_id = $1 and post_id = any (array(
                 select post_id from likes where account_id = $1 limit $2))
             returning post_id)
         insert into count_deltas (post_id, likes) select post_id, -1 from gone order by 1",
        account.0,
        most,
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected())
}

/// Whom the account followed and who followed it, and requests for either. Gives how many.
pub async fn follows(db: &mut PgConnection, account: AccountId, most: i64) -> sqlx::Result<u64> {
    let gone = sqlx::query!(
        "with doomed as (
             (select follower_id, followee_id from follows where follower_id = $1 limit $2)
             union all
             (select follower_id, followee_id from follows where followee_id = $1 limit $2)),
         ended as (
             delete from follows f using doomed d
             where f.follower_id = d.follower_id and f.followee_id = d.followee_id
             returning f.follower_id, f.followee_id, f.accepted),
         sums as (
             select id, sum(followers)::integer as followers, sum(following)::integer as following
             from (select followee_id as id, 1 as followers, 0 as following
                   from ended where accepted and follower_id = $1
                   union all
                   select follower_id, 0, 1 from ended where accepted and followee_id = $1) n
             group by id),
         locked as materialized (
             select c.account_id from account_counts c join sums s on s.id = c.account_id
             order by c.account_id for update of c),
         counted as (
             update account_counts c set followers = greatest(c.followers - s.followers, 0),
                 local_followers = greatest(c.local_followers
                     - s.followers * (select (a.host_id is null)::integer from accounts a where a.id = $1), 0),
                 following = greatest(c.following - s.following, 0)
             from sums s join locked l on l.account_id = s.id where c.account_id = s.id)
         select count(*) as \"count!\" from ended",
        account.0,
        most,
    )
    .fetch_one(db)
    .await?;
    Ok(gone.count.unsigned_abs())
}

/// All that is in no count: what they kept, hid and were told, and their pictures. Gives the most of one kind.
pub async fn rest(db: &mut PgConnection, account: AccountId, most: i64) -> sqlx::Result<u64> {
    let gone = sqlx::query_scalar!(
        r#"with bookmarks as (
               delete from bookmarks where ctid = any (array(
                   select ctid from bookmarks where account_id = $1 limit $2)) returning 1),
           flags as (
               delete from viewer_state where ctid = any (array(
                   select ctid from viewer_state where account_id = $1 limit $2)) returning 1),
           threads as (
               delete from thread_mutes where ctid = any (array(
                   select ctid from thread_mutes where account_id = $1 limit $2)) returning 1),
           told as (
               delete from notifications where ctid = any (array(
                   select ctid from notifications where account_id = $1 limit $2)) returning 1),
           told_of as (
               delete from notifications where account_id <> $1 and ctid = any (array(
                   select ctid from notifications where from_id = $1 limit $2)) returning 1),
           blocking as (
               delete from blocks where ctid = any (array(
                   select ctid from blocks where account_id = $1 limit $2)) returning 1),
           muting as (
               delete from mutes where ctid = any (array(
                   select ctid from mutes where account_id = $1 limit $2)) returning 1),
           hiding as (
               delete from hidden where ctid = any (array(
                   select ctid from hidden where viewer_id = $1 limit $2)) returning 1),
           domains as (
               delete from account_domain_blocks where ctid = any (array(
                   select ctid from account_domain_blocks where account_id = $1 limit $2)) returning 1),
           remarks as (
               delete from account_notes where ctid = any (array(
                   select ctid from account_notes where account_id = $1 limit $2)) returning 1),
           entries as (
               delete from home_feed where ctid = any (array(
                   select ctid from home_feed where owner_id = $1 limit $2)) returning 1),
           pictures as (
               delete from media where ctid = any (array(
                   select ctid from media where owner_id = $1 limit $2)) returning 1),
           markers as (delete from markers where account_id = $1),
           lists as (delete from lists where account_id = $1),
           filters as (delete from filters where account_id = $1),
           plans as (delete from scheduled_posts where account_id = $1),
           talks as (
               delete from conversations where ctid = any (array(
                   select ctid from conversations where account_id = $1 limit $2)) returning 1),
           policies as (delete from notification_policies where account_id = $1),
           permissions as (
               delete from notification_permissions where ctid = any (array(
                   select ctid from notification_permissions where account_id = $1 or from_id = $1 limit $2)) returning 1),
           requests as (
               delete from notification_requests where ctid = any (array(
                   select ctid from notification_requests where account_id = $1 or from_id = $1 limit $2)) returning 1),
           uploads as (delete from resumable_uploads where owner_id = $1 and parts_id is null),
           -- Only the row says by what a bucket knows parts that lie there: they go first.
           parts as (
               update resumable_uploads set metadata = '', expires_at = to_timestamp(0)
               where owner_id = $1 and parts_id is not null),
           invitations as (delete from invitations where created_by = $1)
           select greatest((select count(*) from bookmarks), (select count(*) from flags),
               (select count(*) from threads), (select count(*) from told), (select count(*) from told_of),
               (select count(*) from blocking), (select count(*) from muting), (select count(*) from hiding),
               (select count(*) from domains), (select count(*) from remarks), (select count(*) from entries),
               (select count(*) from pictures), (select count(*) from permissions), (select count(*) from talks),
               (select count(*) from requests)) as "most!""#,
        account.0,
        most,
    )
    .fetch_one(db)
    .await?;
    Ok(gone.unsigned_abs())
}

/// The kinds of which nobody has many: all of them at once.
pub async fn sundries(db: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!(
        "with albums as (delete from albums where account_id = $1),
              follows as (delete from tag_follows where account_id = $1),
              featured as (delete from featured_tags where account_id = $1),
              dismissed as (delete from suggestions_dismissed where account_id = $1 or target_id = $1),
              remarks as (delete from account_notes where target_id = $1),
              asked as (delete from imports where account_id = $1),
              reactions as (delete from announcement_reactions where account_id = $1),
              heard as (delete from announcements_read where account_id = $1),
              sets as (delete from filter_sets where account_id = $1)
         delete from popular_accounts where account_id = $1",
        account.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An account that has nothing has no numbers.
pub async fn numbers(db: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!(
        "update account_counts set followers = 0, local_followers = 0, following = 0, posts = 0, last_post_at = null
         where account_id = $1",
        account.0
    )
    .execute(db)
    .await?;
    Ok(())
}
