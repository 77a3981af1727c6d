//! The server itself, OAuth and the addresses that are known everywhere: what they take and give. Serves none of them.

use super::kind::Kind;
use super::kind::Kind::*;
use super::operation::{Access, Operation, get, post};

const MAYBE_TEXT: Kind = OrAbsent(&Text);
const FREE: Kind = Named(&Any);
const PAGE: &str = "text/html";

const CLAIMS: Kind = Fields(&[
    ("iss", Address),
    ("sub", Address),
    ("name", Text),
    ("preferred_username", Text),
    ("profile", Address),
    ("picture", Address),
]);

const TERMS: Kind = Fields(&[
    ("effective_date", Day),
    ("effective", Flag),
    ("content", Text),
    ("succeeded_by", OrNull(&Day)),
]);

/// `url` of a photo, `html` of words, whose height is not known.
const OEMBED: Kind = Fields(&[
    ("type", OneOf(&["photo", "rich"])),
    ("version", Text),
    ("title", Text),
    ("author_name", Text),
    ("author_url", Address),
    ("provider_name", Text),
    ("provider_url", Address),
    ("cache_age", Whole),
    ("url", OrAbsent(&Address)),
    ("html", OrAbsent(&Text)),
    ("width", Whole),
    ("height", OrNull(&Whole)),
]);

pub const OPERATIONS: &[Operation] = &[
    get("/api/openapi.json", "This document").gives(FREE),
    get("/api/docs", "This document, to read").typed(PAGE),
    get("/api/v2/instance", "What this server is").gives(Of("Instance")),
    get("/api/v1/instance", "The same, as it was told once").gives(Of("InstanceV1")),
    get("/api/v1/instance/rules", "The rules of this server").gives(List(&Of("Rule"))),
    get("/api/v1/instance/languages", "Languages of this server").gives(List(&Any)),
    get(
        "/api/v1/instance/translation_languages",
        "Languages that posts are translated to: none",
    )
    .gives(FREE),
    get("/api/v1/instance/extended_description", "More about this server")
        .gives(Fields(&[("updated_at", OrNull(&Time)), ("content", Text)])),
    get(
        "/api/v1/instance/privacy_policy",
        "How this server treats people's data; 404 where it does not say",
    )
    .refuses(&[404])
    .gives(Fields(&[("updated_at", Time), ("content", Text)])),
    get(
        "/api/v1/instance/terms_of_service",
        "On which terms this server is used; 404 where it does not say",
    )
    .refuses(&[404])
    .gives(TERMS),
    get(
        "/api/v1/instance/terms_of_service/{date}",
        "The terms that count from that day on",
    )
    .gives(TERMS),
    get(
        "/api/v1/peers/search",
        "Servers that this one knows and whose names begin so",
    )
    .takes(&[("q", MAYBE_TEXT)])
    .gives(List(&Text)),
    get("/api/oembed", "A post for the pages of others")
        .takes(&[
            ("url", Text),
            ("maxwidth", OrAbsent(&Whole)),
            ("maxheight", OrAbsent(&Whole)),
            ("format", MAYBE_TEXT),
        ])
        .gives(OEMBED),
    get("/api/v1/instance/peers", "Servers that this one knows").gives(List(&Text)),
    get(
        "/api/v1/instance/activity",
        "What happened here in the last weeks",
    )
    .gives(List(&Fields(&[
        ("week", Id),
        ("statuses", Id),
        ("logins", Id),
        ("registrations", Id),
    ]))),
    get(
        "/api/v1/instance/domain_blocks",
        "Servers that this one does not talk with",
    )
    .gives(List(&Fields(&[
        ("domain", Text),
        ("digest", Text),
        ("severity", OneOf(&["silence", "suspend"])),
        ("comment", OrNull(&Text)),
    ]))),
    post("/api/v1/apps", "Register an app")
        .takes(&[
            ("client_name", Text),
            ("redirect_uris", Any),
            ("scopes", MAYBE_TEXT),
            ("website", MAYBE_TEXT),
        ])
        .gives(Of("CredentialApplication")),
    get("/api/v1/apps/verify_credentials", "Which app has this token")
        .by(Access::App)
        .gives(Of("Application")),
    get("/oauth/authorize", "The page on which somebody lets an app in")
        .takes(&[
            ("response_type", Text),
            ("client_id", Text),
            ("redirect_uri", Text),
            ("scope", MAYBE_TEXT),
            ("state", MAYBE_TEXT),
            ("code_challenge", MAYBE_TEXT),
            ("code_challenge_method", MAYBE_TEXT),
            ("force_login", OrAbsent(&Flag)),
            ("lang", MAYBE_TEXT),
        ])
        .with(&[200, 302, 303])
        .typed(PAGE),
    post("/oauth/authorize", "What that page sends")
        .with(&[200, 302, 303])
        .typed(PAGE),
    get("/oauth/authorize/native", "The page that shows a code to copy")
        .takes(&[("code", MAYBE_TEXT)])
        .with(&[200, 302, 303])
        .typed(PAGE),
    post("/oauth/token", "Get a token")
        .refuses(&[401])
        .takes(&[
            ("grant_type", Text),
            ("client_id", MAYBE_TEXT),
            ("client_secret", MAYBE_TEXT),
            ("code", MAYBE_TEXT),
            ("code_verifier", MAYBE_TEXT),
            ("redirect_uri", MAYBE_TEXT),
            ("scope", MAYBE_TEXT),
        ])
        .gives(Of("Token")),
    post("/oauth/revoke", "End a token").refuses(&[401, 403]).takes(&[
        ("client_id", MAYBE_TEXT),
        ("client_secret", MAYBE_TEXT),
        ("token", MAYBE_TEXT),
    ]),
    get("/oauth/userinfo", "Who somebody is")
        .needs("profile")
        .gives(CLAIMS),
    post("/oauth/userinfo", "The same").needs("profile").gives(CLAIMS),
    get(
        "/.well-known/oauth-authorization-server",
        "Where tokens are had (RFC 8414)",
    )
    .gives(FREE),
    get("/.well-known/change-password", "Where a password is changed")
        .with(&[303])
        .empty(),
    get("/.well-known/webfinger", "Whose address this is (RFC 7033)")
        .takes(&[("resource", Text)])
        .refuses(&[410])
        .gives(FREE)
        .as_kind("application/jrd+json"),
    get(
        "/.well-known/host-meta",
        "Where addresses are asked for (RFC 6415)",
    )
    .typed("application/xrd+xml"),
    get("/.well-known/host-meta.json", "The same as JSON").gives(FREE),
    get("/.well-known/nodeinfo", "Where NodeInfo is").gives(FREE),
    get("/nodeinfo/2.0", "What program this is, and how large").gives(FREE),
    get("/nodeinfo/2.1", "What program this is, and how large").gives(FREE),
];
