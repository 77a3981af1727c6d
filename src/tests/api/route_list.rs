//! The list for people (docs/api.md), which says of every route that clients know whether it is served, and what the version of
//! the API promises them. Asks for none.

use super::document::{TO_BE_WRITTEN, served};
use crate::support::TestServer;

#[test]
fn the_list_of_routes_in_the_docs_is_true() {
    let list = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/api.md")).unwrap();
    let served = served();
    let is_served = |method: &str, path: &str| {
        served.iter().any(|route| {
            let (known, pattern) = route.split_once(' ').expect("method and path");
            known == method.to_lowercase() && is_named(pattern, path)
        })
    };
    let mut faults = Vec::new();
    for line in list.lines().filter(|line| line.contains("| `/")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let (method, path, state) = (cells[1], cells[2].trim_matches('`'), cells[3]);
        let has_reason = !cells[4].is_empty();
        let is_true = match state {
            "being built" => TO_BE_WRITTEN.iter().any(|start| path.starts_with(start)),
            "served" => is_served(method, path) && !has_reason,
            _ => !is_served(method, path) && has_reason,
        };
        if !is_true {
            faults.push(line);
        }
    }
    assert!(list.lines().count() > 300, "the list is there");
    assert!(faults.is_empty(), "docs/api.md is stale:\n{}", faults.join("\n"));
}

/// Whether a route is the one of the list, where a parameter is `{id}` and a stream goes by its name.
fn is_named(pattern: &str, path: &str) -> bool {
    let parts = pattern.split('/').zip(path.split('/'));
    pattern.split('/').count() == path.split('/').count()
        && parts.into_iter().all(|(known, named)| {
            known == named
                || known.starts_with('{')
                    && (named.starts_with('{') || matches!(known, "{stream}" | "{part}" | "{file}"))
        })
}

/// What came with each number by which clients know what they may ask for, as far as it is a route.
const PROMISED: &[(u64, &[&str])] = &[
    (
        1,
        &[
            "get /api/v2/instance",
            "get /api/v1/statuses",
            "get /api/v1/accounts",
            "get /api/v1/domain_blocks/preview",
        ],
    ),
    (
        2,
        &[
            "get /api/v2/notifications",
            "get /api/v2/notifications/{key}",
            "get /api/v2/notifications/{key}/accounts",
            "post /api/v2/notifications/{key}/dismiss",
            "get /api/v2/notifications/unread_count",
            "get /api/v2/notifications/policy",
            "patch /api/v2/notifications/policy",
        ],
    ),
    (4, &["delete /api/v1/statuses/{id}", "delete /api/v1/media/{id}"]),
    (5, &["post /api/v2/filters", "put /api/v2/filters/{id}"]),
    (
        6,
        &[
            "get /api/v1/accounts/{id}/endorsements",
            "post /api/v1/accounts/{id}/endorse",
            "post /api/v1/accounts/{id}/unendorse",
            "post /api/v1/tags/{name}/feature",
            "post /api/v1/tags/{name}/unfeature",
            "get /api/v1/instance/terms_of_service",
            "get /api/v1/instance/terms_of_service/{date}",
            "delete /api/v1/profile/avatar",
            "delete /api/v1/profile/header",
            "get /api/v1_alpha/async_refreshes/{id}",
        ],
    ),
    (
        7,
        &[
            "get /api/v1/statuses/{id}/quotes",
            "post /api/v1/statuses/{id}/quotes/{quoting}/revoke",
            "put /api/v1/statuses/{id}/interaction_policy",
        ],
    ),
];

#[tokio::test]
async fn the_version_claims_what_is_served_and_no_more() {
    let server = TestServer::start().await;
    let instance = server.client.get("/api/v2/instance").await.ok();
    let claimed = instance["api_versions"]["mastodon"].as_u64().expect("a number");
    assert_eq!(claimed, PROMISED.iter().map(|(number, _)| *number).max().unwrap());
    let version = instance["version"].as_str().expect("a text");
    assert!(version.starts_with("4.5.0 (compatible; Tintype "), "{version}");
    let served: Vec<String> = served().iter().map(|route| nameless(route)).collect();
    for (number, routes) in PROMISED {
        for route in *routes {
            assert!(served.contains(&nameless(route)), "{number} promises {route}");
        }
    }
}

/// Whatever parameters are called.
fn nameless(route: &str) -> String {
    let parts = route.split('/');
    parts
        .map(|part| if part.starts_with('{') { "{}" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}
