//! Filters: how they are kept, what they meet, where they hide it, and that a change of them shows at once.

mod keeping;
mod live;
mod meeting;
mod old;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::Person;
use crate::support::http::id;

/// A filter of one keyword, as whole word, in these contexts.
pub async fn a_filter(owner: &Person, keyword: &str, contexts: &[&str], action: &str) -> Value {
    let wishes = json!({
        "title": keyword,
        "context": contexts,
        "filter_action": action,
        "keywords_attributes": [{ "keyword": keyword, "whole_word": true }],
    });
    owner.json(Method::POST, "/api/v2/filters", &wishes).await.ok()
}

pub fn of(filter: &Value) -> String {
    format!("/api/v2/filters/{}", id(filter))
}

/// The titles of the filters that meet a post.
pub fn titles(status: &Value) -> Vec<&str> {
    let results = status["filtered"].as_array().expect("everybody signed in has it");
    results
        .iter()
        .map(|result| result["filter"]["title"].as_str().expect("it has a title"))
        .collect()
}
