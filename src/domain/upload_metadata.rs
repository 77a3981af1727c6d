//! What comes with a resumable upload, as tus writes it: `description 4oCm,focus MC4y`. Believes nothing that it says of the
//! file.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::picture::FocalPoint;

/// Longer than any description needs to be.
pub const LONGEST: usize = 16 << 10;

/// What a picture is given with it. Other words are kept and not read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UploadMetadata {
    pub description: String,
    pub focus: FocalPoint,
    /// What its sender says that the file is, as a content type.
    pub content_type: String,
    pub file_name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Upload-Metadata is no list of words, each with a value in Base64")]
pub struct Malformed;

impl UploadMetadata {
    /// Words with their values, as they would be sent.
    pub fn write(words: &[(&str, &str)]) -> String {
        let pairs = words.iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<String> = pairs
            .map(|(word, value)| format!("{word} {}", STANDARD.encode(value)))
            .collect();
        pairs.join(",")
    }

    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let mut known = Vec::new();
        let mut metadata = Self::default();
        if text.len() > LONGEST {
            return Err(Malformed);
        }
        for pair in text.split(',').map(str::trim).filter(|_| !text.trim().is_empty()) {
            let (word, value) = pair.split_once(' ').unwrap_or((pair, ""));
            if word.is_empty() || !word.is_ascii() || known.contains(&word) {
                return Err(Malformed);
            }
            known.push(word);
            let value = STANDARD.decode(value.trim()).map_err(|_| Malformed)?;
            let value = String::from_utf8_lossy(&value);
            match word {
                "description" => metadata.description = value.into_owned(),
                "focus" => metadata.focus = FocalPoint::parse(&value),
                // By the one name or the other, as its clients have it.
                "filetype" | "type" => metadata.content_type = value.into_owned(),
                "filename" | "name" => metadata.file_name = value.into_owned(),
                _ => {}
            }
        }
        Ok(metadata)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(value: &str) -> String {
        STANDARD.encode(value)
    }

    #[test]
    fn words_that_we_know_are_read_and_others_are_no_fault() {
        let text = format!(
            "filename {},description {}, focus {},is_private",
            of("a.jpg"),
            of("Ein Hafen – früh"),
            of("0.5,-0.25")
        );
        let read = UploadMetadata::parse(&text).unwrap();
        assert_eq!(read.description, "Ein Hafen – früh");
        assert_eq!(read.focus, FocalPoint::new(0.5, -0.25));
        assert_eq!(
            (read.file_name.as_str(), read.content_type.as_str()),
            ("a.jpg", "")
        );
        assert_eq!(UploadMetadata::parse("").unwrap(), UploadMetadata::default());
    }

    #[test]
    fn what_is_written_is_read_again() {
        let written = UploadMetadata::write(&[
            ("description", "Ein Hafen"),
            ("focus", ""),
            ("filetype", "image/png"),
        ]);
        let read = UploadMetadata::parse(&written).unwrap();
        assert_eq!(
            (read.description.as_str(), read.content_type.as_str()),
            ("Ein Hafen", "image/png")
        );
        assert_eq!(UploadMetadata::write(&[]), "");
    }

    #[test]
    fn what_is_no_such_list_is_refused() {
        let twice = format!("description {0},description {0}", of("a"));
        let long = format!("description {}", of(&"a".repeat(LONGEST)));
        for bad in [
            ",",
            "description %%%",
            "description Zg",
            "ümlaut Zg==",
            &twice,
            &long,
        ] {
            assert_eq!(UploadMetadata::parse(bad), Err(Malformed), "{bad:.60}");
        }
    }
}
