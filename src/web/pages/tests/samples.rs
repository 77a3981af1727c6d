//! People and photos for the pages' tests: long names, many photos, odd shapes, several scripts. Nobody real.

use chrono::{DateTime, Utc};

use crate::web::pages::*;

pub const BASE: &str = "https://photos.example";

pub fn href(text: &str) -> Href {
    Href::parse(text).expect("a sample address is written as one")
}

pub fn site(registration: Registration) -> Site {
    let rule = |text: &str, hint: &str| Rule {
        text: text.to_owned(),
        hint: hint.to_owned(),
    };
    Site {
        name: "Harbour Light".to_owned(),
        description: "A small place for people who take pictures of the coast, its towns and its weather."
            .to_owned(),
        host: "photos.example".to_owned(),
        base: href(BASE),
        version: "0.1.0".to_owned(),
        source: href("https://source.example/tintype"),
        registration,
        sends_mail: registration != Registration::Closed,
        contact: Some(Contact {
            name: "Ana Lima".to_owned(),
            page: Some(href("/@ana")),
            email: Some("ana@photos.example".to_owned()),
        }),
        rules: vec![
            rule("Post only photos you took.", ""),
            rule(
                "Cover what is not for everyone.",
                "Nudity, blood and spiders belong behind a warning.",
            ),
            rule("Be kind to beginners.", ""),
        ],
    }
}

pub fn viewer() -> Viewer {
    Viewer {
        name: "Ana Lima".to_owned(),
        handle: "@ana@photos.example".to_owned(),
        page: href("/@ana"),
        avatar: href("/media/photo-3.svg"),
    }
}

pub fn person(name: &str, handle: &str) -> Person {
    let avatar = href(assets::path("avatar.png"));
    Person {
        name: name.to_owned(),
        handle: handle.to_owned(),
        page: href("/@someone"),
        avatar,
    }
}

pub fn ana() -> Person {
    Person {
        avatar: href("/media/photo-3.svg"),
        page: href("/@ana"),
        ..person("Ana Lima", "@ana@photos.example")
    }
}

pub fn moment() -> Moment {
    let time: DateTime<Utc> = "2026-11-20T14:05:09Z"
        .parse()
        .expect("a sample time is written as one");
    Moment(time)
}

/// Width and height of the sample photos, in turn.
pub const SHAPES: [(u32, u32); 7] = [
    (1080, 1350),
    (1080, 720),
    (1080, 1080),
    (4000, 1600),
    (900, 2100),
    (2000, 1500),
    (640, 360),
];

const HASHES: [&str; 4] = [
    "LEHV6nWB2yk8pyo0adR*.7kCMdnj",
    "LKO2?U%2Tw=w]~RBVZRi};RPxuwH",
    "L6PZfSi_.AyE_3t7t7R**0o#DgR4",
    "bad",
];

pub fn picture(number: usize) -> Picture {
    let (width, height) = SHAPES[number % SHAPES.len()];
    let address = href(&format!("{BASE}/media/photo-{number}.svg"));
    let sizes = |ending: &str| -> Vec<Variant> {
        let sized = |width: u32| Variant {
            url: href(&format!("{address}?{ending}-{width}")),
            width,
        };
        [320, 640, 1080].map(sized).to_vec()
    };
    Picture {
        width,
        height,
        // Not yet there of every photo.
        avif: match number.is_multiple_of(2) {
            true => Vec::new(),
            false => sizes("avif"),
        },
        webp: sizes("webp"),
        jpeg: sizes("jpeg"),
        alt: (!number.is_multiple_of(3)).then(|| format!("Low sun over the outer pier, photo {number}")),
        tone: Tone::of_blurhash(HASHES[number % HASHES.len()]).unwrap_or(Tone::UNKNOWN),
        focus: Focus { x: 0.0, y: 0.5 },
        film: None,
    }
}

pub fn tile(number: usize) -> Tile {
    let text = number % 11 == 10;
    Tile {
        post: href(&format!("/@ana/{number}")),
        author: "Ana Lima".to_owned(),
        picture: (!text).then(|| picture(number)),
        text: "No photo today, only rain, and a long sentence about it that goes on to the edge.".to_owned(),
        photos: if text { 0 } else { 1 + number % 3 },
        sensitive: number % 9 == 4,
    }
}

pub fn profile<'a>(frame: Frame<'a>, tiles: usize) -> Profile<'a> {
    let field = |name: &str, value: &str, verified| Field {
        name: name.to_owned(),
        value: CleanHtml::trust(value.to_owned()),
        verified,
    };
    Profile {
        frame,
        person: ana(),
        canonical: href("https://photos.example/@ana"),
        activity: href("https://photos.example/users/ana"),
        header: Some(href("/media/photo-10.svg")),
        bio: CleanHtml::trust(
            "<p>Sea, harbour, fog. Film mostly.</p><p><a href=\"/tags/fog\">#fog</a></p>".to_owned(),
        ),
        summary: "Sea, harbour, fog. Film mostly.".to_owned(),
        fields: vec![
            field(
                "Website",
                "<a href=\"https://ana.example\" rel=\"me\">ana.example</a>",
                Some(moment()),
            ),
            field("Camera", "A heavy one", None),
        ],
        counts: ProfileCounts {
            posts: Count(tiles as u64),
            followers: Some(Count(1_234_567)),
            following: Some(Count(1)),
        },
        shelf: Shelf::Open {
            tiles: (0..tiles).map(tile).collect(),
            newer: None,
            older: (tiles > 0).then(|| href("/@ana?max_id=1")),
        },
        indexable: true,
        follow: Some(href("/authorize_follow?acct=ana")),
    }
}

pub fn comment(depth: u8, author: Person, text: &str) -> Comment {
    Comment {
        author,
        text: CleanHtml::trust(text.to_owned()),
        language: None,
        page: href("/@someone/9"),
        published: moment(),
        depth,
        photos: usize::from(depth),
        cover: None,
    }
}

pub fn post<'a>(frame: Frame<'a>, photos: usize) -> Post<'a> {
    Post {
        frame,
        addresses: PostAddresses {
            embed: None,
            canonical: href("https://photos.example/@ana/7"),
            activity: href("https://photos.example/users/ana/posts/7"),
            interact: Some(href("/remote_interaction/7")),
        },
        author: ana(),
        pictures: (1..=photos).map(picture).collect(),
        cover: None,
        caption: CleanHtml::trust(
            "<p>The pier at five in the morning. <a href=\"/tags/fog\">#fog</a></p>".to_owned(),
        ),
        summary: "The pier at five in the morning. #fog".to_owned(),
        language: Some("en".to_owned()),
        published: moment(),
        edited: None,
        likes: Count(1_234_567),
        reposts: Count(0),
        replies: Count(3),
        comments: vec![
            comment(0, person("Bo", "@bo@far.example"), "<p>Worth getting up for.</p>"),
            comment(1, ana(), "<p>It was cold, though.</p>"),
            comment(9, person("سلمى", "@salma@far.example"), "<p>صورة جميلة جدا</p>"),
        ],
        more_comments: true,
        indexable: true,
    }
}
