//! From the words of a setting to its value. Every refusal is half a sentence that says what is wrong.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::Url;

use super::mail::Security;
use super::setting::Kind;
use super::values::{LogFormat, PrivateAddresses, Registration, Secret};
use crate::domain::federation::Federation;
use crate::domain::network::Network;
use crate::domain::role::Role;

/// What every parser gives: the value, or what is wrong.
type Parsed<T> = Result<T, String>;

pub fn text(text: &str, _: Kind) -> Parsed<String> {
    match text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        true => Err("it contains control characters".into()),
        false => Ok(text.to_owned()),
    }
}

pub fn secret(text: &str, _: Kind) -> Parsed<Secret<String>> {
    Ok(Secret::new(text.to_owned()))
}

/// The text as it is, which has to be base64; it is not repeated in the message.
pub fn base64_secret(text: &str, kind: Kind) -> Parsed<Secret<String>> {
    match STANDARD.decode(text) {
        Ok(bytes) if !bytes.is_empty() => secret(text, kind),
        _ => Err("it is not base64".into()),
    }
}

pub fn path(text: &str, _: Kind) -> Parsed<PathBuf> {
    match text.contains('\0') {
        true => Err("a path cannot contain a zero byte".into()),
        false => Ok(PathBuf::from(text)),
    }
}

pub fn number<T: TryFrom<u64>>(text: &str, kind: Kind) -> Parsed<T> {
    let number: u64 = text
        .parse()
        .map_err(|_| format!("“{text}” is not a whole number"))?;
    within(number, kind)
}

pub fn bytes(text: &str, kind: Kind) -> Parsed<u64> {
    let digits = text
        .trim_end_matches(|c: char| c.is_ascii_alphabetic())
        .trim_end();
    let unit = text.get(digits.len()..).unwrap_or_default().trim();
    let factor: u64 = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        _ => return Err(format!("“{unit}” is not a unit of size; use kB, MB or GB")),
    };
    let number: u64 = digits.parse().map_err(|_| format!("“{text}” is not a size"))?;
    let bytes = number
        .checked_mul(factor)
        .ok_or_else(|| format!("“{text}” is too large"))?;
    within(bytes, kind)
}

fn within<T: TryFrom<u64>>(number: u64, kind: Kind) -> Parsed<T> {
    let (Kind::Number { least, most } | Kind::Bytes { least, most }) = kind else {
        return Err("it is not a number".into());
    };
    if number < least || number > most {
        return Err(format!("{number} is not between {least} and {most}"));
    }
    T::try_from(number).map_err(|_| format!("{number} is too large"))
}

pub fn switch(text: &str, _: Kind) -> Parsed<bool> {
    match text.to_ascii_lowercase().as_str() {
        "on" | "true" | "yes" | "1" => Ok(true),
        "off" | "false" | "no" | "0" => Ok(false),
        _ => Err(format!("“{text}” is neither on nor off")),
    }
}

pub fn listen(text: &str, _: Kind) -> Parsed<SocketAddr> {
    text.parse()
        .map_err(|_| format!("“{text}” is not an address with a port, such as 127.0.0.1:3000 or [::]:3000"))
}

pub fn public_url(text: &str, _: Kind) -> Parsed<Url> {
    let with_scheme = match text.contains("://") {
        true => text.to_owned(),
        false => format!("https://{text}"),
    };
    let url = web_url(&with_scheme)?;
    if url.path() != "/" {
        return Err(format!(
            "it has a path (“{}”), but Tintype needs a host of its own",
            url.path()
        ));
    }
    Ok(url)
}

pub fn web_address(text: &str, _: Kind) -> Parsed<Url> {
    web_url(text)
}

fn web_url(text: &str) -> Parsed<Url> {
    let url = Url::parse(text).map_err(|error| format!("“{text}” is not an address ({error})"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("its scheme is “{}”, not http or https", url.scheme()));
    }
    // Not repeated in the message: what stands before the @ may be a password.
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it contains a user name or password".into());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("it has a part after ? or #".into());
    }
    if url.port() == Some(0) {
        return Err("port 0 cannot be reached".into());
    }
    Ok(url)
}

pub fn database_url(text: &str, _: Kind) -> Parsed<Secret<String>> {
    let url = Url::parse(text).map_err(|error| format!("it is not an address ({error})"))?;
    if !matches!(url.scheme(), "postgres" | "postgresql") {
        return Err(format!("its scheme is “{}”, not postgres", url.scheme()));
    }
    if let Err(error) = sqlx::postgres::PgConnectOptions::from_str(text) {
        return Err(format!("it cannot be understood ({error})"));
    }
    Ok(Secret::new(text.to_owned()))
}

pub fn private_addresses(text: &str, kind: Kind) -> Parsed<PrivateAddresses> {
    match switch(text, kind) {
        Ok(true) => return Ok(PrivateAddresses::Allowed),
        Ok(false) => return Ok(PrivateAddresses::Refused),
        Err(_) => {}
    }
    let one = |item: &str| {
        item.parse()
            .map_err(|_| format!("“{item}” is not an address with a port"))
    };
    list(text, one).map(PrivateAddresses::Only)
}

pub fn resolve(text: &str, _: Kind) -> Parsed<Vec<(String, IpAddr)>> {
    list(text, |item| {
        let (name, address) = item.split_once('=').ok_or_else(|| format!("“{item}” has no ="))?;
        let name = name.trim().to_ascii_lowercase();
        let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        if name.is_empty() || name.len() > 253 || !name.chars().all(good) {
            return Err(format!("“{name}” is not a host name"));
        }
        let bare = address.trim().trim_start_matches('[').trim_end_matches(']');
        let address = bare
            .parse()
            .map_err(|_| format!("“{bare}” is not an address (no port belongs there)"))?;
        Ok((name, address))
    })
}

pub fn networks(text: &str, _: Kind) -> Parsed<Vec<Network>> {
    list(text, str::parse)
}

fn list<T>(text: &str, one: impl Fn(&str) -> Parsed<T>) -> Parsed<Vec<T>> {
    text.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
        .map(one)
        .collect()
}

pub fn federation(text: &str, _: Kind) -> Parsed<Federation> {
    match text {
        "open" => Ok(Federation::Open),
        "listed" => Ok(Federation::Listed),
        _ => Err(format!("“{text}” is neither of them")),
    }
}

pub fn registration(text: &str, _: Kind) -> Parsed<Registration> {
    match text {
        "open" => Ok(Registration::Open),
        "approval" => Ok(Registration::Approval),
        "invite" => Ok(Registration::Invite),
        "closed" => Ok(Registration::Closed),
        _ => Err(format!("“{text}” is none of them")),
    }
}

/// The least role of those who may.
pub fn inviters(text: &str, _: Kind) -> Parsed<Option<Role>> {
    match text {
        "everybody" => Ok(Some(Role::Member)),
        "moderators" => Ok(Some(Role::Moderator)),
        "admins" => Ok(Some(Role::Admin)),
        "nobody" => Ok(None),
        _ => Err(format!("“{text}” is none of them")),
    }
}

pub fn mail(text: &str, _: Kind) -> Parsed<String> {
    match text {
        "off" | "log" | "folder" | "smtp" => Ok(text.to_owned()),
        _ => Err(format!("“{text}” is none of them")),
    }
}

pub fn mail_security(text: &str, _: Kind) -> Parsed<Security> {
    match text {
        "starttls" => Ok(Security::StartTls),
        "tls" => Ok(Security::Tls),
        "none" => Ok(Security::Plain),
        _ => Err(format!("“{text}” is none of them")),
    }
}

pub fn log_format(text: &str, _: Kind) -> Parsed<LogFormat> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err(format!("“{text}” is neither of them")),
    }
}

pub fn log_filter(text: &str, _: Kind) -> Parsed<String> {
    match tracing_subscriber::EnvFilter::try_new(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(format!("“{text}” cannot be understood ({error})")),
    }
}

pub fn mail_address(text: &str, _: Kind) -> Parsed<String> {
    let good = |part: &str| {
        !part.is_empty()
            && !part
                .chars()
                .any(|c| c.is_whitespace() || c.is_control() || c == '@')
    };
    match text.split_once('@') {
        Some((name, host)) if good(name) && good(host) && text.len() <= 254 => Ok(text.to_owned()),
        _ => Err(format!("“{text}” is not a mail address")),
    }
}
