//! Somebody comes to live here. Never says yes to a name that anybody has or had.

mod fault;
mod person;

use sqlx::PgConnection;

pub use fault::{Fault, Field, Kind};
pub use person::{NewPerson, Person, password_fault};

use super::bar_network;
use super::confirm_address;
use super::key_pair::{self, KeyPair, KeyPairError};
use super::new_local::{self, Identity};
use super::note_address;
use super::refuse_email;
use super::tell_moderators;
use crate::app::App;
use crate::bus::Queue;
use crate::config::Registration;
use crate::db;
use crate::db::users::NewUser;
use crate::domain::account;
use crate::domain::barred::Severity;
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

/// Somebody who lives here now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registered {
    pub account: AccountId,
    /// Else a link in a mail has to be used first.
    pub confirmed: bool,
    /// Else a moderator has to say yes first.
    pub approved: bool,
}

/// In which way somebody comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    role: Role,
    approved: bool,
    /// Whether their invitation is used up by it.
    by_invitation: bool,
    /// Whether they did it themselves: then the moderators are told, and where mail is sent their address is to be confirmed.
    themselves: bool,
}

/// Signs somebody up who did it themselves, as far as this server is open.
pub async fn local(app: &App, person: NewPerson) -> Result<Registered, RegisterError> {
    let person = person.check().map_err(RegisterError::Faults)?;
    let mut db = app.db.acquire().await?;
    let entry = if db::users::any(&mut db).await? {
        public_entry(app, &mut db, &person).await?
    } else if app.config.registration == Registration::Closed {
        // Not even the first: whoever runs the server makes the owner's account.
        return Err(RegisterError::Closed);
    } else {
        FIRST
    };
    refuse_taken(&mut db, &person).await?;
    if !entry.by_invitation {
        refuse_blocked(app, &mut db, &person).await?;
    }
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
    themselves: false,
};

async fn public_entry(app: &App, db: &mut PgConnection, person: &Person) -> Result<Entry, RegisterError> {
    let invited = match &person.invitation {
        Some(code) => db::invitations::is_open(db, code, app.clock.now()).await?,
        None => false,
    };
    let bar = match person.from {
        Some(from) => bar_network::severity(app, from).await,
        None => None,
    };
    if bar >= Some(Severity::SignUpBlock) {
        return Err(RegisterError::Closed);
    }
    let approved = match app.config.registration {
        Registration::Closed => return Err(RegisterError::Closed),
        Registration::Invite if !invited => return Err(bad_invitation(person)),
        // Who believes to be invited is not made to wait without knowing why.
        Registration::Approval if !invited && person.invitation.is_some() => {
            return Err(bad_invitation(person));
        }
        Registration::Invite | Registration::Open => true,
        // Whoever looks at it has to know why somebody wants to come.
        Registration::Approval if !invited && person.reason.is_empty() => {
            let fault = Fault::new(Field::Reason, Kind::Blank, "can't be blank");
            return Err(RegisterError::Faults(vec![fault]));
        }
        Registration::Approval => invited,
    };
    Ok(Entry {
        role: Role::Member,
        approved: approved && bar.is_none(),
        by_invitation: invited && app.config.registration != Registration::Open,
        themselves: true,
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

/// Whoever has an invitation is vouched for.
async fn refuse_blocked(app: &App, db: &mut PgConnection, person: &Person) -> Result<(), RegisterError> {
    let refused = refuse_email::reason(app, db, &person.email, person.from).await?;
    refused.map_or(Ok(()), |refused| Err(RegisterError::Faults(vec![refused.into()])))
}

async fn make(app: &App, person: &Person, entry: Entry) -> Result<Registered, RegisterError> {
    let id = AccountId(app.ids.next());
    let password_hash = app.passwords.hash(&person.password).await?;
    let key = key_pair::make(app, id).await?;

    let mut tx = app.db.begin().await?;
    let mut invited_by = None;
    if entry.by_invitation {
        let code = person.invitation.as_deref().unwrap_or_default();
        let used = db::invitations::take(&mut tx, code, app.clock.now()).await?;
        invited_by = used.ok_or_else(|| bad_invitation(person))?.created_by;
    }
    let made = Made {
        id,
        password_hash,
        key,
        invited_by,
    };
    let made = insert(app, &mut tx, person, entry, &made).await;
    made.map_err(taken)?;
    let confirmed = !entry.themselves || !app.mailer.is_on();
    if !confirmed {
        confirm_address::ask(app, &mut tx, id, person.username.as_str(), person.email.as_str()).await?;
    }
    if let Some(from) = person.from {
        note_address::of(app, &mut tx, id, from).await?;
    }
    if entry.themselves {
        tell_moderators::of_sign_up(app, &mut tx, id).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Mails);
    Ok(Registered {
        account: id,
        confirmed,
        approved: entry.approved,
    })
}

/// What somebody new has from here.
struct Made {
    id: AccountId,
    password_hash: String,
    key: KeyPair,
    invited_by: Option<AccountId>,
}

async fn insert(
    app: &App,
    db: &mut PgConnection,
    person: &Person,
    entry: Entry,
    made: &Made,
) -> sqlx::Result<()> {
    let username = person.username.as_str();
    let identity = Identity {
        id: made.id,
        username,
        kind: account::Kind::Person,
        actor: &app.urls.actor(username),
        page: &app.urls.profile(username),
    };
    new_local::insert(app, &mut *db, &identity, &made.key).await?;
    let now = app.clock.now();
    let user = NewUser {
        account: made.id,
        email: person.email.as_str(),
        password_hash: &made.password_hash,
        role: entry.role as i16,
        locale: &person.locale,
        reason: &person.reason,
        // Whom the operator makes is believed; and without mail there is no way to ask.
        confirmed_at: (!entry.themselves || !app.mailer.is_on()).then_some(now),
        approved_at: entry.approved.then_some(now),
        joined_by_app: person.by_app,
        invited_by: made.invited_by,
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
