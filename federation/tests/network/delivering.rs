//! Letters to scripted inboxes, and names asked of scripted hosts. Never leaves loopback.

use crate::peer::{KEY, Peer, answer, client, client_with, now};
use bytes::Bytes;
use serde_json::{Value, json};
use tintype_federation::delivery::{Letter, Outcome, Trouble, deliver};
use tintype_federation::fetch::FetchError;
use tintype_federation::guard::PrivateAddresses::{Allowed, Refused};
use tintype_federation::key::PublicKey;
use tintype_federation::signature::{BodyDigest, RequestView, Scheme, read};
use tintype_federation::vocab::Actor;
use tintype_federation::webfinger::{Handle, confirm, resolve};
use url::Url;

pub const BODY: &[u8] = br#"{"type":"Follow"}"#;

pub fn letter(inbox: Url) -> Letter {
    let body = Bytes::from_static(BODY);
    let key_id = Url::parse("https://here.example/users/ana#main-key").unwrap();
    Letter {
        inbox,
        digest: BodyDigest::of(&body),
        body,
        key_id,
        key: KEY.clone(),
        followers: None,
    }
}

#[tokio::test]
async fn a_letter_arrives_with_a_signature_that_its_reader_accepts() {
    for scheme in [Scheme::Cavage, Scheme::Rfc9421] {
        let peer = Peer::start(|base, asked| {
            let view = RequestView {
                method: &asked.method,
                path_and_query: &asked.path,
                headers: &asked.headers,
                our_authorities: &[base.trim_start_matches("http://")],
            };
            let public = PublicKey::from_pem(&KEY.public_pem().unwrap()).unwrap();
            let claim = read(&view, now()).unwrap();
            claim.check_body(&asked.body).unwrap();
            claim.verify(&public).unwrap();
            assert_eq!(asked.headers["content-type"], "application/activity+json");
            answer(202, "text/plain", "")
        })
        .await;
        let outcome = deliver(&client(Allowed), &letter(peer.url("/inbox?x=1")), scheme, now).await;
        assert_eq!(outcome, Outcome::Accepted, "{scheme:?}");
    }
}

#[tokio::test]
async fn what_is_said_of_followers_goes_with_the_letter_and_is_signed() {
    for scheme in [Scheme::Cavage, Scheme::Rfc9421] {
        let peer = Peer::start(|_, _| answer(202, "text/plain", "")).await;
        let mut letter = letter(peer.url("/inbox"));
        letter.followers = Some("collectionId=\"https://here.example/f\"".to_owned());
        let outcome = deliver(&client(Allowed), &letter, scheme, now).await;
        assert_eq!(outcome, Outcome::Accepted);
        let asked = &peer.asked()[0];
        let authority = peer.address.to_string();
        let verified = |headers: &http::HeaderMap| {
            let view = RequestView {
                method: "POST",
                path_and_query: &asked.path,
                headers,
                our_authorities: &[&authority],
            };
            let public = PublicKey::from_pem(&KEY.public_pem().unwrap()).unwrap();
            read(&view, now()).and_then(|claim| claim.verify(&public)).is_ok()
        };
        assert!(verified(&asked.headers), "{scheme:?}");
        let mut forged = asked.headers.clone();
        let other = http::HeaderValue::from_static("collectionId=\"https://here.example/g\"");
        forged.insert("collection-synchronization", other);
        assert!(!verified(&forged), "{scheme:?}");
    }
}

#[tokio::test]
async fn each_answer_has_its_outcome() {
    for (status, outcome) in [
        (200, Outcome::Accepted),
        (401, Outcome::TryOtherScheme(401)),
        (400, Outcome::TryOtherScheme(400)),
        (403, Outcome::Refused(403)),
        (410, Outcome::Gone),
        (302, Outcome::Refused(302)),
        (
            503,
            Outcome::TryLater {
                after: None,
                why: Trouble::Status(503),
            },
        ),
    ] {
        let peer = Peer::start(move |_, _| answer(status, "text/plain", vec![b'x'; 1 << 20])).await;
        assert_eq!(
            deliver(&client(Allowed), &letter(peer.url("/inbox")), Scheme::Cavage, now).await,
            outcome
        );
    }
}

#[tokio::test]
async fn a_letter_to_an_address_inside_is_never_sent() {
    let peer = Peer::start(|_, _| answer(202, "text/plain", "")).await;
    let port = peer.address.port();
    for inbox in [
        format!("https://127.0.0.1:{port}/inbox"),
        format!("https://peer.example:{port}/inbox"),
    ] {
        let client = client_with(Refused, &["peer.example"]);
        let outcome = deliver(&client, &letter(Url::parse(&inbox).unwrap()), Scheme::Cavage, now).await;
        assert_eq!(outcome, Outcome::Forbidden);
    }
    assert!(peer.asked().is_empty());
}

fn jrd(subject: &str, actor: &str) -> axum::response::Response {
    let body = json!({ "subject": format!("acct:{subject}"), "links": [
        { "rel": "self", "type": "application/activity+json", "href": actor },
    ] });
    answer(200, "application/jrd+json; charset=utf-8", body.to_string())
}

fn resource(path: &str) -> String {
    let url = Url::parse("http://x").unwrap().join(path).unwrap();
    let resource = url
        .query_pairs()
        .find(|(key, _)| key == "resource")
        .unwrap()
        .1
        .into_owned();
    resource.trim_start_matches("acct:").to_owned()
}

#[tokio::test]
async fn a_name_with_a_port_is_resolved_over_plain_http_in_the_end() {
    let peer = Peer::start(|base, asked| {
        jrd(
            &resource(&asked.path).to_lowercase(),
            &format!("{base}/users/ana"),
        )
    })
    .await;
    let handle = Handle::parse(&format!("@Ana@peer.example:{}", peer.address.port())).unwrap();
    let client = client_with(Allowed, &["peer.example"]);
    let resolved = resolve(&client, &handle, now()).await.unwrap();
    assert_eq!(resolved.handle.user(), "ana");
    assert_eq!(resolved.actor, peer.url("/users/ana"));
}

#[tokio::test]
async fn a_name_that_speaks_for_another_must_be_confirmed_by_it() {
    let port_of = |peer: &Peer| peer.address.port();
    let names = ["one.example", "two.example"];
    let confirmed = Peer::start(|_, asked| {
        let name = resource(&asked.path);
        let port = name.rsplit_once(':').unwrap().1.to_owned();
        jrd(
            &format!("ana@two.example:{port}"),
            "https://two.example/users/ana",
        )
    })
    .await;
    let handle = Handle::parse(&format!("ana@one.example:{}", port_of(&confirmed))).unwrap();
    let resolved = resolve(&client_with(Allowed, &names), &handle, now())
        .await
        .unwrap();
    assert_eq!(
        resolved.handle.authority(),
        format!("two.example:{}", port_of(&confirmed))
    );
    assert_eq!(confirmed.asked().len(), 2);

    let thief = Peer::start(|_, asked| {
        let name = resource(&asked.path);
        let actor = if name.contains("two.example") {
            "https://two.example/users/ana"
        } else {
            "https://evil.example/x"
        };
        let port = name.rsplit_once(':').unwrap().1.to_owned();
        jrd(&format!("ana@two.example:{port}"), actor)
    })
    .await;
    let handle = Handle::parse(&format!("ana@one.example:{}", port_of(&thief))).unwrap();
    let refused = resolve(&client_with(Allowed, &names), &handle, now()).await;
    assert_eq!(refused, Err(FetchError::WrongIdentity));
}

#[tokio::test]
async fn a_circle_of_names_ends_after_one_step() {
    let peer = Peer::start(|_, asked| {
        let name = resource(&asked.path);
        let other = if name.starts_with("ana") {
            name.replace("ana", "ben")
        } else {
            name.replace("ben", "ana")
        };
        jrd(&other, "https://one.example/users/ana")
    })
    .await;
    let handle = Handle::parse(&format!("ana@one.example:{}", peer.address.port())).unwrap();
    let answer = resolve(&client_with(Allowed, &["one.example"]), &handle, now()).await;
    assert_eq!(answer, Err(FetchError::WrongIdentity));
    assert_eq!(peer.asked().len(), 2);
}

#[tokio::test]
async fn an_actor_cannot_write_anothers_name_into_its_document() {
    let peer = Peer::start(|base, asked| jrd(&resource(&asked.path), &format!("{base}/users/ana"))).await;
    let actor = |id: &str| {
        let id = peer.url(id);
        let document: Value =
            json!({ "type": "Person", "id": id, "inbox": format!("{id}/inbox"), "preferredUsername": "ana" });
        Actor::read(&document).unwrap()
    };
    let client = client(Allowed);
    assert_eq!(
        confirm(&client, &actor("/users/ana"), now())
            .await
            .unwrap()
            .user(),
        "ana"
    );
    assert_eq!(
        confirm(&client, &actor("/users/thief"), now()).await,
        Err(FetchError::WrongIdentity)
    );
}
