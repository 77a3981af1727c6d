//! What is decided about a server: the Admin::DomainBlock entity for moderators, and DomainBlock for anybody, which says
//! nothing that is for moderators alone.

use serde::Serialize;
use serde_json::{Value, json};

use super::time;
use crate::db::policies::{Policy, Severity};
use crate::domain::domain_block::obfuscated;
use crate::domain::ids::DomainBlockId;
use crate::domain::random;

#[derive(Clone, Debug, Serialize)]
pub struct Entity {
    id: DomainBlockId,
    domain: String,
    digest: String,
    created_at: String,
    severity: &'static str,
    reject_media: bool,
    reject_reports: bool,
    private_comment: Option<String>,
    public_comment: Option<String>,
    obfuscate: bool,
}

pub const SEVERITIES: [(Severity, &str); 3] = [
    (Severity::Noop, "noop"),
    (Severity::Limited, "silence"),
    (Severity::Suspended, "suspend"),
];

pub fn entity(policy: &Policy) -> Entity {
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Entity {
        id: policy.id,
        domain: policy.domain.clone(),
        digest: digest(&policy.domain),
        created_at: time(policy.created_at),
        severity: severity(policy.severity),
        reject_media: policy.reject_media,
        reject_reports: policy.reject_reports,
        private_comment: said(&policy.reason),
        public_comment: said(&policy.public_comment),
        obfuscate: policy.obfuscate,
    }
}

/// As anybody may read it.
pub fn public(policy: &Policy) -> Value {
    let domain = match policy.obfuscate {
        true => obfuscated(&policy.domain),
        false => policy.domain.clone(),
    };
    json!({
        "domain": domain,
        "digest": digest(&policy.domain),
        "severity": severity(policy.severity),
        "comment": policy.public_comment,
    })
}

fn severity(severity: Severity) -> &'static str {
    let found = SEVERITIES.into_iter().find(|(known, _)| *known == severity);
    found.map(|(_, name)| name).expect("each has a name")
}

/// By which two servers compare their lists without telling them.
fn digest(domain: &str) -> String {
    let digest = random::sha256(domain.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
