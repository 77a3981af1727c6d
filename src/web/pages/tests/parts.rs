//! Numbers, colours, scopes, pictures and the states that other programs look for.

use super::samples::*;
use super::states;
use crate::web::pages::permission::{Kind, describe};
use crate::web::pages::*;

fn page(name: &str) -> String {
    let found = states::all().into_iter().find(|(known, _)| known == name);
    found
        .map(|(_, document)| document)
        .expect("the state is in the list")
}

#[test]
fn counts_are_grouped_and_have_their_word() {
    for (number, shown) in [
        (0, "0"),
        (1, "1"),
        (999, "999"),
        (1000, "1,000"),
        (1_234_567, "1,234,567"),
    ] {
        assert_eq!(Count(number).to_string(), shown);
    }
    assert_eq!(
        (Count(1).word("post", "posts"), Count(0).word("post", "posts")),
        ("post", "posts")
    );
    assert_eq!(Count(u64::MAX).to_string(), "18,446,744,073,709,551,615");
}

#[test]
fn an_empty_front_says_what_is_missing() {
    let nothing = page("front_empty");
    assert!(nothing.contains("Nobody has posted here yet."));
    let no_photos = page("front_closed");
    assert!(no_photos.contains("1,234,567") && no_photos.contains("No photos have been posted here yet."));
    assert!(!no_photos.contains("Nobody has posted"));
}

#[test]
fn a_blurhash_gives_its_average_colour_or_nothing() {
    assert_eq!(
        Tone::of_blurhash("LEHV6nWB2yk8pyo0adR*.7kCMdnj").map(|tone| tone.to_string()),
        Some("#979695".to_owned())
    );
    for hash in ["", "L", "LEHV6", "LE\"><6n", "LE~~~~", "éééé"] {
        assert_eq!(Tone::of_blurhash(hash), None, "{hash}");
    }
}

#[test]
fn boxes_keep_the_shape_and_survive_absurd_sizes() {
    let sized = |width, height| Picture {
        width,
        height,
        ..picture(0)
    };
    let tall = sized(900, 2100);
    assert_eq!((tall.box_width(), tall.box_height()), (900, 2100));
    let large = sized(4000, 1600);
    assert_eq!((large.box_width(), large.box_height()), (1080, 432));
    for (width, height) in [(0, 0), (1, u32::MAX), (u32::MAX, 1), (u32::MAX, 0)] {
        let odd = sized(width, height);
        assert!((1..=20_000).contains(&odd.box_height()) && (66..=220).contains(&odd.row_share()));
    }
    assert_eq!(
        Picture {
            focus: Focus { x: f32::NAN, y: 1.0 },
            ..picture(0)
        }
        .focus_class(),
        "at-x2 at-y0"
    );
}

#[test]
fn photos_come_in_three_sizes_as_avif_webp_and_jpeg() {
    let document = page("post_one");
    let avif = document.find(
        "<source type=\"image/avif\" srcset=\"https://photos.example/media/photo-1.svg?avif-320 320w, ",
    );
    assert!(
        avif.is_some_and(|at| document
            .find("<source type=\"image/webp\"")
            .is_some_and(|webp| at < webp)),
        "browsers take the first that they know"
    );
    assert!(document.contains(
        "<source type=\"image/webp\" srcset=\"https://photos.example/media/photo-1.svg?webp-320 320w, "
    ));
    assert!(document.contains("?jpeg-1080 1080w\" sizes=\""));
    assert!(document.contains("width=\"1080\" height=\"720\" alt=\"Low sun over the outer pier, photo 1\""));
    assert_eq!(
        document.matches("fetchpriority=\"high\"").count(),
        1,
        "only the first photo of a page is urgent"
    );
    let comma = Picture {
        jpeg: vec![Variant {
            url: href("https://a.example/b,c"),
            width: 320,
        }],
        ..picture(0)
    };
    assert_eq!(comma.jpeg_set(), "https://a.example/b%2Cc 320w");
}

#[test]
fn a_post_names_itself_to_other_servers_and_sites() {
    let document = page("post_one");
    for part in [
        "<link rel=\"alternate\" type=\"application/activity+json\" href=\"https://photos.example/users/ana/posts/7\">",
        "<link rel=\"canonical\" href=\"https://photos.example/@ana/7\">",
        "<meta property=\"og:image\" content=\"https://photos.example/media/photo-1.svg?jpeg-1080\">",
        "<meta name=\"twitter:card\" content=\"summary_large_image\">",
        "<time datetime=\"2026-11-20T14:05:09Z\">20 November 2026, 14:05 UTC</time>",
    ] {
        assert!(document.contains(part), "{part}");
    }
    assert!(page("profile").contains("<link rel=\"me\" href=\"https://photos.example/@ana\">"));
}

#[test]
fn a_covered_post_shows_neither_photo_nor_words_outside_its_cover() {
    let document = page("post_covered");
    assert!(!document.contains("og:image"), "a card shows the covered photo");
    let head = document.split("</head>").next().unwrap_or_default();
    assert!(head.contains("a very large spider") && !head.contains("The pier"));
    assert!(!document.contains("<details class=\"veil\" open"));
    let (before, caption) = document.split_once("The pier").expect("its words are there");
    assert!(
        before
            .rsplit_once("<details class=\"fold\">")
            .is_some_and(|(_, fold)| !fold.contains("</details>"))
    );
    assert!(caption.contains("</details>"));
    let grid = page("profile");
    assert!(grid.contains("Sensitive photo by Ana Lima") && !grid.contains("photo-4.svg?"));
}

#[test]
fn private_and_suspended_accounts_show_no_photo() {
    for name in ["profile_private", "profile_suspended"] {
        assert!(!page(name).contains("class=\"tile"), "{name}");
    }
    let suspended = page("profile_suspended");
    assert!(
        !suspended.contains("Ana Lima")
            && !suspended.contains("activity+json")
            && suspended.contains("noindex")
    );
}

#[test]
fn sign_in_has_the_fields_that_programs_look_for() {
    for name in ["sign_in", "sign_in_wrong", "sign_in_throttled"] {
        let document = page(name);
        assert!(
            document.contains("<input id=\"user_email\" name=\"user[email]\""),
            "{name}"
        );
        assert!(
            document.contains("<input id=\"user_password\" name=\"user[password]\" type=\"password\""),
            "{name}"
        );
    }
    assert!(page("sign_in_throttled").contains("wait 5 minutes"));
    assert!(
        page("sign_in_waiting").contains("takes no new people")
            && page("sign_in").contains("href=\"/auth/sign_up\"")
    );
}

#[test]
fn sign_up_asks_for_what_the_server_wants_to_know() {
    let asks = |name: &str, field: &str| page(name).contains(&format!("id=\"user_{field}\""));
    assert!(
        asks("sign_up_approval", "reason") && !asks("sign_up", "reason") && !asks("sign_up_invite", "reason")
    );
    assert!(asks("sign_up_invite", "invite_code") && asks("sign_up_approval", "invite_code"));
    assert!(!asks("sign_up", "invite_code") && asks("sign_up_invited", "invite_code"));
    let needed = |name: &str| {
        let field = page(name)
            .split("id=\"user_invite_code\"")
            .nth(1)
            .map(str::to_owned);
        field.is_some_and(|field| {
            field
                .split('>')
                .next()
                .is_some_and(|field| field.contains(" required"))
        })
    };
    assert!(needed("sign_up_invite") && !needed("sign_up_approval") && !needed("sign_up_invited"));
    assert!(!asks("sign_up_closed", "username"));
    assert!(page("sign_up_problems").contains("aria-describedby=\"user_username_problem\""));
}

#[test]
fn scopes_become_sentences_and_none_is_hidden() {
    let groups = describe("read read:statuses write:media admin:write:reports admin:read strange");
    let kinds: Vec<Kind> = groups.iter().map(|group| group.kind).collect();
    assert_eq!(kinds, [Kind::Read, Kind::Write, Kind::Other, Kind::Administer]);
    assert_eq!(
        groups[0].sentences.len(),
        1,
        "what `read` covers is not listed again"
    );
    assert_eq!(groups[2].sentences, ["strange"]);
    assert_eq!(groups[3].sentences.len(), 2);
    assert!(describe("").is_empty());
    assert_eq!(describe("read write follow").len(), 2);
    assert_eq!(
        describe("read write follow")[1].sentences.len(),
        1,
        "`follow` says nothing new beside both"
    );
    assert!(
        page("consent").contains("name=\"decision\" value=\"allow\"")
            && page("consent").contains("name=\"decision\" value=\"deny\"")
    );
}
