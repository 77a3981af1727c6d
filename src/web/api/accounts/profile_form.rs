//! A profile's changes as clients write them, in all their spellings. Checks no lengths: those are the action's.

use crate::actions::update_profile::ProfileEdit;
use crate::db::preferences::PreferenceChange;
use crate::domain::audience::Audience;
use crate::domain::quote::Policy;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::{Node, Params};

/// Most fields that are read; more than anybody may have, so that the action can say so.
const MOST_READ: usize = 50;

/// Everything but the pictures.
pub fn read(params: &Params) -> ApiResult<ProfileEdit> {
    Ok(ProfileEdit {
        display_name: params.text("display_name"),
        note: params.text("note"),
        avatar_description: params.text("avatar_description"),
        header_description: params.text("header_description"),
        fields: fields(params.node("fields_attributes")),
        locked: params.flag("locked"),
        bot: params.flag("bot"),
        discoverable: params.flag("discoverable"),
        indexable: params.flag("indexable"),
        hide_relations: params.flag("hide_collections"),
        preferences: preferences(params.node("source"))?,
        ..ProfileEdit::default()
    })
}

/// Fields in the order given; one that is wholly empty is none. `None` when nothing is said of fields.
fn fields(node: Node<'_>) -> Option<Vec<(String, String)>> {
    if !node.is_there() {
        return None;
    }
    let text = |item: Node<'_>, name| item.get(name).text().unwrap_or_default();
    let pairs = node.items().into_iter().take(MOST_READ);
    let pairs = pairs.map(|item| (text(item, "name"), text(item, "value")));
    Some(
        pairs
            .filter(|(name, value)| !name.trim().is_empty() || !value.trim().is_empty())
            .collect(),
    )
}

fn preferences(source: Node<'_>) -> ApiResult<PreferenceChange> {
    let audience = match source.get("privacy").text() {
        Some(text) => Some(
            Audience::parse(&text)
                .filter(|audience| *audience != Audience::Direct)
                .ok_or_else(|| ApiError::invalid("Privacy is not included in the list"))?,
        ),
        None => None,
    };
    let language = source.get("language").text();
    let is_code =
        |code: &str| code.len() <= 16 && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if language.as_deref().is_some_and(|code| !is_code(code)) {
        return Err(ApiError::invalid("Language is not a language code"));
    }
    let quote_policy = match source.get("quote_policy").text() {
        Some(text) => {
            let policy = Policy::parse(&text);
            Some(policy.ok_or_else(|| ApiError::invalid("Quote policy is not included in the list"))?)
        }
        None => None,
    };
    Ok(PreferenceChange {
        audience,
        sensitive: source.get("sensitive").flag(),
        language: language.map(|code| Some(code).filter(|code| !code.is_empty())),
        quote_policy,
        offer_originals: source.get("offer_originals").flag(),
        show_camera: source.get("show_camera").flag(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields_of(query: &str) -> Option<Vec<(String, String)>> {
        read(&Params::from_query(Some(query)).unwrap()).unwrap().fields
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn fields_are_read_in_every_spelling() {
        let expected = Some(vec![pair("a", "1"), pair("b", "2")]);
        for query in [
            "fields_attributes[0][name]=a&fields_attributes[0][value]=1&fields_attributes[1][name]=b&fields_attributes[1][value]=2",
            "fields_attributes[][name]=a&fields_attributes[][value]=1&fields_attributes[][name]=b&fields_attributes[][value]=2",
            "fields_attributes[10][name]=b&fields_attributes[10][value]=2&fields_attributes[9][name]=a&fields_attributes[9][value]=1",
        ] {
            assert_eq!(fields_of(query), expected, "{query}");
        }
    }

    #[test]
    fn silence_about_fields_is_not_the_same_as_none() {
        assert_eq!(fields_of("display_name=x"), None);
        assert_eq!(
            fields_of("fields_attributes[0][name]=&fields_attributes[0][value]="),
            Some(Vec::new())
        );
    }

    #[test]
    fn a_default_audience_is_one_that_can_be_a_default() {
        let read = |query| read(&Params::from_query(Some(query)).unwrap());
        let audience = |query| read(query).unwrap().preferences.audience;
        assert_eq!(audience("source[privacy]=private"), Some(Audience::Followers));
        assert_eq!(audience("locked=true"), None);
        assert!(read("source[privacy]=direct").is_err() && read("source[privacy]=loud").is_err());
    }

    #[test]
    fn an_empty_language_means_none() {
        let read = |query| {
            read(&Params::from_query(Some(query)).unwrap())
                .unwrap()
                .preferences
                .language
        };
        assert_eq!(read("source[language]="), Some(None));
        assert_eq!(read("source[language]=de"), Some(Some("de".to_owned())));
        assert_eq!(read("source[sensitive]=1"), None);
    }
}
