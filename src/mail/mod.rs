//! Mail, on its way out. Knows no people and no queue, and logs neither addresses nor words.

mod smtp;
mod text;

use std::io;
use std::path::PathBuf;

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};

pub use text::Text;

use crate::config::mail::{self as settings, Way};
use crate::domain::clock::Time;
use crate::folders;
use smtp::Relay;

#[derive(Debug, thiserror::Error)]
pub enum MailError {
    #[error("mail_from is not an address that mail servers take")]
    From,
    #[error("the way to the mail server cannot be set up: {0}")]
    Relay(#[from] lettre::transport::smtp::Error),
}

/// How mail leaves. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    /// Of this server, for the addresses of messages.
    host: String,
    way: Out,
}

#[derive(Clone)]
enum Out {
    Nowhere,
    Log,
    Folder(PathBuf),
    Relay(Relay),
}

/// A mail that is whole.
pub struct Letter<'a> {
    /// The same for every try, by which mail programs show it once.
    pub id: &'a str,
    pub to: &'a str,
    pub text: &'a Text,
    pub written_at: Time,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// This mail cannot be sent, now or later.
    Refused,
    /// This mail, later.
    TryLater,
    /// Nothing can be sent at the moment: the mail server is away, or does not take ours.
    Down,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("Mailer")
    }
}

impl Mailer {
    /// `name` is the server's, as people see it; `folder` is where mails are written for development.
    pub fn new(
        settings: &settings::Mail,
        name: &str,
        host: &str,
        folder: PathBuf,
    ) -> Result<Self, MailError> {
        let address: Address = match settings.from.parse() {
            Ok(address) => address,
            // Nothing is sent from it.
            Err(_) if !matches!(settings.way, Way::Smtp(_)) => {
                Address::new("tintype", "localhost").map_err(|_| MailError::From)?
            }
            Err(_) => return Err(MailError::From),
        };
        let way = match &settings.way {
            Way::Off => Out::Nowhere,
            Way::Log => Out::Log,
            Way::Folder => Out::Folder(folder),
            Way::Smtp(smtp) => Out::Relay(Relay::new(smtp, host)?),
        };
        Ok(Self {
            from: Mailbox::new(Some(text::on_one_line(name)), address),
            host: host.to_owned(),
            way,
        })
    }

    /// Whether mail is sent at all.
    pub fn is_on(&self) -> bool {
        !matches!(self.way, Out::Nowhere)
    }

    /// Whether mail would be taken, in a sentence; nothing is sent. None: no mail is sent at all.
    pub async fn probe(&self) -> Option<Result<String, String>> {
        match &self.way {
            Out::Nowhere => None,
            Out::Log => Some(Ok("mails are written into the log".to_owned())),
            Out::Folder(folder) => Some(Ok(format!("mails are written into {}", folder.display()))),
            Out::Relay(relay) => Some(match relay.probe().await {
                Ok(true) => Ok("the mail server takes mail from this server".to_owned()),
                Ok(false) => Err("The mail server hangs up.".to_owned()),
                Err(error) => Err(format!("The mail server cannot be used: {error}.")),
            }),
        }
    }

    pub async fn send(&self, letter: &Letter<'_>) -> Outcome {
        let Some(message) = self.message(letter) else {
            return Outcome::Refused;
        };
        match &self.way {
            Out::Nowhere => Outcome::Refused,
            Out::Log => {
                // What the setting is for: development, and said so at the start.
                tracing::info!("a mail:\n{}", letter.text.plain());
                Outcome::Sent
            }
            Out::Folder(folder) => {
                match keep(folder.clone(), letter.id.to_owned(), message.formatted()).await {
                    Ok(()) => Outcome::Sent,
                    Err(error) => {
                        tracing::warn!(%error, "a mail cannot be written into its folder");
                        Outcome::Down
                    }
                }
            }
            Out::Relay(relay) => relay.send(message).await,
        }
    }

    fn message(&self, letter: &Letter<'_>) -> Option<Message> {
        let to: Address = letter.to.parse().ok()?;
        // RFC 3834: nobody's holiday notice is an answer to it.
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        let builder = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.text.subject())
            .date(letter.written_at.into())
            .message_id(Some(format!("<{}@{}>", letter.id, self.host)))
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()));
        let both = MultiPart::alternative_plain_html(letter.text.plain(), letter.text.html());
        builder.multipart(both).ok()
    }
}

/// Whole or not at all: whoever looks into the folder sees no half mail.
async fn keep(folder: PathBuf, id: String, bytes: Vec<u8>) -> io::Result<()> {
    folders::make_private(&folder)?;
    let unfinished = folder.join(format!("{id}.part"));
    tokio::fs::write(&unfinished, bytes).await?;
    tokio::fs::rename(&unfinished, folder.join(format!("{id}.eml"))).await
}
