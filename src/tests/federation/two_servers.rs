//! Two servers of our own, with names, databases and keys of their own, and somebody on each.

use serde_json::Value;

use super::scene::{find, settle_all};
use crate::support::{Person, TestServer};

/// Somebody on a server, as the others write to them.
pub fn handle(server: &TestServer, person: &Person) -> String {
    format!("@{}@{}", person.name, server.authority())
}

/// Follows somebody on another server; their id on the follower's.
pub async fn follow(servers: &[&TestServer], follower: &Person, followee: &str) -> String {
    let there = find(follower, followee).await;
    let relation = follower
        .act(&format!("/api/v1/accounts/{there}/follow"))
        .await
        .ok();
    assert!(
        relation["requested"] == true || relation["following"] == true,
        "{relation}"
    );
    settle_all(servers).await;
    let relations = follower
        .get(&format!("/api/v1/accounts/relationships?id[]={there}"))
        .await
        .ok();
    assert_eq!(relations[0]["following"], true, "{relations}");
    there
}

/// What somebody's home feed shows first.
pub async fn newest(person: &Person) -> Value {
    person
        .home()
        .await
        .into_iter()
        .next()
        .expect("something is in the feed")
}

/// Two servers side by side; Bo on the second follows Ana on the first.
pub struct Two {
    pub one: TestServer,
    pub two: TestServer,
    pub ana: Person,
    pub bo: Person,
    /// Ana's id on the second server.
    pub ana_there: String,
}

impl Two {
    pub async fn new() -> Self {
        let (one, two) = (
            TestServer::named("one.test").await,
            TestServer::named("two.test").await,
        );
        let (ana, bo) = (one.person("ana").await, two.person("bo").await);
        let ana_there = follow(&[&one, &two], &bo, &handle(&one, &ana)).await;
        Self {
            one,
            two,
            ana,
            bo,
            ana_there,
        }
    }

    pub async fn settle(&self) {
        settle_all(&[&self.one, &self.two]).await;
    }

    /// A post of Ana's as she has it, and as Bo's server has it.
    pub async fn post(&self, text: &str) -> (Value, Value) {
        let post = self.ana.post(text).await;
        self.settle().await;
        (post, newest(&self.bo).await)
    }
}
