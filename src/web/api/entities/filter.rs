//! Filters as clients read them: Filter, FilterKeyword, FilterStatus, FilterResult, and the Filter of old, which was one
//! keyword.

use serde::Serialize;

use super::time;
use crate::domain::filter::{Action, Filter, FilteredPost, Keyword};
use crate::domain::ids::{FilterId, KeywordId, PostId, RelationId};

/// A filter without what it has.
#[derive(Debug, Serialize)]
pub struct Head<'a> {
    pub id: FilterId,
    pub title: &'a str,
    pub context: Vec<&'static str>,
    pub expires_at: Option<String>,
    pub filter_action: &'static str,
}

#[derive(Debug, Serialize)]
pub struct Entity<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    keywords: Vec<KeywordEntity<'a>>,
    statuses: Vec<StatusEntity>,
}

#[derive(Debug, Serialize)]
pub struct KeywordEntity<'a> {
    id: KeywordId,
    keyword: &'a str,
    whole_word: bool,
}

#[derive(Debug, Serialize)]
pub struct StatusEntity {
    id: RelationId,
    status_id: PostId,
}

/// What a filter says of a post.
#[derive(Debug, Serialize)]
pub struct FilterResult<'a> {
    pub filter: Head<'a>,
    pub keyword_matches: Option<Vec<&'a str>>,
    pub status_matches: Option<[PostId; 1]>,
}

/// The Filter of the first version of the API.
#[derive(Debug, Serialize)]
pub struct Old<'a> {
    id: KeywordId,
    phrase: &'a str,
    context: Vec<&'static str>,
    whole_word: bool,
    expires_at: Option<String>,
    irreversible: bool,
}

pub fn head(filter: &Filter) -> Head<'_> {
    Head {
        id: filter.id,
        title: &filter.title,
        context: filter.contexts.names(),
        expires_at: filter.expires_at.map(time),
        filter_action: filter.action.as_str(),
    }
}

pub fn entity(filter: &Filter) -> Entity<'_> {
    Entity {
        head: head(filter),
        keywords: filter.keywords.iter().map(keyword).collect(),
        statuses: filter.posts.iter().map(status).collect(),
    }
}

pub fn keyword(keyword: &Keyword) -> KeywordEntity<'_> {
    KeywordEntity {
        id: keyword.id,
        keyword: &keyword.keyword,
        whole_word: keyword.whole_word,
    }
}

pub fn status(marked: &FilteredPost) -> StatusEntity {
    StatusEntity {
        id: marked.id,
        status_id: marked.post,
    }
}

pub fn old<'a>(filter: &'a Filter, keyword: &'a Keyword) -> Old<'a> {
    Old {
        id: keyword.id,
        phrase: &keyword.keyword,
        context: filter.contexts.names(),
        whole_word: keyword.whole_word,
        expires_at: filter.expires_at.map(time),
        irreversible: filter.action == Action::Hide,
    }
}
