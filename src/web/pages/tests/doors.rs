//! The states of the pages that ask for something: sign-in, sign-up, consent, following.

use super::samples::*;
use super::states::{LONG_NAME, add};
use crate::web::pages::permission::describe;
use crate::web::pages::*;

pub fn accounts(pages: &mut Vec<(String, String)>, visitor: Frame<'_>, member: Frame<'_>, shut: Frame<'_>) {
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
        "sign_in_disabled",
        &sign_in(shut, Some(SignInProblem::Disabled)),
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
    add(
        pages,
        "sign_in_signed_out",
        &sign_in(visitor, Some(SignInProblem::SignedOut)),
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
    for (name, frame) in [("about", visitor), ("about_without_source", shut)] {
        let source = (name == "about").then(|| href("https://source.example/tintype"));
        add(pages, name, &About { frame, source });
    }
    let words = "<p>We keep little.</p><p>More at <a href=\"https://photos.example/more\">photos.example/more</a></p>";
    add(
        pages,
        "own_words",
        &OwnWords {
            frame: visitor,
            title: "Privacy policy",
            since: "2026-01-02".to_owned(),
            words: CleanHtml::trust(words.to_owned()),
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

pub fn sign_ups(pages: &mut Vec<(String, String)>, shut: Frame<'_>) {
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
    let mut invited = sign_up(&open, vec![]);
    invited.values.invite_code = "a-code".to_owned();
    add(pages, "sign_up_invited", &invited);
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

pub fn consents(pages: &mut Vec<(String, String)>, member: Frame<'_>) {
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

pub fn follows(pages: &mut Vec<(String, String)>, visitor: Frame<'_>, member: Frame<'_>) {
    let remote = |post: Option<&str>, problem: Option<&str>| RemoteFollow {
        frame: visitor,
        csrf: "token".to_owned(),
        person: ana(),
        here: href("/authorize_interaction?uri=@ana"),
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
