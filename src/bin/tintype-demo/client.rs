//! People of the demo, acting through the client API as any app does.

use std::cell::RefCell;

use anyhow::{Context, bail};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::server::Server;

/// Of all of them.
pub const PASSWORD: &str = "a demo needs no secret";

pub struct Person<'a> {
    pub name: String,
    pub server: &'a Server,
    token: String,
    following: RefCell<Vec<String>>,
}

impl<'a> Person<'a> {
    /// Registers an app and signs up with its token, as apps do.
    pub async fn sign_up(server: &'a Server, name: &str) -> anyhow::Result<Self> {
        let scopes = "read write follow";
        let app =
            json!({ "client_name": "Demo", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob", "scopes": scopes });
        let app = call(server, "", Method::POST, "/api/v1/apps", &app).await?;
        let grant = json!({
            "grant_type": "client_credentials", "scope": scopes,
            "client_id": app["client_id"], "client_secret": app["client_secret"],
        });
        let grant = call(server, "", Method::POST, "/oauth/token", &grant).await?;
        let person = json!({
            "username": name, "email": format!("{name}@demo.example"), "password": PASSWORD,
            "agreement": true, "locale": "en",
        });
        let app_token = grant["access_token"].as_str().context("no app token")?;
        let token = call(server, app_token, Method::POST, "/api/v1/accounts", &person).await?;
        let token = token["access_token"].as_str().context("no token")?.to_owned();
        Ok(Self {
            name: name.to_owned(),
            server,
            token,
            following: RefCell::default(),
        })
    }

    pub fn handle(&self) -> String {
        format!("@{}@{}:{}", self.name, self.server.name, self.server.port)
    }

    /// Their name as people on `server` see it.
    pub fn acct_at(&self, server: &Server) -> String {
        if server.name == self.server.name {
            self.name.clone()
        } else {
            self.handle().trim_start_matches('@').to_owned()
        }
    }

    /// From their server to that of somebody else.
    pub fn way_to(&self, other: &Person<'a>) -> (&'a str, &'a str) {
        (&self.server.name, &other.server.name)
    }

    pub fn follows(&self, other: &Person<'_>) -> bool {
        self.following.borrow().contains(&other.handle())
    }

    /// Finds somebody by handle, asking their server when they are not known here.
    pub async fn find(&self, handle: &str) -> anyhow::Result<String> {
        let mut path = reqwest::Url::parse("http://x/api/v2/search")?;
        path.query_pairs_mut()
            .append_pair("q", handle)
            .append_pair("resolve", "true")
            .append_pair("type", "accounts");
        let path = format!("{}?{}", path.path(), path.query().unwrap_or_default());
        let found = self.get(&path).await?;
        let id = found["accounts"][0]["id"]
            .as_str()
            .with_context(|| format!("{handle} was not found"))?
            .to_owned();
        self.following.borrow_mut().push(handle.to_owned());
        Ok(id)
    }

    pub async fn follow(&self, id: &str) -> anyhow::Result<()> {
        self.post(&format!("/api/v1/accounts/{id}/follow"), &json!({}))
            .await
            .map(drop)
    }

    pub async fn is_following(&self, id: &str) -> anyhow::Result<bool> {
        let relations = self
            .get(&format!("/api/v1/accounts/relationships?id[]={id}"))
            .await?;
        Ok(relations[0]["following"] == true)
    }

    /// Gives the id of the picture.
    pub async fn upload(&self, picture: Vec<u8>, description: &str) -> anyhow::Result<String> {
        let file = Part::bytes(picture)
            .file_name("photo.jpg")
            .mime_str("image/jpeg")?;
        let form = Form::new()
            .part("file", file)
            .text("description", description.to_owned());
        let request = self
            .server
            .http
            .post(self.server.at("/api/v2/media"))
            .bearer_auth(&self.token)
            .multipart(form);
        let media: Value = request.send().await?.error_for_status()?.json().await?;
        media["id"].as_str().map(str::to_owned).context("no id")
    }

    pub async fn is_ready(&self, media: &str) -> anyhow::Result<bool> {
        let address = self.server.at(&format!("/api/v1/media/{media}"));
        let answer = self
            .server
            .http
            .get(address)
            .bearer_auth(&self.token)
            .send()
            .await?
            .error_for_status()?;
        Ok(answer.status() == reqwest::StatusCode::OK)
    }

    pub async fn publish(&self, caption: &str, media: &str) -> anyhow::Result<Value> {
        self.post(
            "/api/v1/statuses",
            &json!({ "status": caption, "media_ids": [media] }),
        )
        .await
    }

    pub async fn like(&self, id: &str) -> anyhow::Result<()> {
        self.post(&format!("/api/v1/statuses/{id}/favourite"), &json!({}))
            .await
            .map(drop)
    }

    pub async fn comment(&self, id: &str, text: &str) -> anyhow::Result<()> {
        self.post(
            "/api/v1/statuses",
            &json!({ "status": text, "in_reply_to_id": id }),
        )
        .await
        .map(drop)
    }

    pub async fn home(&self) -> anyhow::Result<Vec<Value>> {
        list(self.get("/api/v1/timelines/home?limit=40").await?)
    }

    pub async fn own_posts(&self) -> anyhow::Result<Vec<Value>> {
        let me = self.get("/api/v1/accounts/verify_credentials").await?;
        let id = me["id"].as_str().context("no id")?;
        list(self.get(&format!("/api/v1/accounts/{id}/statuses")).await?)
    }

    async fn get(&self, path: &str) -> anyhow::Result<Value> {
        call(self.server, &self.token, Method::GET, path, &Value::Null).await
    }

    async fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        call(self.server, &self.token, Method::POST, path, body).await
    }
}

fn list(value: Value) -> anyhow::Result<Vec<Value>> {
    match value {
        Value::Array(items) => Ok(items),
        other => bail!("a list was expected, not {other}"),
    }
}

async fn call(
    server: &Server,
    token: &str,
    method: Method,
    path: &str,
    body: &Value,
) -> anyhow::Result<Value> {
    let mut request = server.http.request(method.clone(), server.at(path));
    if !token.is_empty() {
        request = request.bearer_auth(token);
    }
    if !body.is_null() {
        request = request.json(body);
    }
    let answer = request.send().await?;
    let status = answer.status();
    let text = answer.text().await?;
    if !status.is_success() {
        bail!("{method} {path} at {} answered {status}: {text}", server.name);
    }
    serde_json::from_str(&text).with_context(|| format!("{path} did not answer with JSON"))
}
