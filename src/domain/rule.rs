//! What is asked of everybody who lives here, as words. Judges nobody by it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Most characters of a rule, and of what explains it.
pub const LONGEST: usize = 500;
pub const LONGEST_HINT: usize = 2_000;

/// A rule in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    pub text: String,
    /// A longer explanation, or nothing.
    pub hint: String,
}

/// The same in other languages, by their codes.
pub type Translations = BTreeMap<String, Words>;

/// Why it cannot be a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("Text can't be blank")]
    Blank,
    #[error("Text is too long (maximum is {LONGEST} characters)")]
    TooLong,
    #[error("Hint is too long (maximum is {LONGEST_HINT} characters)")]
    HintTooLong,
}

impl Words {
    /// As they are kept.
    pub fn parse(text: &str, hint: &str) -> Result<Self, Unfit> {
        let clean = |text: &str| text.replace('\0', "").trim().to_owned();
        let words = Self {
            text: clean(text),
            hint: clean(hint),
        };
        if words.text.is_empty() {
            return Err(Unfit::Blank);
        }
        if words.text.chars().count() > LONGEST {
            return Err(Unfit::TooLong);
        }
        if words.hint.chars().count() > LONGEST_HINT {
            return Err(Unfit::HintTooLong);
        }
        Ok(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_says_something_and_is_no_book() {
        let words = Words::parse(" Be kind\n", "\0 ").unwrap();
        assert_eq!((words.text.as_str(), words.hint.as_str()), ("Be kind", ""));
        assert!(Words::parse(&"é".repeat(LONGEST), &"é".repeat(LONGEST_HINT)).is_ok());
        for (text, hint, why) in [
            (" \0", String::new(), Unfit::Blank),
            (&"é".repeat(LONGEST + 1), String::new(), Unfit::TooLong),
            ("x", "é".repeat(LONGEST_HINT + 1), Unfit::HintTooLong),
        ] {
            assert_eq!(Words::parse(text, &hint), Err(why));
        }
    }
}
