//! Posts that quote another: with its author's leave, as far as each reader may see what is quoted, and both ways between servers.

mod attacks;
mod between;
mod given;
mod here;
mod kept;
mod leave;
mod listed;
mod taken;

use serde_json::Value;

use crate::support::Person;
use crate::support::draft::Draft;
use crate::support::http::{Answer, id};

/// A post that quotes another, to be sent.
fn quoting<'a>(person: &'a Person, text: &str, post: &Value) -> Draft<'a> {
    person.post(text).with("quoted_status_id", id(post))
}

/// How the quote of a post stands for somebody, and which post they are shown in it.
async fn stands(reader: &Person, post: &Value) -> (String, Option<String>) {
    standing(&reader.sees(post).await)
}

fn standing(status: &Value) -> (String, Option<String>) {
    let quote = &status["quote"];
    let state = quote["state"].as_str().unwrap_or_default().to_owned();
    let shown = quote["quoted_status"]["id"].as_str().map(str::to_owned);
    (state, shown)
}

/// Only a quote that is accepted shows anything.
fn only(state: &str) -> (String, Option<String>) {
    (state.to_owned(), None)
}

fn accepted(post: &Value) -> (String, Option<String>) {
    ("accepted".to_owned(), Some(id(post)))
}

async fn revokes(person: &Person, quoted: &Value, by: &Value) -> Answer {
    let path = format!("/api/v1/statuses/{}/quotes/{}/revoke", id(quoted), id(by));
    person.act(&path).await
}
