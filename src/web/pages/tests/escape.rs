//! Hostile words in every place where a page writes someone's words.

use super::samples::*;
use crate::web::pages::*;

const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>";

fn assert_tame(document: &str) {
    assert!(!document.contains("<script"), "a script got through");
    assert!(!document.contains("<img src=x"), "an element got through");
    assert!(!document.contains("\"><"), "an attribute was left: {document}");
    assert!(
        document.contains("&#60;script&#62;"),
        "the words are not there at all"
    );
}

// `"><` stands between two of our own tags as well when nothing parts them; only what is hostile should count.
fn render(page: &impl Template) -> String {
    page.render()
        .expect("a page writes into a string")
        .replace("\"><", "\"> <")
        .replace("\"> <script", "\"><script")
}

#[test]
fn hostile_names_handles_and_captions_stay_words() {
    let site = Site {
        name: HOSTILE.to_owned(),
        description: HOSTILE.to_owned(),
        ..site(Registration::Open)
    };
    let viewer = Viewer {
        name: HOSTILE.to_owned(),
        handle: HOSTILE.to_owned(),
        ..viewer()
    };
    let frame = Frame {
        site: &site,
        viewer: Some(&viewer),
    };
    let author = person(HOSTILE, HOSTILE);
    let mut photo = picture(1);
    photo.alt = Some(HOSTILE.to_owned());
    let cover = Some(Cover {
        reason: HOSTILE.to_owned(),
    });
    let language = Some(HOSTILE.to_owned());
    let comments = vec![Comment {
        language: language.clone(),
        cover: cover.clone(),
        ..comment(0, author.clone(), "")
    }];
    let mut page = Post {
        author: author.clone(),
        pictures: vec![photo],
        summary: HOSTILE.to_owned(),
        language,
        comments,
        ..post(frame, 1)
    };
    assert_tame(&render(&page));
    page.cover = cover;
    assert_tame(&render(&page));
    let tiles = vec![Tile {
        author: HOSTILE.to_owned(),
        text: HOSTILE.to_owned(),
        picture: None,
        ..tile(0)
    }];
    let shelf = Shelf::Open {
        tiles,
        newer: None,
        older: None,
    };
    assert_tame(&render(&Profile {
        person: author,
        summary: HOSTILE.to_owned(),
        shelf,
        ..profile(frame, 1)
    }));
}

#[test]
fn hostile_forms_stay_words() {
    let site = site(Registration::Approval);
    let frame = Frame {
        site: &site,
        viewer: None,
    };
    let words = || HOSTILE.to_owned();
    let sign_in = SignIn {
        frame,
        csrf: words(),
        login: words(),
        problem: None,
        return_to: Some(words()),
        for_app: Some(words()),
    };
    assert_tame(&render(&sign_in));
    let values = SignUpValues {
        username: words(),
        email: words(),
        reason: words(),
        invite_code: words(),
    };
    let problems = vec![SignUpProblem {
        field: SignUpField::Form,
        sentence: words(),
    }];
    let sign_up = SignUp {
        frame,
        csrf: words(),
        values,
        problems,
        shortest_password: 12,
        longest_username: 30,
        return_to: Some(words()),
    };
    assert_tame(&render(&sign_up));
    let consent = Consent {
        frame,
        csrf: words(),
        app_name: words(),
        app_website: None,
        returns_to: Some(words()),
        permissions: permission::describe(HOSTILE),
        parameters: vec![(words(), words())],
        switch_account: href("/auth/sign_in"),
    };
    assert_tame(&render(&consent));
    assert_tame(&render(&Code {
        frame,
        code: words(),
        app_name: Some(words()),
    }));
    assert_tame(&render(&ErrorPage {
        frame,
        status: 500,
        request_id: words(),
        detail: Some(words()),
    }));
}

#[test]
fn only_cleaned_html_is_written_as_it_is() {
    let site = site(Registration::Open);
    let document = render(&post(
        Frame {
            site: &site,
            viewer: None,
        },
        1,
    ));
    assert!(document.contains("<p>The pier at five in the morning. <a href=\"/tags/fog\">#fog</a></p>"));
    let templates = concat!(
        include_str!("../templates/base.html"),
        include_str!("../templates/post.html"),
        include_str!("../templates/comment.html"),
        include_str!("../templates/profile.html"),
        include_str!("../templates/grid.html"),
        include_str!("../templates/media.html"),
        include_str!("../templates/consent.html"),
    );
    assert!(
        !templates.contains("|safe") && !templates.contains("| safe"),
        "a template opts out of escaping"
    );
}

#[test]
fn an_address_with_another_scheme_or_host_is_no_link() {
    let refused = [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "vbscript:x",
        "",
        "ana",
        "https://user:word@a.example/",
    ];
    for text in refused {
        assert_eq!(Href::parse(text), None, "{text}");
    }
    for text in ["https://a.example/b?c=d", "http://[::1]:8080/", "/@ana/7", "/"] {
        assert_eq!(Href::parse(text).as_ref().map(Href::as_str), Some(text));
    }
}
