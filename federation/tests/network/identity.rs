//! Documents and who they say they are. Never one that is refused for its size or address.

use axum::response::Response;
use serde_json::json;
use tintype_federation::fetch::FetchError;
use tintype_federation::guard::PrivateAddresses::Allowed;
use tintype_federation::key::PublicKey;
use tintype_federation::signature::{RequestView, Scheme, read};

use crate::peer::{KEY, Peer, activity, answer, client, fetch, now, redirect, signer};

#[tokio::test]
async fn an_object_under_its_own_address_is_fetched_and_the_request_is_signed() {
    let peer = Peer::start(|base, asked| activity(&json!({ "id": format!("{base}{}", asked.path) }))).await;
    let object = client(Allowed)
        .get_object(&peer.url("/notes/1?x=1"), Some(&signer()), now())
        .await
        .unwrap();
    assert_eq!(object.url, peer.url("/notes/1?x=1"));
    let asked = &peer.asked()[0];
    let authority = peer.address.to_string();
    let view = RequestView {
        method: &asked.method,
        path_and_query: &asked.path,
        headers: &asked.headers,
        our_authorities: &[&authority],
    };
    let public = PublicKey::from_pem(&KEY.public_pem().unwrap()).unwrap();
    read(&view, now()).unwrap().verify(&public).unwrap();
    assert!(
        asked.headers["accept"]
            .to_str()
            .unwrap()
            .contains("application/activity+json")
    );
    assert_eq!(asked.headers["user-agent"], "Tintype/test");
}

#[tokio::test]
async fn a_fragment_is_not_part_of_the_address() {
    let peer = Peer::start(|base, _| activity(&json!({ "id": format!("{base}/users/ana") }))).await;
    assert_eq!(
        fetch(&peer, "/users/ana#main-key").await,
        Ok(peer.url("/users/ana"))
    );
}

#[tokio::test]
async fn a_document_at_another_address_of_its_server_is_fetched_from_there_once() {
    let peer = Peer::start(|base, _| activity(&json!({ "id": format!("{base}/users/ana") }))).await;
    assert_eq!(
        fetch(&peer, "/users/ana/main-key").await,
        Ok(peer.url("/users/ana"))
    );
    assert_eq!(peer.asked().len(), 2);
    let liar = Peer::start(|base, asked| activity(&json!({ "id": format!("{base}{}x", asked.path) }))).await;
    assert_eq!(fetch(&liar, "/a").await, Err(FetchError::WrongIdentity));
    assert_eq!(liar.asked().len(), 2);
}

#[tokio::test]
async fn a_document_that_names_another_server_or_nothing_is_refused() {
    for id in [
        json!("https://victim.example/users/ana"),
        json!(null),
        json!(7),
        json!(""),
    ] {
        let peer = Peer::start(move |_, _| activity(&json!({ "id": id }))).await;
        assert_eq!(fetch(&peer, "/users/ana").await, Err(FetchError::WrongIdentity));
    }
}

#[tokio::test]
async fn two_servers_on_one_host_are_two_origins() {
    let victim = Peer::start(|base, asked| activity(&json!({ "id": format!("{base}{}", asked.path) }))).await;
    let id = victim.url("/users/ana");
    let liar = Peer::start(move |_, _| activity(&json!({ "id": id }))).await;
    assert_eq!(fetch(&liar, "/users/ana").await, Err(FetchError::WrongIdentity));
    assert!(victim.asked().is_empty());
}

#[tokio::test]
async fn after_a_redirect_the_final_address_must_be_the_documents() {
    let target = Peer::start(|base, asked| activity(&json!({ "id": format!("{base}{}", asked.path) }))).await;
    let to = target.url("/b").to_string();
    let from = Peer::start(move |_, _| redirect(&to)).await;
    assert_eq!(fetch(&from, "/a").await, Ok(target.url("/b")));

    let first = from.url("/a");
    let liar = Peer::start(move |_, _| activity(&json!({ "id": first }))).await;
    let to = liar.url("/b").to_string();
    let from = Peer::start(move |_, _| redirect(&to)).await;
    assert_eq!(fetch(&from, "/a").await, Err(FetchError::WrongIdentity));
}

#[tokio::test]
async fn every_redirect_is_signed_for_its_own_host() {
    let target = Peer::start(|base, asked| activity(&json!({ "id": format!("{base}{}", asked.path) }))).await;
    let to = target.url("/b").to_string();
    let from = Peer::start(move |_, _| redirect(&to)).await;
    client(Allowed)
        .get_object(&from.url("/a"), Some(&signer()), now())
        .await
        .unwrap();
    assert_eq!(target.asked()[0].headers["host"], target.address.to_string());
    assert_ne!(
        from.asked()[0].headers["signature"],
        target.asked()[0].headers["signature"]
    );
}

#[tokio::test]
async fn uploads_on_a_trusted_host_are_not_its_word() {
    for kind in [
        "text/plain",
        "application/json",
        "application/octet-stream",
        "application/ld+json",
        "text/html",
    ] {
        let peer = Peer::start(move |base, asked| {
            answer(
                200,
                kind,
                json!({ "id": format!("{base}{}", asked.path) }).to_string(),
            )
        })
        .await;
        assert_eq!(
            fetch(&peer, "/upload.json").await,
            Err(FetchError::WrongType),
            "{kind}"
        );
    }
}

#[tokio::test]
async fn a_peer_that_signs_without_the_query_is_asked_again_so() {
    let peer = Peer::start(|base, asked| {
        let public = PublicKey::from_pem(&KEY.public_pem().unwrap()).unwrap();
        let path = asked.path.split('?').next().unwrap();
        let authority = base.trim_start_matches("http://");
        let view = RequestView {
            method: "GET",
            path_and_query: path,
            headers: &asked.headers,
            our_authorities: &[authority],
        };
        match read(&view, now()).and_then(|claim| claim.verify(&public)) {
            Ok(()) => activity(&json!({ "id": format!("{base}{}", asked.path) })),
            Err(_) => answer(401, "text/plain", ""),
        }
    })
    .await;
    let url = peer.url("/outbox?page=2");
    client(Allowed)
        .get_object(&url, Some(&signer()), now())
        .await
        .unwrap();
    assert_eq!(peer.asked().len(), 2);
    // Unsigned, or without a query, there is no second try.
    assert_eq!(fetch(&peer, "/outbox?page=2").await, Err(FetchError::Status(401)));
    assert_eq!(peer.asked().len(), 3);
}

/// Answers only to what is signed by RFC 9421, as `status` otherwise.
async fn modern(status: u16) -> Peer {
    Peer::start(move |base, asked| {
        let public = PublicKey::from_pem(&KEY.public_pem().unwrap()).unwrap();
        let authority = base.trim_start_matches("http://");
        let view = RequestView {
            method: "GET",
            path_and_query: &asked.path,
            headers: &asked.headers,
            our_authorities: &[authority],
        };
        match read(&view, now()) {
            Ok(claim) if claim.scheme == Scheme::Rfc9421 && claim.verify(&public).is_ok() => {
                activity(&json!({ "id": format!("{base}{}", asked.path) }))
            }
            _ => answer(status, "text/plain", ""),
        }
    })
    .await
}

#[tokio::test]
async fn a_peer_that_reads_only_the_newer_signature_is_asked_so_and_says_which_it_was() {
    for status in [400, 401] {
        let peer = modern(status).await;
        let mut signer = signer();
        let url = peer.url("/notes/1");
        let found = client(Allowed)
            .get_object(&url, Some(&signer), now())
            .await
            .unwrap();
        assert_eq!(
            (found.scheme, peer.asked().len()),
            (Scheme::Rfc9421, 2),
            "{status}"
        );
        signer.scheme = found.scheme;
        let found = client(Allowed)
            .get_object(&url, Some(&signer), now())
            .await
            .unwrap();
        assert_eq!(
            (found.scheme, peer.asked().len()),
            (Scheme::Rfc9421, 3),
            "{status}"
        );
        // Unsigned there is nothing to do in another way.
        assert_eq!(fetch(&peer, "/notes/1").await, Err(FetchError::Status(status)));
        assert_eq!(peer.asked().len(), 4);
    }
    let peer = modern(401).await;
    let url = peer.url("/outbox?page=2");
    client(Allowed)
        .get_object(&url, Some(&signer()), now())
        .await
        .unwrap();
    assert_eq!(
        peer.asked().len(),
        3,
        "with the query, without it, and in the other way"
    );
}

#[tokio::test]
async fn a_peer_that_reads_the_older_signature_again_is_asked_so_and_one_that_reads_none_not_for_ever() {
    let older = Peer::start(
        |base, asked| match asked.headers.contains_key("signature-input") {
            true => answer(401, "text/plain", ""),
            false => activity(&json!({ "id": format!("{base}{}", asked.path) })),
        },
    )
    .await;
    let mut signer = signer();
    signer.scheme = Scheme::Rfc9421;
    let url = older.url("/notes/1");
    let found = client(Allowed)
        .get_object(&url, Some(&signer), now())
        .await
        .unwrap();
    assert_eq!((found.scheme, older.asked().len()), (Scheme::Cavage, 2));
    let never = Peer::start(|_, _| answer(401, "text/plain", "")).await;
    let url = never.url("/notes/1");
    let refused = client(Allowed).get_object(&url, Some(&signer), now()).await;
    assert_eq!(refused.unwrap_err(), FetchError::Status(401));
    assert_eq!(never.asked().len(), 2);
}

#[tokio::test]
async fn another_server_that_is_redirected_to_is_asked_in_the_older_way_first() {
    let target = Peer::start(|base, asked| activity(&json!({ "id": format!("{base}{}", asked.path) }))).await;
    let to = target.url("/b").to_string();
    let from = Peer::start(move |_, _| redirect(&to)).await;
    let mut signer = signer();
    signer.scheme = Scheme::Rfc9421;
    let url = from.url("/a");
    client(Allowed)
        .get_object(&url, Some(&signer), now())
        .await
        .unwrap();
    assert!(from.asked()[0].headers.contains_key("signature-input"));
    assert!(!target.asked()[0].headers.contains_key("signature-input"));
}

#[tokio::test]
async fn a_web_page_is_never_followed_to_what_it_links() {
    let peer = Peer::start(|base, _| -> Response {
        let page = format!("<link rel=alternate type=application/activity+json href={base}/b>");
        answer(200, "text/html", page)
    })
    .await;
    assert_eq!(fetch(&peer, "/a").await, Err(FetchError::WrongType));
    assert_eq!(peer.asked().len(), 1);
}
