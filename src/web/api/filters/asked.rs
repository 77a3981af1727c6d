//! What a request wishes of a filter, in the words of either version of the API. Changes nothing.

use chrono::TimeDelta;

use crate::actions::filters::{KeywordWish, MOST_KEYWORDS, Wishes};
use crate::domain::filter::{Action, Context, Contexts};
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::{Node, Params};

pub fn wishes(params: &Params) -> ApiResult<Wishes> {
    let action = params.text("filter_action").filter(|text| !text.is_empty());
    let action = action.map(|text| {
        Action::parse(&text).ok_or_else(|| ApiError::invalid("Filter action is not included in the list"))
    });
    let keywords = params.node("keywords_attributes").items();
    if keywords.len() > MOST_KEYWORDS {
        return Err(ApiError::invalid("There are too many keywords"));
    }
    let keywords = keywords.into_iter().map(keyword);
    Ok(Wishes {
        title: params.text("title"),
        contexts: contexts(params)?,
        action: action.transpose()?,
        lasts: lasts(params)?,
        keywords: keywords.collect::<ApiResult<_>>()?,
    })
}

fn keyword(node: Node<'_>) -> ApiResult<KeywordWish> {
    let id = node.get("id").text().filter(|id| !id.is_empty());
    let id = id.map(|id| id.parse().map_err(|_| ApiError::NotFound));
    Ok(KeywordWish {
        id: id.transpose()?,
        keyword: node.get("keyword").text(),
        whole_word: node.get("whole_word").flag(),
        goes: node.get("_destroy").flag().unwrap_or(false),
    })
}

/// None: nothing is said of them.
pub fn contexts(params: &Params) -> ApiResult<Option<Contexts>> {
    if !params.contains("context") {
        return Ok(None);
    }
    let named = params.texts("context");
    let known = named.iter().filter(|name| !name.is_empty()).map(|name| {
        Context::parse(name)
            .ok_or_else(|| ApiError::invalid(format!("Context {name} is not included in the list")))
    });
    known.collect::<ApiResult<Contexts>>().map(Some)
}

/// None: nothing is said of it. Nothing, zero and less mean for ever: nobody wants a filter that has ended.
pub fn lasts(params: &Params) -> ApiResult<Option<Option<TimeDelta>>> {
    if !params.contains("expires_in") {
        return Ok(None);
    }
    let Some(text) = params.text("expires_in").filter(|text| !text.is_empty()) else {
        return Ok(Some(None));
    };
    let seconds: i64 = text
        .trim()
        .parse()
        .map_err(|_| ApiError::invalid("Expires in is not a number"))?;
    Ok(Some(TimeDelta::try_seconds(seconds).filter(|_| seconds > 0)))
}
