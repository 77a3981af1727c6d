//! How this server sends mail: from the settings' parts to one value. Never opens a connection.

use url::Url;

use super::error::ConfigError;
use super::setting::Setting;
use super::source::Source;
use super::table;
use super::values::Secret;

/// Where mails go, and from whom they are.
#[derive(Clone, Debug)]
pub struct Mail {
    /// The sender's address.
    pub from: String,
    pub way: Way,
}

#[derive(Clone, Debug)]
pub enum Way {
    /// Nowhere: nobody is asked to confirm an address, and nobody can set a forgotten password by themselves.
    Off,
    /// Into the log, for development.
    Log,
    /// Into `mails` in the data directory, a file each, for development.
    Folder,
    /// To a mail server, which passes them on.
    Smtp(Box<Smtp>),
}

#[derive(Clone, Debug)]
pub struct Smtp {
    pub server: String,
    pub port: u16,
    pub security: Security,
    /// Name and password there.
    pub login: Option<(String, Secret<String>)>,
}

/// How the way to the mail server is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS once the server was greeted; without it nothing is sent.
    StartTls,
    /// TLS from the first byte.
    Tls,
    /// None: for a mail server on this machine.
    Plain,
}

impl Security {
    /// The port that belongs to it (RFC 6409, RFC 8314).
    fn usual_port(self) -> u16 {
        match self {
            Self::StartTls => 587,
            Self::Tls => 465,
            Self::Plain => 25,
        }
    }
}

/// The word of `mail` with what belongs to it.
pub fn from_source(source: &Source, public_url: &Url) -> Result<Mail, ConfigError> {
    let way = source.get(&table::MAIL)?;
    // A fault in what is not used yet is told as well.
    let smtp = smtp(source);
    let way = match way.as_str() {
        "smtp" => Way::Smtp(Box::new(smtp?)),
        way => {
            smtp.map(drop).or_else(unless_missing)?;
            match way {
                "log" => Way::Log,
                "folder" => Way::Folder,
                _ => Way::Off,
            }
        }
    };
    let host = public_url.host_str().unwrap_or("localhost");
    let from = match source.find(&table::MAIL_FROM)? {
        Some(from) => from,
        None if matches!(way, Way::Smtp(_)) => return Err(missing(&table::MAIL_FROM)),
        None => format!("tintype@{host}"),
    };
    Ok(Mail { from, way })
}

fn unless_missing(error: ConfigError) -> Result<(), ConfigError> {
    match error {
        ConfigError::Missing { .. } => Ok(()),
        error => Err(error),
    }
}

fn smtp(source: &Source) -> Result<Smtp, ConfigError> {
    let security = source.get(&table::SMTP_SECURITY)?;
    let port = source.find(&table::SMTP_PORT)?;
    let server = source.find(&table::SMTP_SERVER)?;
    let password = source.find(&table::SMTP_PASSWORD)?;
    let login = match source.find(&table::SMTP_USER)? {
        Some(user) => Some((user, password.ok_or_else(|| missing(&table::SMTP_PASSWORD))?)),
        None => None,
    };
    Ok(Smtp {
        server: server.ok_or_else(|| missing(&table::SMTP_SERVER))?,
        port: port.unwrap_or_else(|| security.usual_port()),
        security,
        login,
    })
}

fn missing<T>(setting: &Setting<T>) -> ConfigError {
    ConfigError::Missing {
        name: setting.about.variable(),
        because: table::MAIL.about.variable(),
    }
}
