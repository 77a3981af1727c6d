//! Guessing is slowed down, by name and by address, and nobody is locked out for long.

use std::net::IpAddr;

use chrono::TimeDelta;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, ORIGIN};
use tintype::actions::set_password;
use url::form_urlencoded;

use crate::support::browser::filled;
use crate::support::http::Answer;
use crate::support::server::PASSWORD;
use crate::support::{Browser, TestServer};

async fn server() -> TestServer {
    TestServer::with(&[
        ("TINTYPE_RATE_LIMITS", "on"),
        ("TINTYPE_TRUSTED_PROXIES", "127.0.0.1"),
    ])
    .await
}

/// Tries to sign in from an address, as the proxy in front tells it.
async fn tries(server: &TestServer, from: &str, login: &str, password: &str) -> Answer {
    tries_in(&Browser::new(&server.client), from, login, password).await
}

/// The same in a browser that was used before.
async fn tries_in(browser: &Browser, from: &str, login: &str, password: &str) -> Answer {
    let address: IpAddr = from.parse().expect("an address");
    // Whoever is signed in is shown no form.
    let device = browser.cookies().remove("device");
    let browser = Browser::new(browser.client());
    if let Some(device) = device {
        browser.set_cookie("device", &device);
    }
    let page = browser.get("/auth/sign_in").await;
    let typed = [("user[email]", login), ("user[password]", password)];
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(filled(&page, "/auth/sign_in", &typed))
        .finish();
    let request = browser
        .request(Method::POST, "/auth/sign_in")
        .header("x-forwarded-for", address.to_string())
        .header(ORIGIN, &browser.client().base)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body);
    browser.send(request).await
}

#[tokio::test]
async fn after_ten_wrong_passwords_an_address_has_to_wait_for_that_name() {
    let server = server().await;
    server.person("ana").await;
    server.person("bo").await;
    for (login, address) in [("ana", "192.0.2.99"), ("nobody", "192.0.2.98")] {
        for n in 0..10 {
            // However it is spelled.
            let typed = [login.to_owned(), format!(" @{}", login.to_uppercase())];
            let answer = tries(&server, address, &typed[n % 2], "wrong").await;
            assert_eq!(answer.status, 401, "{login} {n}");
        }
        // Somebody who is not there is throttled all the same: else they would be known by it.
        let answer = tries(&server, address, login, PASSWORD).await;
        assert_eq!(answer.status, 429, "{login}");
        let seconds: i64 = answer
            .header("retry-after")
            .expect("a time")
            .parse()
            .expect("seconds");
        assert!((600..=900).contains(&seconds), "{seconds}");
        assert!(answer.text().contains("Please wait"), "{}", answer.text());
    }
    assert_eq!(tries(&server, "192.0.2.99", "bo", PASSWORD).await.status, 302);
    // Her own address is not kept out by it.
    assert_eq!(tries(&server, "192.0.2.1", "ana", PASSWORD).await.status, 302);
    server.wind(TimeDelta::minutes(15));
    assert_eq!(tries(&server, "192.0.2.99", "ana", PASSWORD).await.status, 302);
}

#[tokio::test]
async fn who_has_to_wait_learns_nothing_of_who_is_here_or_which_address_is_whose() {
    let server = server().await;
    server.person("ana").await;
    let from = "192.0.2.99";
    let mut told = Vec::new();
    for names in [
        ["ana", "ana@mail.example", "@ana"],
        ["ghost", "ghost@mail.example", "@ghost"],
    ] {
        server.wind(TimeDelta::minutes(15));
        let mut statuses = Vec::new();
        for name in names {
            for _ in 0..11 {
                statuses.push(tries(&server, from, name, "wrong").await.status.as_u16());
            }
        }
        told.push(statuses);
    }
    // By another name nobody has to wait sooner; `@ana` is no other.
    let of_one = [[401; 10].as_slice(), &[429]].concat();
    assert_eq!(told[0], [of_one.clone(), of_one, vec![429; 11]].concat());
    assert_eq!(told[0], told[1], "somebody and nobody");
}

#[tokio::test]
async fn who_guesses_by_all_names_of_somebody_has_few_tries_and_is_not_told_when_they_are_over() {
    let server = server().await;
    server.person("ana").await;
    let from = "192.0.2.99";
    for _ in 0..10 {
        assert_eq!(tries(&server, from, "ana", "wrong").await.status, 401);
    }
    assert_eq!(tries(&server, from, "ana", PASSWORD).await.status, 429);
    for _ in 0..4 {
        assert_eq!(
            tries(&server, from, "ana@mail.example", "wrong").await.status,
            401
        );
    }
    // Whoever knows the password comes in by the other name, and all is forgotten.
    assert_eq!(
        tries(&server, from, "ana@mail.example", PASSWORD).await.status,
        302
    );
    server.wind(TimeDelta::minutes(15));
    for n in 0..15 {
        let name = ["ana", "ana@mail.example"][n % 2];
        assert_eq!(tries(&server, from, name, "wrong").await.status, 401, "{n}");
    }
    let right = tries(&server, from, "ana", PASSWORD).await;
    let wrong = tries(&server, from, "ana@mail.example", "wrong").await;
    assert_eq!((right.status, wrong.status), (wrong.status, right.status));
    assert_eq!(right.status, 401, "it is right, and too late");
    assert!(right.text().contains("password"), "{}", right.text());
    assert_eq!(tries(&server, "192.0.2.1", "ana", PASSWORD).await.status, 302);
    server.wind(TimeDelta::minutes(15));
    assert_eq!(tries(&server, from, "ana", PASSWORD).await.status, 302);
}

#[tokio::test]
async fn many_addresses_do_not_help_to_guess_by_two_names_either() {
    let server = server().await;
    server.person("ana").await;
    for n in 0..150 {
        let name = ["ana", "ana@mail.example"][n % 2];
        let answer = tries(&server, &format!("192.0.2.{n}"), name, "wrong").await;
        assert_eq!(answer.status, 401, "{n}");
    }
    assert_eq!(tries(&server, "192.0.2.200", "ana", PASSWORD).await.status, 401);
    server.wind(TimeDelta::minutes(15));
    assert_eq!(tries(&server, "192.0.2.200", "ana", PASSWORD).await.status, 302);
}

#[tokio::test]
async fn many_addresses_do_not_help_to_guess() {
    let server = server().await;
    server.person("ana").await;
    for n in 0..100 {
        let answer = tries(&server, &format!("192.0.2.{n}"), "ana", "wrong").await;
        assert_eq!(answer.status, 401, "{n}");
    }
    assert_eq!(tries(&server, "192.0.2.200", "ana", PASSWORD).await.status, 429);
}

#[tokio::test]
async fn strangers_who_guess_do_not_keep_the_owner_out_of_a_browser_that_she_signed_in_with() {
    let server = server().await;
    server.person("ana").await;
    server.person("bo").await;
    let (hers, his) = (Browser::new(&server.client), Browser::new(&server.client));
    for (browser, name) in [(&hers, "ana"), (&his, "bo")] {
        assert_eq!(browser.signs_in(name, PASSWORD).await.status, 302);
    }
    for n in 0..100 {
        tries(&server, &format!("192.0.2.{n}"), "ana", "wrong").await;
    }
    let from = "192.0.2.200";
    assert_eq!(tries(&server, from, "ana", PASSWORD).await.status, 429);
    assert_eq!(tries_in(&hers, from, "ana", PASSWORD).await.status, 302);
    // Also by mail address, from where others guessed.
    let again = tries_in(&hers, "192.0.2.1", "ana@mail.example", PASSWORD).await;
    assert_eq!(again.status, 302);
    // It helps with her account alone, and made-up ones help with none.
    assert_eq!(tries_in(&his, from, "ana", PASSWORD).await.status, 429);
    let made_up = Browser::new(&server.client);
    made_up.set_cookie("device", &"a".repeat(43));
    assert_eq!(tries_in(&made_up, from, "ana", PASSWORD).await.status, 429);
}

#[tokio::test]
async fn a_browser_that_is_known_does_not_help_to_guess_either() {
    let server = server().await;
    let ana = server.person("ana").await;
    let browser = Browser::new(&server.client);
    browser.signs_in("ana", PASSWORD).await;
    for n in 0..10 {
        let answer = tries_in(&browser, &format!("192.0.2.{n}"), "ana", "wrong").await;
        assert_eq!(answer.status, 401, "{n}");
    }
    // From wherever it asks.
    assert_eq!(
        tries_in(&browser, "192.0.2.99", "ana", PASSWORD).await.status,
        429
    );
    // Which leaves all others alone.
    assert_eq!(tries(&server, "192.0.2.99", "ana", PASSWORD).await.status, 302);
    server.wind(TimeDelta::minutes(15));
    assert_eq!(
        tries_in(&browser, "192.0.2.99", "ana", PASSWORD).await.status,
        302
    );
    // With a new password it is as any other.
    set_password::local(&server.app, ana.account(), "another battery staple")
        .await
        .expect("it is long enough");
    for n in 0..100 {
        tries(&server, &format!("192.0.2.{n}"), "ana", "wrong").await;
    }
    let late = tries_in(&browser, "192.0.2.200", "ana", "another battery staple").await;
    assert_eq!(late.status, 429);
}

#[tokio::test]
async fn who_is_signed_in_can_show_that_they_know_the_password_whoever_guesses_at_the_door() {
    let server = server().await;
    let ana = server.person("ana").await;
    for n in 0..100 {
        tries(&server, &format!("192.0.2.{n}"), "ana", "wrong").await;
    }
    let typed = [("password", PASSWORD), ("new_password", "another battery staple")];
    ana.post_form("/api/tintype/v1/account/password", &typed)
        .await
        .ok();
}

#[tokio::test]
async fn one_address_cannot_try_many_names() {
    let server = server().await;
    server.person("ana").await;
    for n in 0..30 {
        let answer = tries(&server, "2001:db8::1", &format!("name{n}"), "wrong").await;
        assert_eq!(answer.status, 401, "{n}");
    }
    assert_eq!(
        tries(&server, "2001:db8::2", "ana", PASSWORD).await.status,
        429,
        "a neighbour is the same"
    );
    assert_eq!(
        tries(&server, "2001:db8:0:1::1", "ana", PASSWORD).await.status,
        302
    );
}

#[tokio::test]
async fn many_tries_at_once_are_no_way_around() {
    let server = server().await;
    server.person("ana").await;
    let all = (0..24).map(|_| {
        let server = &server;
        async move { tries(server, "192.0.2.1", "ana", "wrong").await.status.as_u16() }
    });
    let statuses = futures::future::join_all(all).await;
    assert_eq!(
        statuses.iter().filter(|status| **status == 401).count(),
        10,
        "{statuses:?}"
    );
}

#[tokio::test]
async fn who_signs_in_is_forgiven_what_went_wrong_before() {
    let server = server().await;
    server.person("ana").await;
    for _ in 0..3 {
        for _ in 0..9 {
            assert_eq!(tries(&server, "192.0.2.1", "ana", "wrong").await.status, 401);
        }
        assert_eq!(tries(&server, "192.0.2.1", "ana", PASSWORD).await.status, 302);
    }
}

#[tokio::test]
async fn signing_up_is_throttled_by_address_at_both_doors_together_and_told_in_a_page() {
    let server = server().await;
    // To the beginning of a half hour.
    let into_it = server.app.clock.now().timestamp() % 1_800;
    server.wind(TimeDelta::seconds(1_800 - into_it));
    let browser = Browser::new(&server.client);
    let typed = [
        ("user[username]", "x!"),
        ("user[email]", ""),
        ("user[password]", ""),
    ];
    let page = browser.get("/auth/sign_up").await;
    for number in 0..4 {
        let answer = browser.submits(&page, "/auth/sign_up", &typed).await;
        assert_eq!(answer.status, 422, "{number}");
    }
    server.client.act("/api/v1/accounts").await.refused(401);
    let last = browser.submits(&page, "/auth/sign_up", &typed).await;
    server.client.act("/api/v1/accounts").await.refused(429);
    assert_eq!(last.status, 429);
    assert!(last.header("retry-after").is_some());
    assert!(
        last.text().contains("<h1>Too many requests</h1>"),
        "{}",
        last.text()
    );
}
