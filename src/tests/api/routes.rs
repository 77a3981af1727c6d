//! Every route that clients cannot do without, asked as somebody signed in, and the shape of what comes back.
//! Streaming is not among them.

use reqwest::Method;
use serde_json::{Value, json};
use tintype::domain::audience::Audience;
use tintype::media::synthetic::photograph;

use super::document::Document;
use super::media_shapes;
use super::route_table::{GET, PATCH, POST, ROUTES};
use super::shape::Kind::{self, Empty, Object};
use super::shape::has;
use super::small_shapes;
use crate::support::http::{Answer, Client, Part, id};
use crate::support::server::{PASSWORD, Settings};
use crate::support::{Person, TestServer};

struct Stage {
    server: TestServer,
    ana: Person,
    bo: Person,
    post: Value,
    mine: Value,
    media: Value,
}

impl Stage {
    async fn new() -> Self {
        let server = TestServer::start_with(Settings {
            running: true,
            ..Settings::default()
        })
        .await;
        let (ana, bo) = (server.person("ana").await, server.person("bo").await);
        ana.follows(&bo).await;
        let post = bo.post("For @ana #light").with_photo().await;
        let mine = ana.post("Mine").with_photo().await;
        ana.post("An answer").answering(&post).await;
        let media = ana.uploads(&photograph(2, 90, 60), "A quay").await;
        server.settle().await;
        let stage = Self {
            server,
            ana,
            bo,
            post,
            mine,
            media,
        };
        stage.somebody_asks_to_follow().await;
        stage
    }

    async fn somebody_asks_to_follow(&self) {
        let path = "/api/v1/accounts/update_credentials";
        self.ana.form(PATCH, path, &[("locked", "true")]).await.ok();
        let cy = self.server.person("cy").await;
        assert_eq!(cy.follows(&self.ana).await["requested"], true);
        let requests = self
            .ana
            .get("/api/v1/notifications?types[]=follow_request")
            .await
            .list();
        self.ana
            .act(&format!("/api/v1/notifications/{}/dismiss", id(&requests[0])))
            .await
            .ok();
    }

    fn path(&self, path: &str) -> String {
        path.replace("{bo}", &self.bo.id)
            .replace("{post}", &id(&self.post))
            .replace("{mine}", &id(&self.mine))
            .replace("{media}", &id(&self.media))
    }

    async fn asks(&self, client: &Client, method: &Method, path: &str, fields: &[(&str, &str)]) -> Answer {
        match *method {
            GET => client.get(&self.path(path)).await,
            _ => client.form(method.clone(), &self.path(path), fields).await,
        }
    }
}

#[tokio::test]
async fn every_route_that_clients_need_is_served_in_its_shape() {
    let stage = Stage::new().await;
    let document = Document::new();
    for (method, path, fields, kind) in ROUTES {
        let answer = stage.asks(&stage.ana, method, path, fields).await;
        let value = answer.ok();
        has(&format!("{method} {path}"), &value, *kind);
        document.fits(method, path, answer.status, &value);
        assert!(
            answer
                .header("content-type")
                .is_some_and(|kind| kind.starts_with("application/json")),
            "{method} {path}"
        );
        assert_eq!(
            answer.header("access-control-allow-origin"),
            Some("*"),
            "{method} {path}"
        );
        // An empty list has no shape to look at.
        let may_be_empty = matches!(kind, Empty);
        assert!(
            may_be_empty || value.as_array().is_none_or(|items| !items.is_empty()),
            "{method} {path}"
        );
    }
    stage.server.settle().await;
}

#[tokio::test]
async fn the_same_routes_say_no_in_json_that_browsers_elsewhere_may_read() {
    let stage = Stage::new().await;
    let open = ["/api/v2/instance", "/api/v1/instance", "/api/v1/custom_emojis"];
    let stranger = stage.server.client.with_token("nobody-has-this");
    for (method, path, fields, _) in ROUTES.iter().filter(|route| !open.contains(&route.1)) {
        let answer = stage.asks(&stranger, method, path, fields).await;
        assert_eq!(answer.refused(401), "The access token is invalid");
        assert_eq!(
            answer.header("access-control-allow-origin"),
            Some("*"),
            "{method} {path}"
        );
        let before = stage.server.client.request(Method::OPTIONS, &stage.path(path));
        let before = before
            .header("origin", "https://phanpy.example")
            .header("access-control-request-method", method.as_str())
            .header(
                "access-control-request-headers",
                "authorization,content-type,idempotency-key",
            );
        let allowed = stage.server.client.send(before).await;
        assert_eq!(allowed.status, 200, "{method} {path}");
        let methods = allowed.header("access-control-allow-methods").unwrap_or_default();
        assert!(methods.contains(method.as_str()), "{methods}");
    }
}

#[tokio::test]
async fn pictures_are_taken_by_both_routes_and_wait_only_in_one() {
    let stage = Stage::new().await;
    let photo = photograph(1, 200, 150);
    let parts = [
        Part::Text("description", "A boat"),
        Part::File("file", "a.jpg", "image/jpeg", &photo),
    ];
    let ready = stage.ana.multipart(POST, "/api/v1/media", &parts).await;
    assert_eq!(ready.status, 200);
    has("POST /api/v1/media", &ready.value(), Object(media_shapes::upload));
    let sent = stage.ana.multipart(POST, "/api/v2/media", &parts).await;
    let kind = match sent.status.as_u16() {
        202 => Object(media_shapes::waiting_picture),
        _ => Object(media_shapes::upload),
    };
    has("POST /api/v2/media", &sent.ok(), kind);
    stage.server.settle().await;
}

async fn register_app(client: &Client) -> Value {
    let app = json!({
        "client_name": "Elk", "website": "https://elk.example", "redirect_uris": "https://elk.example/back",
        "scopes": "read write follow push",
    });
    client.json(POST, "/api/v1/apps", &app).await.ok()
}

#[tokio::test]
async fn an_app_registers_signs_somebody_up_and_revokes_its_token() {
    let server = TestServer::start().await;
    let app = register_app(&server.client).await;
    has(
        "POST /api/v1/apps",
        &app,
        Object(small_shapes::credential_application),
    );
    let (client_id, secret) = (
        app["client_id"].as_str().unwrap(),
        app["client_secret"].as_str().unwrap(),
    );
    let own = [("client_id", client_id), ("client_secret", secret)];
    let grant = [
        own[0],
        own[1],
        ("grant_type", "client_credentials"),
        ("scope", "read write"),
    ];
    let token = server.client.post_form("/oauth/token", &grant).await.ok();
    has("POST /oauth/token", &token, Object(small_shapes::token));
    let as_app = server.client.with_token(token["access_token"].as_str().unwrap());
    let known = as_app.get("/api/v1/apps/verify_credentials").await.ok();
    has(
        "GET /api/v1/apps/verify_credentials",
        &known,
        Object(small_shapes::application),
    );
    let person = [
        ("username", "dora"),
        ("email", "dora@mail.example"),
        ("password", PASSWORD),
        ("agreement", "true"),
        ("locale", "en"),
    ];
    let signed_up = as_app.post_form("/api/v1/accounts", &person).await.ok();
    has("POST /api/v1/accounts", &signed_up, Object(small_shapes::token));
    let dora_token = signed_up["access_token"].as_str().unwrap();
    let dora = server.client.with_token(dora_token);
    assert_eq!(
        dora.get("/api/v1/accounts/verify_credentials").await.ok()["username"],
        "dora"
    );
    let revoke = [own[0], own[1], ("token", dora_token)];
    assert_eq!(
        server.client.post_form("/oauth/revoke", &revoke).await.ok(),
        json!({})
    );
    dora.get("/api/v1/accounts/verify_credentials").await.refused(401);
    server.settle().await;
}

#[tokio::test]
async fn the_doors_that_clients_look_for_first_are_there() {
    let server = TestServer::start().await;
    let app = register_app(&server.client).await;
    let client_id = app["client_id"].as_str().unwrap();
    for slash in ["", "/"] {
        let path = format!(
            "/oauth/authorize{slash}?response_type=code&client_id={client_id}\
             &redirect_uri=https%3A%2F%2Felk.example%2Fback&scope=read+write"
        );
        let page = server.client.get(&path).await;
        assert!(
            page.status.is_success() || page.status.is_redirection(),
            "{path}: {}",
            page.status
        );
    }
    for path in ["/api/v1/instance/", "/api/v2/instance/"] {
        let without = server.client.get(path.trim_end_matches('/')).await.ok();
        assert_eq!(server.client.get(path).await.ok(), without, "{path}");
    }
    let about = server
        .client
        .get("/.well-known/oauth-authorization-server")
        .await
        .ok();
    assert_eq!(about["code_challenge_methods_supported"], json!(["S256"]));
    for field in [
        "issuer",
        "authorization_endpoint",
        "token_endpoint",
        "revocation_endpoint",
        "app_registration_endpoint",
    ] {
        has(field, &about[field], Kind::Address);
    }
    let well_known = server.client.get("/.well-known/nodeinfo").await.ok();
    let links = well_known["links"].as_array().unwrap();
    let of_2_0 = links
        .iter()
        .find(|link| link["rel"] == "http://nodeinfo.diaspora.software/ns/schema/2.0");
    has(
        "the address of NodeInfo 2.0",
        &of_2_0.expect("2.0 is linked")["href"],
        Kind::Address,
    );
    let nodeinfo = server.client.get("/nodeinfo/2.0").await;
    assert_eq!(nodeinfo.ok()["software"]["name"], "tintype");
    assert_eq!(nodeinfo.header("access-control-allow-origin"), Some("*"));
    let ana = server.person("ana").await;
    let resource = format!("/.well-known/webfinger?resource=acct:ana@{}", server.authority());
    assert!(ana.get(&resource).await.ok()["links"].is_array());
    assert_eq!(ana.get("/.well-known/host-meta").await.status, 200);
}

#[tokio::test]
async fn a_slash_at_the_end_of_an_address_of_the_api_means_nothing() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    ana.post("@bo, you alone").to(Audience::Direct).await;
    let without = ana.get("/api/v1/conversations?limit=2").await;
    let with = ana.get("/api/v1/conversations/?limit=2").await;
    assert_eq!(without.list().len(), 1);
    assert_eq!(with.list(), without.list());
    assert_eq!(with.links().prev, without.links().prev);
    let about = [("account_id", bo.id.as_str())];
    ana.form(POST, "/api/v1/reports/", &about).await.ok();
    server
        .client
        .form(POST, "/api/v1/reports/", &about)
        .await
        .refused(401);
    server.client.get("/api/v1/nothing/").await.refused(404);
    server.settle().await;
}

#[tokio::test]
async fn where_the_source_is_can_be_asked_and_is_an_address_that_answers() {
    let server = TestServer::start().await;
    let told = server.client.get("/api/v2/instance").await.ok()["source_url"].clone();
    let told = url::Url::parse(told.as_str().unwrap()).unwrap();
    let page = server.client.get(told.path()).await;
    assert_eq!(page.status, 200);
    assert!(
        page.text().contains("Affero") && page.text().contains("id=\"source\""),
        "{}",
        page.text()
    );
    let source = "https://git.example/ours";
    let server = TestServer::with(&[("TINTYPE_SOURCE_URL", source)]).await;
    assert_eq!(
        server.client.get("/api/v2/instance").await.ok()["source_url"],
        source
    );
    assert!(server.client.get("/about").await.text().contains(source));
}
