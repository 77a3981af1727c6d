//! The words of all settings, gathered from file and environment before any is understood. Knows no meanings.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::error::{ConfigError, Origin};
use super::setting::{About, Absent, PREFIX, Setting};
use super::{data_dir, suggest, table};

/// What was written, by the setting's name.
pub struct Source {
    values: BTreeMap<&'static str, Written>,
    /// The data directory where none is written.
    pub usual_data_dir: PathBuf,
}

struct Written {
    text: String,
    name: String,
    origin: Origin,
}

/// A settings file's path and text.
type File = (PathBuf, String);

impl Source {
    /// From this process's environment and the settings file that it or `file` names.
    pub fn of_process(file: Option<&Path>) -> Result<Self, ConfigError> {
        let mut environment = Vec::new();
        for (name, value) in std::env::vars_os() {
            // Other programs' variables may be anything; ours must be text.
            let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else {
                continue;
            };
            let Ok(value) = value.into_string() else {
                return Err(bad(name, Origin::Environment, "it is not UTF-8".into(), "text"));
            };
            environment.push((name.to_owned(), value));
        }
        let usual_data_dir = data_dir::of_process();
        let file = find_file(file, &environment, &usual_data_dir)?;
        let file = file.as_ref().map(|(path, text)| (path.as_path(), text.as_str()));
        let source = Self::of_parts(
            file,
            environment
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        )?;
        Ok(Self {
            usual_data_dir,
            ..source
        })
    }

    /// From given words.
    pub fn of_parts<'a>(
        file: Option<(&Path, &str)>,
        environment: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, ConfigError> {
        let mut source = Self {
            values: BTreeMap::new(),
            usual_data_dir: PathBuf::from(data_dir::USUAL),
        };
        if let Some((path, text)) = file {
            source.add_file(path, text)?;
        }
        for (variable, value) in environment {
            source.add_variable(variable, value)?;
        }
        Ok(source)
    }

    /// The value of a setting that has a default.
    pub fn get<T>(&self, setting: &Setting<T>) -> Result<T, ConfigError> {
        if let Some(value) = self.find(setting)? {
            return Ok(value);
        }
        let Absent::Text(text) = setting.about.absent else {
            unreachable!("{} has no default that could be parsed", setting.about.name)
        };
        Ok((setting.parse)(text, setting.about.kind).expect("a test parses every default"))
    }

    /// The value of a setting that may be absent.
    pub fn find<T>(&self, setting: &Setting<T>) -> Result<Option<T>, ConfigError> {
        let Some(written) = self.values.get(setting.about.name) else {
            return Ok(None);
        };
        match (setting.parse)(&written.text, setting.about.kind) {
            Ok(value) => Ok(Some(value)),
            Err(says) => Err(bad(
                &written.name,
                written.origin.clone(),
                says,
                &setting.about.kind.to_string(),
            )),
        }
    }

    /// Whether a setting was written anywhere.
    pub fn has<T>(&self, setting: &Setting<T>) -> bool {
        self.values.contains_key(setting.about.name)
    }

    fn add_variable(&mut self, variable: &str, value: &str) -> Result<(), ConfigError> {
        let Some(name) = variable.strip_prefix(PREFIX) else {
            return Ok(());
        };
        if variable == table::CONFIG_VARIABLE || variable.starts_with(table::TEST_PREFIX) {
            return Ok(());
        }
        let Some(about) = table::ALL.iter().find(|about| about.variable() == variable) else {
            return Err(unknown(variable, name, Origin::Environment, About::variable));
        };
        self.add(about, value, variable, Origin::Environment);
        Ok(())
    }

    fn add_file(&mut self, path: &Path, text: &str) -> Result<(), ConfigError> {
        let wrong = |says: String| ConfigError::File {
            path: path.to_owned(),
            says,
        };
        let values: toml::Table = text
            .parse()
            .map_err(|error: toml::de::Error| wrong(without_text(&error, text)))?;
        for (name, value) in flat(values) {
            let origin = Origin::File(path.to_owned());
            let Some(about) = table::ALL.iter().find(|about| about.name == name) else {
                return Err(unknown(&name, &name, origin, |about| about.name.to_owned()));
            };
            match words(&value) {
                Some(text) => self.add(about, &text, &name, origin),
                None => {
                    let says = format!("{} does not fit here", kind(&value));
                    return Err(bad(&name, origin, says, &about.kind.to_string()));
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, about: &'static About, text: &str, name: &str, origin: Origin) {
        // An empty value is no value: that is how compose files and units pass on what is not set.
        let text = text.trim();
        if !text.is_empty() {
            self.values.insert(
                about.name,
                Written {
                    text: text.to_owned(),
                    name: name.to_owned(),
                    origin,
                },
            );
        }
    }
}

/// The settings file to read: the one that is named, else the data directory's own when it is there.
pub(super) fn find_file(
    named: Option<&Path>,
    environment: &[(String, String)],
    usual_data_dir: &Path,
) -> Result<Option<File>, ConfigError> {
    let variable = |wanted: &str| {
        let found = environment
            .iter()
            .find(|(name, value)| name == wanted && !value.is_empty());
        found.map(|(_, value)| PathBuf::from(value))
    };
    let read = |path: PathBuf| match std::fs::read_to_string(&path) {
        Ok(text) => Ok((path, text)),
        Err(error) => Err(ConfigError::File {
            path,
            says: format!("{error}."),
        }),
    };
    if let Some(path) = named
        .map(Path::to_owned)
        .or_else(|| variable(table::CONFIG_VARIABLE))
    {
        return read(path).map(Some);
    }
    let data_dir = variable(&table::DATA_DIR.about.variable());
    let path = data_dir
        .unwrap_or_else(|| usual_data_dir.to_owned())
        .join("tintype.toml");
    if !path.exists() {
        return Ok(None);
    }
    let (path, text) = read(path)?;
    // Found by the data directory, it cannot move it: the next start would look elsewhere.
    if text
        .parse::<toml::Table>()
        .is_ok_and(|table| table.contains_key(table::DATA_DIR.about.name))
    {
        let says = "the file was found in the data directory and cannot name another".to_owned();
        return Err(bad("data_dir", Origin::File(path), says, "absent here"));
    }
    Ok(Some((path, text)))
}

/// `[s3] bucket = …` is the same as `s3_bucket = …`.
fn flat(values: toml::Table) -> Vec<(String, toml::Value)> {
    let mut flat = Vec::new();
    for (name, value) in values {
        match value {
            toml::Value::Table(inner) => {
                flat.extend(
                    inner
                        .into_iter()
                        .map(|(key, value)| (format!("{name}_{key}"), value)),
                );
            }
            value => flat.push((name, value)),
        }
    }
    flat
}

/// A value in the words of the environment, so that both are understood by the same parsers.
fn words(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(switch) => Some(switch.to_string()),
        toml::Value::Array(items) => {
            let items: Option<Vec<String>> = items
                .iter()
                .map(|item| item.as_str().map(str::to_owned))
                .collect();
            items.map(|items| items.join(","))
        }
        _ => None,
    }
}

/// What a value is, for people.
fn kind(value: &toml::Value) -> String {
    let kind = value.type_str();
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {kind}")
}

/// The parser's own message quotes the line, and that line may hold a secret.
fn without_text(error: &toml::de::Error, text: &str) -> String {
    let line = error
        .span()
        .and_then(|span| text.get(..span.start))
        .map(|before| before.matches('\n').count() + 1);
    match line {
        Some(line) => format!("line {line}: {}.", error.message().replace('\n', ", ")),
        None => format!("{}.", error.message().replace('\n', ", ")),
    }
}

fn unknown(written: &str, name: &str, origin: Origin, spelling: fn(&About) -> String) -> ConfigError {
    let meant = suggest::nearest(name, table::ALL.iter().map(|about| about.name));
    let meant = table::ALL
        .iter()
        .find(|about| Some(about.name) == meant)
        .map(spelling);
    ConfigError::Unknown {
        name: written.to_owned(),
        origin,
        meant,
    }
}

fn bad(name: &str, origin: Origin, says: String, expected: &str) -> ConfigError {
    ConfigError::Bad {
        name: name.to_owned(),
        origin,
        says,
        expected: expected.to_owned(),
    }
}
