//! Somebody who would like to live here: from what they typed to what can be stored. Asks no database.

use std::net::IpAddr;

use super::fault::{Fault, Field, Kind};
use crate::domain::email::Email;
use crate::domain::ids::AppId;
use crate::domain::names::Username;
use crate::passwords;

/// The most characters of what somebody says about why.
const LONGEST_REASON: usize = 2_000;

/// As it was typed.
#[derive(Clone, Default)]
pub struct NewPerson {
    pub username: String,
    pub email: String,
    pub password: String,
    pub reason: String,
    pub locale: String,
    pub invitation: Option<String>,
    /// The app that they do it with.
    pub by_app: Option<AppId>,
    /// Whether they agreed to the rules.
    pub agreement: bool,
    /// Where they do it from, when they do it themselves.
    pub from: Option<IpAddr>,
}

/// Checked by itself; whether name and address are free is the database's to say.
pub struct Person {
    pub username: Username,
    pub email: Email,
    pub password: String,
    pub reason: String,
    pub locale: String,
    pub invitation: Option<String>,
    pub by_app: Option<AppId>,
    pub from: Option<IpAddr>,
}

impl NewPerson {
    /// All that is wrong at once, so that nobody has to try a form five times.
    pub fn check(self) -> Result<Person, Vec<Fault>> {
        let mut faults = Vec::new();
        let username = Username::parse(&self.username).map_err(|error| faults.push(error.into()));
        let email = Email::parse(&self.email).map_err(|error| faults.push(error.into()));
        faults.extend(password_fault(&self.password));
        if self.reason.chars().count() > LONGEST_REASON {
            let sentence = format!("is too long (maximum is {LONGEST_REASON} characters)");
            faults.push(Fault::new(Field::Reason, Kind::TooLong, sentence));
        }
        if !self.agreement {
            faults.push(Fault::new(Field::Agreement, Kind::Accepted, "must be accepted"));
        }
        match (username, email) {
            (Ok(username), Ok(email)) if faults.is_empty() => Ok(Person {
                username,
                email,
                password: self.password,
                // Postgres has no zero byte in a text.
                reason: self.reason.trim().replace('\0', ""),
                locale: locale(&self.locale),
                by_app: self.by_app,
                from: self.from,
                invitation: self
                    .invitation
                    .map(|code| code.trim().replace('\0', ""))
                    .filter(|code| !code.is_empty()),
            }),
            _ => Err(faults),
        }
    }
}

/// What is wrong with a new password, if anything.
pub fn password_fault(password: &str) -> Option<Fault> {
    let fault = |kind, sentence: String| Some(Fault::new(Field::Password, kind, sentence));
    match password.chars().count() {
        0 => fault(Kind::Blank, "can't be blank".into()),
        length if length < passwords::SHORTEST => fault(
            Kind::TooShort,
            format!("is too short (minimum is {} characters)", passwords::SHORTEST),
        ),
        length if length > passwords::LONGEST => fault(
            Kind::TooLong,
            format!("is too long (maximum is {} characters)", passwords::LONGEST),
        ),
        _ => None,
    }
}

/// A language tag such as `en` or `pt-BR`; anything else counts as English rather than as a fault.
fn locale(text: &str) -> String {
    let (language, region) = text.split_once('-').unwrap_or((text, "xx"));
    let is_language =
        matches!(language.len(), 2 | 3) && language.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_region = matches!(region.len(), 2..=4) && region.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_language && is_region { text } else { "en" }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_are_told_at_once() {
        let typed = NewPerson {
            username: "admin".into(),
            email: "nobody".into(),
            password: "short".into(),
            ..NewPerson::default()
        };
        let faults = typed.check().err().unwrap();
        let told: Vec<_> = faults.iter().map(|fault| (fault.field, fault.kind)).collect();
        assert_eq!(
            told,
            [
                (Field::Username, Kind::Reserved),
                (Field::Email, Kind::Invalid),
                (Field::Password, Kind::TooShort),
                (Field::Agreement, Kind::Accepted),
            ]
        );
    }

    #[test]
    fn a_strange_locale_is_no_fault() {
        assert_eq!(locale("pt-BR"), "pt-BR");
        assert_eq!(locale("de"), "de");
        assert_eq!(locale("../../etc"), "en");
        assert_eq!(locale(""), "en");
    }
}
