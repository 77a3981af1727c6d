//! Mails as whoever gets them reads them. Understands what mail programs must, and no more.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A mail that arrived.
#[derive(Clone, Debug, Default)]
pub struct Mail {
    pub to: String,
    pub from: String,
    pub subject: String,
    pub id: String,
    pub text: String,
    pub html: String,
    /// As it came.
    pub raw: String,
}

impl Mail {
    pub fn read(raw: &str) -> Self {
        let (head, body) = raw.split_once("\r\n\r\n").expect("headers and a body");
        let kind = header(head, "Content-Type");
        let boundary = kind
            .split("boundary=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let boundary = boundary.expect("two parts");
        let parts: Vec<&str> = body.split(&format!("--{boundary}")).collect();
        let part = |kind: &str| {
            let found = parts
                .iter()
                .filter_map(|part| part.trim_start().split_once("\r\n\r\n"));
            let mut found = found.filter(|(head, _)| header(head, "Content-Type").starts_with(kind));
            let (head, body) = found.next().unwrap_or_else(|| panic!("no {kind}: {raw}"));
            decoded(&header(head, "Content-Transfer-Encoding"), body)
        };
        Self {
            to: header(head, "To"),
            from: header(head, "From"),
            subject: header(head, "Subject"),
            id: header(head, "Message-ID"),
            text: part("text/plain"),
            html: part("text/html"),
            raw: raw.to_owned(),
        }
    }

    /// The path of the mail's link, with its query.
    #[track_caller]
    pub fn link(&self) -> String {
        let line = self.text.lines().find(|line| line.starts_with("http"));
        let line = line.unwrap_or_else(|| panic!("no link: {}", self.text));
        let url = url::Url::parse(line).expect("an address");
        format!("{}?{}", url.path(), url.query().unwrap_or_default())
    }
}

/// All mails in a folder, in the order in which they were written down.
pub fn in_folder(folder: &Path) -> Vec<Mail> {
    let Ok(files) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut mails: Vec<(u64, Mail)> = files
        .map(|file| file.expect("it can be looked at").path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "eml"))
        .map(|path| {
            let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
            let number = name.split('.').next().and_then(|number| number.parse().ok());
            let raw = std::fs::read_to_string(&path).expect("it can be read");
            (number.expect("a number"), Mail::read(&raw))
        })
        .collect();
    mails.sort_by_key(|(number, _)| *number);
    mails.into_iter().map(|(_, mail)| mail).collect()
}

fn header(head: &str, name: &str) -> String {
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let beginning = format!("{}:", name.to_lowercase());
    let line = unfolded
        .lines()
        .find(|line| line.to_lowercase().starts_with(&beginning));
    line.map(|line| line[beginning.len()..].trim().to_owned())
        .unwrap_or_default()
}

fn decoded(encoding: &str, body: &str) -> String {
    match encoding {
        "base64" => {
            let plain: String = body.split_whitespace().collect();
            let bytes = STANDARD.decode(plain).expect("base64");
            String::from_utf8(bytes).expect("UTF-8").replace("\r\n", "\n")
        }
        "quoted-printable" => quoted_printable(body).replace("\r\n", "\n"),
        _ => body.replace("\r\n", "\n"),
    }
}

fn quoted_printable(body: &str) -> String {
    let joined = body.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let [first, more @ ..] = rest {
        match (first, more) {
            (b'=', [high, low, more @ ..]) => {
                let pair = [*high, *low];
                let hex = std::str::from_utf8(&pair).expect("ASCII");
                bytes.push(u8::from_str_radix(hex, 16).expect("two digits"));
                rest = more;
            }
            (byte, more) => {
                bytes.push(*byte);
                rest = more;
            }
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}
