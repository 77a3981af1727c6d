//! What moderators are shown, field by field. Builds none of it.

use super::document::Entity;
use super::kind::Kind::*;
use super::kind::{Field, Kind};

const MAYBE_TEXT: Kind = OrNull(&Text);

pub const ENTITIES: &[Entity] = &[
    entity("AdminAccount", ACCOUNT),
    entity("AdminDomainBlock", DOMAIN_BLOCK),
    entity("AdminReport", REPORT),
];

const fn entity(name: &'static str, fields: &'static [Field]) -> Entity {
    Entity {
        name,
        like: None,
        fields,
    }
}

const ACCOUNT: &[Field] = &[
    ("id", Id),
    ("username", Text),
    ("domain", MAYBE_TEXT),
    ("created_at", Time),
    ("email", MAYBE_TEXT),
    ("ip", MAYBE_TEXT),
    ("ips", List(&Fields(&[("ip", Text), ("used_at", Time)]))),
    ("locale", MAYBE_TEXT),
    ("invite_request", MAYBE_TEXT),
    ("role", OrNull(&Of("Role"))),
    ("confirmed", Flag),
    ("approved", Flag),
    ("disabled", Flag),
    ("sensitized", Flag),
    ("silenced", Flag),
    ("suspended", Flag),
    ("account", Of("Account")),
    ("created_by_application_id", OrAbsent(&Id)),
    ("invited_by_account_id", OrAbsent(&Id)),
];

const DOMAIN_BLOCK: &[Field] = &[
    ("id", Id),
    ("domain", Text),
    ("digest", Text),
    ("created_at", Time),
    ("severity", OneOf(&["noop", "silence", "suspend"])),
    ("reject_media", Flag),
    ("reject_reports", Flag),
    ("private_comment", MAYBE_TEXT),
    ("public_comment", MAYBE_TEXT),
    ("obfuscate", Flag),
];

const REPORT: &[Field] = &[
    ("id", Id),
    ("action_taken", Flag),
    ("action_taken_at", OrNull(&Time)),
    ("category", OneOf(&["spam", "legal", "violation", "other"])),
    ("comment", Text),
    ("forwarded", Flag),
    ("created_at", Time),
    ("updated_at", Time),
    ("account", Of("AdminAccount")),
    ("target_account", Of("AdminAccount")),
    ("assigned_account", OrNull(&Of("AdminAccount"))),
    ("action_taken_by_account", OrNull(&Of("AdminAccount"))),
    ("statuses", List(&Of("Status"))),
    ("rules", List(&Of("Rule"))),
];
