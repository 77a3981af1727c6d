//! Polls as they are made and read, and the limits that they keep here. Counts nothing.

use chrono::TimeDelta;
use serde::Deserialize;

use super::clock::Time;

pub const FEWEST_OPTIONS: usize = 2;
pub const MOST_OPTIONS: usize = 4;
/// In characters.
pub const LONGEST_OPTION: usize = 50;
/// In seconds.
pub const SHORTEST: i64 = 300;
pub const LONGEST: i64 = 2_629_746;

/// A poll that somebody here wants to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub options: Vec<String>,
    pub multiple: bool,
    pub hides_totals: bool,
    pub lasts: TimeDelta,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuestionError {
    #[error("A poll must have more than one option")]
    TooFewOptions,
    #[error("A poll can't have more than {MOST_OPTIONS} options")]
    TooManyOptions,
    #[error("An option of a poll can't be blank")]
    BlankOption,
    #[error("An option of a poll can't be longer than {LONGEST_OPTION} characters")]
    LongOption,
    #[error("A poll can't have the same option twice")]
    SameOption,
    #[error("A poll can't end so soon: it must last at least {SHORTEST} seconds")]
    TooShort,
    #[error("A poll can't last longer than {LONGEST} seconds")]
    TooLong,
}

impl Question {
    pub fn check(&self) -> Result<(), QuestionError> {
        let options = &self.options;
        if options.len() < FEWEST_OPTIONS {
            return Err(QuestionError::TooFewOptions);
        }
        if options.len() > MOST_OPTIONS {
            return Err(QuestionError::TooManyOptions);
        }
        if options.iter().any(|option| option.is_empty()) {
            return Err(QuestionError::BlankOption);
        }
        if options
            .iter()
            .any(|option| option.chars().count() > LONGEST_OPTION)
        {
            return Err(QuestionError::LongOption);
        }
        let again = |(place, option): (usize, &String)| options[..place].contains(option);
        if options.iter().enumerate().any(again) {
            return Err(QuestionError::SameOption);
        }
        match self.lasts.num_seconds() {
            ..SHORTEST => Err(QuestionError::TooShort),
            seconds if seconds > LONGEST => Err(QuestionError::TooLong),
            _ => Ok(()),
        }
    }
}

/// A poll as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Poll {
    pub options: Vec<String>,
    /// Votes for each option.
    pub tallies: Vec<i32>,
    /// People who voted; `None`: its server does not say.
    pub voters: Option<i32>,
    pub multiple: bool,
    pub hides_totals: bool,
    /// `None`: it has no end that we know of.
    pub expires_at: Option<Time>,
    /// Its end has been told of.
    pub ended: bool,
    /// When its server said the numbers last; `None`: it was made here.
    pub said_at: Option<Time>,
}

impl Poll {
    pub fn is_over(&self, now: Time) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }

    /// Whether what can be chosen is the same, so that votes still mean what they meant.
    pub fn asks_the_same(&self, options: &[String], multiple: bool) -> bool {
        self.options == options && self.multiple == multiple
    }
}

/// A poll as its own server describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemotePoll {
    pub options: Vec<String>,
    pub tallies: Vec<i32>,
    pub voters: Option<i32>,
    pub multiple: bool,
    pub expires_at: Option<Time>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(options: &[&str], seconds: i64) -> Question {
        Question {
            options: options.iter().map(|option| (*option).to_owned()).collect(),
            multiple: false,
            hides_totals: false,
            lasts: TimeDelta::seconds(seconds),
        }
    }

    #[test]
    fn a_question_keeps_to_its_limits() {
        let long = "é".repeat(LONGEST_OPTION);
        let too_long = "é".repeat(LONGEST_OPTION + 1);
        for (options, seconds, outcome) in [
            (&["a", "b"][..], SHORTEST, Ok(())),
            (&["a", &long, "c", "d"], LONGEST, Ok(())),
            (&["a"], SHORTEST, Err(QuestionError::TooFewOptions)),
            (
                &["a", "b", "c", "d", "e"],
                SHORTEST,
                Err(QuestionError::TooManyOptions),
            ),
            (&["a", ""], SHORTEST, Err(QuestionError::BlankOption)),
            (&["a", &too_long], SHORTEST, Err(QuestionError::LongOption)),
            (&["a", "b", "a"], SHORTEST, Err(QuestionError::SameOption)),
            (&["a", "b"], SHORTEST - 1, Err(QuestionError::TooShort)),
            (&["a", "b"], LONGEST + 1, Err(QuestionError::TooLong)),
        ] {
            assert_eq!(
                question(options, seconds).check(),
                outcome,
                "{options:?} {seconds}"
            );
        }
    }
}
