//! What peers write, and pictures, changed at random a bounded number of times: the short run of the fuzz targets, with a compiler that
//! anybody has. CONTRIBUTING.md says how they are run long. Always tries the same, so that what fails once fails again.

#[path = "../../fuzz/bodies.rs"]
mod bodies;
#[path = "../../fuzz/pictures.rs"]
mod pictures;

use std::io::Cursor;

use chrono::DateTime;
use image::codecs::gif::GifEncoder;
use image::{DynamicImage, Frame, ImageFormat};
use serde_json::json;
use tintype::media::synthetic::photograph;
use tintype::media::{Focus, Limits, process};
use tintype_federation::signature::{BodyDigest, Scheme, sign_post};
use url::Url;

use crate::support::{keys, long};

const LONGEST: usize = 4_096;

/// Changed documents of each target.
fn tries() -> usize {
    if long::are_given_time() { 400_000 } else { 4_000 }
}

/// A sequence that looks like chance, and is the same each time.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).expect("it is below a size")
    }
}

/// Pieces that mean something to one reader or another.
const PIECES: [&str; 24] = [
    "\"",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "null",
    "\\u0000",
    "\\ud800",
    "1e999",
    "-1",
    "18446744073709551616",
    "<",
    ">",
    "&",
    "=",
    "https://",
    "javascript:",
    "//",
    "@",
    "\n",
    "é",
    "\u{202e}",
];

/// One of the seeds with a few changes; now and then with a part of another.
fn changed(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut data = seeds[chance.below(seeds.len())].clone();
    for _ in 0..=chance.below(6) {
        let at = chance.below(data.len());
        let to = (at + chance.below(24)).min(data.len());
        match chance.below(6) {
            0 if !data.is_empty() => data[at] = chance.next().to_le_bytes()[0],
            1 => drop(data.drain(at..to)),
            2 => {
                let piece = data[at..to].to_vec();
                data.splice(at..at, piece);
            }
            3 => {
                let piece = PIECES[chance.below(PIECES.len())];
                data.splice(at..to, piece.bytes());
            }
            4 => {
                let piece = PIECES[chance.below(PIECES.len())].repeat(chance.below(40));
                data.splice(at..at, piece.bytes());
            }
            _ => {
                let other = &seeds[chance.below(seeds.len())];
                let from = chance.below(other.len());
                data.splice(at..to, other[from..].iter().copied().take(80));
            }
        }
        data.truncate(LONGEST);
    }
    data
}

fn try_all(seeds: &[Vec<u8>], body: fn(&[u8])) {
    try_so_often(tries(), seeds, body);
}

fn try_so_often(tries: usize, seeds: &[Vec<u8>], body: fn(&[u8])) {
    assert!(!seeds.is_empty());
    for seed in seeds {
        body(seed);
    }
    let mut chance = Chance(0x7201_2026_1127_0001);
    for _ in 0..tries {
        body(&changed(seeds, &mut chance));
    }
}

fn texts(seeds: &[serde_json::Value]) -> Vec<Vec<u8>> {
    seeds.iter().map(|seed| seed.to_string().into_bytes()).collect()
}

#[test]
fn no_head_of_a_request_is_taken_for_signed() {
    let key = keys::shared().next().expect("there are keys");
    let inbox = Url::parse("http://here.example/inbox?to=all").expect("an address");
    let key_id = Url::parse("https://there.example/users/ana#main-key").expect("an address");
    let noon = DateTime::from_timestamp(1_589_716_800, 0).expect("a time");
    let digest = BodyDigest::of(br#"{"type":"Follow"}"#);
    let seeds = [Scheme::Cavage, Scheme::Rfc9421].map(|scheme| {
        let headers = sign_post(&key_id, &key, &inbox, &digest, noon, scheme).expect("it can be signed");
        let mut head = Vec::new();
        for (name, value) in &headers {
            head.extend_from_slice(name.as_str().as_bytes());
            head.push(b':');
            head.extend_from_slice(value.as_bytes());
            head.push(b'\n');
        }
        head
    });
    try_all(&seeds, bodies::signature_headers);
}

const ANA: &str = "https://there.example/users/ana";

fn note() -> serde_json::Value {
    json!({
        "id": "https://there.example/notes/1", "type": "Note", "attributedTo": ANA, "content": "<p>A pier</p>",
        "summary": "Water", "to": ["https://www.w3.org/ns/activitystreams#Public"], "cc": [], "published": "2026-11-27T12:00:00Z",
        "attachment": [{ "type": "Document", "mediaType": "image/jpeg", "url": "https://there.example/1.jpg",
                         "width": 40, "height": 30, "focalPoint": [0.5, -0.5], "name": "A pier" }],
        "tag": [{ "type": "Mention", "href": "https://here.example/users/bo", "name": "@bo" },
                { "type": "Emoji", "name": ":star:", "icon": { "type": "Image", "url": "https://there.example/star.png" } }],
    })
}

#[test]
fn no_activity_speaks_for_another() {
    let does = |kind: &str, object: serde_json::Value| {
        json!({ "id": "https://there.example/deeds/1", "type": kind, "actor": ANA, "object": object,
                "to": ["as:Public"], "target": "https://there.example/users/ana/featured" })
    };
    let bo = json!("https://here.example/users/bo");
    let question = json!({ "id": "https://there.example/q/1", "type": "Question", "attributedTo": ANA, "endTime": "2027-01-01T00:00:00Z",
                           "oneOf": [{ "type": "Note", "name": "Yes", "replies": { "totalItems": 1 } }, { "type": "Note", "name": "No" }] });
    let seeds = [
        does("Create", note()),
        does("Create", question),
        does("Update", note()),
        does("Follow", bo.clone()),
        does("Accept", does("Follow", json!(ANA))),
        does("Undo", does("Like", json!("https://here.example/notes/1"))),
        does("Announce", does("Create", note())),
        does("Flag", json!([bo, "https://here.example/notes/1"])),
        does(
            "Delete",
            json!({ "id": "https://there.example/notes/1", "type": "Tombstone" }),
        ),
        does("Add", json!("https://there.example/notes/1")),
        does("Move", json!(ANA)),
    ];
    try_all(&texts(&seeds), bodies::activity);
}

#[test]
fn no_actor_has_anything_of_another_server() {
    let person = json!({
        "id": ANA, "type": ["Person"], "preferredUsername": "ana", "name": "Ana", "summary": "<p>Light</p>",
        "inbox": "https://there.example/users/ana/inbox", "outbox": "https://there.example/users/ana/outbox",
        "followers": "https://there.example/users/ana/followers", "featured": "https://there.example/users/ana/featured",
        "endpoints": { "sharedInbox": "https://there.example/inbox" }, "alsoKnownAs": ["https://there.example/users/anna"],
        "publicKey": [{ "id": "https://there.example/users/ana#main-key", "owner": ANA, "publicKeyPem": "-----BEGIN" }],
        "icon": [{ "type": "Image", "url": "https://there.example/ana.jpg" }],
        "attachment": [{ "type": "PropertyValue", "name": "Home", "value": "<a href=\"https://ana.example\">ana</a>" }],
    });
    let list = json!({ "id": "https://there.example/users/ana/outbox", "type": "OrderedCollection", "totalItems": 3,
                       "first": { "type": "OrderedCollectionPage", "orderedItems": [note(), "https://there.example/notes/2"] } });
    let stamp = json!({ "id": "https://there.example/stamps/1", "type": "QuoteAuthorization", "attributedTo": ANA,
                        "interactingObject": "https://here.example/notes/1", "interactionTarget": "https://there.example/notes/1" });
    try_all(&texts(&[person, note(), list, stamp]), bodies::actor);
}

#[test]
fn no_html_is_left_that_acts() {
    let seeds = [
        "<p>Hello <a href=\"https://there.example/@ana\" class=\"u-url mention\">@<span>ana</span></a><br>x &amp; y</p>",
        "<p onclick=x style='a:b'>a<img src=x onerror=y><a href=\"javascript:x\">b</a><script>d</script></p>",
        "<svg><p><style><!--</style><a title=\"--><img src onerror=x>\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=x&gt;\">",
        "<blockquote><ul><li>1</li></ul><pre><code>&lt;a&gt;</code></pre></blockquote><noscript><p title=\"</noscript><img>\">",
    ];
    let seeds: Vec<Vec<u8>> = seeds.iter().map(|seed| seed.as_bytes().to_vec()).collect();
    try_all(&seeds, bodies::html);
}

#[test]
fn no_answer_of_webfinger_leads_out_of_the_web() {
    let jrd = json!({
        "subject": "acct:ana@there.example", "aliases": [ANA],
        "links": [{ "rel": "self", "type": "application/activity+json", "href": ANA },
                  { "rel": "http://ostatus.org/schema/1.0/subscribe", "template": "https://there.example/authorize?uri={uri}" }],
    });
    let mut seeds = texts(&[jrd]);
    for text in [
        "@ana@there.example",
        "acct:ana@there.example:8080",
        "https://there.example/a?uri={uri}",
        "https://[::1]/x",
        ANA,
    ] {
        seeds.push(text.as_bytes().to_vec());
    }
    try_all(&seeds, bodies::webfinger);
}

#[test]
fn no_header_speaks_of_another_servers_followers() {
    let header = format!(
        "collectionId=\"{ANA}/followers\", url=\"{ANA}/followers_synchronization\", digest=\"{}\"",
        "ab".repeat(32)
    );
    try_all(&[header.into_bytes()], bodies::collection_header);
}

/// A picture of Foreign, as far as its boxes are read here.
fn avif() -> Vec<u8> {
    let boxed = |name: &[u8; 4], content: &[u8]| {
        let length = u32::try_from(content.len() + 8).expect("it is short");
        [&length.to_be_bytes(), &name[..], content].concat()
    };
    let size = boxed(
        b"ispe",
        &[[0; 4], 24_u32.to_be_bytes(), 18_u32.to_be_bytes()].concat(),
    );
    let properties = boxed(b"iprp", &boxed(b"ipco", &size));
    let meta = [vec![0; 4], boxed(b"hdlr", b"pict"), properties].concat();
    let data = boxed(b"mdat", &[7; 40]);
    [boxed(b"ftyp", b"avif\0\0\0\0mif1"), boxed(b"meta", &meta), data].concat()
}

/// Small pictures of every kind that is opened, each in the ways in which it is written.
fn small_pictures() -> Vec<Vec<u8>> {
    let photo = photograph(1, 24, 18);
    let drawn = image::load_from_memory(&photo).expect("a picture");
    let written = |picture: &DynamicImage, format: ImageFormat| {
        let mut file = Cursor::new(Vec::new());
        picture.write_to(&mut file, format).expect("it can be written");
        file.into_inner()
    };
    let mut moving = Vec::new();
    let frames = [drawn.to_rgba8(), drawn.fliph().to_rgba8()].map(Frame::new);
    GifEncoder::new(&mut moving)
        .encode_frames(frames)
        .expect("it can be written");
    let mut files = vec![
        written(&drawn, ImageFormat::Jpeg),
        written(&drawn.grayscale(), ImageFormat::Jpeg),
        written(&drawn, ImageFormat::Png),
        written(&DynamicImage::ImageRgba16(drawn.to_rgba16()), ImageFormat::Png),
        written(&drawn.grayscale(), ImageFormat::Png),
        written(&drawn, ImageFormat::WebP),
        moving,
        avif(),
    ];
    let made = process(&photo, &Limits::default(), Focus::default()).expect("a picture");
    files.extend(made.renditions.iter().map(|made| made.bytes.to_vec()));
    files.push(photo);
    files
}

#[test]
fn no_bytes_that_are_sent_as_a_picture_do_harm() {
    let seeds = small_pictures();
    assert!(seeds.iter().all(|seed| seed.len() < LONGEST));
    try_so_often(tries() / 4, &seeds, pictures::picture);
}
