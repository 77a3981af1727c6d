//! The document of the API against what is served: every route is in it, every scope it names is asked for, and answers
//! have the shapes that it says.

use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tintype::web::openapi::{self, Access, Operation};
use tintype::web::{activitypub, api, oauth, public, settings, streaming};

use crate::support::TestServer;

/// The document, closed: a field that it does not name is a fault here, though clients have to bear one.
pub struct Document(Value);

impl Document {
    pub fn new() -> Self {
        let mut document = openapi::document();
        close(&mut document["components"]["schemas"]);
        Self(document)
    }

    /// Panics unless the document says that this operation may answer so. Of `path`, what is in braces is anything.
    #[track_caller]
    pub fn fits(&self, method: &Method, path: &str, status: StatusCode, answer: &Value) {
        let path = path.split('?').next().unwrap_or_default();
        let operation = openapi::operations()
            .filter(|one| one.method == method.as_str().to_lowercase() && matches(one.path, path))
            // `/notifications/policy` rather than `/notifications/{id}`.
            .max_by_key(|one| {
                one.path
                    .split('/')
                    .zip(path.split('/'))
                    .filter(|(a, b)| a == b)
                    .count()
            })
            .unwrap_or_else(|| panic!("{method} {path} is not in the document"));
        let entry = &self.0["paths"][operation.path][operation.method];
        let response = &entry["responses"][status.as_str()];
        let response = match response["$ref"].as_str() {
            Some(place) => self.0.pointer(&place[1..]).expect("what it names is there"),
            None => response,
        };
        let mut schema = response["content"]["application/json"]["schema"].clone();
        assert!(
            schema.is_object(),
            "{method} {path} does not say what {status} gives"
        );
        close(&mut schema);
        let schema = json!({ "allOf": [schema], "components": self.0["components"] });
        let validator = jsonschema::validator_for(&schema).expect("it is a schema");
        let faults: Vec<String> = validator
            .iter_errors(answer)
            .map(|error| error.to_string())
            .collect();
        assert!(
            faults.is_empty(),
            "{method} {path}\n{}\n{answer:#}",
            faults.join("\n")
        );
    }
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.contains_key("properties") {
                fields.insert("additionalProperties".to_owned(), json!(false));
            }
            fields.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len()
        && pattern
            .iter()
            .zip(&path)
            .all(|(wanted, found)| wanted == found || wanted.starts_with('{') && !found.is_empty())
}

/// `get /api/v1/…` for each that the routers serve, read from what they say of themselves: nothing else lists them.
pub fn served() -> BTreeSet<String> {
    let routers = [
        openapi::routes(),
        api::routes(),
        api::uploads(),
        streaming::routes(),
        oauth::routes(),
        activitypub::routes(),
        public::routes(),
        settings::routes(),
    ];
    let mut served = BTreeSet::new();
    for router in routers {
        let told = format!("{router:?}");
        let (routes, paths) = told.split_once("node: Node").expect("a router tells its paths");
        let paths = paths.split("fallback_router").next().unwrap_or_default();
        for entry in paths.split("RouteId(").skip(1) {
            let (number, rest) = entry.split_once("): \"").expect("a number and its path");
            let path = rest.split('"').next().expect("a path ends");
            let route = routes
                .split(&format!("RouteId({number}): "))
                .nth(1)
                .expect("its methods");
            for method in ["get", "post", "put", "patch", "delete"] {
                let (_, endpoint) = route
                    .split_once(&format!("{method}: "))
                    .expect("every method is told");
                if !endpoint.starts_with("None") {
                    served.insert(format!("{method} {}", path.trim_end_matches('/')));
                }
            }
        }
    }
    served.retain(|route| {
        ["/api/", "/oauth/", "/.well-known/", "/nodeinfo/"]
            .iter()
            .any(|start| {
                route
                    .split(' ')
                    .nth(1)
                    .is_some_and(|path| path.starts_with(start))
            })
    });
    served
}

/// Subjects whose tables are still to be written. Each of them is in the way of nobody who serves it, and goes from here with
/// its table.
pub const TO_BE_WRITTEN: &[&str] = &[];

#[test]
fn every_route_is_in_the_document_and_nothing_else_is() {
    let documented: BTreeSet<String> = openapi::operations()
        .map(|one| format!("{} {}", one.method, one.path))
        .collect();
    let served = served();
    assert!(served.len() > 100, "{served:?}");
    let is_awaited = |route: &String| {
        let path = route.split(' ').nth(1).unwrap_or_default();
        TO_BE_WRITTEN.iter().any(|start| path.starts_with(start))
    };
    let missing: Vec<&String> = served
        .difference(&documented)
        .filter(|route| !is_awaited(route))
        .collect();
    let invented: Vec<&String> = documented.difference(&served).collect();
    assert!(
        missing.is_empty() && invented.is_empty(),
        "served, but not in a table of src/web/openapi: {missing:#?}\nin a table, but not served: {invented:#?}"
    );
}

#[test]
fn the_document_is_whole() {
    let document = openapi::document();
    let text = document.to_string();
    for named in text.split("\"$ref\":\"#").skip(1) {
        let place = named.split('"').next().unwrap_or_default();
        assert!(document.pointer(place).is_some(), "nothing is at {place}");
    }
    let ids: BTreeSet<&str> = document["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|path| path.as_object().unwrap().values())
        .map(|operation| operation["operationId"].as_str().unwrap())
        .collect();
    assert_eq!(
        ids.len(),
        openapi::operations().count(),
        "two operations have one name"
    );
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        jsonschema::meta::validate(schema).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[tokio::test]
async fn the_document_is_served_and_not_sent_twice() {
    let server = TestServer::start().await;
    let first = server.client.get("/api/openapi.json").await;
    assert_eq!(first.ok(), openapi::document());
    let tag = first.header("etag").expect("it has a tag").to_owned();
    let again = server.client.request(Method::GET, "/api/openapi.json");
    let again = server.client.send(again.header("if-none-match", tag)).await;
    let page = server.client.get("/api/docs").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.text().contains("<code>POST /api/v1/statuses</code>"),
        "{}",
        page.text()
    );
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    for unknown in [
        "/api",
        "/api/v1/nothing",
        "/api/v1/statuses/1/nothing",
        "/api/v9/statuses",
    ] {
        let answer = server.client.get(unknown).await;
        assert_eq!(answer.refused(404), "Record not found", "{unknown}");
    }
}

fn path_of(operation: &Operation) -> String {
    let parts = operation.path.split('/');
    parts
        .map(|part| if part.starts_with('{') { "1" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

#[tokio::test]
async fn what_the_document_keeps_for_somebody_is_refused_to_all_others() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let pushing = server.token_for(&ana, "push").await;
    let reading = server.token_for(&ana, "profile").await;
    let document = Document::new();
    for operation in openapi::operations() {
        let Access::Person(scope) = operation.access else {
            continue;
        };
        let path = path_of(operation);
        let method = Method::from_bytes(operation.method.to_uppercase().as_bytes()).unwrap();
        let answer = server.client.form(method.clone(), &path, &[]).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {path}");
        document.fits(&method, operation.path, answer.status, &answer.value());
        if scope.is_empty() || operation.path.ends_with("verify_credentials") {
            continue;
        }
        let client = if scope == "push" { &reading } else { &pushing };
        let answer = client.form(method.clone(), &path, &[]).await;
        assert_eq!(
            answer.status,
            StatusCode::FORBIDDEN,
            "{method} {path} without {scope}"
        );
        document.fits(&method, operation.path, answer.status, &answer.value());
    }
    server.settle().await;
}

#[tokio::test]
async fn the_scope_that_the_document_names_is_enough() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    for operation in openapi::operations() {
        let (Access::Person(scope) | Access::Anyone(scope)) = operation.access else {
            continue;
        };
        // What stays open gives no whole answer.
        if scope.is_empty() || operation.path.contains("/streaming") {
            continue;
        }
        let method = Method::from_bytes(operation.method.to_uppercase().as_bytes()).unwrap();
        let client = server.token_for(&ana, scope).await;
        let answer = client.form(method.clone(), &path_of(operation), &[]).await;
        let is_refused = answer.text().contains("outside the authorized scopes");
        assert!(!is_refused, "{method} {} with {scope}", operation.path);
        assert_ne!(
            answer.status,
            StatusCode::UNAUTHORIZED,
            "{method} {}",
            operation.path
        );
    }
    server.settle().await;
}
