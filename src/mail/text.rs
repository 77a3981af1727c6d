//! What a mail looks like: paragraphs, a link at the most, and who it is from; as plain text and as simple HTML. Loads
//! nothing from anywhere, and decides no words.

use askama::Template;

/// The words of a mail.
#[derive(Clone, Debug)]
pub struct Text {
    /// The server's name.
    pub server: String,
    /// Its address, to which it all belongs.
    pub address: String,
    pub subject: String,
    /// Who is greeted; nobody when empty.
    pub username: String,
    pub before: Vec<String>,
    /// What it leads to, and the address.
    pub link: Option<(&'static str, String)>,
    pub after: Vec<String>,
}

#[derive(Template)]
#[template(path = "mail.txt", whitespace = "preserve")]
struct Plain<'a> {
    text: &'a Text,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    text: &'a Text,
}

impl Text {
    pub fn subject(&self) -> String {
        on_one_line(&self.subject)
    }

    pub fn plain(&self) -> String {
        let page = Plain { text: self };
        page.render().expect("a text can be written into memory")
    }

    pub fn html(&self) -> String {
        let page = Html { text: self };
        page.render().expect("a text can be written into memory")
    }
}

/// For a header: no line ends, which would begin another one.
pub fn on_one_line(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> Text {
        Text {
            server: "Harbour <Light>".into(),
            address: "https://photos.example".into(),
            subject: "Hello\r\nBcc: everybody@example.org".into(),
            username: "ana".into(),
            before: vec!["One & two".into()],
            link: Some(("Confirm", "https://photos.example/auth?a=1&b=2".into())),
            after: vec!["The end.".into()],
        }
    }

    #[test]
    fn a_subject_is_one_line() {
        assert_eq!(text().subject(), "Hello Bcc: everybody@example.org");
    }

    #[test]
    fn words_are_as_they_are_in_the_text_and_escaped_in_the_page() {
        let plain = text().plain();
        assert_eq!(
            plain,
            "Hello ana,\n\nOne & two\n\nConfirm:\nhttps://photos.example/auth?a=1&b=2\n\nThe end.\n\n\
             -- \nHarbour <Light>\nhttps://photos.example\n"
        );
        let html = text().html();
        assert!(
            html.contains("One &#38; two") && html.contains("Harbour &#60;Light&#62;"),
            "{html}"
        );
        assert!(
            !html.contains("src=") && !html.contains("<link") && !html.contains("<style"),
            "{html}"
        );
    }
}
