//! NodeInfo: what this server says about itself to directories. Never counts anything.

use serde_json::{Value, json};
use url::Url;

/// The two versions that are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// Version 2.0, which most crawlers read.
    V2_0,
    /// Version 2.1, which can name the source code's address.
    V2_1,
}

/// What is told.
#[derive(Debug, Clone)]
pub struct NodeFacts<'a> {
    /// The server's own name.
    pub node_name: &'a str,
    /// One sentence about it.
    pub node_description: &'a str,
    /// The program's version.
    pub software_version: &'a str,
    /// Where its source is.
    pub repository: Option<&'a str>,
    /// Whether anybody may sign up.
    pub open_registrations: bool,
    /// Accounts here.
    pub users_total: u64,
    /// Of them, seen in the last 30 days.
    pub users_active_month: u64,
    /// Of them, seen in the last 180 days.
    pub users_active_half_year: u64,
    /// Posts written here.
    pub local_posts: u64,
}

impl Version {
    const fn schema(self) -> &'static str {
        match self {
            Self::V2_0 => "http://nodeinfo.diaspora.software/ns/schema/2.0",
            Self::V2_1 => "http://nodeinfo.diaspora.software/ns/schema/2.1",
        }
    }

    const fn number(self) -> &'static str {
        match self {
            Self::V2_0 => "2.0",
            Self::V2_1 => "2.1",
        }
    }

    /// The content type of the document.
    pub fn content_type(self) -> String {
        format!("application/json; profile=\"{}#\"", self.schema())
    }
}

/// The document at `/.well-known/nodeinfo`: where the two versions are (`BASE/nodeinfo/2.0` and `2.1`), and which actor
/// speaks for the instance (FEP-2677).
pub fn well_known(base: &Url, instance_actor: &Url) -> Value {
    let base = base.as_str().trim_end_matches('/');
    let link = |version: Version| {
        json!({
            "rel": version.schema(),
            "href": format!("{base}/nodeinfo/{}", version.number()),
        })
    };
    json!({ "links": [
        link(Version::V2_0),
        link(Version::V2_1),
        { "rel": "https://www.w3.org/ns/activitystreams#Application", "href": instance_actor },
    ] })
}

/// The document of one version.
pub fn document(version: Version, facts: &NodeFacts<'_>) -> Value {
    let mut software = json!({ "name": "tintype", "version": facts.software_version });
    if version == Version::V2_1
        && let Some(repository) = facts.repository
    {
        software["repository"] = json!(repository);
    }
    json!({
        "version": version.number(),
        "software": software,
        "protocols": ["activitypub"],
        "services": { "inbound": [], "outbound": [] },
        "openRegistrations": facts.open_registrations,
        "usage": {
            "users": {
                "total": facts.users_total,
                "activeMonth": facts.users_active_month,
                "activeHalfyear": facts.users_active_half_year,
            },
            "localPosts": facts.local_posts,
        },
        "metadata": { "nodeName": facts.node_name, "nodeDescription": facts.node_description },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_versions_say_what_crawlers_need() {
        let facts = NodeFacts {
            node_name: "Ana's",
            node_description: "Photos",
            software_version: "1.2.3",
            repository: Some("https://code.example/tintype"),
            open_registrations: true,
            users_total: 3,
            users_active_month: 2,
            users_active_half_year: 3,
            local_posts: 40,
        };
        let old = document(Version::V2_0, &facts);
        let new = document(Version::V2_1, &facts);
        assert_eq!(old["software"], json!({ "name": "tintype", "version": "1.2.3" }));
        assert_eq!(new["software"]["repository"], "https://code.example/tintype");
        assert_eq!((&old["version"], &new["version"]), (&json!("2.0"), &json!("2.1")));
        assert_eq!(new["usage"]["users"]["activeHalfyear"], 3);
    }

    #[test]
    fn the_index_names_both_versions_and_the_instance_actor() {
        let base = Url::parse("http://here.example:3000/").unwrap();
        let index = well_known(&base, &base.join("/actor").unwrap());
        assert_eq!(index["links"][0]["href"], "http://here.example:3000/nodeinfo/2.0");
        assert_eq!(index["links"][2]["href"], "http://here.example:3000/actor");
    }
}
