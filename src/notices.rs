//! Texts that whoever runs the server lays into its folder: how it treats people's data, and on which terms it is used. Makes
//! none of them up: without a file there is none.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::clock::Time;
use crate::domain::text;
use crate::domain::urls::Urls;

/// The longest text that is read, in bytes.
const LONGEST: u64 = 1 << 20;
/// Terms that are kept; of more the newest.
const MOST_TERMS: usize = 100;

/// A text, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub html: String,
    /// When its file was changed last.
    pub changed_at: Time,
}

/// Terms of service, by the day from which on they count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    pub from: NaiveDate,
    pub html: String,
    /// The day on which others take their place.
    pub until: Option<NaiveDate>,
}

/// Where the texts of a server are: `privacy-policy.txt`, and `terms-of-service/2026-01-31.txt` by the day from which each
/// counts. Paragraphs are parted by empty lines; addresses become links.
#[derive(Clone, Debug)]
pub struct Notices<'a> {
    pub folder: &'a Path,
    pub urls: &'a Urls,
}

impl Notices<'_> {
    pub async fn privacy_policy(&self) -> std::io::Result<Option<Notice>> {
        self.read(&self.folder.join("privacy-policy.txt")).await
    }

    /// Those that count on a day; before the first of them does, the first.
    pub async fn terms_on(&self, day: NaiveDate) -> std::io::Result<Option<Terms>> {
        let days = self.days().await?;
        let current = days.iter().rev().find(|from| **from <= day);
        match current.or(days.first()) {
            Some(from) => self.terms_from(*from).await,
            None => Ok(None),
        }
    }

    /// Those that count from exactly this day on.
    pub async fn terms_from(&self, from: NaiveDate) -> std::io::Result<Option<Terms>> {
        let read = self.read(&self.terms().join(format!("{from}.txt"))).await?;
        let Some(notice) = read else { return Ok(None) };
        let days = self.days().await?;
        Ok(Some(Terms {
            from,
            html: notice.html,
            until: days.into_iter().find(|day| *day > from),
        }))
    }

    fn terms(&self) -> PathBuf {
        self.folder.join("terms-of-service")
    }

    /// The days for which there are terms, in their order.
    async fn days(&self) -> std::io::Result<Vec<NaiveDate>> {
        let mut entries = match tokio::fs::read_dir(self.terms()).await {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut days = Vec::new();
        while let Some(entry) = entries.next_entry().await? {
            let name = entry.file_name();
            let day = name.to_str().and_then(|name| name.strip_suffix(".txt"));
            days.extend(day.and_then(day_of));
        }
        days.sort_unstable();
        Ok(days.split_off(days.len().saturating_sub(MOST_TERMS)))
    }

    async fn read(&self, path: &Path) -> std::io::Result<Option<Notice>> {
        let meta = match tokio::fs::metadata(path).await {
            Ok(meta) => meta,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        if meta.len() > LONGEST {
            let too_long = format!("{} has more than {LONGEST} bytes", path.display());
            return Err(std::io::Error::new(ErrorKind::FileTooLarge, too_long));
        }
        let source = tokio::fs::read_to_string(path).await?.replace('\0', "");
        if source.trim().is_empty() {
            return Ok(None);
        }
        let html = text::to_html(&text::scan(&source), &Default::default(), self.urls);
        Ok(Some(Notice {
            html,
            changed_at: DateTime::<Utc>::from(meta.modified()?),
        }))
    }
}

/// A day as its file is named: in one spelling only.
pub fn day_of(text: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (day.to_string() == text).then_some(day)
}
