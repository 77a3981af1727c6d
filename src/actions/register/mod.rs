//! Somebody comes to live here. Never says yes to a name that anybody has or had.

mod fault;
mod person;

use sqlx::PgConnection;

pub use fault::{Fault, Field, Kind};
pub use person::{NewPerson, Person, password_fault};

use super::key_pair::{self, KeyPair, KeyPairError};
use super::new_local::{self, Identity};
use super::tell_moderators;
use crate::app::App;
use crate::config::Registration;
use crate::db;
use crate::db::users::NewUser;
use crate::domain::account;
use crate::domain::ids::AccountId;
use crate::domain::role::Role;
use crate::passwords::PasswordError;

#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// What was typed cannot be used as it is.
    #[error("the sign-up has faults")]
    Faults(Vec<Fault>),
    /// This server takes nobody now.
    #[error("this server takes no new people at the moment")]
    Closed,
    /// There is one owner.
    #[error("this server has an owner already")]
    OwnerIsThere,
    #[error(transparent)]
    Key(#[from] KeyPairError),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Somebody who lives here now; `approved` false: a moderator has to say yes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registered {
    pub account: AccountId,
    pub approved: bool,
}

/// In which way somebody comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    role: Role,
    approved: bool,
    /// Whether their invitation is used up by it.
    by_invitation: bool,
    /// Whether the moderators are told.
    told: bool,
}

/// Signs somebody up who did it themselves, as far as this server is open.
pub async fn local(app: &App, person: NewPerson) -> Result<Registered, RegisterError> {
    let person = person.check().map_err(RegisterError::Faults)?;
    let mut db = app.db.acquire().await?;
    let entry = if db::users::any(&mut db).await? {
        public_entry(app, &mut db, &person).await?
    } else {
        FIRST
    };
    refuse_taken(&mut db, &person).await?;
    drop(db);
    match make(app, &person, entry).await {
        // Somebody else was the first after all.
        Err(RegisterError::OwnerIsThere) => {
            let mut db = app.db.acquire().await?;
            let entry = public_entry(app, &mut db, &person).await?;
            drop(db);
            make(app, &person, entry).await
        }
        made => made,
    }
}

/// Makes an account for whoever runs the server: whatever the mode, approved, with this role.
/// The first account is the owner all the same.
pub async fn by_operator(app: &App, person: NewPerson, role: Role) -> Result<Registered, RegisterError> {
    let agreed = NewPerson {
        agreement: true,
        ..person
    };
    let person = agreed.check().map_err(RegisterError::Faults)?;
    let entry = Entry { role, ..FIRST };
    let mut db = app.db.acquire().await?;
    let is_first = !db::users::any(&mut db).await?;
    refuse_taken(&mut db, &person).await?;
    drop(db);
    match make(app, &person, if is_first { FIRST } else { entry }).await {
        Err(RegisterError::OwnerIsThere) if role != Role::Owner => make(app, &person, entry).await,
        made => made,
    }
}

/// Whoever runs the server comes first.
const FIRST: Entry = Entry {
    role: Role::Owner,
    approved: true,
    by_invitation: false,
    told: false,
};

async fn public_entry(app: &App, db: &mut PgConnection, person: &Person) -> Result<Entry, RegisterError> {
    let invited = match &person.invitation {
        Some(code) => db::invitations::is_open(db, code, app.clock.now()).await?,
        None => false,
    };
    let approved = match app.config.registration {
        Registration::Closed => return Err(RegisterError::Closed),
        Registration::Invite if !invited => return Err(bad_invitation(person)),
        // Who believes to be invited is not made to wait without knowing why.
        Registration::Approval if !invited && person.invitation.is_some() => {
            return Err(bad_invitation(person));
        }
        Registration::Invite | Registration::Open => true,
        Registration::Approval => invited,
    };
    Ok(Entry {
        role: Role::Member,
        approved,
        by_invitation: invited && app.config.registration != Registration::Open,
        told: true,
    })
}

fn bad_invitation(person: &Person) -> RegisterError {
    let (kind, sentence) = match person.invitation {
        Some(_) => (Kind::Invalid, "is not valid, or used up"),
        None => (Kind::Blank, "can't be blank"),
    };
    RegisterError::Faults(vec![Fault::new(Field::InviteCode, kind, sentence)])
}

/// Tells both at once, and before the costly part; the constraints decide races.
async fn refuse_taken(db: &mut PgConnection, person: &Person) -> Result<(), RegisterError> {
    let mut faults = Vec::new();
    if db::accounts::local_id(db, person.username.as_str())
        .await?
        .is_some()
    {
        faults.push(Fault::taken(Field::Username));
    }
    if db::users::email_is_taken(db, person.email.as_str()).await? {
        faults.push(Fault::taken(Field::Email));
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(RegisterError::Faults(faults))
    }
}

async fn make(app: &App, person: &Person, entry: Entry) -> Result<Registered, RegisterError> {
    let id = AccountId(app.ids.next());
    let password_hash = app.passwords.hash(&person.password).await?;
    let key = key_pair::make(app, id).await?;

    let mut tx = app.db.begin().await?;
    if entry.by_invitation {
        let code = person.invitation.as_deref().unwrap_or_default();
        if !db::invitations::take(&mut tx, code, app.clock.now()).await? {
            return Err(bad_invitation(person));
        }
    }
    insert(app, &mut tx, person, entry, id, (&password_hash, &key))
        .await
        .map_err(taken)?;
    if entry.told {
        tell_moderators::of_sign_up(app, &mut tx, id).await?;
    }
    tx.commit().await?;
    Ok(Registered {
        account: id,
        approved: entry.approved,
    })
}

async fn insert(
    app: &App,
    db: &mut PgConnection,
    person: &Person,
    entry: Entry,
    id: AccountId,
    (password_hash, key): (&str, &KeyPair),
) -> sqlx::Result<()> {
    let username = person.username.as_str();
    let identity = Identity {
        id,
        username,
        kind: account::Kind::Person,
        actor: &app.urls.actor(username),
        page: &app.urls.profile(username),
    };
    new_local::insert(app, &mut *db, &identity, key).await?;
    let now = app.clock.now();
    let user = NewUser {
        account: id,
        email: person.email.as_str(),
        password_hash,
        role: entry.role as i16,
        locale: &person.locale,
        reason: &person.reason,
        // There is no mail server to send a link through.
        confirmed_at: Some(now),
        approved_at: entry.approved.then_some(now),
        now,
    };
    db::users::insert(db, &user).await
}

fn taken(error: sqlx::Error) -> RegisterError {
    let fault = match db::constraint(&error) {
        Some("accounts_handle_key" | "accounts_uri_key") => Fault::taken(Field::Username),
        Some("users_email_key") => Fault::taken(Field::Email),
        Some("users_owner_key") => return RegisterError::OwnerIsThere,
        _ => return error.into(),
    };
    RegisterError::Faults(vec![fault])
}
