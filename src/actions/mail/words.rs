//! What mails say. Links lead to the public address from the settings, whatever a request called this server.

use crate::app::App;
use crate::domain::clock::Time;
use crate::domain::mail::{Mail, Says};
use crate::domain::moderation::Measure;
use crate::mail::Text;

/// A mail's own part.
struct Words {
    subject: String,
    before: Vec<String>,
    link: Option<(&'static str, String)>,
    after: Vec<String>,
}

pub fn of(app: &App, mail: &Mail) -> Text {
    let words = words(app, &mail.says);
    Text {
        server: app.config.instance_name.clone(),
        address: app.urls.base().to_owned(),
        subject: words.subject,
        username: mail.username.clone(),
        before: words.before,
        link: words.link,
        after: words.after,
    }
}

fn words(app: &App, says: &Says) -> Words {
    let server = &app.config.instance_name;
    match says {
        // A wish becomes one of the next two before it is sent.
        Says::Wanted { .. } => told(String::new(), ""),
        Says::Confirm { token } => confirm(app, token),
        Says::ResetPassword { token } => reset_password(app, token),
        Says::PasswordChanged => alarming(
            app,
            format!("Your password for {server} was changed"),
            "the password of your account was changed, and it was signed out everywhere else.".to_owned(),
        ),
        Says::AddressChanging { to } => alarming(
            app,
            format!("Your address at {server} is to change"),
            format!(
                "somebody asked that your account belong to {to} from now on. It will once that is confirmed."
            ),
        ),
        Says::AddressChanged { to } => alarming(
            app,
            format!("Your address at {server} was changed"),
            format!("your account belongs to {to} now. Nothing more is sent to this address."),
        ),
        Says::NewBrowser { browser, at } => new_browser(app, browser, *at),
        Says::SomebodyWaits { name, reason } => somebody_waits(server, name, reason),
        Says::Approved => approved(app),
        Says::Rejected => told(
            format!("About your request to join {server}"),
            "the moderators have decided not to take up your account. What you typed has been deleted.",
        ),
        Says::Moderated { measure, words } => moderated(app, *measure, words),
        Says::Restored { measure } => restored(server, *measure),
        Says::Deleted => told(
            format!("Your account at {server} is deleted"),
            "your account is deleted, as you asked. Its posts and photos are being removed, here and elsewhere.",
        ),
    }
}

fn confirm(app: &App, token: &str) -> Words {
    let server = &app.config.instance_name;
    let path = format!("/auth/confirmation?confirmation_token={token}");
    Words {
        subject: format!("Confirm your address for {server}"),
        before: vec![format!("this address was given for an account at {server}.")],
        link: Some(("Confirm the address", app.urls.at(&path))),
        after: vec![
            "The link works once, for two days. If it was not you, do nothing, and the address stays out of it."
                .to_owned(),
        ],
    }
}

fn reset_password(app: &App, token: &str) -> Words {
    let path = format!("/auth/password/edit?reset_password_token={token}");
    Words {
        subject: format!("A new password for {}", app.config.instance_name),
        before: vec!["somebody, probably you, asked for a new password.".to_owned()],
        link: Some(("Choose a new password", app.urls.at(&path))),
        after: vec![
            "The link works once, for six hours. If it was not you, do nothing: your password stays as it is."
                .to_owned(),
        ],
    }
}

fn new_browser(app: &App, browser: &str, at: Time) -> Words {
    let day = day(at);
    alarming(
        app,
        format!("A new sign-in at {}", app.config.instance_name),
        format!(
            "somebody signed in to your account with a browser that was not seen before: {browser}, on {day}."
        ),
    )
}

fn approved(app: &App) -> Words {
    Words {
        subject: format!("Welcome to {}", app.config.instance_name),
        before: vec!["a moderator has approved your account.".to_owned()],
        link: Some(("Sign in", app.urls.at("/auth/sign_in"))),
        after: Vec::new(),
    }
}

fn somebody_waits(server: &str, name: &str, reason: &str) -> Words {
    let why = match reason.is_empty() {
        true => "They gave no reason.".to_owned(),
        false => format!("They wrote: {reason}"),
    };
    Words {
        subject: format!("{name} asks to join {server}"),
        before: vec![
            format!("@{name} has signed up, confirmed their address and waits for a moderator."),
            why,
        ],
        link: None,
        after: vec![format!(
            "`tintype account approve {name}` lets them in, `reject` turns them down."
        )],
    }
}

/// What the moderators did, in their words too where they left some.
fn moderated(app: &App, measure: Option<Measure>, words: &str) -> Words {
    let server = &app.config.instance_name;
    let (subject, sentence) = match measure {
        None => (
            format!("A word from the moderators of {server}"),
            "the moderators of this server would like you to know something.",
        ),
        Some(Measure::Sensitive) => (
            format!("Your photos at {server} are marked as sensitive"),
            "the moderators have marked your photos as sensitive: from now on, all of them are covered until somebody \
             chooses to look.",
        ),
        Some(Measure::Disable) => (
            format!("Your account at {server} is closed to sign-ins"),
            "the moderators have closed your account to sign-ins. You cannot use it for now; your profile and your posts \
             stay as they are.",
        ),
        Some(Measure::Silence) => (
            format!("Your account at {server} is limited"),
            "the moderators have limited your account. Only people who follow you see your posts in their feeds; public \
             feeds and searches leave you out.",
        ),
        Some(Measure::Suspend) => (
            format!("Your account at {server} is suspended"),
            "the moderators have suspended your account. You cannot use it, and your profile and your posts are not shown \
             to anybody.",
        ),
    };
    let said = (!words.is_empty()).then(|| format!("They wrote: {words}"));
    Words {
        subject,
        before: std::iter::once(sentence.to_owned()).chain(said).collect(),
        link: None,
        after: vec!["If you think that this is a mistake, write to whoever runs the server.".to_owned()],
    }
}

fn restored(server: &str, measure: Measure) -> Words {
    let sentence = match measure {
        Measure::Sensitive => "the moderators no longer mark your photos as sensitive.",
        Measure::Disable => "the moderators have opened your account again: you can sign in.",
        Measure::Silence => "the moderators no longer limit your account.",
        Measure::Suspend => {
            "the moderators have lifted the suspension of your account: you can sign in again."
        }
    };
    told(format!("About your account at {server}"), sentence)
}

fn told(subject: String, sentence: &str) -> Words {
    Words {
        subject,
        before: vec![sentence.to_owned()],
        link: None,
        after: Vec::new(),
    }
}

/// What somebody should hear of who did not do it.
fn alarming(app: &App, subject: String, sentence: String) -> Words {
    Words {
        subject,
        before: vec![sentence],
        link: None,
        after: vec![format!(
            "If it was not you, set a new password at {} and tell whoever runs this server.",
            app.urls.at("/auth/password/new")
        )],
    }
}

fn day(at: Time) -> String {
    at.format("%-d %B %Y, %H:%M UTC").to_string()
}
