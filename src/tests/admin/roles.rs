//! Whose the lists and numbers are: what admins keep, and what moderators look after.

use super::desk::{Staff, staff};
use crate::support::TestServer;

#[tokio::test]
async fn lists_are_kept_by_admins_and_fashion_is_looked_after_by_moderators_as_well() {
    let server = TestServer::start().await;
    let Staff {
        owner,
        admin,
        moderator,
        member,
    } = staff(&server).await;
    let lists = [
        "domain_allows",
        "email_domain_blocks",
        "ip_blocks",
        "canonical_email_blocks",
    ];
    let fashion = [
        "tags",
        "trends/tags",
        "trends/statuses",
        "trends/links",
        "trends/links/publishers",
    ];
    let path = |of: &str| format!("/api/v1/admin/{of}");
    for of in lists {
        for (person, may) in [
            (&owner, true),
            (&admin, true),
            (&moderator, false),
            (&member, false),
        ] {
            let answer = person.get(&path(of)).await;
            assert_eq!(answer.status, if may { 200 } else { 403 }, "{} {of}", person.name);
        }
        moderator.act(&path(of)).await.refused(403);
    }
    for of in fashion {
        for (person, may) in [(&admin, true), (&moderator, true), (&member, false)] {
            let answer = person.get(&path(of)).await;
            assert_eq!(answer.status, if may { 200 } else { 403 }, "{} {of}", person.name);
        }
    }
    for of in ["measures", "dimensions", "retention"] {
        let span = [("start_at", "2026-01-01"), ("end_at", "2026-01-02")];
        moderator.post_form(&path(of), &span).await.list();
        member.post_form(&path(of), &span).await.refused(403);
    }
    server.settle().await;
}
