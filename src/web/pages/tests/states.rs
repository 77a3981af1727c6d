//! Every page in every state, by name. A new state belongs in this list before anything else.

use super::samples::*;
use super::{doors, settings};
use crate::web::pages::*;

pub const LONG_NAME: &str = "Wilhelmina Alexandra Montgomery-Featherstonehaugh van der Bruggen";

/// File name and document of each.
pub fn all() -> Vec<(String, String)> {
    let open = site(Registration::Open);
    let closed = Site {
        contact: None,
        rules: vec![],
        ..site(Registration::Closed)
    };
    let viewer = viewer();
    let visitor = Frame {
        site: &open,
        viewer: None,
    };
    let member = Frame {
        site: &open,
        viewer: Some(&viewer),
    };
    let shut = Frame {
        site: &closed,
        viewer: None,
    };
    let mut pages = Vec::new();
    galleries(&mut pages, visitor, member, shut);
    profiles(&mut pages, visitor, member);
    posts(&mut pages, visitor, member);
    doors::accounts(&mut pages, visitor, member, shut);
    doors::sign_ups(&mut pages, shut);
    doors::consents(&mut pages, member);
    doors::follows(&mut pages, visitor, member);
    notices(&mut pages, visitor);
    settings::by_mail(&mut pages, visitor);
    settings::all(&mut pages, member);
    pages
}

pub fn add(pages: &mut Vec<(String, String)>, name: &str, page: &impl Template) {
    pages.push((
        name.to_owned(),
        page.render().expect("a page writes into a string"),
    ));
}

fn galleries(pages: &mut Vec<(String, String)>, visitor: Frame<'_>, member: Frame<'_>, shut: Frame<'_>) {
    let front = |frame, photos| Front {
        frame,
        photos,
        people: Count(1),
        posts: Count(1_234_567),
    };
    add(pages, "front", &front(visitor, (0..18).map(tile).collect()));
    add(pages, "front_member", &front(member, (0..5).map(tile).collect()));
    add(
        pages,
        "front_empty",
        &Front {
            people: Count(0),
            posts: Count(0),
            ..front(visitor, vec![])
        },
    );
    add(pages, "front_closed", &front(shut, vec![]));
    let tag = Tag {
        frame: visitor,
        name: "fog".to_owned(),
        canonical: href("https://photos.example/tags/fog"),
        posts: Count(41),
        tiles: (3..15).map(tile).collect(),
        newer: Some(href("/tags/fog?min_id=9")),
        older: Some(href("/tags/fog?max_id=2")),
    };
    add(pages, "tag", &tag);
    let none = Tag {
        name: "港の朝".to_owned(),
        posts: Count(0),
        tiles: vec![],
        newer: None,
        older: None,
        ..tag
    };
    add(pages, "tag_empty", &none);
}

fn profiles(pages: &mut Vec<(String, String)>, visitor: Frame<'_>, member: Frame<'_>) {
    add(pages, "profile", &profile(visitor, 14));
    let long = Person {
        name: LONG_NAME.to_owned(),
        handle: format!("@{}@photos.example", "w".repeat(64)),
        ..ana()
    };
    let bare = Profile {
        person: long,
        header: None,
        fields: vec![],
        follow: None,
        ..profile(member, 0)
    };
    add(pages, "profile_empty_long", &bare);
    add(
        pages,
        "profile_private",
        &Profile {
            shelf: Shelf::Private,
            ..profile(visitor, 3)
        },
    );
    add(
        pages,
        "profile_suspended",
        &Profile {
            shelf: Shelf::Suspended,
            ..profile(visitor, 3)
        },
    );
    let counts = ProfileCounts {
        posts: Count(1),
        followers: None,
        following: None,
    };
    let arabic = person("سلمى المصورة", "@salma@photos.example");
    let bio = CleanHtml::trust("<p>بحر وضباب وأفلام قديمة</p>".to_owned());
    add(
        pages,
        "profile_arabic",
        &Profile {
            person: arabic,
            bio,
            counts,
            ..profile(visitor, 1)
        },
    );
}

fn posts(pages: &mut Vec<(String, String)>, visitor: Frame<'_>, member: Frame<'_>) {
    add(pages, "post_one", &post(visitor, 1));
    add(
        pages,
        "post_twenty",
        &Post {
            edited: Some(moment()),
            ..post(member, 20)
        },
    );
    for (name, number) in [("post_panorama", 3), ("post_tower", 4), ("post_undescribed", 0)] {
        add(
            pages,
            name,
            &Post {
                pictures: vec![picture(number)],
                comments: vec![],
                replies: Count(0),
                ..post(visitor, 1)
            },
        );
    }
    let cover = Some(Cover {
        reason: "a very large spider".to_owned(),
    });
    add(
        pages,
        "post_covered",
        &Post {
            cover: cover.clone(),
            ..post(visitor, 2)
        },
    );
    add(
        pages,
        "post_covered_text",
        &Post {
            cover,
            ..post(visitor, 0)
        },
    );
    let japanese = CleanHtml::trust(
        "<p>朝五時の桟橋。霧が晴れるのを待ちながら、温かいお茶を飲みました。</p>".to_owned(),
    );
    add(
        pages,
        "post_japanese",
        &Post {
            caption: japanese,
            language: Some("ja".to_owned()),
            ..post(visitor, 2)
        },
    );
    let arabic = CleanHtml::trust("<p>الرصيف في الخامسة صباحا، قبل أن ينقشع الضباب</p>".to_owned());
    add(
        pages,
        "post_arabic",
        &Post {
            caption: arabic,
            language: Some("ar".to_owned()),
            ..post(visitor, 3)
        },
    );
    let mut late = picture(2);
    (late.avif, late.webp, late.jpeg) = (vec![], vec![], vec![]);
    add(
        pages,
        "post_late",
        &Post {
            pictures: vec![late],
            indexable: false,
            replies: Count(1),
            comments: vec![],
            ..post(visitor, 1)
        },
    );
    add(
        pages,
        "post_text",
        &Post {
            likes: Count(1),
            ..post(visitor, 0)
        },
    );
}

fn notices(pages: &mut Vec<(String, String)>, visitor: Frame<'_>) {
    let notices = [
        ("notice_waiting", Notice::WaitingForApproval),
        (
            "notice_mail",
            Notice::CheckMail {
                email: "ana@photos.example".to_owned(),
            },
        ),
        ("notice_confirmed", Notice::Confirmed { waiting: false }),
        ("notice_confirmed_waiting", Notice::Confirmed { waiting: true }),
        ("notice_mail_wanted", Notice::MailWanted),
        ("notice_no_link", Notice::NoLink),
        ("notice_address_taken", Notice::AddressTaken),
        ("notice_password_set", Notice::PasswordSet),
        ("notice_no_mail", Notice::NoMail),
        ("notice_deleted", Notice::Deleted),
        ("notice_signed_out", Notice::SignedOut),
        (
            "notice_bad_request",
            Notice::BadRequest {
                sentence: "It names an address it did not register.".to_owned(),
            },
        ),
    ];
    for (name, notice) in notices {
        let onwards = Some((href("/auth/sign_in"), "Sign in".to_owned()));
        add(
            pages,
            name,
            &NoticePage {
                frame: visitor,
                notice,
                onwards,
            },
        );
    }
    for status in [400, 401, 403, 404, 410, 413, 422, 429, 500, 503] {
        let page = ErrorPage {
            frame: visitor,
            status,
            request_id: "01J-5f3a".to_owned(),
            detail: None,
        };
        add(pages, &format!("error_{status}"), &page);
    }
}
