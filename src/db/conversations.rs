//! Talks: for each person who lives here and each thread of posts for named people, one. Which posts of it somebody may see
//! is asked when it is read: one of whose posts nothing is to be seen is not there.

use sqlx::PgConnection;

use super::listed::Window;
use crate::domain::ids::{AccountId, ConversationId, PostId};

/// A talk as somebody has it.
#[derive(Clone, Debug)]
pub struct Conversation {
    pub id: ConversationId,
    pub unread: bool,
    /// By which the list is paged: the newest post, also when it is not to be seen.
    pub place: i64,
    /// The newest that is to be seen.
    pub last_post: PostId,
    /// Its author and those it names, without the reader.
    pub people: Vec<AccountId>,
}

/// Who has a talk that a post is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    pub id: ConversationId,
    pub account: AccountId,
}

/// Notes posts for named people in the talks of those who live here, or of these of them alone. Of those who keep their
/// author out of their sight, in none. Posts that are for more are left out.
pub async fn keep(
    db: &mut PgConnection,
    posts: &[PostId],
    only: Option<&[AccountId]>,
) -> sqlx::Result<Vec<Kept>> {
    sqlx::query_as!(
        Kept,
        r#"insert into conversations as c (account_id, thread_id, last_post_id, unread)
           select d.account_id, d.thread_id, max(d.post_id), bool_or(d.author_id <> d.account_id)
           from people_of_direct_posts($1) d
           where ($2::bigint[] is null or d.account_id = any ($2))
             and not exists (select 1 from hidden h where h.viewer_id = d.account_id and h.account_id = d.author_id)
             and not exists (select 1 from account_domain_blocks b
                             join hosts o on o.authority = b.domain join accounts f on f.host_id = o.id
                             where b.account_id = d.account_id and f.id = d.author_id)
           group by d.account_id, d.thread_id
           -- in one order, so that two that write to the same people wait for each other instead of dying
           order by d.thread_id, d.account_id
           on conflict on constraint conversations_once do update
               set last_post_id = greatest(c.last_post_id, excluded.last_post_id),
                   unread = excluded.unread or (c.unread and excluded.last_post_id < c.last_post_id)
           returning id as "id: ConversationId", account_id as "account: AccountId""#,
        posts as &[PostId],
        only as Option<&[AccountId]>,
    )
    .fetch_all(db)
    .await
}

/// A page, the one with the newest post first.
pub async fn page(db: &mut PgConnection, of: AccountId, window: &Window) -> sqlx::Result<Vec<Conversation>> {
    read(db, of, None, window).await
}

/// One of somebody's own, if their list shows it.
pub async fn one(
    db: &mut PgConnection,
    of: AccountId,
    id: ConversationId,
) -> sqlx::Result<Option<Conversation>> {
    let window = Window {
        below: i64::MAX,
        above: 0,
        from_old_end: false,
        limit: 1,
    };
    Ok(read(db, of, Some(id), &window).await?.pop())
}

async fn read(
    db: &mut PgConnection,
    of: AccountId,
    id: Option<ConversationId>,
    window: &Window,
) -> sqlx::Result<Vec<Conversation>> {
    sqlx::query_as!(
        Conversation,
        r#"with mine as not materialized (
               select c.id, c.unread, c.last_post_id as place, l.id as last_post, l.author_id
               from conversations c
               cross join lateral (
                   select v.id, v.author_id from visible_posts($1) v
                   where v.thread_id = c.thread_id and v.audience = 3
                     and not exists (select 1 from hidden h where h.viewer_id = $1 and h.account_id = v.author_id)
                     and not exists (select 1 from account_domain_blocks b
                                     join hosts o on o.authority = b.domain join accounts f on f.host_id = o.id
                                     where b.account_id = $1 and f.id = v.author_id)
                   order by v.id desc limit 1) l
               where c.account_id = $1 and c.last_post_id < $2 and c.last_post_id > $3
                 and ($6::bigint is null or c.id = $6))
           select id as "id!: ConversationId", unread as "unread!", place as "place!", last_post as "last_post!: PostId",
               array(select w.id from (
                         select author_id as id, 0 as rank
                         union all
                         select m.account_id, 1 from mentions m where m.post_id = last_post and m.account_id <> author_id) w
                     where w.id <> $1 order by w.rank, w.id) as "people!: Vec<AccountId>"
           from ((select * from mine where not $4 order by place desc limit $5)
                 union all
                 (select * from mine where $4 order by place limit $5)) page
           order by 3 desc"#,
        of.0,
        window.below,
        window.above,
        window.from_old_end,
        window.limit,
        id.map(|id| id.0),
    )
    .fetch_all(db)
    .await
}

/// How many have something that is new to their reader, counted to `most`.
pub async fn unread(db: &mut PgConnection, of: AccountId, most: i64) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from (
               select 1 from conversations c
               where c.account_id = $1 and c.unread
                 and exists (
                     select 1 from visible_posts($1) v
                     where v.thread_id = c.thread_id and v.audience = 3
                       and not exists (select 1 from hidden h where h.viewer_id = $1 and h.account_id = v.author_id)
                       and not exists (select 1 from account_domain_blocks b
                                       join hosts o on o.authority = b.domain join accounts f on f.host_id = o.id
                                       where b.account_id = $1 and f.id = v.author_id))
               limit $2) unread"#,
        of.0,
        most,
    )
    .fetch_one(db)
    .await
}

pub async fn mark(
    db: &mut PgConnection,
    of: AccountId,
    id: ConversationId,
    unread: Unread,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update conversations set unread = $3 where account_id = $1 and id = $2",
        of.0,
        id.0,
        unread == Unread::Yes,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether something in it is new to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    Yes,
    No,
}

/// Whether there was one. The posts stay, and the next one brings it back.
pub async fn remove(db: &mut PgConnection, of: AccountId, id: ConversationId) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from conversations where account_id = $1 and id = $2",
        of.0,
        id.0
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() > 0)
}
