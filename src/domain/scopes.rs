//! OAuth scopes as Mastodon has them. A parent implies its children.

use std::fmt;

use super::role::Role;

const READ: &[&str] = &[
    "accounts",
    "blocks",
    "bookmarks",
    "collections",
    "favourites",
    "filters",
    "follows",
    "lists",
    "mutes",
    "notifications",
    "search",
    "statuses",
];
const WRITE: &[&str] = &[
    "accounts",
    "blocks",
    "bookmarks",
    "collections",
    "conversations",
    "favourites",
    "filters",
    "follows",
    "lists",
    "media",
    "mutes",
    "notifications",
    "reports",
    "statuses",
];
const ADMIN: &[&str] = &[
    "accounts",
    "reports",
    "domain_allows",
    "domain_blocks",
    "ip_blocks",
    "email_domain_blocks",
    "canonical_email_blocks",
];
/// What the old `follow` scope stands for, besides itself.
const FOLLOW: &[&str] = &["blocks", "follows", "mutes"];

/// A set of known scopes, in the order in which they were asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scopes(Vec<String>);

impl Scopes {
    /// Scopes separated by white space; `None` when one is unknown. Nothing means `read`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut scopes = Vec::new();
        for scope in text.split_whitespace() {
            if !is_known(scope) {
                return None;
            }
            if !scopes.iter().any(|known| known == scope) {
                scopes.push(scope.to_owned());
            }
        }
        if scopes.is_empty() {
            scopes.push("read".to_owned());
        }
        Some(Self(scopes))
    }

    /// Whether a token with these may do what needs `wanted`, such as `write:statuses`.
    pub fn allow(&self, wanted: &str) -> bool {
        self.0.iter().any(|given| implies(given, wanted))
    }

    /// Whether all of `wanted` is within these.
    pub fn contain(&self, wanted: &Self) -> bool {
        wanted.0.iter().all(|scope| self.allow(scope))
    }

    /// Those of these that may be given to somebody of this role: what moderators do is theirs alone. None when nothing
    /// is left.
    pub fn for_role(&self, role: Role) -> Option<Self> {
        let given = self
            .0
            .iter()
            .filter(|scope| role.moderates() || !scope.starts_with("admin:"));
        let given: Vec<String> = given.cloned().collect();
        (!given.is_empty()).then_some(Self(given))
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}

/// Every scope that exists, for discovery documents.
pub fn all() -> Vec<String> {
    let mut all: Vec<String> = [
        "read",
        "write",
        "follow",
        "push",
        "profile",
        "admin:read",
        "admin:write",
    ]
    .map(str::to_owned)
    .to_vec();
    all.extend(READ.iter().map(|name| format!("read:{name}")));
    all.extend(WRITE.iter().map(|name| format!("write:{name}")));
    for verb in ["read", "write"] {
        all.extend(ADMIN.iter().map(|name| format!("admin:{verb}:{name}")));
    }
    all
}

fn is_known(scope: &str) -> bool {
    match scope.split_once(':') {
        None => matches!(scope, "read" | "write" | "follow" | "push" | "profile"),
        Some(("read", name)) => READ.contains(&name),
        Some(("write", name)) => WRITE.contains(&name),
        Some(("admin", rest)) => match rest.split_once(':') {
            None => matches!(rest, "read" | "write"),
            Some(("read" | "write", name)) => ADMIN.contains(&name),
            Some(_) => false,
        },
        Some(_) => false,
    }
}

fn implies(given: &str, wanted: &str) -> bool {
    if given == wanted {
        return true;
    }
    if wanted
        .strip_prefix(given)
        .is_some_and(|rest| rest.starts_with(':'))
    {
        return true;
    }
    given == "follow"
        && wanted
            .split_once(':')
            .is_some_and(|(verb, name)| matches!(verb, "read" | "write") && FOLLOW.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parent_implies_its_children_only() {
        let scopes = Scopes::parse("read write:media").unwrap();
        assert!(scopes.allow("read:statuses") && scopes.allow("write:media"));
        assert!(!scopes.allow("write:statuses") && !scopes.allow("write") && !scopes.allow("admin:read"));
        assert!(!Scopes::parse("read:statuses").unwrap().allow("read"));
    }

    #[test]
    fn follow_stands_for_relations_both_ways() {
        let scopes = Scopes::parse("follow").unwrap();
        assert!(
            scopes.allow("write:follows") && scopes.allow("read:blocks") && !scopes.allow("write:statuses")
        );
    }

    #[test]
    fn what_is_for_moderators_is_given_to_nobody_else() {
        let asked = Scopes::parse("read admin:read write:media admin:write:reports").unwrap();
        assert_eq!(asked.for_role(Role::Moderator).as_ref(), Some(&asked));
        let given = asked.for_role(Role::Member).unwrap();
        assert_eq!(given.to_string(), "read write:media");
        assert_eq!(Scopes::parse("admin:read").unwrap().for_role(Role::Member), None);
    }

    #[test]
    fn unknown_scopes_are_refused_and_none_means_read() {
        assert_eq!(Scopes::parse("read everything"), None);
        assert_eq!(Scopes::parse("").unwrap().to_string(), "read");
        assert!(all().iter().all(|scope| is_known(scope)));
    }
}
