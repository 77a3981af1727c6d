//! `tintype account …`: the people here, from the operator's side. Never prints a password that it did not make.

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};

use super::{printable, quota};
use crate::actions::approve::{self, Rejected};
use crate::actions::register::{self, Fault, NewPerson, RegisterError};
use crate::actions::{invite, moderate, set_password, suspend};
use crate::app::App;
use crate::db;
use crate::db::audit::Line;
use crate::db::users::Listed;
use crate::domain::audit::By;
use crate::domain::ids::AccountId;
use crate::domain::names::Handle;
use crate::domain::random;
use crate::domain::role::Role;

/// How many people are read at a time.
const PAGE: i64 = 500;

#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Make an account, approved at once. The first one is the owner
    Create(Create),
    /// List everybody who lives here
    List,
    /// Let somebody in who asked to join
    Approve { name: String },
    /// Turn somebody down who asked to join
    Reject { name: String },
    /// Put an account out of action and sign it out everywhere
    Suspend { name: String },
    /// Put a suspended account back into action
    Unsuspend { name: String },
    /// Delete an account with all that it posted, here and on other servers. Its name is never given again
    Delete {
        name: String,
        /// Really: it cannot be taken back
        #[arg(long)]
        yes: bool,
    },
    /// Make and print a new password, and sign the account out everywhere
    ResetPassword { name: String },
    /// Show what was decided about people, reports and servers, newest first: when, by whom, what, about whom, why
    Log {
        /// Only what was done to somebody, or by them
        #[arg(long, value_name = "NAME")]
        about: Option<String>,
    },
    /// Show how much somebody may keep here and how much they do, or say how much they may
    Quota {
        name: String,
        /// `20 GB`, `none` for no bound, or `default` for the same as everybody
        size: Option<String>,
    },
    /// Make and print an invitation
    Invite {
        /// How many people it lets in
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
        uses: u16,
    },
}

#[derive(Args)]
pub struct Create {
    /// a to z, 0 to 9 and _
    #[arg(long)]
    username: String,
    #[arg(long)]
    email: String,
    /// Left out: one is made and printed. Other people on this machine can see what is given here
    #[arg(long)]
    password: Option<String>,
    /// member, moderator or admin
    #[arg(long, default_value_t = Role::Member)]
    role: Role,
}

// Not derived: a password is no part of any log.
impl std::fmt::Debug for Create {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_struct("Create")
            .field("username", &self.username)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

pub async fn run(app: &App, command: AccountCommand) -> anyhow::Result<()> {
    match command {
        AccountCommand::Create(create) => make(app, create).await,
        AccountCommand::List => list(app).await,
        AccountCommand::Approve { name } => {
            approve::local(app, find(app, &name).await?).await?;
            println!("{name} may sign in now.");
            Ok(())
        }
        AccountCommand::Reject { name } => reject(app, &name).await,
        AccountCommand::Suspend { name } => put_out(app, &name).await,
        AccountCommand::Unsuspend { name } => {
            let changed = suspend::undo(app, find(app, &name).await?).await?;
            println!(
                "{name} {}.",
                if changed { "is back" } else { "was not suspended" }
            );
            Ok(())
        }
        AccountCommand::Delete { name, yes: true } => delete(app, &name).await,
        AccountCommand::Delete { name, yes: false } => {
            bail!("deleting {name} cannot be taken back: say --yes to do it")
        }
        AccountCommand::Log { about } => log(app, about.as_deref()).await,
        AccountCommand::ResetPassword { name } => reset_password(app, &name).await,
        AccountCommand::Quota { name, size } => quota::run(app, &name, size.as_deref()).await,
        AccountCommand::Invite { uses } => {
            let code = invite::local(app, None, uses, None).await?;
            println!("{}", app.urls.at(&format!("/invite/{code}")));
            Ok(())
        }
    }
}

async fn make(app: &App, create: Create) -> anyhow::Result<()> {
    let made_up = create.password.is_none();
    let password = create.password.unwrap_or_else(random::token);
    let person = NewPerson {
        username: create.username.clone(),
        email: create.email,
        password: password.clone(),
        ..NewPerson::default()
    };
    let registered = match register::by_operator(app, person, create.role).await {
        Ok(registered) => registered,
        Err(RegisterError::Faults(faults)) => {
            let sentences: Vec<String> = faults.iter().map(Fault::sentence).collect();
            bail!("{}", sentences.join("; "));
        }
        Err(error) => return Err(error.into()),
    };
    let mut db = app.db.acquire().await?;
    let standing = db::users::standing(&mut db, registered.account).await?;
    let role = standing.and_then(|standing| Role::from_stored(standing.role));
    let role = role.context("the account is gone again")?;
    println!(
        "Made @{}@{} ({role}).",
        create.username.trim().to_lowercase(),
        app.urls.authority()
    );
    if made_up {
        println!("Password: {password}");
    }
    Ok(())
}

async fn list(app: &App) -> anyhow::Result<()> {
    let mut db = app.db.acquire().await?;
    let mut after = String::new();
    loop {
        let people = db::users::list(&mut db, &after, PAGE).await?;
        let Some(last) = people.last() else {
            return Ok(());
        };
        after = last.username.to_lowercase();
        for person in &people {
            println!("{}", line(person));
        }
    }
}

fn line(person: &Listed) -> String {
    let role = Role::from_stored(person.role).map_or("?", Role::as_str);
    let state = match person {
        Listed { suspended: true, .. } => "suspended",
        Listed { disabled: true, .. } => "disabled",
        Listed { approved: false, .. } => "waiting for approval",
        Listed { confirmed: false, .. } => "not confirmed",
        _ => "active",
    };
    let since = person.created_at.date_naive();
    let mut line = format!(
        "{}\t{}\t{role}\t{state}\t{since}",
        person.username,
        printable(&person.email)
    );
    if !person.approved && !person.reason.is_empty() {
        line.push('\t');
        line.push_str(&printable(&person.reason));
    }
    line
}

async fn reject(app: &App, name: &str) -> anyhow::Result<()> {
    match approve::reject(app, find(app, name).await?).await? {
        Rejected::NameIsFree => println!("{name} is turned down; the name is free again."),
        Rejected::NameIsKept => {
            println!("{name} is turned down; others have heard of the name, so it is never given again.");
        }
    }
    Ok(())
}

async fn put_out(app: &App, name: &str) -> anyhow::Result<()> {
    let changed = suspend::local(app, find(app, name).await?).await?;
    let state = if changed {
        "is suspended"
    } else {
        "was suspended already"
    };
    println!("{name} {state}.");
    Ok(())
}

async fn delete(app: &App, name: &str) -> anyhow::Result<()> {
    let account = find(app, name).await?;
    let person = db::accounts::by_id(&mut *app.db.acquire().await?, account).await?;
    if person.is_none_or(|person| person.deleted) {
        println!("{name} was deleted already.");
        return Ok(());
    }
    moderate::delete(app, By::Operator, account).await?;
    println!("{name} is deleted. The running server removes the posts and tells other servers.");
    Ok(())
}

async fn log(app: &App, about: Option<&str>) -> anyhow::Result<()> {
    let about = match about {
        Some(name) => Some(find(app, name).await?),
        None => None,
    };
    let mut db = app.db.acquire().await?;
    let mut before = i64::MAX;
    loop {
        let lines = db::audit::page(&mut db, about, before, PAGE).await?;
        let Some(last) = lines.last() else {
            return Ok(());
        };
        before = last.id;
        for line in &lines {
            println!("{}", logged(line));
        }
    }
}

fn logged(line: &Line) -> String {
    let by = match line.by.as_str() {
        "" => "the operator".to_owned(),
        name => format!("@{name}"),
    };
    let at = line.created_at.format("%Y-%m-%d %H:%M:%S");
    let (about, words) = (printable(&line.about), printable(&line.words));
    format!("{at}\t{by}\t{}\t{about}\t{words}", line.act)
        .trim_end()
        .to_owned()
}

async fn reset_password(app: &App, name: &str) -> anyhow::Result<()> {
    let account = find(app, name).await?;
    let password = random::token();
    set_password::local(app, account, &password).await?;
    println!("Password: {password}");
    Ok(())
}

/// Somebody by name; with a host, also somebody elsewhere.
pub(super) async fn find(app: &App, name: &str) -> anyhow::Result<AccountId> {
    let handle = Handle::parse(name).with_context(|| format!("“{name}” is not a name"))?;
    let authority = handle
        .authority
        .filter(|authority| authority != app.urls.authority());
    let mut db = app.db.acquire().await?;
    let found = db::accounts::id_by_handle(&mut db, &handle.name, authority.as_deref()).await?;
    found.with_context(|| format!("nobody is called “{name}” here"))
}
