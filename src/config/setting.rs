//! What one setting is: its name, the words it takes, its default and its reason. Never holds a value.

/// What a value may be; said in errors and in the documentation, and enforced by the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Described in words.
    Words(&'static str),
    /// A whole number within bounds, both allowed.
    Number { least: u64, most: u64 },
    /// A number of bytes within bounds, both allowed; `kB`, `MB` and `GB` are understood.
    Bytes { least: u64, most: u64 },
    /// One of these words.
    Choice(&'static [&'static str]),
}

/// What is used when nothing is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// This text, parsed as if it had been written.
    Text(&'static str),
    /// What these words describe.
    Described(&'static str),
}

/// One setting: `listen` in the file, `TINTYPE_LISTEN` in the environment.
pub struct Setting<T> {
    pub about: About,
    pub parse: fn(&str, Kind) -> Result<T, String>,
}

/// The part of a setting that does not depend on its type.
#[derive(Clone, Copy, Debug)]
pub struct About {
    pub name: &'static str,
    pub kind: Kind,
    pub absent: Absent,
    pub secret: bool,
    pub reason: &'static str,
}

impl About {
    /// The name in the environment.
    pub fn variable(&self) -> String {
        format!("{PREFIX}{}", self.name.to_ascii_uppercase())
    }
}

/// What all our variables begin with.
pub const PREFIX: &str = "TINTYPE_";

impl std::fmt::Display for Kind {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Words(words) => to.write_str(words),
            Self::Number { least, most } => write!(to, "number, {least} to {most}"),
            Self::Bytes { least, most } => {
                write!(
                    to,
                    "size, {} to {}",
                    bytes_in_words(*least),
                    bytes_in_words(*most)
                )
            }
            Self::Choice(choices) => to.write_str(&choices.join(", ")),
        }
    }
}

fn bytes_in_words(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        1_000_000..1_000_000_000 => format!("{} MB", bytes / 1_000_000),
        _ => format!("{} GB", bytes / 1_000_000_000),
    }
}
