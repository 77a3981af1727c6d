//! The people of the demonstration: their accounts, faces and follows. Posts nothing.

use anyhow::Context;

use super::demo_cast::{OWNER, Role};
use super::demo_seed;
use crate::actions::register::{self, NewPerson};
use crate::actions::update_profile::{self, ProfileEdit};
use crate::actions::{follow, upload};
use crate::app::App;
use crate::db;
use crate::db::follows::Wishes;
use crate::domain::ids::{AccountId, MediaId};
use crate::domain::picture::Purpose;
use crate::domain::{random, role};

/// Makes a person with a face, or finds them.
pub async fn settle_in(app: &App, then: &App, role: &Role) -> anyhow::Result<AccountId> {
    let known = {
        let mut db = app.db.acquire().await?;
        db::accounts::local_id(&mut db, role.username).await?
    };
    let id = match known {
        Some(id) => {
            if role.username == OWNER {
                println!(
                    "The demo's password was shown before; `tintype account reset-password {OWNER}` makes another."
                );
            }
            id
        }
        None => register(then, role).await?,
    };
    let mut db = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut db, id).await?.context("they are gone")?;
    drop(db);
    if account.avatar_key.is_some() {
        return Ok(id);
    }
    let avatar = face(app, id, Purpose::Avatar, role.avatar, (400, 400)).await?;
    let header = face(app, id, Purpose::Header, role.header, (1400, 467)).await?;
    let fields = role.fields.iter();
    let edit = ProfileEdit {
        display_name: Some(role.name.into()),
        note: Some(role.note.into()),
        fields: Some(
            fields
                .map(|(name, value)| ((*name).into(), (*value).into()))
                .collect(),
        ),
        avatar: Some(Some(avatar)),
        header: Some(Some(header)),
        discoverable: Some(true),
        ..ProfileEdit::default()
    };
    update_profile::local(then, id, edit).await?;
    Ok(id)
}

async fn register(then: &App, role: &Role) -> anyhow::Result<AccountId> {
    let password = random::token();
    let person = NewPerson {
        username: role.username.into(),
        email: format!("{}@demo.invalid", role.username),
        password: password.clone(),
        ..NewPerson::default()
    };
    let registered = register::by_operator(then, person, role::Role::Member).await?;
    if role.username == OWNER {
        println!("Demo sign-in: {}", then.urls.at("/auth/sign_in"));
        println!("  name:     {OWNER}");
        println!("  password: {password}");
    }
    Ok(registered.account)
}

async fn face(
    app: &App,
    owner: AccountId,
    purpose: Purpose,
    seed: u64,
    size: (u32, u32),
) -> anyhow::Result<MediaId> {
    Ok(upload::picture(app, owner, purpose, demo_seed::photograph(seed, size).await?).await?)
}

/// Who follows whom: about two of three, and the owner everybody.
pub async fn acquaint(then: &App, people: &[AccountId]) -> anyhow::Result<()> {
    for (number, follower) in people.iter().enumerate() {
        for (other, followee) in people.iter().enumerate() {
            if follower != followee && (number == 0 || (number * 7 + other * 3) % 10 < 6) {
                follow::local(then, *follower, *followee, &Wishes::default()).await?;
            }
        }
    }
    Ok(())
}
