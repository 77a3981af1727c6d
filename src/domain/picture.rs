//! What a picture is for, and the words that come with it. Knows neither pixels nor files.

use chrono::TimeDelta;

/// How long an upload waits for its post, and a picture for its profile.
pub const UNUSED: TimeDelta = TimeDelta::hours(24);

/// What a picture is for, as `media.purpose`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[repr(i16)]
pub enum Purpose {
    Attachment = 0,
    Avatar = 1,
    Header = 2,
    /// An emoji of another server.
    Emoji = 3,
}

impl Purpose {
    /// One word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Attachment => "post",
            Self::Avatar => "avatar",
            Self::Header => "header",
            Self::Emoji => "emoji",
        }
    }
}

/// What its author lets others have of a picture; `None` stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sharing {
    /// The upload, without what it says beside the picture.
    pub original: Option<bool>,
    /// With what and how it was taken.
    pub camera: Option<bool>,
}

/// Most characters of a description.
pub const LONGEST_DESCRIPTION: usize = 1_500;

/// The point that every crop keeps, from −1 to 1 on both axes: x to the right, y upwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FocalPoint {
    pub x: f32,
    pub y: f32,
}

impl FocalPoint {
    /// What lies outside is drawn in; what is no number is the centre.
    pub fn new(x: f32, y: f32) -> Self {
        let tame = |value: f32| {
            if value.is_nan() {
                0.0
            } else {
                value.clamp(-1.0, 1.0)
            }
        };
        Self {
            x: tame(x),
            y: tame(y),
        }
    }

    /// Reads `x,y`. Like Mastodon, it takes what is no number for 0 rather than refusing the picture.
    pub fn parse(text: &str) -> Self {
        let mut parts = text.splitn(2, ',').map(|part| part.trim().parse().unwrap_or(0.0));
        let mut next = || parts.next().unwrap_or(0.0);
        Self::new(next(), next())
    }
}

/// A description that is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Description is too long (maximum is {LONGEST_DESCRIPTION} characters)")]
pub struct DescriptionTooLong;

/// A description as it is kept: without blanks around it, and without NUL, which Postgres cannot keep.
pub fn description(text: &str) -> Result<String, DescriptionTooLong> {
    let text = text.replace('\0', "");
    let text = text.trim();
    if text.chars().count() > LONGEST_DESCRIPTION {
        return Err(DescriptionTooLong);
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_focal_point_is_read_leniently_and_stays_inside() {
        let cases = [
            ("0.5,-0.25", (0.5, -0.25)),
            (" 0.5 , 1 ", (0.5, 1.0)),
            ("7,-7", (1.0, -1.0)),
            ("NaN,inf", (0.0, 1.0)),
            ("left", (0.0, 0.0)),
            ("1", (1.0, 0.0)),
            ("", (0.0, 0.0)),
            ("0.1,0.2,0.3", (0.1, 0.0)),
        ];
        for (text, (x, y)) in cases {
            assert_eq!(FocalPoint::parse(text), FocalPoint { x, y }, "{text:?}");
        }
    }

    #[test]
    fn a_description_is_counted_in_characters() {
        assert_eq!(description(" ein Foto \0").as_deref(), Ok("ein Foto"));
        assert!(description(&"ä".repeat(1_500)).is_ok());
        assert_eq!(description(&"a".repeat(1_501)), Err(DescriptionTooLong));
    }
}
