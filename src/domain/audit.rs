//! What is written down of the deeds of moderators. Judges none of them.

use super::ids::AccountId;

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Whoever runs the program on the server.
    Operator,
    Person(AccountId),
}

impl By {
    pub fn person(self) -> Option<AccountId> {
        match self {
            Self::Operator => None,
            Self::Person(account) => Some(account),
        }
    }
}

macro_rules! acts {
    ($($name:ident $word:literal),* $(,)?) => {
        /// What was done, as stored in `audit_log.act`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Act {
            $($name,)*
        }

        impl Act {
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

acts! {
    Warn "warn",
    Sensitize "sensitize",
    Unsensitize "unsensitize",
    Disable "disable",
    Enable "enable",
    Silence "silence",
    Unsilence "unsilence",
    Suspend "suspend",
    Unsuspend "unsuspend",
    Delete "delete",
    Approve "approve",
    Reject "reject",
    ChangeReport "change_report",
    AssignReport "assign_report",
    UnassignReport "unassign_report",
    ResolveReport "resolve_report",
    ReopenReport "reopen_report",
    BlockDomain "block_domain",
    ChangeDomainBlock "change_domain_block",
    UnblockDomain "unblock_domain",
    AllowDomain "allow_domain",
    DisallowDomain "disallow_domain",
    BlockEmailDomain "block_email_domain",
    UnblockEmailDomain "unblock_email_domain",
    BlockEmail "block_email",
    UnblockEmail "unblock_email",
    BlockIp "block_ip",
    ChangeIpBlock "change_ip_block",
    UnblockIp "unblock_ip",
    ApproveTrend "approve_trend",
    RejectTrend "reject_trend",
    ChangeTag "change_tag",
    AddRule "add_rule",
    ChangeRule "change_rule",
    RemoveRule "remove_rule",
    ChangeQuota "change_quota",
    ListPicture "list_picture",
    UnlistPicture "unlist_picture",
}
