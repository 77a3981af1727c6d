//! What is wrong with a sign-up, field by field, in the words that clients know. Judges nothing itself.

use crate::actions::refuse_email::Refused;
use crate::domain::email::EmailError;
use crate::domain::names::NameError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Username,
    Email,
    Password,
    Reason,
    InviteCode,
    Agreement,
}

impl Field {
    /// As the client API spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Username => "username",
            Self::Email => "email",
            Self::Password => "password",
            Self::Reason => "reason",
            Self::InviteCode => "invite_code",
            Self::Agreement => "agreement",
        }
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Username => "Username",
            Self::Email => "E-mail address",
            Self::Password => "Password",
            Self::Reason => "Reason",
            Self::InviteCode => "Invitation code",
            Self::Agreement => "Agreement",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Blank,
    Invalid,
    Taken,
    TooLong,
    TooShort,
    Reserved,
    Accepted,
    Blocked,
}

impl Kind {
    /// As the client API spells it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Blank => "ERR_BLANK",
            Self::Invalid => "ERR_INVALID",
            Self::Taken => "ERR_TAKEN",
            Self::TooLong => "ERR_TOO_LONG",
            Self::TooShort => "ERR_TOO_SHORT",
            Self::Reserved => "ERR_RESERVED",
            Self::Accepted => "ERR_ACCEPTED",
            Self::Blocked => "ERR_BLOCKED",
        }
    }
}

/// One fault: `description` goes on from the field's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub field: Field,
    pub kind: Kind,
    pub description: String,
}

impl Fault {
    pub fn new(field: Field, kind: Kind, description: impl Into<String>) -> Self {
        Self {
            field,
            kind,
            description: description.into(),
        }
    }

    pub fn sentence(&self) -> String {
        format!("{} {}", self.field.label(), self.description)
    }

    pub fn taken(field: Field) -> Self {
        Self::new(field, Kind::Taken, "has already been taken")
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        let kind = match refused {
            Refused::Provider => Kind::Blocked,
            Refused::Address => Kind::Taken,
        };
        Self::new(Field::Email, kind, refused.to_string())
    }
}

impl From<NameError> for Fault {
    fn from(error: NameError) -> Self {
        let kind = match error {
            NameError::Blank => Kind::Blank,
            NameError::Invalid => Kind::Invalid,
            NameError::TooLong => Kind::TooLong,
            NameError::Reserved => Kind::Reserved,
        };
        Self::new(Field::Username, kind, error.to_string())
    }
}

impl From<EmailError> for Fault {
    fn from(error: EmailError) -> Self {
        let kind = match error {
            EmailError::Blank => Kind::Blank,
            EmailError::Invalid => Kind::Invalid,
            EmailError::TooLong => Kind::TooLong,
        };
        Self::new(Field::Email, kind, error.to_string())
    }
}
