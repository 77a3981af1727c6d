//! People on profiles: whom one follows, for as long as one does.

use super::shape::all_have;
use super::shapes::ACCOUNT;
use crate::support::TestServer;
use crate::support::http::ids;

#[tokio::test]
async fn one_shows_people_whom_one_follows_on_ones_profile() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    ana.act(&format!("/api/v1/accounts/{}/endorse", bo.id))
        .await
        .refused(422);
    let mut shown = Vec::new();
    for number in 0..5 {
        let person = server.person(&format!("p{number}")).await;
        ana.follows(&person).await;
        let verb = if number % 2 == 0 { "endorse" } else { "pin" };
        assert_eq!(ana.toward(verb, &person).await["endorsed"], true);
        assert_eq!(ana.toward(verb, &person).await["endorsed"], true);
        shown.insert(0, person);
    }
    server.settle().await;
    let of_ana = format!("/api/v1/accounts/{}/endorsements", ana.id);
    let wanted: Vec<String> = shown.iter().map(|person| person.id.clone()).collect();
    for path in ["/api/v1/endorsements", &of_ana] {
        for limit in [1, 2, 5] {
            let pages = ana.walks(&format!("{path}?limit={limit}")).await;
            assert_eq!(ids(&pages.concat()), wanted, "{path}");
            assert_eq!(pages.len(), 5_usize.div_ceil(limit), "{path}");
        }
    }
    let seen = server.client.get(&of_ana).await.list();
    all_have("endorsements", &seen, ACCOUNT);
    assert_eq!(ana.toward("unendorse", &shown[0]).await["endorsed"], false);
    assert_eq!(ana.toward("unpin", &shown[1]).await["endorsed"], false);
    // With the follow it ends, and does not come back with another.
    ana.unfollows(&shown[2]).await;
    ana.follows(&shown[2]).await;
    let left = ids(&bo.get(&of_ana).await.list());
    assert_eq!(left, wanted[3..]);
    server.settle().await;
}
