//! A quote from one of our servers to the other: asked for, granted, shown on both, taken back on both.

use super::{accepted, only, quoting, revokes, standing, stands};
use crate::federation::two_servers::{Two, newest};

#[tokio::test]
async fn a_quote_crosses_and_its_leave_is_taken_back() {
    let two = Two::new().await;
    let (post, there) = two.post("Light on water").await;
    let quote = quoting(&two.bo, "How fine", &there).await;
    assert_eq!(standing(&quote), only("pending"));
    two.settle().await;
    assert_eq!(stands(&two.bo, &quote).await, accepted(&there));
    let told = two.ana.get("/api/v1/notifications?types[]=quote").await.list();
    assert_eq!(told.len(), 1);
    let here = &told[0]["status"];
    assert_eq!(standing(here), accepted(&post));
    assert_eq!(two.ana.sees(&post).await["quotes_count"], 1);
    assert_eq!(two.bo.sees(&there).await["quotes_count"], 1);
    revokes(&two.ana, &post, here).await.ok();
    two.settle().await;
    assert_eq!(stands(&two.bo, &quote).await, only("revoked"));
    assert_eq!(stands(&two.ana, here).await, only("revoked"));
    assert_eq!(two.bo.sees(&there).await["quotes_count"], 0);
}

#[tokio::test]
async fn a_policy_crosses_and_so_does_its_change() {
    let two = Two::new().await;
    two.ana.post("Mine").with("quote_approval_policy", "nobody").await;
    two.settle().await;
    let there = newest(&two.bo).await;
    assert_eq!(there["quote_approval"]["current_user"], "denied");
    quoting(&two.bo, "Yours", &there).send().await.refused(404);
    let own = newest(&two.ana).await;
    let path = format!(
        "/api/v1/statuses/{}/interaction_policy",
        crate::support::http::id(&own)
    );
    let fields = [("quote_approval_policy", "followers")];
    two.ana.form(reqwest::Method::PUT, &path, &fields).await.ok();
    two.settle().await;
    assert_eq!(
        two.bo.sees(&there).await["quote_approval"]["current_user"],
        "automatic"
    );
    let quote = quoting(&two.bo, "Yours", &there).await;
    two.settle().await;
    assert_eq!(stands(&two.bo, &quote).await, accepted(&there));
}
