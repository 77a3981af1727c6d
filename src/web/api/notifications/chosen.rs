//! Which notifications a client asks for. Reads nothing but parameters.

use crate::db::notification_groups::Grouping;
use crate::db::notification_lists::Chosen;
use crate::domain::ids::AccountId;
use crate::domain::notification::Kind;
use crate::web::error::ApiResult;
use crate::web::params::Params;

pub fn chosen(params: &Params) -> ApiResult<Chosen> {
    Ok(Chosen {
        kinds: kinds(params),
        from: params.id::<AccountId>("account_id")?,
        filtered: params.flag("include_filtered").unwrap_or(false),
    })
}

/// Those of `grouped_types` are groups, else all that can be.
pub fn grouping(params: &Params) -> ApiResult<Grouping> {
    let wanted = params.texts("grouped_types");
    let is_wanted = |kind: &Kind| wanted.is_empty() || wanted.iter().any(|name| name == kind.as_str());
    let grouped = Kind::GROUPED.into_iter().filter(is_wanted);
    Ok(Grouping {
        chosen: chosen(params)?,
        grouped: grouped.map(|kind| kind as i16).collect(),
    })
}

/// The kinds that are asked for: those of `types`, else all, without those of `exclude_types`. What we do not know
/// cannot match, so a list of unknown types alone asks for nothing.
fn kinds(params: &Params) -> Vec<i16> {
    let wanted = params.texts("types");
    let unwanted = params.texts("exclude_types");
    let is_named = |names: &[String], kind: Kind| names.iter().any(|name| name == kind.as_str());
    let chosen = Kind::ALL
        .into_iter()
        .filter(|kind| (wanted.is_empty() || is_named(&wanted, *kind)) && !is_named(&unwanted, *kind));
    chosen.map(|kind| kind as i16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds_of(query: &str) -> Vec<i16> {
        kinds(&Params::from_query(Some(query)).unwrap())
    }

    fn grouped_of(query: &str) -> Vec<i16> {
        grouping(&Params::from_query(Some(query)).unwrap())
            .unwrap()
            .grouped
    }

    #[test]
    fn kinds_are_chosen_and_left_out_by_their_names() {
        assert_eq!(kinds_of("").len(), Kind::ALL.len());
        assert_eq!(
            kinds_of("types[]=mention&types[]=favourite"),
            [Kind::Mention as i16, Kind::Like as i16]
        );
        assert!(!kinds_of("exclude_types[]=follow").contains(&(Kind::Follow as i16)));
        assert_eq!(kinds_of("types[]=mention&exclude_types[]=mention"), [0i16; 0]);
    }

    #[test]
    fn kinds_that_nobody_knows_ask_for_nothing() {
        assert_eq!(kinds_of("types[]=nothing"), [0i16; 0]);
        assert_eq!(kinds_of("exclude_types[]=nothing").len(), Kind::ALL.len());
    }

    #[test]
    fn only_what_can_be_a_group_is_one() {
        assert_eq!(grouped_of("").len(), Kind::GROUPED.len());
        assert_eq!(
            grouped_of("grouped_types[]=favourite&grouped_types[]=mention"),
            [Kind::Like as i16]
        );
        assert_eq!(grouped_of("grouped_types[]=nothing"), [0i16; 0]);
    }
}
