//! OAuth scopes as sentences a person can agree to. Hides none: a scope without a sentence is shown as it is.

/// Under which heading a permission stands on the consent page; in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Read,
    Write,
    Push,
    Other,
    Administer,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub kind: Kind,
    pub sentences: Vec<String>,
}

impl Kind {
    pub fn heading(self) -> &'static str {
        match self {
            Self::Read => "It may see",
            Self::Write => "It may do in your name",
            Self::Push => "It may notify you",
            Self::Other => "It also asks for",
            Self::Administer => "It may run this server",
        }
    }
}

const SENTENCES: &[(&str, Kind, &str)] = &[
    (
        "read",
        Kind::Read,
        "Everything in your account: feeds, posts, messages, bookmarks, lists, settings, your mail address and where you are signed in",
    ),
    ("profile", Kind::Read, "Your name, your picture and your handle"),
    ("read:accounts", Kind::Read, "Profiles, and who follows whom"),
    ("read:blocks", Kind::Read, "Whom you block"),
    ("read:bookmarks", Kind::Read, "Your bookmarks"),
    ("read:collections", Kind::Read, "Your collections"),
    ("read:favourites", Kind::Read, "What you like"),
    ("read:filters", Kind::Read, "Your filters"),
    ("read:follows", Kind::Read, "Your follow requests"),
    ("read:lists", Kind::Read, "Your lists"),
    ("read:mutes", Kind::Read, "Whom you mute"),
    ("read:notifications", Kind::Read, "Your notifications"),
    ("read:search", Kind::Read, "What a search of yours finds"),
    (
        "read:statuses",
        Kind::Read,
        "Feeds and posts, also those for followers only",
    ),
    (
        "write",
        Kind::Write,
        "Everything you can: post, delete, like, comment, follow, block, change your profile and settings, and sign out other apps",
    ),
    (
        "follow",
        Kind::Write,
        "Follow, block and mute people, and see whom you do",
    ),
    ("write:accounts", Kind::Write, "Change your profile"),
    ("write:blocks", Kind::Write, "Block people and servers"),
    ("write:bookmarks", Kind::Write, "Bookmark posts"),
    ("write:collections", Kind::Write, "Change your collections"),
    (
        "write:conversations",
        Kind::Write,
        "Mute and delete conversations",
    ),
    ("write:favourites", Kind::Write, "Like posts"),
    ("write:filters", Kind::Write, "Change your filters"),
    ("write:follows", Kind::Write, "Follow people"),
    ("write:lists", Kind::Write, "Change your lists"),
    ("write:media", Kind::Write, "Upload photos"),
    ("write:mutes", Kind::Write, "Mute people and conversations"),
    ("write:notifications", Kind::Write, "Clear your notifications"),
    ("write:reports", Kind::Write, "Report people"),
    ("write:statuses", Kind::Write, "Post, edit and delete posts"),
    ("push", Kind::Push, "On your device, when something happens"),
    (
        "admin",
        Kind::Administer,
        "See and change everything on this server, as far as your role allows",
    ),
    (
        "admin:read",
        Kind::Administer,
        "See everything the moderators see",
    ),
    (
        "admin:write",
        Kind::Administer,
        "Do everything your role allows, to everybody here",
    ),
];

/// Groups the scopes of a request, separated by spaces. What a wider scope covers is not listed again.
pub fn describe(scopes: &str) -> Vec<Group> {
    let asked: Vec<&str> = scopes.split_whitespace().collect();
    let mut groups: Vec<Group> = Vec::new();
    for scope in asked.iter().filter(|scope| !is_covered(scope, &asked)) {
        let (kind, sentence) = sentence(scope);
        match groups.iter_mut().find(|group| group.kind == kind) {
            Some(group) if group.sentences.contains(&sentence) => {}
            Some(group) => group.sentences.push(sentence),
            None => groups.push(Group {
                kind,
                sentences: vec![sentence],
            }),
        }
    }
    groups.sort_by_key(|group| group.kind);
    groups
}

fn is_covered(scope: &str, asked: &[&str]) -> bool {
    // `follow` is the old name for parts of both.
    let both = scope == "follow" && asked.contains(&"read") && asked.contains(&"write");
    both || scope
        .match_indices(':')
        .any(|(end, _)| asked.contains(&&scope[..end]))
}

fn sentence(scope: &str) -> (Kind, String) {
    if let Some((_, kind, sentence)) = SENTENCES.iter().find(|(known, ..)| *known == scope) {
        return (*kind, (*sentence).to_owned());
    }
    let part = |prefix: &str| scope.strip_prefix(prefix).map(|rest| rest.replace('_', " "));
    match (part("admin:read:"), part("admin:write:")) {
        (Some(part), _) => (Kind::Administer, format!("See what the moderators see: {part}")),
        (_, Some(part)) => (Kind::Administer, format!("Change as a moderator: {part}")),
        _ => (Kind::Other, scope.to_owned()),
    }
}
