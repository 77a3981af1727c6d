//! Camera details as FEP-ee3a says them: names that Exif has (CIPA DC-008), each with words for people as its value; of a film,
//! of which Exif knows nothing, by the names that Vernissage has. Never opens what says where.

use chrono::{DateTime, NaiveDateTime};

use super::bounded;
use crate::domain::camera::{self, Camera, Film, LONGEST_NAME};

/// Of a picture that somebody here posted.
pub(super) fn written(known: &Camera) -> Vec<(&'static str, String)> {
    let film = known.film.clone().unwrap_or_default();
    let (taken_at, offset) = known.taken_at.as_deref().and_then(local_time).unzip();
    let all = [
        ("Make", known.make.clone()),
        ("Model", known.model.clone()),
        ("LensModel", known.lens.clone()),
        (
            "FocalLength",
            known.focal_length.map(|length| format!("{length} mm")),
        ),
        (
            "FocalLengthIn35mmFilm",
            known.focal_length_35mm.map(|length| length.to_string()),
        ),
        ("ExposureTime", known.exposure.clone()),
        ("FNumber", known.aperture.map(|number| format!("f/{number}"))),
        (
            "PhotographicSensitivity",
            known.iso.map(|speed| speed.to_string()),
        ),
        ("DateTime", taken_at),
        ("OffsetTime", offset.flatten()),
        ("Film", film.stock),
        ("Chemistry", film.developer),
        ("Scanner", film.scanner),
    ];
    let all = all.into_iter();
    all.filter_map(|(name, value)| Some((name, value?))).collect()
}

/// Of a picture elsewhere; what cannot be understood is left out. `None` when nothing is left.
pub(super) fn read(details: &[(String, String)]) -> Option<Camera> {
    let said = |name: &str| {
        let found = details.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    };
    let words = |name| {
        let text = bounded(&said(name)?.replace('\n', " "), LONGEST_NAME);
        (!text.is_empty()).then_some(text)
    };
    let number = |name, most| camera::measured(quantity(said(name)?)?, most);
    let moment = |name, offset| taken_at(said(name)?, said(offset));
    let film = Film {
        stock: words("Film"),
        developer: words("Chemistry").or_else(|| words("Developer")),
        scanner: words("Scanner"),
    };
    Camera {
        make: words("Make"),
        model: words("Model"),
        lens: words("LensModel"),
        focal_length: number("FocalLength", camera::LONGEST_LENS),
        focal_length_35mm: number("FocalLengthIn35mmFilm", f64::from(u16::MAX)).map(|length| length as u16),
        exposure: said("ExposureTime").and_then(quantity).and_then(camera::exposure),
        aperture: number("FNumber", camera::DARKEST),
        iso: number("PhotographicSensitivity", f64::from(camera::FASTEST)).map(|speed| speed as u32),
        taken_at: moment("DateTimeOriginal", "OffsetTimeOriginal")
            .or_else(|| moment("DateTime", "OffsetTime")),
        film: (film != Film::default()).then_some(film),
    }
    .if_any()
}

/// The number of `f/2.8`, `35 mm`, `1/250 s`, `530/100`, `ISO 400`.
fn quantity(text: &str) -> Option<f64> {
    let number = text.trim_matches(|letter: char| !letter.is_ascii_digit());
    let plain = |part: &str| {
        let is_plain = part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        part.parse::<f64>().ok().filter(|_| is_plain)
    };
    match number.split_once('/') {
        _ if text.contains('-') => None,
        Some((above, below)) => Some(plain(above)? / plain(below)?),
        None => plain(number),
    }
}

/// As Exif has it, `2026:05:01 18:30:00`, with its distance from UTC beside it; or as the rest of the world has it.
fn taken_at(text: &str, offset: Option<&str>) -> Option<String> {
    const SECONDS: &str = "%Y-%m-%dT%H:%M:%S";
    if let Some(mut moment) = camera::moment(text) {
        moment.push_str(offset.filter(|text| camera::is_offset(text)).unwrap_or_default());
        return Some(moment);
    }
    match DateTime::parse_from_rfc3339(text) {
        Ok(moment) => Some(moment.format("%Y-%m-%dT%H:%M:%S%:z").to_string()),
        Err(_) => {
            let moment = NaiveDateTime::parse_from_str(text, SECONDS).ok()?;
            Some(moment.format(SECONDS).to_string())
        }
    }
}

/// The other way: Exif's own form, and the distance from UTC if it is known.
fn local_time(known: &str) -> Option<(String, Option<String>)> {
    let (moment, offset) = known.split_at_checked("2026-05-01T18:30:00".len())?;
    let moment = NaiveDateTime::parse_from_str(moment, "%Y-%m-%dT%H:%M:%S").ok()?;
    let offset = camera::is_offset(offset).then(|| offset.to_owned());
    Some((moment.format("%Y:%m:%d %H:%M:%S").to_string(), offset))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(details: &[(&str, &str)]) -> Option<Camera> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        read(&details.iter().map(owned).collect::<Vec<_>>())
    }

    fn whole() -> Camera {
        Camera {
            make: Some("Fujifilm".into()),
            model: Some("X-T5".into()),
            lens: Some("XF35mm F1.4 R".into()),
            focal_length: Some(35.0),
            focal_length_35mm: Some(53),
            exposure: Some("1/250".into()),
            aperture: Some(2.8),
            iso: Some(400),
            taken_at: Some("2026-05-01T18:30:00+02:00".into()),
            film: Some(Film {
                stock: Some("Ilford HP5 Plus".into()),
                developer: Some("Rodinal 1+50".into()),
                scanner: Some("Noritsu HS-1800".into()),
            }),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let details = written(&whole());
        assert_eq!(details.len(), 13, "{details:?}");
        let details: Vec<_> = details
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        assert_eq!(read(&details), Some(whole()));
        let mut here = whole();
        here.taken_at = Some("2026-05-01T18:30:00".into());
        let details = written(&here);
        assert!(details.contains(&("DateTime", "2026:05:01 18:30:00".to_owned())));
        assert!(details.iter().all(|(name, _)| *name != "OffsetTime"));
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, number) in [
            ("f/5.6", Some(5.6)),
            ("ƒ/1.8", Some(1.8)),
            ("70 mm", Some(70.0)),
            ("530/100", Some(5.3)),
            ("1/250 s", Some(0.004)),
            ("ISO 400", Some(400.0)),
            ("4", Some(4.0)),
            ("24-70 mm", None),
            ("-5", None),
            ("1e9", None),
            ("inf", None),
            ("1/2/3", None),
            ("", None),
        ] {
            assert_eq!(quantity(text), number, "{text}");
        }
    }

    #[test]
    fn what_makes_no_sense_or_says_where_is_left_out() {
        assert_eq!(
            of(&[
                ("GPSLatitude", "48.2082"),
                ("GPSLongitude", "16.3719"),
                ("Flash", "did not fire")
            ]),
            None
        );
        let long = "x".repeat(500);
        let read = of(&[
            ("Make", &long),
            ("Model", "A\u{202e}B\n\u{7}C"),
            ("LensModel", " \n "),
            ("ExposureTime", "1/0"),
            ("FNumber", "99999"),
            ("PhotographicSensitivity", "0"),
            ("FocalLength", "wide"),
            ("FocalLengthIn35mmFilm", "70000"),
            ("DateTime", "yesterday"),
            ("OffsetTime", "north"),
        ])
        .unwrap();
        let expected = Camera {
            make: Some("x".repeat(100)),
            model: Some("AB C".into()),
            ..Camera::default()
        };
        assert_eq!(read, expected);
        for (text, moment) in [
            ("2025:03:30 06:30:00", Some("2025-03-30T06:30:00")),
            ("2025-03-30T06:30:00.000Z", Some("2025-03-30T06:30:00+00:00")),
            ("2025-03-30T06:30:00", Some("2025-03-30T06:30:00")),
            ("2025:13:30 06:30:00", None),
        ] {
            assert_eq!(taken_at(text, None).as_deref(), moment, "{text}");
        }
    }
}
