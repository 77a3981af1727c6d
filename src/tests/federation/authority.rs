//! What somebody may say about whom. A verified sender is believed about themselves, and about nobody else.

use serde_json::{Value, json};

use super::scene::{Scene, befriend};
use crate::support::actor::Actor;
use crate::support::peer::{Peer, Says};

/// Sends it; it is either refused with 401 at the door or taken without effect.
pub async fn in_vain(scene: &Scene, actor: &Actor, activity: &Value) {
    let before = everything(scene).await;
    let answer = actor.sends(&scene.server, activity).await;
    assert!(
        [202, 401].contains(&answer.status.as_u16()),
        "{} {}",
        answer.status,
        answer.text()
    );
    scene.server.settle().await;
    assert_eq!(everything(scene).await, before, "{activity} changed something");
}

/// All rows that an activity could change, in one line.
async fn everything(scene: &Scene) -> String {
    let sql = "select concat_ws(' ',
        (select md5(string_agg(p::text, ' ' order by id)) from posts p),
        (select md5(string_agg(f::text, ' ' order by id)) from follows f),
        (select md5(string_agg(l::text, ' ' order by id)) from likes l),
        (select md5(string_agg(b::text, ' ' order by id)) from blocks b),
        (select md5(string_agg(n::text, ' ' order by id)) from notifications n),
        (select md5(string_agg(concat(display_name, note_html, deleted_at, moved_to, public_key_pem), ' ' order by id))
         from accounts where host_id is null or uri like '%/zed'))";
    sqlx::query_scalar(sql)
        .fetch_one(scene.server.db())
        .await
        .expect("it can be read")
}

/// Somebody at another server, whom the server has met.
pub async fn mallory(scene: &Scene) -> (Peer, Actor) {
    let peer = Peer::start("four.test").await;
    let mallory = peer.actor("mallory");
    befriend(&scene.server, &scene.ana, &peer, &mallory).await;
    (peer, mallory)
}

/// Somebody else at Zed's own server, whom the server has met.
pub async fn yan(scene: &Scene) -> Actor {
    let yan = scene.peer.actor("yan");
    befriend(&scene.server, &scene.ana, &scene.peer, &yan).await;
    yan
}

#[tokio::test]
async fn nobody_speaks_for_another_actor() {
    let scene = Scene::new().await;
    let (_peer, mallory) = mallory(&scene).await;
    let yan = yan(&scene).await;
    let create = scene.zed.creates(&scene.zed.note("<p>Zed never said so</p>"));
    for impostor in [&mallory, &yan] {
        let forged = impostor.letter(&scene.server, &create);
        assert_eq!(forged.send().await.status, 401, "{}", impostor.uri);
    }
    scene.server.settle().await;
    assert_eq!(scene.posts().await, 0);
}

#[tokio::test]
async fn an_activity_or_post_lives_at_its_authors_server() {
    let scene = Scene::new().await;
    let (_peer, mallory) = mallory(&scene).await;
    let mut create = mallory.creates(&mallory.note("<p>Hello</p>"));
    create["id"] = json!(scene.zed.address("activities"));
    assert_eq!(mallory.sends(&scene.server, &create).await.status, 401);
    // The post's own server is asked for it, and knows nothing.
    let mut note = mallory.note("<p>Hello</p>");
    note["id"] = json!(scene.zed.address("notes"));
    in_vain(&scene, &mallory, &mallory.creates(&note)).await;
    let mut note = mallory.note("<p>Hello</p>");
    note["id"] = json!(format!("http://{}/users/ana/posts/1", scene.server.authority()));
    in_vain(&scene, &mallory, &mallory.creates(&note)).await;
}

#[tokio::test]
async fn a_post_attributed_to_somebody_else_is_refused() {
    let scene = Scene::new().await;
    let (_peer, mallory) = mallory(&scene).await;
    let yan = yan(&scene).await;
    for impostor in [&mallory, &yan] {
        let mut note = impostor.note("<p>By Zed, I swear</p>");
        note["attributedTo"] = json!(scene.zed.uri);
        in_vain(&scene, impostor, &impostor.creates(&note)).await;
        note["attributedTo"] = json!([impostor.uri, scene.zed.uri]);
        let answer = impostor.sends(&scene.server, &impostor.creates(&note)).await;
        scene.server.settle().await;
        let author = "select count(*) from posts p join accounts a on a.id = p.author_id where a.uri = $1";
        assert_eq!(scene.number(author, &scene.zed.uri).await, 0, "{}", answer.status);
    }
}

#[tokio::test]
async fn a_create_never_writes_over_a_post() {
    let scene = Scene::new().await;
    let yan = yan(&scene).await;
    let (note, _) = scene.zed_posts("<p>Mine</p>").await;
    let mut stolen = yan.note("<p>Now mine</p>");
    stolen["id"] = note["id"].clone();
    in_vain(&scene, &yan, &yan.creates(&stolen)).await;
    let mut again = note.clone();
    again["content"] = json!("<p>Something else</p>");
    in_vain(&scene, &scene.zed, &scene.zed.creates(&again)).await;
}

#[tokio::test]
async fn nobody_changes_or_deletes_what_another_wrote() {
    let scene = Scene::new().await;
    let (_peer, mallory) = mallory(&scene).await;
    let yan = yan(&scene).await;
    let (note, _) = scene.zed_posts("<p>Mine</p>").await;
    let here = scene.ana.post("Ana's").await;
    scene.server.settle().await;
    let uri = scene.post_uri(&scene.ana, &here);
    for vandal in [&mallory, &yan] {
        for author in [&scene.zed.uri, &vandal.uri] {
            let mut changed = note.clone();
            changed["content"] = json!("<p>Vandalised</p>");
            changed["attributedTo"] = json!(author);
            changed["updated"] = json!("2099-01-01T00:00:00Z");
            in_vain(&scene, vandal, &vandal.does("Update", changed)).await;
        }
        for object in [
            note["id"].clone(),
            json!({ "type": "Tombstone", "id": note["id"] }),
            json!(uri),
            json!(scene.zed.uri),
        ] {
            in_vain(&scene, vandal, &vandal.does("Delete", object)).await;
        }
        in_vain(&scene, vandal, &vandal.does("Update", scene.zed.document())).await;
    }
    // Not entombed by a stranger either: a later post with that address would stay out.
    let late = scene.zed.note("<p>Later</p>");
    in_vain(&scene, &yan, &yan.does("Delete", late["id"].clone())).await;
    scene.zed_tells(&scene.zed.creates(&late)).await;
    assert!(
        scene.of_note(&late).await.is_some(),
        "somebody else's Delete keeps a post out"
    );
}

#[tokio::test]
async fn nobody_takes_back_what_another_did() {
    let scene = Scene::new().await;
    let yan = yan(&scene).await;
    let post = scene.ana.post("Like me").await;
    scene.server.settle().await;
    let follow = scene.zed.does("Follow", scene.uri(&scene.ana));
    let like = scene.zed.does("Like", scene.post_uri(&scene.ana, &post));
    scene.zed_tells(&follow).await;
    scene.zed_tells(&like).await;
    assert_eq!(
        scene.number("select count(*) from likes where $1 = ''", "").await,
        1
    );
    for deed in [&follow, &like] {
        in_vain(&scene, &yan, &yan.does("Undo", deed.clone())).await;
        in_vain(&scene, &yan, &yan.does("Undo", deed["id"].clone())).await;
        let mut claimed = deed.clone();
        claimed["actor"] = json!(yan.uri);
        in_vain(&scene, &yan, &yan.does("Undo", claimed)).await;
    }
}

#[tokio::test]
async fn only_who_was_asked_accepts_or_rejects_and_only_what_was_asked() {
    let scene = Scene::new().await;
    let yan = scene.peer.actor("yan");
    let xi = scene.peer.actor("xi");
    let bo = scene.server.person("bo").await;
    // Nobody asked.
    let mut never =
        json!({ "type": "Follow", "id": format!("{}#follows/1", scene.uri(&bo)), "actor": scene.uri(&bo) });
    never["object"] = json!(xi.uri);
    in_vain(&scene, &xi, &xi.does("Accept", never.clone())).await;
    in_vain(&scene, &xi, &xi.does("Accept", never["id"].clone())).await;
    // Somebody else was asked.
    let yan_id = super::scene::find(&bo, &yan.handle()).await;
    bo.act(&format!("/api/v1/accounts/{yan_id}/follow")).await.ok();
    scene.server.settle().await;
    let follow = scene.peer.letters_of("Follow").pop().expect("it was sent");
    for verb in ["Accept", "Reject"] {
        in_vain(&scene, &xi, &xi.does(verb, follow.clone())).await;
        in_vain(&scene, &xi, &xi.does(verb, follow["id"].clone())).await;
        let mut claimed = follow.clone();
        claimed["object"] = json!(xi.uri);
        in_vain(&scene, &xi, &xi.does(verb, claimed)).await;
    }
    let accepted = "select count(*) from follows f join accounts a on a.id = f.followee_id where a.uri = $1 and f.accepted";
    assert_eq!(scene.number(accepted, &yan.uri).await, 0);
    yan.tells(&scene.server, &yan.does("Accept", follow["id"].clone()))
        .await;
    scene.server.settle().await;
    assert_eq!(scene.number(accepted, &yan.uri).await, 1);
}

#[tokio::test]
async fn a_person_here_is_never_taken_for_one_elsewhere() {
    let scene = Scene::new().await;
    let ana = Actor::new(scene.server.authority(), "ana", scene.zed.key.clone());
    let answer = ana
        .sends(&scene.server, &ana.creates(&ana.note("<p>Ana?</p>")))
        .await;
    assert!([401, 403].contains(&answer.status.as_u16()), "{}", answer.status);
    // Nor does a document at the peer write over her.
    let liar = scene.peer.actor("liar");
    let mut document = liar.document();
    document["id"] = json!(ana.uri);
    document["name"] = json!("Not Ana");
    scene.peer.says("/users/liar", Says::Document(document));
    let answer = liar
        .sends(&scene.server, &liar.creates(&liar.note("<p>Ana?</p>")))
        .await;
    assert_ne!(answer.status, 202);
    scene.server.settle().await;
    let names = "select count(*) from accounts where display_name = $1";
    assert_eq!(scene.number(names, "Not Ana").await, 0);
    assert_eq!(scene.posts().await, 0);
}
