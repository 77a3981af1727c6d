//! A mail server on this machine: takes mails by SMTP and keeps them. Passes none on, and does what a test has it do wrong.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::mail::Mail;

/// What it does with mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Takes,
    /// Answers the recipient with this code.
    Refuses(u16),
    /// Takes the mail and hangs up before saying so.
    HangsUp,
}

pub struct MailServer {
    pub port: u16,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

struct State {
    mood: Mood,
    /// Name and password that it wants.
    login: Option<(String, String)>,
    mails: Vec<Mail>,
    greetings: usize,
}

impl MailServer {
    pub async fn start() -> Self {
        Self::with_login(None).await
    }

    pub async fn with_login(login: Option<(&str, &str)>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a free port");
        let port = listener.local_addr().expect("it has an address").port();
        let state = Arc::new(Mutex::new(State {
            mood: Mood::Takes,
            login: login.map(|(name, password)| (name.to_owned(), password.to_owned())),
            mails: Vec::new(),
            greetings: 0,
        }));
        let known = state.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, known.clone()));
            }
        });
        Self { port, state, task }
    }

    pub fn mails(&self) -> Vec<Mail> {
        self.state.lock().expect("nobody panicked with it").mails.clone()
    }

    /// How often somebody said hello.
    pub fn greetings(&self) -> usize {
        self.state.lock().expect("nobody panicked with it").greetings
    }

    pub fn set(&self, mood: Mood) {
        self.state.lock().expect("nobody panicked with it").mood = mood;
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One connection; ends when the other side has gone.
async fn talk(stream: TcpStream, state: Arc<Mutex<State>>) {
    let mut talk = Talk {
        stream: BufReader::new(stream),
        signed_in: false,
    };
    talk.says("220 mail.test ready").await;
    while let Some(line) = talk.hears().await {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        let (mood, login) = {
            let state = state.lock().expect("nobody panicked with it");
            (state.mood, state.login.clone())
        };
        match (verb.as_str(), mood) {
            ("EHLO", _) => {
                state.lock().expect("nobody panicked with it").greetings += 1;
                talk.says("250-mail.test").await;
                talk.says("250-8BITMIME").await;
                talk.says("250 AUTH PLAIN LOGIN").await;
            }
            ("AUTH", _) => talk.signs_in(&line, login.as_ref()).await,
            ("MAIL", _) if login.is_some() && !talk.signed_in => talk.says("530 5.7.0 Sign in first").await,
            ("RCPT", Mood::Refuses(code)) => talk.says(&format!("{code} no")).await,
            ("MAIL" | "RCPT" | "RSET" | "NOOP", _) => talk.says("250 OK").await,
            ("DATA", mood) => {
                talk.says("354 go on").await;
                let Some(mail) = talk.takes().await else { return };
                state
                    .lock()
                    .expect("nobody panicked with it")
                    .mails
                    .push(Mail::read(&mail));
                if mood == Mood::HangsUp {
                    return;
                }
                talk.says("250 taken").await;
            }
            ("QUIT", _) => return talk.says("221 bye").await,
            _ => talk.says("502 what?").await,
        }
    }
}

struct Talk {
    stream: BufReader<TcpStream>,
    signed_in: bool,
}

impl Talk {
    async fn says(&mut self, line: &str) {
        // Whoever has gone does not hear it.
        self.stream.write_all(format!("{line}\r\n").as_bytes()).await.ok();
    }

    async fn hears(&mut self) -> Option<String> {
        let mut line = String::new();
        match self.stream.read_line(&mut line).await {
            Ok(length) if length > 0 => Some(line.trim_end_matches(['\r', '\n']).to_owned()),
            _ => None,
        }
    }

    async fn signs_in(&mut self, line: &str, login: Option<&(String, String)>) {
        let brought = line
            .rsplit(' ')
            .next()
            .and_then(|text| STANDARD.decode(text).ok());
        let right = login.map(|(name, password)| format!("\0{name}\0{password}").into_bytes());
        self.signed_in = right.is_some() && brought == right;
        match self.signed_in {
            true => self.says("235 welcome").await,
            false => self.says("535 wrong").await,
        }
    }

    async fn takes(&mut self) -> Option<String> {
        let mut mail = String::new();
        loop {
            let line = self.hears().await?;
            if line == "." {
                return Some(mail);
            }
            mail.push_str(line.strip_prefix('.').unwrap_or(&line));
            mail.push_str("\r\n");
        }
    }
}
