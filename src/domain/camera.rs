//! With what and how a photograph was taken. Never where.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

/// What a camera wrote beside a picture, each only if it did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Camera {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub make: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lens: Option<String>,
    /// Millimetres.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focal_length: Option<f64>,
    /// The same as a lens of a 35 mm camera would have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focal_length_35mm: Option<u16>,
    /// Seconds, as photographers say it: `1/250`, `0.5`, `30`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exposure: Option<String>,
    /// The f-number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aperture: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iso: Option<u32>,
    /// The camera's own time, `2026-05-01T18:30:00`, with its distance from UTC where it knew that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<String>,
    /// No camera writes of it; its author does, by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub film: Option<Film>,
}

/// What a photograph was taken on, and how it came from there into a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Film {
    /// Such as `Kodak Portra 400`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stock: Option<String>,
    /// Such as `Rodinal 1+50`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub developer: Option<String>,
    /// Such as `Noritsu HS-1800`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scanner: Option<String>,
}

/// Most characters of each.
pub const LONGEST_FILM: usize = 100;

/// What is to change of it, by the names of [`Film`]; nothing for a name takes away what was said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct FilmChange(BTreeMap<&'static str, Option<String>>);

/// Words about a film that are too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("What is said of a film's {0} is too long (maximum is {LONGEST_FILM} characters)")]
pub struct FilmTooLong(&'static str);

impl FilmChange {
    pub const NAMES: [&str; 3] = ["stock", "developer", "scanner"];

    /// What is said under each name; `None` stays.
    pub fn parse(said: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, FilmTooLong> {
        let mut change = BTreeMap::new();
        for name in Self::NAMES {
            let Some(text) = said(name) else { continue };
            let text: String = text.chars().filter(|letter| !letter.is_control()).collect();
            let text = text.trim();
            if text.chars().count() > LONGEST_FILM {
                return Err(FilmTooLong(name));
            }
            change.insert(name, Some(text.to_owned()).filter(|text| !text.is_empty()));
        }
        Ok((!change.is_empty()).then_some(Self(change)))
    }
}

/// Most characters of a maker's, a model's or a lens's name.
pub const LONGEST_NAME: usize = 100;
/// Millimetres.
pub const LONGEST_LENS: f64 = 100_000.0;
/// The greatest f-number.
pub const DARKEST: f64 = 1_000.0;
pub const FASTEST: u32 = 10_000_000;

/// A number with two decimals, if there is such a thing.
pub fn measured(number: f64, most: f64) -> Option<f64> {
    let rounded = (number * 100.0).round() / 100.0;
    (rounded > 0.0 && rounded <= most).then_some(rounded)
}

/// Seconds: below a third of one the whole number below the line is what dials of cameras show.
pub fn exposure(seconds: f64) -> Option<String> {
    match seconds {
        0.000_001..=0.3 => Some(format!("1/{}", (1.0 / seconds).round())),
        0.3..=100_000.0 => Some(format!("{}", (seconds * 10.0).round() / 10.0)),
        _ => None,
    }
}

/// Exif's `2026:05:01 18:30:00` as the rest of the world writes it.
pub fn moment(text: &str) -> Option<String> {
    let moment = NaiveDateTime::parse_from_str(text, "%Y:%m:%d %H:%M:%S").ok()?;
    Some(moment.format("%Y-%m-%dT%H:%M:%S").to_string())
}

/// A distance from UTC: `+02:00`.
pub fn is_offset(text: &str) -> bool {
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    matches!(text.as_bytes(), [b'+' | b'-', a, b, b':', c, d] if digits(&[*a, *b]) && digits(&[*c, *d]))
}

impl Camera {
    /// `None` when nothing is known.
    pub fn if_any(self) -> Option<Self> {
        (self != Self::default()).then_some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_film_is_trimmed_bounded_and_taken_away_by_nothing() {
        let said = |name: &str| match name {
            "stock" => Some(" HP5\u{7} Plus ".to_owned()),
            "scanner" => Some("  ".to_owned()),
            _ => None,
        };
        let change = FilmChange::parse(said).unwrap().unwrap();
        let written = serde_json::to_string(&change).unwrap();
        assert_eq!(written, r#"{"scanner":null,"stock":"HP5 Plus"}"#);
        assert_eq!(FilmChange::parse(|_| None), Ok(None));
        assert!(FilmChange::parse(|_| Some("ä".repeat(100))).is_ok());
        assert_eq!(
            FilmChange::parse(|_| Some("a".repeat(101)))
                .unwrap_err()
                .to_string(),
            "What is said of a film's stock is too long (maximum is 100 characters)"
        );
    }
}
