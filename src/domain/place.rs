//! Places by their names, as people give them to posts. Knows no coordinates: where somebody is, is theirs to say in words.

use serde::{Deserialize, Serialize};

use super::ids::PlaceId;

/// In characters.
pub const LONGEST_NAME: usize = 100;
pub const LONGEST_COUNTRY: usize = 60;

/// A place that posts have.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Place {
    pub id: PlaceId,
    pub name: String,
    /// Or nothing.
    pub country: String,
}

/// A place as somebody names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedPlace {
    pub name: String,
    pub country: String,
}

/// What a post says of where it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Whereabouts {
    Known(PlaceId),
    Named(NamedPlace),
}

impl NamedPlace {
    /// One line each, without what moves or hides other text. `None` without a name, or where one of them is too long.
    pub fn new(name: &str, country: &str) -> Option<Self> {
        let (name, country) = (line(name), line(country));
        let fits =
            (1..=LONGEST_NAME).contains(&name.chars().count()) && country.chars().count() <= LONGEST_COUNTRY;
        fits.then_some(Self { name, country })
    }
}

fn line(text: &str) -> String {
    let is_hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let words = text.split_whitespace();
    let words = words.map(|word| word.replace(is_hidden, ""));
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

impl Place {
    /// Its name for an address; only for people, since the id is what counts.
    pub fn slug(&self) -> String {
        let words = self.name.split(|c: char| !c.is_alphanumeric());
        let words: Vec<String> = words
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        match words.is_empty() {
            true => "place".to_owned(),
            false => words.join("-"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_that_hides_nothing() {
        let named = NamedPlace::new(" Praça  do\nComércio\u{202e} ", "\tPortugal").unwrap();
        assert_eq!(
            (named.name.as_str(), named.country.as_str()),
            ("Praça do Comércio", "Portugal")
        );
        assert!(NamedPlace::new("Ü", "").is_some());
        assert!(NamedPlace::new(&"a".repeat(LONGEST_NAME), "").is_some());
        for (name, country) in [
            ("", "Chad"),
            (" \u{200b}", ""),
            (&"a".repeat(LONGEST_NAME + 1), ""),
            ("a", &"b".repeat(LONGEST_COUNTRY + 1)),
        ] {
            assert_eq!(NamedPlace::new(name, country), None, "{name:?} {country:?}");
        }
    }

    #[test]
    fn a_slug_is_made_of_words() {
        for (name, slug) in [
            ("Praça do Comércio", "praça-do-comércio"),
            ("St. John's", "st-john-s"),
            ("!?", "place"),
        ] {
            let place = Place {
                id: PlaceId(1),
                name: name.into(),
                country: String::new(),
            };
            assert_eq!(place.slug(), slug);
        }
    }
}
