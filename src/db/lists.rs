//! People's lists of people. Their posts are `list_timelines`; nothing here decides who may be in one.

use sqlx::PgConnection;

use super::listed::{Listed, Window};
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, ListId, RelationId};
use crate::domain::list::Replies;

#[derive(Clone, Debug)]
pub struct List {
    pub id: ListId,
    pub title: String,
    pub replies: Replies,
    pub exclusive: bool,
}

pub async fn insert(db: &mut PgConnection, owner: AccountId, list: &List, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into lists (id, account_id, title, replies, exclusive, created_at) values ($1, $2, $3, $4, $5, $6)",
        list.id.0,
        owner.0,
        list.title,
        list.replies as i16,
        list.exclusive,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Of one's own lists, this one.
pub async fn one(db: &mut PgConnection, owner: AccountId, id: ListId) -> sqlx::Result<Option<List>> {
    sqlx::query_as!(
        List,
        r#"select id as "id: ListId", title, replies as "replies: Replies", exclusive
           from lists where id = $2 and account_id = $1"#,
        owner.0,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// All lists of somebody, or those that have this person in them; oldest first.
pub async fn of(db: &mut PgConnection, owner: AccountId, with: Option<AccountId>) -> sqlx::Result<Vec<List>> {
    sqlx::query_as!(
        List,
        r#"select id as "id: ListId", title, replies as "replies: Replies", exclusive from lists l
           where account_id = $1 and ($2::bigint is null or exists (
               select 1 from list_members m where m.list_id = l.id and m.account_id = $2))
           order by id"#,
        owner.0,
        with.map(|member| member.0),
    )
    .fetch_all(db)
    .await
}

pub async fn count(db: &mut PgConnection, owner: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from lists where account_id = $1"#,
        owner.0
    )
    .fetch_one(db)
    .await
}

pub async fn change(db: &mut PgConnection, list: &List) -> sqlx::Result<()> {
    sqlx::query!(
        "update lists set title = $2, replies = $3, exclusive = $4 where id = $1",
        list.id.0,
        list.title,
        list.replies as i16,
        list.exclusive,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn delete(db: &mut PgConnection, id: ListId) -> sqlx::Result<()> {
    sqlx::query!("delete from lists where id = $1", id.0)
        .execute(db)
        .await?;
    Ok(())
}

/// All who are in it.
pub async fn members(db: &mut PgConnection, id: ListId) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select account_id as "id: AccountId" from list_members where list_id = $1"#,
        id.0
    )
    .fetch_all(db)
    .await
}

/// Those of `accounts` whom somebody follows, and goes on to until the transaction ends.
pub async fn followed(
    db: &mut PgConnection,
    owner: AccountId,
    accounts: &[AccountId],
) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select followee_id as "id: AccountId" from follows
           where follower_id = $1 and followee_id = any ($2) and accepted
           for key share"#,
        owner.0,
        accounts as &[AccountId],
    )
    .fetch_all(db)
    .await
}

/// Those of `authors` who are in a list that shows answers.
pub async fn answering(db: &mut PgConnection, authors: &[AccountId]) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select distinct m.account_id as "id: AccountId" from list_members m join lists l on l.id = m.list_id
           where m.account_id = any ($1) and l.replies > 0"#,
        authors as &[AccountId],
    )
    .fetch_all(db)
    .await
}

/// Puts people in whom the owner follows, each under an id of its own. Who is in it already stays as they are.
pub async fn add(
    db: &mut PgConnection,
    owner: AccountId,
    list: ListId,
    new: &[(RelationId, AccountId)],
) -> sqlx::Result<()> {
    let (ids, accounts): (Vec<RelationId>, Vec<AccountId>) = new.iter().copied().unzip();
    sqlx::query!(
        "insert into list_members (list_id, owner_id, account_id, id)
         select $1, $2, n.account_id, n.id from unnest($3::bigint[], $4::bigint[]) n (id, account_id)
         on conflict do nothing",
        list.0,
        owner.0,
        &ids as &[RelationId],
        &accounts as &[AccountId],
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn take_out(db: &mut PgConnection, list: ListId, accounts: &[AccountId]) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from list_members where list_id = $1 and account_id = any ($2)",
        list.0,
        accounts as &[AccountId],
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes beside the follows of `accounts` whether their posts come into the owner's home feed. Those for whom that is
/// another than before, and which it is now.
pub async fn settle_home(
    db: &mut PgConnection,
    owner: AccountId,
    accounts: &[AccountId],
) -> sqlx::Result<Vec<(AccountId, bool)>> {
    let rows = sqlx::query!(
        r#"update follows f set in_home = n.in_home
           from (select w.followee_id, not exists (
                     select 1 from list_members m join lists l on l.id = m.list_id and l.exclusive
                     where m.owner_id = w.follower_id and m.account_id = w.followee_id) as in_home
                 from follows w where w.follower_id = $1 and w.followee_id = any ($2)) n
           where f.follower_id = $1 and f.followee_id = n.followee_id and f.in_home <> n.in_home
           returning f.followee_id as "id: AccountId", f.in_home"#,
        owner.0,
        accounts as &[AccountId],
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.in_home)).collect())
}

/// Who is in it, last put in first.
pub async fn page(db: &mut PgConnection, list: ListId, window: &Window) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select id as "id!: RelationId", account as "account!: AccountId" from (
               (select m.id, m.account_id as account from list_members m join accounts a on a.id = m.account_id
                where not $4 and m.list_id = $1 and m.id < $2 and m.id > $3
                  and a.suspended_at is null and a.deleted_at is null
                order by m.id desc limit $5)
               union all
               (select m.id, m.account_id as account from list_members m join accounts a on a.id = m.account_id
                where $4 and m.list_id = $1 and m.id < $2 and m.id > $3
                  and a.suspended_at is null and a.deleted_at is null
                order by m.id limit $5)) page
           order by 1 desc"#,
        list.0,
        window.below,
        window.above,
        window.from_old_end,
        window.limit,
    )
    .fetch_all(db)
    .await
}
