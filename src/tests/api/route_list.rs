//! The list for people (docs/api.md), which says of every route that clients know whether it is served. Asks for none.

use super::document::{TO_BE_WRITTEN, served};

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
