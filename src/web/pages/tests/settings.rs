//! The states of the settings, and of the pages around links in mails.

use super::samples::*;
use super::states::{LONG_NAME, add};
use crate::web::pages::*;

pub fn by_mail(pages: &mut Vec<(String, String)>, visitor: Frame<'_>) {
    for problem in [
        None,
        Some("This page was open for too long. Please send it again."),
    ] {
        let page = WantMail {
            frame: visitor,
            csrf: "token".to_owned(),
            action: "/auth/password/new",
            heading: "Forgot your password?",
            explains: "We send a link to the address of your account.",
            email: "ana@\"photos\".example".to_owned(),
            problem,
        };
        add(
            pages,
            if problem.is_some() {
                "want_mail_expired"
            } else {
                "want_mail"
            },
            &page,
        );
    }
    for expired in [false, true] {
        let page = ConfirmAddress {
            frame: visitor,
            csrf: "token".to_owned(),
            token: "\"><b>".to_owned(),
            expired,
        };
        add(
            pages,
            if expired {
                "confirm_address_expired"
            } else {
                "confirm_address"
            },
            &page,
        );
    }
    for problem in [None, Some("Password is too short".to_owned())] {
        let name = if problem.is_some() {
            "new_password_short"
        } else {
            "new_password"
        };
        let page = NewPassword {
            frame: visitor,
            csrf: "token".to_owned(),
            token: "token".to_owned(),
            shortest_password: 8,
            problem,
        };
        add(pages, name, &page);
    }
}

pub fn all(pages: &mut Vec<(String, String)>, member: Frame<'_>) {
    let settings = |said: Option<Said>| Settings {
        frame: member,
        csrf: "token".to_owned(),
        may_invite: said.is_none(),
        said,
    };
    let said = [
        ("", None),
        ("_done", Some(Said::Done("Your password is changed."))),
        (
            "_wrong",
            Some(Said::Problem("The password is <wrong>.".to_owned())),
        ),
    ];
    for (state, said) in said {
        let page = AccountSettings {
            frame: member,
            waiting: said.is_some().then(|| "new@photos.example".to_owned()),
            settings: settings(said.clone()),
            email: "ana@photos.example".to_owned(),
            shortest_password: 8,
        };
        add(pages, &format!("settings{state}"), &page);
        let page = DeleteSettings {
            frame: member,
            settings: settings(said),
        };
        add(pages, &format!("settings_delete{state}"), &page);
    }
    for count in [0, 1, 4] {
        lists(pages, member, &settings(None), count);
    }
}

fn lists(pages: &mut Vec<(String, String)>, member: Frame<'_>, settings: &Settings<'_>, count: usize) {
    let open = |n: usize| Open {
        id: n.to_string(),
        name: if n == 1 {
            LONG_NAME.to_owned()
        } else {
            "<b>Firefox</b> on Linux".to_owned()
        },
        website: (n == 2).then(|| href("https://app.example/")),
        since: moment(),
        last_used: (n != 3).then(|| "3 May 2026".to_owned()),
        allows: vec!["Everything in your account".to_owned(), "odd:scope".to_owned()],
        current: n == 0,
    };
    let page = SessionSettings {
        frame: member,
        settings: settings.clone(),
        sessions: (0..count).map(open).collect(),
    };
    add(pages, &format!("settings_sessions_{count}"), &page);
    let page = AppSettings {
        frame: member,
        settings: settings.clone(),
        apps: (0..count).map(open).collect(),
    };
    add(pages, &format!("settings_apps_{count}"), &page);
    let invitation = |n: usize| OpenInvitation {
        code: "c".repeat(43),
        address: format!("{BASE}/invite/{}", "c".repeat(43)),
        uses_left: i32::try_from(n).unwrap_or_default() + 1,
        until: (n > 0).then(moment),
    };
    let page = InvitationSettings {
        frame: member,
        settings: settings.clone(),
        invitations: (0..count).map(invitation).collect(),
    };
    add(pages, &format!("settings_invitations_{count}"), &page);
}
