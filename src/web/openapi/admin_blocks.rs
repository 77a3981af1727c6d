//! What moderators keep out, and whom they let in: servers, providers and addresses of mail, networks. Serves none of them.

use super::kind::Kind::*;
use super::kind::{Field, Kind};
use super::operation::{Operation, delete, get, patch, post, put};

const MAYBE_TEXT: Kind = OrAbsent(&Text);
const SEVERITIES: &[&str] = &["sign_up_requires_approval", "sign_up_block", "no_access"];

const DOMAIN_ALLOW: Kind = Fields(&[("id", Id), ("domain", Text), ("created_at", Time)]);

const EMAIL_DOMAIN_BLOCK: Kind = Fields(&[
    ("id", Id),
    ("domain", Text),
    ("created_at", Time),
    (
        "history",
        List(&Fields(&[("day", Id), ("accounts", Id), ("uses", Id)])),
    ),
]);

const CANONICAL_EMAIL_BLOCK: Kind = Fields(&[("id", Id), ("canonical_email_hash", Text)]);

const IP_BLOCK: Kind = Fields(&[
    ("id", Id),
    ("ip", Text),
    ("severity", OneOf(SEVERITIES)),
    ("comment", Text),
    ("created_at", Time),
    ("expires_at", OrNull(&Time)),
]);

const A_DOMAIN: &[Field] = &[("domain", Text)];

const AN_IP_BLOCK: &[Field] = &[
    ("ip", Text),
    ("severity", OneOf(SEVERITIES)),
    ("comment", MAYBE_TEXT),
    ("expires_in", MAYBE_TEXT),
];

const A_CHANGED_IP_BLOCK: &[Field] = &[
    ("ip", MAYBE_TEXT),
    ("severity", OrAbsent(&OneOf(SEVERITIES))),
    ("comment", MAYBE_TEXT),
    ("expires_in", MAYBE_TEXT),
];

const READ_ALLOWS: &str = "admin:read:domain_allows";
const WRITE_ALLOWS: &str = "admin:write:domain_allows";
const READ_PROVIDERS: &str = "admin:read:email_domain_blocks";
const WRITE_PROVIDERS: &str = "admin:write:email_domain_blocks";
const READ_ADDRESSES: &str = "admin:read:canonical_email_blocks";
const WRITE_ADDRESSES: &str = "admin:write:canonical_email_blocks";
const READ_NETWORKS: &str = "admin:read:ip_blocks";
const WRITE_NETWORKS: &str = "admin:write:ip_blocks";

pub const OPERATIONS: &[Operation] = &[
    get(
        "/api/v1/admin/domain_allows",
        "Servers with which this one speaks, where it speaks with no others",
    )
    .needs(READ_ALLOWS)
    .pages(&DOMAIN_ALLOW),
    post("/api/v1/admin/domain_allows", "Put a server on the list")
        .needs(WRITE_ALLOWS)
        .takes(A_DOMAIN)
        .gives(DOMAIN_ALLOW),
    get("/api/v1/admin/domain_allows/{id}", "A server on the list")
        .needs(READ_ALLOWS)
        .gives(DOMAIN_ALLOW),
    delete("/api/v1/admin/domain_allows/{id}", "Take a server off the list").needs(WRITE_ALLOWS),
    get(
        "/api/v1/admin/email_domain_blocks",
        "Providers of mail with whose addresses nobody signs up",
    )
    .needs(READ_PROVIDERS)
    .pages(&EMAIL_DOMAIN_BLOCK),
    post("/api/v1/admin/email_domain_blocks", "Block a provider")
        .needs(WRITE_PROVIDERS)
        .takes(A_DOMAIN)
        .gives(EMAIL_DOMAIN_BLOCK),
    get(
        "/api/v1/admin/email_domain_blocks/{id}",
        "A provider that is blocked",
    )
    .needs(READ_PROVIDERS)
    .gives(EMAIL_DOMAIN_BLOCK),
    delete("/api/v1/admin/email_domain_blocks/{id}", "Block it no more").needs(WRITE_PROVIDERS),
    get(
        "/api/v1/admin/canonical_email_blocks",
        "Addresses of mail with which nobody signs up, by their hashes",
    )
    .needs(READ_ADDRESSES)
    .pages(&CANONICAL_EMAIL_BLOCK),
    post("/api/v1/admin/canonical_email_blocks", "Block an address")
        .needs(WRITE_ADDRESSES)
        .takes(&[("email", MAYBE_TEXT), ("canonical_email_hash", MAYBE_TEXT)])
        .gives(CANONICAL_EMAIL_BLOCK),
    post(
        "/api/v1/admin/canonical_email_blocks/test",
        "The blocks that an address would meet",
    )
    .needs(READ_ADDRESSES)
    .takes(&[("email", Text)])
    .gives(List(&CANONICAL_EMAIL_BLOCK)),
    get(
        "/api/v1/admin/canonical_email_blocks/{id}",
        "An address that is blocked",
    )
    .needs(READ_ADDRESSES)
    .gives(CANONICAL_EMAIL_BLOCK),
    delete("/api/v1/admin/canonical_email_blocks/{id}", "Block it no more").needs(WRITE_ADDRESSES),
    get(
        "/api/v1/admin/ip_blocks",
        "Networks from which nobody signs up, or comes in",
    )
    .needs(READ_NETWORKS)
    .pages(&IP_BLOCK),
    post("/api/v1/admin/ip_blocks", "Block a network")
        .needs(WRITE_NETWORKS)
        .takes(AN_IP_BLOCK)
        .gives(IP_BLOCK),
    get("/api/v1/admin/ip_blocks/{id}", "A network that is blocked")
        .needs(READ_NETWORKS)
        .gives(IP_BLOCK),
    put("/api/v1/admin/ip_blocks/{id}", "Change what holds for a network")
        .needs(WRITE_NETWORKS)
        .takes(A_CHANGED_IP_BLOCK)
        .gives(IP_BLOCK),
    patch("/api/v1/admin/ip_blocks/{id}", "The same")
        .needs(WRITE_NETWORKS)
        .takes(A_CHANGED_IP_BLOCK)
        .gives(IP_BLOCK),
    delete("/api/v1/admin/ip_blocks/{id}", "Block it no more").needs(WRITE_NETWORKS),
];
