//! What people have to do with each other: after every verb, every flag, from both sides.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use super::shape::Kind::Object;
use super::shape::{all_have, has};
use super::shapes::{self, RELATIONSHIP};
use crate::federation::scene::Scene;
use crate::support::{Person, TestServer};

/// The flags that are set, and nothing of the others.
#[track_caller]
fn set(relation: &Value) -> Vec<&str> {
    has("a relationship", relation, RELATIONSHIP);
    let fields = relation.as_object().expect("it has its shape");
    let mut set: Vec<&str> = fields
        .iter()
        .filter(|(_, value)| **value == json!(true))
        .map(|(name, _)| name.as_str())
        .collect();
    set.sort_unstable();
    set
}

async fn with(viewer: &Person, other: &str) -> Value {
    let path = format!("/api/v1/accounts/relationships?id[]={other}");
    viewer.get(&path).await.list().remove(0)
}

struct Pair {
    server: TestServer,
    ana: Person,
    bo: Person,
}

impl Pair {
    async fn new() -> Self {
        let server = TestServer::start().await;
        let (ana, bo) = (server.person("ana").await, server.person("bo").await);
        Self { server, ana, bo }
    }

    /// Ana does it; her flags in the answer and when asked for, and Bo's.
    async fn ana_does(&self, verb: &str, fields: &[(&str, &str)], hers: &[&str], his: &[&str]) -> Value {
        let path = format!("/api/v1/accounts/{}/{verb}", self.bo.id);
        let answer = self.ana.post_form(&path, fields).await.ok();
        self.are(verb, &answer, hers, his).await;
        answer
    }

    async fn are(&self, verb: &str, answer: &Value, hers: &[&str], his: &[&str]) {
        assert_eq!(set(answer), hers, "Ana's answer to {verb}");
        assert_eq!(set(&with(&self.ana, &self.bo.id).await), hers, "Ana after {verb}");
        assert_eq!(set(&with(&self.bo, &self.ana.id).await), his, "Bo after {verb}");
    }

    async fn bo_is_locked(&self) {
        let path = "/api/v1/accounts/update_credentials";
        self.bo
            .form(Method::PATCH, path, &[("locked", "true")])
            .await
            .ok();
    }
}

#[tokio::test]
async fn a_follow_sets_and_clears_its_flags_with_all_its_wishes() {
    let pair = Pair::new().await;
    let (showing, followed) = (["following", "showing_reblogs"], ["followed_by"]);
    pair.ana_does("follow", &[], &showing, &followed).await;
    pair.ana_does("follow", &[], &showing, &followed).await;
    pair.ana_does("follow", &[("reblogs", "false")], &["following"], &followed)
        .await;
    pair.ana_does(
        "follow",
        &[("notify", "true")],
        &["following", "notifying"],
        &followed,
    )
    .await;
    let all = ["following", "notifying", "showing_reblogs"];
    pair.ana_does("follow", &[("reblogs", "true")], &all, &followed)
        .await;
    let languages = [("notify", "false"), ("languages[]", "de"), ("languages[]", "sv")];
    let answer = pair.ana_does("follow", &languages, &showing, &followed).await;
    assert_eq!(answer["languages"], json!(["de", "sv"]));
    pair.bo.follows(&pair.ana).await;
    let both = ["followed_by", "following", "showing_reblogs"];
    let theirs = ["followed_by", "following", "showing_reblogs"];
    pair.are(
        "being followed back",
        &with(&pair.ana, &pair.bo.id).await,
        &both,
        &theirs,
    )
    .await;
    pair.ana_does("remove_from_followers", &[], &showing, &followed)
        .await;
    pair.ana_does("unfollow", &[], &[], &[]).await;
    pair.ana_does("unfollow", &[], &[], &[]).await;
    pair.server.settle().await;
}

#[tokio::test]
async fn a_request_waits_is_taken_back_refused_or_granted() {
    let pair = Pair::new().await;
    pair.bo_is_locked().await;
    let (asked, asks) = (["requested", "showing_reblogs"], ["requested_by"]);
    pair.ana_does("follow", &[], &asked, &asks).await;
    pair.ana_does("unfollow", &[], &[], &[]).await;
    pair.ana_does("follow", &[], &asked, &asks).await;
    let answer = |verb: &str| format!("/api/v1/follow_requests/{}/{verb}", pair.ana.id);
    let refused = pair.bo.act(&answer("reject")).await.ok();
    assert_eq!(set(&refused), [""; 0]);
    pair.are("a refusal", &with(&pair.ana, &pair.bo.id).await, &[], &[])
        .await;
    pair.bo.act(&answer("authorize")).await.refused(404);
    pair.ana_does(
        "follow",
        &[("notify", "true")],
        &["notifying", "requested", "showing_reblogs"],
        &asks,
    )
    .await;
    let waiting = pair.bo.get("/api/v1/follow_requests").await.list();
    assert_eq!(waiting[0]["id"], pair.ana.id.as_str());
    let own = pair.bo.get("/api/v1/accounts/verify_credentials").await.ok();
    assert_eq!(own["source"]["follow_requests_count"], 1);
    assert_eq!(
        set(&pair.bo.act(&answer("authorize")).await.ok()),
        ["followed_by"]
    );
    let now = ["following", "notifying", "showing_reblogs"];
    pair.are(
        "being let in",
        &with(&pair.ana, &pair.bo.id).await,
        &now,
        &["followed_by"],
    )
    .await;
    assert!(pair.bo.get("/api/v1/follow_requests").await.list().is_empty());
    pair.server.settle().await;
}

#[tokio::test]
async fn a_block_ends_both_follows_and_shows_on_both_sides() {
    let pair = Pair::new().await;
    pair.ana.follows(&pair.bo).await;
    pair.bo.follows(&pair.ana).await;
    pair.ana_does("block", &[], &["blocking"], &["blocked_by"]).await;
    pair.ana
        .act(&format!("/api/v1/accounts/{}/follow", pair.bo.id))
        .await
        .refused(403);
    pair.bo
        .act(&format!("/api/v1/accounts/{}/follow", pair.ana.id))
        .await
        .refused(403);
    pair.bo.blocks(&pair.ana).await;
    let each = ["blocked_by", "blocking"];
    pair.are("blocking back", &with(&pair.ana, &pair.bo.id).await, &each, &each)
        .await;
    pair.ana_does("unblock", &[], &["blocked_by"], &["blocking"])
        .await;
    pair.bo.toward("unblock", &pair.ana).await;
    pair.ana_does("unblock", &[], &[], &[]).await;
    pair.server.settle().await;
}

#[tokio::test]
async fn a_mute_is_of_notifications_too_or_not_and_ends_in_time() {
    let pair = Pair::new().await;
    let both = ["muting", "muting_notifications"];
    pair.ana_does("mute", &[], &both, &[]).await;
    pair.ana_does("mute", &[("notifications", "false")], &["muting"], &[])
        .await;
    let for_an_hour = [("notifications", "true"), ("duration", "3600")];
    pair.ana_does("mute", &for_an_hour, &both, &[]).await;
    let muted = pair.ana.get("/api/v1/mutes").await.list();
    all_have("the muted", &muted, Object(shapes::muted_account));
    assert!(muted[0]["mute_expires_at"].is_string());
    pair.server.wind(TimeDelta::minutes(61));
    pair.are("an hour", &with(&pair.ana, &pair.bo.id).await, &[], &[])
        .await;
    assert!(pair.ana.get("/api/v1/mutes").await.list().is_empty());
    for lasts in ["-5", "99999999999999999", "soon"] {
        pair.ana_does("mute", &[("duration", lasts)], &both, &[]).await;
    }
    pair.ana_does("unmute", &[], &[], &[]).await;
    tintype::actions::unmute::expire_mutes(&pair.server.app)
        .await
        .unwrap();
    pair.server.settle().await;
}

#[tokio::test]
async fn a_remark_is_kept_for_its_writer_alone() {
    let pair = Pair::new().await;
    let answer = pair
        .ana_does("note", &[("comment", "from the train")], &[], &[])
        .await;
    assert_eq!(answer["note"], "from the train");
    assert_eq!(with(&pair.bo, &pair.ana.id).await["note"], "");
    pair.ana
        .post_form(
            &format!("/api/v1/accounts/{}/note", pair.bo.id),
            &[("comment", &"x".repeat(2_001))],
        )
        .await
        .refused(422);
    assert_eq!(
        pair.ana_does("note", &[("comment", "a\0b")], &[], &[]).await["note"],
        "ab"
    );
    assert_eq!(pair.ana_does("note", &[], &[], &[]).await["note"], "");
}

#[tokio::test]
async fn a_blocked_server_shows_on_each_of_its_people() {
    let scene = Scene::new().await;
    assert_eq!(
        set(&with(&scene.ana, &scene.zed_id).await),
        ["following", "showing_reblogs"]
    );
    let domain = [("domain", scene.peer.authority.as_str())];
    scene.ana.post_form("/api/v1/domain_blocks", &domain).await.ok();
    assert_eq!(set(&with(&scene.ana, &scene.zed_id).await), ["domain_blocking"]);
    assert_eq!(
        scene.ana.get("/api/v1/domain_blocks").await.list(),
        [json!(scene.peer.authority)]
    );
    let query = format!("/api/v1/domain_blocks?domain={}", scene.peer.authority);
    scene.ana.delete(&query).await.ok();
    assert_eq!(set(&with(&scene.ana, &scene.zed_id).await), [""; 0]);
    for bad in ["", "\0", "not a domain", "http://"] {
        scene
            .ana
            .post_form("/api/v1/domain_blocks", &[("domain", bad)])
            .await
            .refused(422);
    }
    scene.server.settle().await;
}

#[tokio::test]
async fn relationships_come_in_the_order_asked_for_in_every_spelling() {
    let pair = Pair::new().await;
    let (bo, ana) = (&pair.bo.id, &pair.ana.id);
    for query in [
        format!("id[]={bo}&id[]={ana}"),
        format!("id[0]={bo}&id[1]={ana}"),
        format!("id[]={bo}&id[]=junk&id[]=-1&id[]={ana}"),
    ] {
        let all = pair
            .ana
            .get(&format!("/api/v1/accounts/relationships?{query}"))
            .await
            .list();
        let ids: Vec<&str> = all.iter().filter_map(|one| one["id"].as_str()).collect();
        assert_eq!(ids, [bo, ana], "{query}");
    }
    assert!(
        pair.ana
            .get("/api/v1/accounts/relationships")
            .await
            .list()
            .is_empty()
    );
    let one = pair
        .ana
        .get(&format!("/api/v1/accounts/relationships?id={bo}"))
        .await
        .list();
    assert_eq!(one.len(), 1);
}
