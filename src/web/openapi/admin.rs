//! `/api/v1/admin/…`: what moderators ask about people and servers and do to them, and what that takes and gives. Serves
//! none of it.

use super::kind::Kind;
use super::kind::Kind::*;
use super::kind::{Field, NOTHING};
use super::operation::{Operation, delete, get, patch, post, put};

const ACCOUNT: Kind = Of("AdminAccount");
const MAYBE_TEXT: Kind = OrAbsent(&Text);
const MAYBE_FLAG: Kind = OrAbsent(&Flag);
const READ: &str = "admin:read:accounts";
const WRITE: &str = "admin:write:accounts";

const fn verb(path: &'static str, summary: &'static str) -> Operation {
    post(path, summary).needs(WRITE).gives(ACCOUNT)
}

const DECISION: &[Field] = &[
    (
        "type",
        OneOf(&["none", "sensitive", "disable", "silence", "suspend"]),
    ),
    ("report_id", MAYBE_TEXT),
    ("warning_preset_id", MAYBE_TEXT),
    ("text", MAYBE_TEXT),
    ("send_email_notification", MAYBE_FLAG),
];

const DOMAIN_BLOCK: Kind = Of("AdminDomainBlock");
const READ_DOMAINS: &str = "admin:read:domain_blocks";
const WRITE_DOMAINS: &str = "admin:write:domain_blocks";
const SEVERITY: Kind = OrAbsent(&OneOf(&["noop", "silence", "suspend"]));

const DECIDED: &[Field] = &[
    ("severity", SEVERITY),
    ("reject_media", MAYBE_FLAG),
    ("reject_reports", MAYBE_FLAG),
    ("private_comment", MAYBE_TEXT),
    ("public_comment", MAYBE_TEXT),
    ("obfuscate", MAYBE_FLAG),
];
const NEW_DOMAIN_BLOCK: &[Field] = &[
    ("domain", Text),
    ("severity", SEVERITY),
    ("reject_media", MAYBE_FLAG),
    ("reject_reports", MAYBE_FLAG),
    ("private_comment", MAYBE_TEXT),
    ("public_comment", MAYBE_TEXT),
    ("obfuscate", MAYBE_FLAG),
];

const REPORT: Kind = Of("AdminReport");
const READ_REPORTS: &str = "admin:read:reports";
const WRITE_REPORTS: &str = "admin:write:reports";

const fn desk(path: &'static str, summary: &'static str) -> Operation {
    post(path, summary).needs(WRITE_REPORTS).gives(REPORT)
}

const RULE: Kind = Of("Rule");
const READ_ALL: &str = "admin:read";
const WRITE_ALL: &str = "admin:write";
const SAID: Kind = Fields(&[("text", MAYBE_TEXT), ("hint", MAYBE_TEXT)]);

/// `position` counts from one; a translation without a text is taken away.
const NEW_RULE: &[Field] = &[
    ("text", Text),
    ("hint", MAYBE_TEXT),
    ("position", OrAbsent(&Whole)),
    ("translations", OrAbsent(&Named(&SAID))),
];
const RULE_CHANGE: &[Field] = &[
    ("text", MAYBE_TEXT),
    ("hint", MAYBE_TEXT),
    ("position", OrAbsent(&Whole)),
    ("translations", OrAbsent(&Named(&SAID))),
];

/// What a report is about.
const ABOUT: &[Field] = &[
    (
        "category",
        OrAbsent(&OneOf(&["spam", "legal", "violation", "other"])),
    ),
    ("rule_ids", OrAbsent(&List(&Text))),
];

pub const OPERATIONS: &[Operation] = &[
    get("/api/v1/admin/accounts", "Find people")
        .needs(READ)
        .takes(&[
            ("local", MAYBE_FLAG),
            ("remote", MAYBE_FLAG),
            ("active", MAYBE_FLAG),
            ("pending", MAYBE_FLAG),
            ("disabled", MAYBE_FLAG),
            ("silenced", MAYBE_FLAG),
            ("suspended", MAYBE_FLAG),
            ("sensitized", MAYBE_FLAG),
            ("staff", MAYBE_FLAG),
            ("username", MAYBE_TEXT),
            ("display_name", MAYBE_TEXT),
            ("by_domain", MAYBE_TEXT),
            ("email", MAYBE_TEXT),
            ("ip", MAYBE_TEXT),
        ])
        .pages(&ACCOUNT),
    get("/api/v2/admin/accounts", "Find people")
        .needs(READ)
        .takes(&[
            ("origin", MAYBE_TEXT),
            ("status", MAYBE_TEXT),
            ("permissions", MAYBE_TEXT),
            ("role_ids", OrAbsent(&List(&Text))),
            ("invited_by", MAYBE_TEXT),
            ("username", MAYBE_TEXT),
            ("display_name", MAYBE_TEXT),
            ("by_domain", MAYBE_TEXT),
            ("email", MAYBE_TEXT),
            ("ip", MAYBE_TEXT),
        ])
        .pages(&ACCOUNT),
    get("/api/v1/admin/accounts/{id}", "Somebody, as moderators see them")
        .needs(READ)
        .gives(ACCOUNT),
    delete(
        "/api/v1/admin/accounts/{id}",
        "Delete somebody who is suspended, for ever; gives who they were",
    )
    .needs(WRITE)
    .gives(ACCOUNT),
    post(
        "/api/v1/admin/accounts/{id}/action",
        "Take a measure against somebody, or only warn them",
    )
    .needs(WRITE)
    .takes(DECISION)
    .gives(NOTHING),
    verb(
        "/api/v1/admin/accounts/{id}/approve",
        "Let somebody in who asked to join",
    ),
    verb(
        "/api/v1/admin/accounts/{id}/reject",
        "Turn somebody down who asked to join",
    ),
    verb("/api/v1/admin/accounts/{id}/enable", "Let somebody sign in again"),
    verb("/api/v1/admin/accounts/{id}/unsilence", "Limit somebody no more"),
    verb("/api/v1/admin/accounts/{id}/unsuspend", "Lift a suspension"),
    verb(
        "/api/v1/admin/accounts/{id}/unsensitive",
        "Cover somebody's photos no more",
    ),
    get("/api/v1/admin/reports", "What is reported")
        .needs(READ_REPORTS)
        .takes(&[
            ("resolved", MAYBE_FLAG),
            ("account_id", MAYBE_TEXT),
            ("target_account_id", MAYBE_TEXT),
            ("by_target_domain", MAYBE_TEXT),
        ])
        .pages(&REPORT),
    get("/api/v1/admin/reports/{id}", "A report")
        .needs(READ_REPORTS)
        .gives(REPORT),
    put("/api/v1/admin/reports/{id}", "Say what a report is about")
        .needs(WRITE_REPORTS)
        .takes(ABOUT)
        .gives(REPORT),
    patch("/api/v1/admin/reports/{id}", "The same")
        .needs(WRITE_REPORTS)
        .takes(ABOUT)
        .gives(REPORT),
    desk("/api/v1/admin/reports/{id}/assign_to_self", "Look into a report"),
    desk(
        "/api/v1/admin/reports/{id}/unassign",
        "Leave a report to whoever looks into it",
    ),
    desk("/api/v1/admin/reports/{id}/resolve", "Be done with a report"),
    desk(
        "/api/v1/admin/reports/{id}/reopen",
        "Not be done with it after all",
    ),
    get("/api/tintype/v1/admin/rules", "The rules of this server")
        .needs(READ_ALL)
        .gives(List(&RULE)),
    post("/api/tintype/v1/admin/rules", "Add a rule")
        .needs(WRITE_ALL)
        .takes(NEW_RULE)
        .gives(RULE),
    put(
        "/api/tintype/v1/admin/rules/{id}",
        "Word a rule anew, translate it, or put it at another place",
    )
    .needs(WRITE_ALL)
    .takes(RULE_CHANGE)
    .gives(RULE),
    delete("/api/tintype/v1/admin/rules/{id}", "Take a rule away")
        .needs(WRITE_ALL)
        .gives(NOTHING),
    get("/api/v1/admin/domain_blocks", "What is decided about servers")
        .needs(READ_DOMAINS)
        .pages(&DOMAIN_BLOCK),
    post("/api/v1/admin/domain_blocks", "Decide about a server")
        .needs(WRITE_DOMAINS)
        .takes(NEW_DOMAIN_BLOCK)
        .gives(DOMAIN_BLOCK),
    get(
        "/api/v1/admin/domain_blocks/{id}",
        "What is decided about a server",
    )
    .needs(READ_DOMAINS)
    .gives(DOMAIN_BLOCK),
    put("/api/v1/admin/domain_blocks/{id}", "Change what is decided")
        .needs(WRITE_DOMAINS)
        .takes(DECIDED)
        .gives(DOMAIN_BLOCK),
    patch("/api/v1/admin/domain_blocks/{id}", "The same")
        .needs(WRITE_DOMAINS)
        .takes(DECIDED)
        .gives(DOMAIN_BLOCK),
    delete("/api/v1/admin/domain_blocks/{id}", "Take it back")
        .needs(WRITE_DOMAINS)
        .gives(NOTHING),
];
