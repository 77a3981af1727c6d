//! Text of people: captions into safe HTML, remote HTML into safe HTML. Never lets through what it does not know.

use std::collections::{HashMap, HashSet};

use linkify::{LinkFinder, LinkKind};

use super::html::escape;
use super::names::{self, Handle};
use super::urls::Urls;

/// Longest hashtag, in characters.
const LONGEST_TAG: usize = 100;
/// Most mentions and most tags that a caption has effect with.
const MOST_MENTIONS: usize = 50;
const MOST_TAGS: usize = 60;
/// Characters that a link counts for, however long it is.
pub const LINK_CHARACTERS: usize = 23;

/// A caption taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(&'a str),
    Link(&'a str),
    Mention { written: &'a str, handle: Handle },
    Tag { written: &'a str, name: String },
}

/// Who a mention means, for rendering it.
#[derive(Clone, Debug)]
pub struct Mentioned {
    pub url: String,
    pub username: String,
}

/// Takes a caption apart into text, links, mentions and hashtags.
pub fn scan(text: &str) -> Vec<Piece<'_>> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let mut pieces = Vec::new();
    for span in finder.spans(text) {
        let part = span.as_str();
        if span.kind().is_some() && is_honest(part) {
            pieces.push(Piece::Link(part));
        } else {
            scan_words(part, &mut pieces);
        }
    }
    pieces
}

/// Whether it is a web address that leads where it seems to: without a name before the host, and without letters that
/// turn text around or are not seen.
fn is_honest(link: &str) -> bool {
    let rest = link
        .strip_prefix("https://")
        .or_else(|| link.strip_prefix("http://"));
    let authority = rest.and_then(|rest| rest.split(['/', '?', '#']).next());
    let is_hidden = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    authority.is_some_and(|authority| !authority.contains('@')) && !link.contains(is_hidden)
}

/// Whether a character turns the text around it: people would read it in another order than it is in.
pub fn turns(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn scan_words<'a>(text: &'a str, pieces: &mut Vec<Piece<'a>>) {
    let mut plain_from = 0;
    let mut at = 0;
    let mut before = None;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at + c.len_utf8()..];
        let opens = before.is_none_or(|b: char| !b.is_alphanumeric() && !matches!(b, '_' | '/' | '@' | '#'));
        let found = match c {
            '@' if opens => mention_at(rest).map(|(length, handle)| {
                let end = at + 1 + length;
                (
                    end,
                    Piece::Mention {
                        written: &text[at..end],
                        handle,
                    },
                )
            }),
            '#' | '＃' if opens => tag_at(rest).map(|length| {
                let end = at + c.len_utf8() + length;
                (
                    end,
                    Piece::Tag {
                        written: &text[at..end],
                        name: rest[..length].to_lowercase(),
                    },
                )
            }),
            _ => None,
        };
        match found {
            Some((end, piece)) => {
                if plain_from < at {
                    pieces.push(Piece::Text(&text[plain_from..at]));
                }
                pieces.push(piece);
                before = text[..end].chars().next_back();
                at = end;
                plain_from = end;
            }
            None => {
                before = Some(c);
                at += c.len_utf8();
            }
        }
    }
    if plain_from < text.len() {
        pieces.push(Piece::Text(&text[plain_from..]));
    }
}

fn run_length(text: &str, allowed: impl Fn(char) -> bool) -> usize {
    text.char_indices()
        .find(|(_, c)| !allowed(*c))
        .map_or(text.len(), |(at, _)| at)
}

/// `name` or `name@host` at the start of `text`: its length and meaning.
fn mention_at(text: &str) -> Option<(usize, Handle)> {
    let mut name = run_length(text, |c| {
        c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
    });
    name = text[..name].trim_end_matches(['.', '-']).len();
    if !names::is_remote_name(&text[..name]) {
        return None;
    }
    if let Some(host) = text[name..].strip_prefix('@') {
        let mut length = run_length(host, |c| c.is_alphanumeric() || matches!(c, '-' | '.' | ':'));
        length = host[..length].trim_end_matches(['.', '-', ':']).len();
        let whole = name + 1 + length;
        if let Some(handle) = Handle::parse(&text[..whole]).filter(|_| length > 0) {
            return Some((whole, handle));
        }
    }
    Handle::parse(&text[..name]).map(|handle| (name, handle))
}

/// Length of the hashtag at the start of `text`: letters, marks, digits and _, at least one of them no digit.
fn tag_at(text: &str) -> Option<usize> {
    let length = run_length(text, is_tag_character);
    let tag = &text[..length];
    let sound = tag.chars().any(|c| !c.is_ascii_digit() && c != '_') && tag.chars().count() <= LONGEST_TAG;
    sound.then_some(length)
}

fn is_tag_character(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '\u{200c}' | '\u{b7}' | '\u{30fb}')
        // Combining marks of the scripts that need them inside words.
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
            | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}'..='\u{e4e}')
}

/// A tag's name as stored, from however it was written; `None` when it is none.
pub fn tag_name(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.strip_prefix(['#', '＃']).unwrap_or(text);
    (tag_at(text)? == text.len()).then(|| text.to_lowercase())
}

/// The distinct people mentioned, in order, at most 50.
pub fn mentions(pieces: &[Piece<'_>]) -> Vec<Handle> {
    let mut seen = HashSet::new();
    let handles = pieces.iter().filter_map(|piece| match piece {
        Piece::Mention { handle, .. } => Some(handle),
        _ => None,
    });
    handles
        .filter(|handle| seen.insert((handle.name.to_lowercase(), handle.authority.clone())))
        .take(MOST_MENTIONS)
        .cloned()
        .collect()
}

/// The distinct hashtags, lower case, in order, at most 60.
pub fn tags(pieces: &[Piece<'_>]) -> Vec<String> {
    let mut seen = HashSet::new();
    let names = pieces.iter().filter_map(|piece| match piece {
        Piece::Tag { name, .. } => Some(name),
        _ => None,
    });
    names
        .filter(|name| seen.insert((*name).clone()))
        .take(MOST_TAGS)
        .cloned()
        .collect()
}

/// Characters as the limit counts them: a link is 23, a mention its name only.
pub fn length(pieces: &[Piece<'_>]) -> usize {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.chars().count(),
            Piece::Link(_) => LINK_CHARACTERS,
            Piece::Mention { handle, .. } => handle.name.chars().count() + 1,
            Piece::Tag { written, .. } => written.chars().count(),
        })
        .sum()
}

/// A caption as HTML: paragraphs, line breaks, links; everything else escaped.
pub fn to_html(pieces: &[Piece<'_>], people: &HashMap<Handle, Mentioned>, urls: &Urls) -> String {
    let mut inner = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => inner.push_str(&escape(text)),
            Piece::Link(url) => push_link(&mut inner, url),
            Piece::Mention { written, handle } => match people.get(handle) {
                Some(person) => inner.push_str(&format!(
                    r#"<span class="h-card" translate="no"><a href="{}" class="u-url mention">@<span>{}</span></a></span>"#,
                    escape(&person.url),
                    escape(&person.username)
                )),
                None => inner.push_str(&escape(written)),
            },
            Piece::Tag { written, name } => inner.push_str(&format!(
                r#"<a href="{}" class="mention hashtag" rel="tag">#<span>{}</span></a>"#,
                escape(&urls.tag_page(name)),
                escape(written.trim_start_matches(['#', '＃']))
            )),
        }
    }
    paragraphs(&inner)
}

fn push_link(html: &mut String, url: &str) {
    const SHOWN: usize = 40;
    let bare = url.trim_start_matches("https://").trim_start_matches("http://");
    let shown: String = bare.chars().take(SHOWN).collect();
    let dots = if shown.len() < bare.len() { "…" } else { "" };
    html.push_str(&format!(
        r#"<a href="{}" target="_blank" rel="nofollow noopener noreferrer" translate="no">{}{dots}</a>"#,
        escape(url),
        escape(&shown)
    ));
}

fn paragraphs(inner: &str) -> String {
    let normal = inner.replace("\r\n", "\n").replace('\r', "\n");
    let blocks = normal
        .split("\n\n")
        .map(|block| block.trim_matches('\n'))
        .filter(|block| !block.is_empty());
    blocks
        .map(|block| format!("<p>{}</p>", block.replace('\n', "<br>")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn urls() -> Urls {
        Urls::new(&url::Url::parse("https://h.example").unwrap(), None)
    }

    #[test]
    fn what_only_seems_to_be_an_address_is_no_link() {
        for text in [
            "http://user:pw@evil.example/",
            "http://x.example\u{202e}gpj.exe",
            "https://x.example/\u{200b}y",
        ] {
            let pieces = scan(text);
            assert!(
                !pieces.iter().any(|piece| matches!(piece, Piece::Link(_))),
                "{text:?}: {pieces:?}"
            );
        }
        assert_eq!(
            scan("https://x.example/a@b"),
            [Piece::Link("https://x.example/a@b")]
        );
    }

    #[test]
    fn a_caption_is_taken_apart() {
        let pieces =
            scan("Hi @ana and @bob@b.example:80! see https://x.example/#a #Sunset. mail a@b.c #1 it's #été");
        assert_eq!(
            mentions(&pieces)
                .iter()
                .map(|h| h.name.as_str())
                .collect::<Vec<_>>(),
            ["ana", "bob"]
        );
        assert_eq!(tags(&pieces), ["sunset", "été"]);
        assert!(pieces.contains(&Piece::Link("https://x.example/#a")));
    }

    #[test]
    fn markup_in_a_caption_is_text() {
        let pieces = scan("<script>alert('x')</script>\n\n\"a\"\r\nb");
        let html = to_html(&pieces, &HashMap::new(), &urls());
        assert_eq!(
            html,
            "<p>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;</p><p>&quot;a&quot;<br>b</p>"
        );
    }

    #[test]
    fn only_people_we_know_become_links() {
        let pieces = scan("@ana @nobody");
        let ana = Mentioned {
            url: "https://h.example/@ana".into(),
            username: "ana".into(),
        };
        let people = HashMap::from([(Handle::parse("ana").unwrap(), ana)]);
        let html = to_html(&pieces, &people, &urls());
        assert!(
            html.contains(r#"<a href="https://h.example/@ana" class="u-url mention">@<span>ana</span></a>"#)
        );
        assert!(html.ends_with(" @nobody</p>"));
    }

    #[test]
    fn a_link_counts_for_23_characters() {
        assert_eq!(
            length(&scan(&format!("a https://x.example/{}", "b".repeat(300)))),
            2 + LINK_CHARACTERS
        );
        assert_eq!(length(&scan("@bob@a.very.long.example")), 4);
    }

    proptest! {
        #[test]
        fn no_caption_breaks_out_of_its_html(text in "\\PC{0,80}") {
            let pieces = scan(&text);
            let html = to_html(&pieces, &HashMap::new(), &urls());
            const OURS: [&str; 7] = ["p>", "/p>", "br>", "a href=\"https", "/a>", "span>", "/span>"];
            prop_assert!(html.split('<').skip(1).all(|after| OURS.iter().any(|tag| after.starts_with(tag))), "{}", html);
            let shown: String = pieces.iter().map(|piece| match piece {
                Piece::Text(text) | Piece::Link(text) => *text,
                Piece::Mention { written, .. } | Piece::Tag { written, .. } => written,
            }).collect();
            prop_assert_eq!(shown, text);
        }
    }
}
