//! What can be wrong with the settings, each as a sentence that names the setting. Never contains a secret's value.

use std::fmt;
use std::path::PathBuf;

/// Where a value was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A variable of the environment.
    Environment,
    /// A settings file.
    File(PathBuf),
}

/// The settings cannot be used; the program ends with exit code 2.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// A name that is no setting.
    #[error("{} is not a setting{}.{} All settings are in docs/settings.md.", name, origin, suggestion(.meant))]
    Unknown {
        /// As it was written.
        name: String,
        /// Where it was written.
        origin: Origin,
        /// The setting with the most similar name, in the same spelling.
        meant: Option<String>,
    },
    /// A value that does not fit.
    #[error("{name}{origin} is wrong: {says}. It must be: {expected}.")]
    Bad {
        /// As it was written: `TINTYPE_LISTEN` or `listen`.
        name: String,
        /// Where it was written.
        origin: Origin,
        /// What is wrong.
        says: String,
        /// What would be right.
        expected: String,
    },
    /// A setting that another one needs.
    #[error("{name} is missing: it is needed because {because} is set.")]
    Missing {
        /// The variable that is missing.
        name: String,
        /// The variable that needs it.
        because: String,
    },
    /// Two settings of which only one can hold.
    #[error("{one} and {other} are both set: one of them at the most.")]
    Both {
        /// The one variable.
        one: String,
        /// The other.
        other: String,
    },
    /// A place of its own that is none.
    #[error("{name} is wrong: it is the same place as {other}, so there is nothing apart.")]
    SamePlace {
        /// The variable.
        name: String,
        /// The variable that names the same.
        other: String,
    },
    /// What only a bucket of S3 can do, where media are in another one.
    #[error(
        "{name} is on, and only a bucket of S3 takes uploads in that way: media are in {place}. Turn it off."
    )]
    OnlyS3 {
        /// The variable.
        name: String,
        /// Where media are.
        place: String,
    },
    /// A settings file that cannot be read.
    #[error("The settings file {} cannot be used: {says}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        says: String,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment => to.write_str(" (from the environment)"),
            Self::File(path) => write!(to, " (in {})", path.display()),
        }
    }
}

fn suggestion(meant: &Option<String>) -> String {
    match meant {
        Some(meant) => format!(" Did you mean {meant}?"),
        None => String::new(),
    }
}
