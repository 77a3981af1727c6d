//! A browser without scripts: keeps cookies, fills in the forms that pages show, says where it comes from. Follows a
//! redirect only when it is told to.

use std::collections::BTreeMap;
use std::sync::Mutex;

use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{Method, RequestBuilder};
use url::form_urlencoded;

use super::http::{Answer, Client};

pub struct Browser {
    client: Client,
    /// Scheme, host and port of the pages, as its address bar shows them.
    origin: String,
    jar: Mutex<BTreeMap<String, String>>,
}

impl Browser {
    pub fn new(client: &Client) -> Self {
        Self {
            client: Client::new(&client.base),
            origin: client.base.clone(),
            jar: Mutex::default(),
        }
    }

    /// The same server under its public address, by way of a proxy.
    pub fn at(origin: &str, client: &Client) -> Self {
        Self {
            origin: origin.to_owned(),
            ..Self::new(client)
        }
    }

    pub fn client(&self) -> &Client {
        &self.client
    }

    /// A request as this browser makes it, cookies included.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let cookies: Vec<String> = self
            .cookies()
            .into_iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = self
            .client
            .request(method, path)
            .header(ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8");
        match cookies.is_empty() {
            true => request,
            false => request.header(COOKIE, cookies.join("; ")),
        }
    }

    /// Sends it and keeps the cookies of the answer.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let answer = self.client.send(request).await;
        let mut jar = self.jar.lock().expect("nobody panicked with it");
        for cookie in answer.headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().expect("cookies are text");
            let (pair, rest) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').expect("a name and a value");
            match rest.contains("Max-Age=0") {
                true => jar.remove(name),
                false => jar.insert(name.to_owned(), value.to_owned()),
            };
        }
        drop(jar);
        answer
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// Sends fields as a form of our own page would, whatever is in them.
    pub async fn post(&self, path: &str, fields: &[(String, String)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = self
            .request(Method::POST, path)
            .header(ORIGIN, &self.origin)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body);
        self.send(request).await
    }

    /// Fills in the form of a page that leads to `action` and sends it.
    #[track_caller]
    pub fn submits<'b>(
        &'b self,
        page: &Answer,
        action: &str,
        typed: &[(&str, &str)],
    ) -> impl Future<Output = Answer> + use<'b> {
        let fields = filled(page, action, typed);
        let action = action.to_owned();
        async move { self.post(&action, &fields).await }
    }

    /// Goes where a redirect leads, on this server.
    pub async fn follows(&self, answer: &Answer) -> Answer {
        let to = leads_to(answer);
        let path = to.strip_prefix(&self.client.base).unwrap_or(&to);
        assert!(path.starts_with('/'), "it leads elsewhere: {to}");
        self.get(path).await
    }

    /// Opens the sign-in page and signs in; the answer to the form.
    pub async fn signs_in(&self, login: &str, password: &str) -> Answer {
        let page = self.get("/auth/sign_in").await;
        let typed = [("user[email]", login), ("user[password]", password)];
        self.submits(&page, "/auth/sign_in", &typed).await
    }

    pub async fn is_signed_in(&self) -> bool {
        self.get("/auth/sign_out").await.status == 200
    }

    pub fn cookies(&self) -> BTreeMap<String, String> {
        self.jar.lock().expect("nobody panicked with it").clone()
    }

    /// Puts a cookie there, as a neighbour or a thief would.
    pub fn set_cookie(&self, name: &str, value: &str) {
        let mut jar = self.jar.lock().expect("nobody panicked with it");
        jar.insert(name.to_owned(), value.to_owned());
    }
}

/// The hidden fields of a page's form, and what is typed.
#[track_caller]
pub fn filled(page: &Answer, action: &str, typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let html = page.text();
    let begin = format!("action=\"{action}\"");
    let form = html
        .split(&begin)
        .nth(1)
        .and_then(|rest| rest.split("</form>").next())
        .unwrap_or_else(|| panic!("{} shows no form to {action}: {html}", page.asked));
    let mut fields: Vec<(String, String)> = form
        .split("<input type=\"hidden\"")
        .skip(1)
        .map(|input| (attribute(input, "name"), attribute(input, "value")))
        .collect();
    fields.extend(
        typed
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    fields
}

/// Where a redirect leads.
#[track_caller]
pub fn leads_to(answer: &Answer) -> String {
    assert_eq!(
        answer.status,
        302,
        "{} leads nowhere: {}",
        answer.asked,
        answer.text()
    );
    let to = answer.headers.get(LOCATION).expect("a redirect has an address");
    to.to_str().expect("addresses are text").to_owned()
}

/// Where the link of a page that begins so leads.
#[track_caller]
pub fn link(page: &Answer, beginning: &str) -> String {
    let html = page.text();
    let found = html
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        // The bar on top has such links as well; the page's own comes after.
        .filter(|href| href.starts_with(beginning))
        .last();
    plain(found.unwrap_or_else(|| panic!("{} has no link to {beginning}: {html}", page.asked)))
}

fn attribute(tag: &str, name: &str) -> String {
    let value = tag
        .split('>')
        .next()
        .and_then(|tag| tag.split(&format!(" {name}=\"")).nth(1))
        .and_then(|rest| rest.split('"').next());
    plain(value.unwrap_or_default())
}

/// Text as it was before it was escaped.
pub fn plain(html: &str) -> String {
    [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#38;", "&"),
    ]
    .iter()
    .fold(html.to_owned(), |text, (escaped, plain)| {
        text.replace(escaped, plain)
    })
}
