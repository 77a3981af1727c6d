//! `tintype federation …` beside a running server.

use crate::support::Binary;
use crate::support::actor::Actor;
use crate::support::binary::said;
use crate::support::http::id;
use crate::support::peer::{Peer, Says};
use crate::support::waiting::eventually;

async fn runs(binary: &Binary, arguments: &[&str]) -> (bool, String) {
    let all: Vec<&str> = ["federation"].iter().chain(arguments).copied().collect();
    let ended = binary.runs(&all, &[]).await;
    (ended.status.success(), said(&ended))
}

/// Somebody at a new peer who follows Ana.
async fn follower(binary: &Binary, name: &str) -> (Peer, Actor) {
    let peer = Peer::start(name).await;
    let actor = peer.actor("zed");
    let ana = format!("http://{}/users/ana", binary.authority);
    actor.tells(binary, &actor.does("Follow", ana)).await;
    peer.letter("Accept").await;
    binary.quiet().await;
    (peer, actor)
}

/// The line of a list that begins with this.
fn line<'a>(list: &'a str, beginning: &str) -> &'a str {
    let found = list.lines().find(|line| line.starts_with(beginning));
    found.unwrap_or_else(|| panic!("{beginning} in {list}"))
}

#[tokio::test]
async fn an_operator_sees_where_a_post_has_got_to_and_has_it_tried_again_or_given_up() {
    let mut binary = Binary::start("one.test", &[]).await;
    let ana = binary.person("ana").await;
    let (done, told) = runs(&binary, &["hosts"]).await;
    assert!(done && told.contains("No letters have been sent yet."), "{told}");
    let (well, _) = follower(&binary, "two.test").await;
    let (down, _) = follower(&binary, "three.test").await;
    let (picky, _) = follower(&binary, "peer.test").await;
    down.says("/inbox", Says::Wait(503, "7200"));
    picky.says_to_letters([Says::Status(403)]);
    let post = ana.post("Who has me?").await;
    let uri = post["uri"].as_str().expect("an address");
    eventually("it was tried everywhere", async || {
        let (_, told) = runs(&binary, &["post", uri]).await;
        let tried = told.contains("answered with status 503");
        (tried && told.starts_with("1 have it, 1 wait for it, 1 refused it, 0 got nothing of it"))
            .then_some(())
    })
    .await;
    let (done, told) = runs(&binary, &["post", post["url"].as_str().expect("an address")]).await;
    assert!(done, "{told}");
    assert!(line(&told, &well.authority).ends_with("\thas it"), "{told}");
    assert!(
        line(&told, &picky.authority).contains("refused: refused with status 403"),
        "{told}"
    );
    let waits = line(&told, &down.authority);
    assert!(
        waits.contains("1 waiting, next try ") && waits.contains("answered with status 503"),
        "{told}"
    );
    let (_, short) = runs(&binary, &["post", uri, "--most", "1"]).await;
    assert!(
        !short.contains(&well.authority) && short.contains("There are more"),
        "{short}"
    );

    let (_, hosts) = runs(&binary, &["hosts"]).await;
    assert!(hosts.starts_with(&down.authority), "trouble first: {hosts}");
    assert!(
        line(&hosts, &down.authority).contains("failed 1 times since "),
        "{hosts}"
    );
    assert!(
        line(&hosts, &well.authority).contains("\twell\t0 waiting\tlast took one "),
        "{hosts}"
    );
    let (_, failing) = runs(&binary, &["hosts", "--failing"]).await;
    assert_eq!(failing.lines().count(), 2, "{failing}");
    assert!(
        line(&failing, &picky.authority).contains("1 refused"),
        "{failing}"
    );
    let (_, one) = runs(&binary, &["hosts", "--most", "1"]).await;
    assert!(
        one.lines().count() == 2 && one.contains("There are more"),
        "{one}"
    );

    let (_, queue) = runs(&binary, &["queue", &picky.authority]).await;
    let about = format!("\tCreate\tpost {}\trefused with status 403\t", id(&post));
    assert!(queue.contains(&about), "{queue}");
    let (_, queue) = runs(&binary, &["queue", &down.authority]).await;
    assert!(queue.contains("\twaits\t"), "{queue}");
    let (_, queue) = runs(&binary, &["queue", &well.authority]).await;
    assert!(queue.contains("Nothing waits for "), "{queue}");

    // Both are well again.
    down.says("/inbox", Says::Status(202));
    for host in [&down.authority, &picky.authority] {
        let (done, told) = runs(&binary, &["retry", host]).await;
        assert!(done, "{told}");
    }
    eventually("all have it", async || {
        let (_, told) = runs(&binary, &["post", uri]).await;
        told.starts_with("3 have it, 0 wait for it").then_some(())
    })
    .await;
    assert_eq!(picky.letters_of("Create").len(), 2);
    binary.quiet().await;

    down.says("/inbox", Says::Wait(503, "7200"));
    ana.post("Never to be seen there").await;
    eventually("it was tried", async || {
        (down.letters_of("Create").len() == 3).then_some(())
    })
    .await;
    let (done, told) = eventually("it is given up", async || {
        let (done, told) = runs(&binary, &["drop", &down.authority]).await;
        told.contains("Gave up 1 that waited").then_some((done, told))
    })
    .await;
    assert!(done && told.contains("and 0 that it would not take"), "{told}");
    let (_, queue) = runs(&binary, &["queue", &down.authority]).await;
    assert!(queue.contains("Nothing waits for "), "{queue}");
    assert!(binary.stop().await.success(), "{}", binary.log());
}

#[tokio::test]
async fn what_cannot_be_found_is_said_in_a_sentence() {
    let mut binary = Binary::start("one.test", &[]).await;
    let ana = binary.person("ana").await;
    let post = ana.post("For nobody elsewhere").await;
    let (done, told) = runs(&binary, &["post", post["uri"].as_str().expect("an address")]).await;
    assert!(
        done && told.contains("It was for nobody on another server."),
        "{told}"
    );
    let missing = format!("http://{}/@ana/4711", binary.authority);
    for (arguments, sentence) in [
        (
            vec!["post", "https://elsewhere.example/@x/1"],
            "no address of a post of this server",
        ),
        (vec!["post", &missing], "there is no such post"),
        (
            vec!["queue", "nobody.example"],
            "this server has never met nobody.example",
        ),
        (
            vec!["retry", "nobody.example"],
            "this server has never met nobody.example",
        ),
        (
            vec!["drop", "nobody.example"],
            "this server has never met nobody.example",
        ),
        (vec!["hosts", "--most", "0"], "0 is not in 1..=10000"),
        (vec!["relay", "add", "nonsense"], "that is no address of a relay"),
        (
            vec!["relay", "remove", "https://relay.example/inbox"],
            "there is no such relay",
        ),
    ] {
        let (done, told) = runs(&binary, &arguments).await;
        assert!(!done && told.contains(sentence), "{arguments:?}: {told}");
    }
    assert!(binary.stop().await.success(), "{}", binary.log());
}

#[tokio::test]
async fn a_relay_is_asked_listed_and_left_by_the_operator() {
    let mut binary = Binary::start("one.test", &[]).await;
    let relay = Peer::start("peer.test").await;
    let actor = relay.actor("relay");
    let (_, told) = runs(&binary, &["relay", "list"]).await;
    assert!(told.contains("This server subscribes to no relay."), "{told}");
    let inbox = relay.url("/inbox");
    let (done, told) = runs(&binary, &["relay", "add", &inbox]).await;
    assert!(done && told.contains("Asked "), "{told}");
    let follow = relay.letter("Follow").await;
    let (_, told) = runs(&binary, &["relay", "list"]).await;
    assert!(told.contains(&format!("{inbox}\tasked since ")), "{told}");
    actor.tells(&binary, &actor.does("Accept", follow)).await;
    eventually("it is accepted", async || {
        let (_, told) = runs(&binary, &["relay", "list"]).await;
        told.contains(&format!("{inbox}\taccepted since ")).then_some(())
    })
    .await;
    let (done, told) = runs(&binary, &["relay", "add", &inbox]).await;
    assert!(
        !done && told.contains("that relay is on the list already"),
        "{told}"
    );
    let (done, told) = runs(&binary, &["relay", "remove", &inbox]).await;
    assert!(done && told.contains("Left "), "{told}");
    relay.letter("Undo").await;
    assert!(binary.stop().await.success(), "{}", binary.log());
}
