//! A mail server that passes our mails on. Never goes on without TLS where TLS is asked for.

use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{AsyncSmtpTransport, Error};
use lettre::{AsyncTransport, Message, Tokio1Executor};
use tokio::time::timeout;

use super::Outcome;
use crate::config::mail::{Security, Smtp};

/// For one command and its answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// For a mail from greeting to goodbye. A job's lease is longer.
const WHOLE: Duration = Duration::from_secs(120);

/// The codes by which a server says that it takes nothing from us as we are: to be mended by the admin, and no fault of
/// the mail (RFC 4954, section 6; RFC 3207, section 4).
const NOT_FROM_US: [u16; 5] = [421, 454, 530, 534, 535];

#[derive(Clone)]
pub struct Relay(AsyncSmtpTransport<Tokio1Executor>);

impl Relay {
    pub fn new(smtp: &Smtp, host: &str) -> Result<Self, Error> {
        let tls = match smtp.security {
            Security::StartTls => Tls::Required(TlsParameters::new(smtp.server.clone())?),
            Security::Tls => Tls::Wrapper(TlsParameters::new(smtp.server.clone())?),
            Security::Plain => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.server)
            .port(smtp.port)
            .tls(tls)
            .hello_name(ClientId::Domain(host.to_owned()))
            .timeout(Some(PATIENCE));
        if let Some((user, password)) = &smtp.login {
            builder = builder.credentials(Credentials::new(user.clone(), password.expose().clone()));
        }
        Ok(Self(builder.build()))
    }

    /// Says hello and goodbye: whether the server is there, and takes us as we come.
    pub async fn probe(&self) -> Result<bool, Error> {
        self.0.test_connection().await
    }

    pub async fn send(&self, message: Message) -> Outcome {
        let to = message.envelope().to();
        let in_ascii = to.iter().all(|address| address.to_string().is_ascii());
        match timeout(WHOLE, self.0.send(message)).await {
            Ok(Ok(_)) => Outcome::Sent,
            Ok(Err(error)) => outcome(&error, in_ascii),
            Err(_) => {
                tracing::warn!("the mail server does not answer");
                Outcome::Down
            }
        }
    }
}

/// The server's own words are not logged: they repeat the address.
fn outcome(error: &Error, in_ascii: bool) -> Outcome {
    let status = error.status().map(u16::from);
    match status {
        Some(code) if NOT_FROM_US.contains(&code) => {
            tracing::error!(code, "the mail server takes nothing from this server");
            Outcome::Down
        }
        Some(code) if error.is_permanent() => {
            tracing::info!(code, "a mail was refused");
            Outcome::Refused
        }
        Some(code) => {
            tracing::info!(code, "a mail is to be sent later");
            Outcome::TryLater
        }
        // RFC 6531: not every server takes letters outside ASCII in an address.
        None if error.is_client() && !in_ascii => Outcome::Refused,
        None if error.is_client() => {
            tracing::error!("the mail server does not offer TLS or signing in as it is set");
            Outcome::Down
        }
        None => {
            tracing::warn!(
                tls = error.is_tls(),
                timeout = error.is_timeout(),
                "the mail server cannot be reached"
            );
            Outcome::Down
        }
    }
}
