//! By what each side signs, and what the other takes. What is signed inside a letter is no reason to refuse it, and none to
//! believe it.

use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use super::{SCHEMES, with_fay};

#[tokio::test]
async fn letters_by_either_scheme_are_taken_at_once_with_all_the_proofs_inside() {
    with_fay(async |world| {
        let post = world.ana.post("A pier").await;
        world.server.settle().await;
        let uri = world.post_uri(&post);
        for scheme in SCHEMES {
            for kind in ["Follow", "Like", "Announce"] {
                let object = if kind == "Follow" {
                    world.ana_uri()
                } else {
                    uri.clone()
                };
                let how = json!({
                    "kind": kind, "object": object, "to": [world.ana_uri()], "scheme": scheme,
                });
                let done = world.fay("does", how).await;
                let expected = json!([{
                    "url": format!("http://{}/inbox", world.server.authority()), "scheme": scheme,
                    "type": kind, "linkedDataSignature": true, "objectProof": true, "status": 202,
                }]);
                assert_eq!(done["sent"], expected);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_server_that_wants_one_scheme_gets_letters_by_it() {
    with_fay(async |world| {
        for scheme in SCHEMES {
            world.fedify.does("insistsOn", json!({ "on": scheme })).await;
            world.ana.post(&format!("By {scheme}")).await;
            world.server.settle().await;
            let create = world.fedify.heard_last("Create").await;
            let text = create["inside"]["content"].as_str().expect("a text");
            assert!(text.contains(scheme), "it was not heard: {create}");
            let asked = world.fedify.asked().await;
            let letters: Vec<&Value> = asked.iter().filter(|line| line["method"] == "POST").collect();
            let last = letters.last().expect("a letter");
            assert_eq!(last["scheme"], scheme, "{last}");
            assert_eq!(last["status"], 202, "{last}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_followers_post_is_read_by_a_follower_who_signs_and_by_nobody_else() {
    with_fay(async |world| {
        world.fedify.does("comes", json!({ "name": "gus" })).await;
        let post = world
            .ana
            .post("For those who follow")
            .to(Audience::Followers)
            .await;
        world.server.settle().await;
        let what = world.post_uri(&post);
        let read = async |by: Option<&str>, scheme: &str| {
            let how = json!({ "what": what, "by": by, "scheme": scheme });
            world.fedify.does("looksUp", how).await
        };
        for scheme in SCHEMES {
            let note = read(Some("fay"), scheme).await;
            assert_eq!(note["content"], "<p>For those who follow</p>", "{scheme}");
            assert_eq!(read(Some("gus"), scheme).await, Value::Null, "{scheme}");
            assert_eq!(read(None, scheme).await, Value::Null);
        }
    })
    .await;
}
