//! Lists of people: who is in one, what its timeline shows, what is heard of it.

mod heard;
mod keeping;
mod timeline;
mod truth;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::Person;
use crate::support::http::{Answer, id};

/// A list with these people in it.
pub async fn a_list(owner: &Person, wishes: &Value, people: &[&Person]) -> Value {
    let list = owner.json(Method::POST, "/api/v1/lists", wishes).await.ok();
    if !people.is_empty() {
        puts_in(owner, &list, people).await.ok();
    }
    list
}

pub async fn puts_in(owner: &Person, list: &Value, people: &[&Person]) -> Answer {
    members(owner, Method::POST, list, people).await
}

pub async fn takes_out(owner: &Person, list: &Value, people: &[&Person]) -> Answer {
    members(owner, Method::DELETE, list, people).await
}

async fn members(owner: &Person, method: Method, list: &Value, people: &[&Person]) -> Answer {
    let ids: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
    let path = format!("/api/v1/lists/{}/accounts", id(list));
    owner.json(method, &path, &json!({ "account_ids": ids })).await
}

pub async fn changes(owner: &Person, list: &Value, wishes: &Value) -> Value {
    let path = format!("/api/v1/lists/{}", id(list));
    owner.json(Method::PUT, &path, wishes).await.ok()
}

pub fn timeline(list: &Value) -> String {
    format!("/api/v1/timelines/list/{}", id(list))
}
