//! `/api/docs`: the document of the API, for people. Says nothing that the document does not.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::answer::Around;
use crate::app::App;
use crate::web::auth::visitor::Visitor;
use crate::web::error::ApiResult;
use crate::web::openapi::{self, Access, Kind, Operation};
use crate::web::pages::{ApiDocs, ApiOperation, ApiSubject};

pub async fn show(State(app): State<App>, visitor: Visitor) -> ApiResult<Response> {
    let around = Around::of(&app, visitor.account()).await?;
    let page = ApiDocs {
        frame: around.frame(),
        subjects: subjects(),
    };
    around.send(&app, StatusCode::OK, &page)
}

/// By subject, in the order of the document.
fn subjects() -> Vec<ApiSubject> {
    let mut subjects: Vec<ApiSubject> = Vec::new();
    for operation in openapi::operations() {
        let name = operation.tag();
        let shown = shown(operation);
        match subjects.iter_mut().find(|subject| subject.name == name) {
            Some(subject) => subject.operations.push(shown),
            None => subjects.push(ApiSubject {
                name,
                operations: vec![shown],
            }),
        }
    }
    subjects
}

fn shown(operation: &Operation) -> ApiOperation {
    ApiOperation {
        method: operation.method.to_uppercase(),
        path: operation.path,
        summary: operation.summary,
        access: access(operation.access),
        takes: operation
            .parameters()
            .map(|(name, kind)| match kind {
                Kind::OrAbsent(_) => format!("[{name}]"),
                _ => (*name).to_owned(),
            })
            .collect(),
    }
}

fn access(access: Access) -> String {
    match access {
        Access::Open | Access::Anyone("") => "For anybody.".to_owned(),
        Access::Anyone(scope) => format!("For anybody; a person's token must allow {scope}."),
        Access::Person("") => "For somebody signed in.".to_owned(),
        Access::Person(scope) => format!("Needs {scope}."),
        Access::App => "Needs an app's token.".to_owned(),
    }
}
