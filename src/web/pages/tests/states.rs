//! Every page in every state, by name. A new state belongs in this list before anything else.

use super::samples::*;
use crate::web::pages::permission::describe;
use crate::web::pages::*;

const LONG_NAME: &str = "Wilhelmina Alexandra Montgomery-Featherstonehaugh van der Bruggen";

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
    accounts(&mut pages, visitor, member, shut);
    sign_ups(&mut pages, shut);
    consents(&mut pages, member);
    follows(&mut pages, visitor, member);
    notices(&mut pages, visitor);
    pages
}

fn add(pages: &mut Vec<(String, String)>, name: &str, page: &impl Template) {
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
    (late.webp, late.jpeg) = (vec![], vec![]);
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

fn accounts(pages: &mut Vec<(String, String)>, visitor: Frame<'_>, member: Frame<'_>, shut: Frame<'_>) {
    let csrf = || "token".to_owned();
    let sign_in = |frame, problem| SignIn {
        frame,
        csrf: csrf(),
        login: String::new(),
        problem,
        return_to: Some("/oauth/authorize?client_id=1".to_owned()),
        for_app: Some("Pocket Darkroom".to_owned()),
    };
    add(
        pages,
        "sign_in",
        &SignIn {
            for_app: None,
            return_to: None,
            ..sign_in(visitor, None)
        },
    );
    add(
        pages,
        "sign_in_wrong",
        &SignIn {
            login: "ana".to_owned(),
            ..sign_in(visitor, Some(SignInProblem::Wrong))
        },
    );
    add(
        pages,
        "sign_in_throttled",
        &sign_in(visitor, Some(SignInProblem::Throttled { seconds: 300 })),
    );
    add(
        pages,
        "sign_in_waiting",
        &sign_in(shut, Some(SignInProblem::WaitingForApproval)),
    );
    add(
        pages,
        "sign_in_unconfirmed",
        &sign_in(shut, Some(SignInProblem::Unconfirmed)),
    );
    add(
        pages,
        "sign_in_suspended",
        &sign_in(shut, Some(SignInProblem::Suspended)),
    );
    add(
        pages,
        "sign_in_expired",
        &sign_in(shut, Some(SignInProblem::Expired)),
    );
    let apps = Some(href("https://apps.example/"));
    add(
        pages,
        "account",
        &MyAccount {
            frame: member,
            csrf: csrf(),
            apps,
        },
    );
    add(
        pages,
        "account_signed_out",
        &MyAccount {
            frame: visitor,
            csrf: csrf(),
            apps: None,
        },
    );
    add(
        pages,
        "sign_out",
        &SignOut {
            frame: member,
            csrf: csrf(),
        },
    );
}

fn sign_ups(pages: &mut Vec<(String, String)>, shut: Frame<'_>) {
    let (open, approval, invite) = (
        site(Registration::Open),
        site(Registration::Approval),
        site(Registration::Invite),
    );
    let sign_up = |site, problems| SignUp {
        frame: Frame { site, viewer: None },
        csrf: "token".to_owned(),
        values: SignUpValues {
            username: "ana".to_owned(),
            ..SignUpValues::default()
        },
        problems,
        shortest_password: 12,
        longest_username: 30,
        return_to: None,
    };
    add(pages, "sign_up", &sign_up(&open, vec![]));
    add(pages, "sign_up_approval", &sign_up(&approval, vec![]));
    add(pages, "sign_up_invite", &sign_up(&invite, vec![]));
    add(
        pages,
        "sign_up_closed",
        &SignUp {
            frame: shut,
            ..sign_up(&open, vec![])
        },
    );
    let fields = [
        SignUpField::Username,
        SignUpField::Email,
        SignUpField::Password,
        SignUpField::Reason,
        SignUpField::Agreement,
        SignUpField::Form,
    ];
    let problem = |field| SignUpProblem {
        field,
        sentence: format!("{field:?} cannot be used."),
    };
    add(
        pages,
        "sign_up_problems",
        &sign_up(&approval, fields.map(problem).to_vec()),
    );
    add(
        pages,
        "sign_up_bad_invite",
        &sign_up(&invite, vec![problem(SignUpField::InviteCode)]),
    );
}

fn consents(pages: &mut Vec<(String, String)>, member: Frame<'_>) {
    let consent = |scopes: &str| Consent {
        frame: member,
        csrf: "token".to_owned(),
        app_name: "Pocket Darkroom".to_owned(),
        app_website: Some(href("https://darkroom.example/")),
        returns_to: Some("darkroom.example".to_owned()),
        permissions: describe(scopes),
        parameters: vec![
            ("client_id".to_owned(), "1".to_owned()),
            ("state".to_owned(), "x".to_owned()),
        ],
        switch_account: href("/auth/sign_in?switch=1"),
    };
    add(pages, "consent", &consent("read write follow push"));
    let admin = consent("read:accounts write:media write:statuses admin:read admin:write:reports something");
    add(
        pages,
        "consent_admin",
        &Consent {
            app_website: None,
            returns_to: None,
            app_name: LONG_NAME.to_owned(),
            ..admin
        },
    );
    let code = || "k3v9-Xw7c2bq0Zt5mR1yP8uL4nD6hS_aJ".to_owned();
    add(
        pages,
        "code",
        &Code {
            frame: member,
            code: code(),
            app_name: Some("toot".to_owned()),
        },
    );
    add(
        pages,
        "code_nameless",
        &Code {
            frame: member,
            code: code(),
            app_name: None,
        },
    );
}

fn follows(pages: &mut Vec<(String, String)>, visitor: Frame<'_>, member: Frame<'_>) {
    let remote = |post: Option<&str>, problem: Option<&str>| RemoteFollow {
        frame: visitor,
        csrf: "token".to_owned(),
        person: ana(),
        action: href("/remote_follow/ana"),
        post: post.map(str::to_owned),
        handle: "bo@far.example".to_owned(),
        problem: problem.map(str::to_owned),
    };
    add(pages, "remote_follow", &remote(None, None));
    add(
        pages,
        "remote_answer",
        &remote(Some("7"), Some("Could not reach far.example.")),
    );
    let here = FollowFromHere {
        frame: member,
        csrf: "token".to_owned(),
        person: person("Bo", "@bo@far.example"),
        uri: "https://far.example/users/bo".to_owned(),
        asks_first: false,
    };
    add(pages, "follow_from_here", &here);
    add(
        pages,
        "follow_from_here_asks",
        &FollowFromHere {
            asks_first: true,
            ..here
        },
    );
    let original = href("https://far.example/@bo");
    let elsewhere = Elsewhere {
        frame: visitor,
        name: "Bo".to_owned(),
        handle: "@bo@far.example".to_owned(),
        original,
    };
    add(pages, "elsewhere", &elsewhere);
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
