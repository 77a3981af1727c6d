//! What an app asks a person for: read from the parameters and checked. Sends nobody to an address that is not registered.

use super::client;
use crate::actions::authorize::Request;
use crate::app::App;
use crate::db::apps::ClientApp;
use crate::domain::redirect;
use crate::domain::scopes::Scopes;
use crate::web::params::Params;

/// The longest `state` that is carried through.
const LONGEST_STATE: usize = 4_000;

#[derive(Debug)]
pub struct Asked {
    pub request: Request,
    pub state: Option<String>,
    /// Whether the person is to sign in although they are.
    pub force_login: bool,
}

/// Why an app's request is not shown to anybody.
#[derive(Debug)]
pub enum Refused {
    /// There is no address that could be trusted with the answer: the person is told.
    Page(&'static str),
    /// The app is told, at this address (RFC 6749, section 4.1.2.1).
    Redirect(String),
    Database(sqlx::Error),
}

impl From<sqlx::Error> for Refused {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

pub async fn read(app: &App, params: &Params) -> Result<Asked, Refused> {
    let client_id = params.text("client_id").unwrap_or_default();
    let known = client::known(app, &client_id).await?;
    let client = known.ok_or(Refused::Page("This server does not know the app."))?;
    let redirect_uri = address(&client, params)?;
    let state = params.text("state");
    if state.as_ref().is_some_and(|state| state.len() > LONGEST_STATE) {
        return Err(refuse(
            &redirect_uri,
            None,
            "invalid_request",
            "The state is too long.",
        ));
    }
    let fault = |code, sentence| refuse(&redirect_uri, state.as_deref(), code, sentence);
    response_type(params).map_err(|(code, sentence)| fault(code, sentence))?;
    let scopes = scopes(&client, params).ok_or_else(|| {
        fault(
            "invalid_scope",
            "The scope is unknown, or not one the app registered for.",
        )
    })?;
    let challenge = challenge(params).map_err(|()| {
        fault(
            "invalid_request",
            "The code challenge must be one of the method S256.",
        )
    })?;
    Ok(Asked {
        request: Request {
            app: client,
            redirect_uri,
            scopes,
            challenge,
        },
        state,
        force_login: params.flag("force_login").unwrap_or(false),
    })
}

/// One of the app's addresses, letter by letter. It may be left out where there is only one.
fn address(client: &ClientApp, params: &Params) -> Result<String, Refused> {
    match (params.text("redirect_uri"), client.redirect_uris.as_slice()) {
        (Some(asked), known) if known.contains(&asked) => Ok(asked),
        (None, [only]) => Ok(only.clone()),
        _ => Err(Refused::Page(
            "The address that the app wants you to be sent to is not one it registered.",
        )),
    }
}

fn response_type(params: &Params) -> Result<(), (&'static str, &'static str)> {
    match params.text("response_type").as_deref() {
        Some("code") => Ok(()),
        None => Err(("invalid_request", "The response type is missing.")),
        Some(_) => Err((
            "unsupported_response_type",
            "Only the response type code is supported.",
        )),
    }
}

fn scopes(client: &ClientApp, params: &Params) -> Option<Scopes> {
    let allowed = Scopes::parse(&client.scopes)?;
    let asked = Scopes::parse(&params.text("scope").unwrap_or_default())?;
    allowed.contain(&asked).then_some(asked)
}

/// RFC 7636: the SHA-256 of a verifier, in 43 characters.
fn challenge(params: &Params) -> Result<Option<String>, ()> {
    let method = params
        .text("code_challenge_method")
        .filter(|method| !method.is_empty());
    let challenge = params
        .text("code_challenge")
        .filter(|challenge| !challenge.is_empty());
    match (challenge, method.as_deref()) {
        (None, None | Some("S256")) => Ok(None),
        (Some(challenge), Some("S256"))
            if challenge.len() == 43
                && challenge
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) =>
        {
            Ok(Some(challenge))
        }
        _ => Err(()),
    }
}

fn refuse(redirect_uri: &str, state: Option<&str>, code: &str, sentence: &'static str) -> Refused {
    if redirect_uri == redirect::OUT_OF_BAND {
        return Refused::Page(sentence);
    }
    let answer = [("error", code), ("error_description", sentence)];
    Refused::Redirect(answer_at(redirect_uri, state, &answer))
}

/// The app's address with an answer for it.
pub fn answer_at(redirect_uri: &str, state: Option<&str>, answer: &[(&str, &str)]) -> String {
    let mut parameters = answer.to_vec();
    parameters.extend(state.map(|state| ("state", state)));
    redirect::with(redirect_uri, &parameters)
}

impl Asked {
    /// The answer for the app when nothing that it asks for is this person's to give.
    pub fn not_theirs(&self) -> Refused {
        let sentence = "The scope is for the moderators of this server.";
        refuse(
            &self.request.redirect_uri,
            self.state.as_deref(),
            "invalid_scope",
            sentence,
        )
    }

    /// The same request as parameters; without `force_login`, which was obeyed by then.
    pub fn parameters(&self) -> Vec<(String, String)> {
        let request = &self.request;
        let mut parameters = vec![
            ("response_type", "code".to_owned()),
            ("client_id", request.app.client_id.clone()),
            ("redirect_uri", request.redirect_uri.clone()),
            ("scope", request.scopes.to_string()),
        ];
        parameters.extend(self.state.clone().map(|state| ("state", state)));
        if let Some(challenge) = &request.challenge {
            parameters.push(("code_challenge", challenge.clone()));
            parameters.push(("code_challenge_method", "S256".to_owned()));
        }
        parameters
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }

    /// The path at which it is asked again.
    pub fn path(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.parameters());
        format!("/oauth/authorize?{}", query.finish())
    }
}
