//! Which role may do what, and to whom. Does nothing to anybody.

use super::role::Role;

/// What a role allows, one bit each, numbered as Mastodon's clients know them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Permission {
    /// All that there is.
    Administrator = 1 << 0,
    ViewDevops = 1 << 1,
    ViewAuditLog = 1 << 2,
    ViewDashboard = 1 << 3,
    ManageReports = 1 << 4,
    /// Servers: whom this one speaks with.
    ManageFederation = 1 << 5,
    ManageSettings = 1 << 6,
    /// Addresses, of machines and of mail, that may not sign up.
    ManageBlocks = 1 << 7,
    /// Hashtags, and what trends.
    ManageTaxonomies = 1 << 8,
    ManageAppeals = 1 << 9,
    ManageUsers = 1 << 10,
    ManageInvites = 1 << 11,
    ManageRules = 1 << 12,
    ManageAnnouncements = 1 << 13,
    ManageCustomEmojis = 1 << 14,
    ManageWebhooks = 1 << 15,
    InviteUsers = 1 << 16,
    ManageRoles = 1 << 17,
    ManageUserAccess = 1 << 18,
    DeleteUserData = 1 << 19,
}

const EVERYTHING: u32 = (1 << 20) - 1;

const OF_MODERATORS: u32 = Permission::ViewAuditLog as u32
    | Permission::ViewDashboard as u32
    | Permission::ManageReports as u32
    | Permission::ManageTaxonomies as u32
    | Permission::ManageUsers as u32;

impl Role {
    /// Mastodon's bits. Whether somebody may invite others is a setting of the server's, and is in none of these but the
    /// owner's and an admin's.
    pub fn permissions(self) -> u32 {
        match self {
            Self::Owner => EVERYTHING,
            Self::Admin => EVERYTHING & !(Permission::Administrator as u32 | Permission::ViewDevops as u32),
            Self::Moderator => OF_MODERATORS,
            Self::Member => 0,
        }
    }

    pub fn can(self, permission: Permission) -> bool {
        self.permissions() & permission as u32 != 0
    }

    /// Whether one of this role may act on one of another: never on an equal. Who lives elsewhere has none here.
    pub fn overrides(self, other: Option<Self>) -> bool {
        other.is_none_or(|other| self > other)
    }

    /// Whether a program may be let in as a moderator's by somebody of this role.
    pub fn moderates(self) -> bool {
        self > Self::Member
    }
}

/// What is done to an account short of deleting it. Each can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Its pictures are covered, whatever it says of them.
    Sensitive,
    /// Its owner cannot sign in, nor any of their apps do anything.
    Disable,
    /// Nobody meets it who does not follow it.
    Silence,
    /// It is put out of action.
    Suspend,
}

impl Measure {
    pub const ALL: [Self; 4] = [Self::Sensitive, Self::Disable, Self::Silence, Self::Suspend];

    /// As clients spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sensitive => "sensitive",
            Self::Disable => "disable",
            Self::Silence => "silence",
            Self::Suspend => "suspend",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_acts_on_an_equal_or_on_who_stands_above() {
        for (place, role) in Role::ALL.into_iter().enumerate() {
            for (other_place, other) in Role::ALL.into_iter().enumerate() {
                assert_eq!(
                    role.overrides(Some(other)),
                    place > other_place,
                    "{role} on {other}"
                );
            }
            assert!(role.overrides(None));
        }
    }

    #[test]
    fn each_role_may_what_the_one_below_may() {
        for pair in Role::ALL.windows(2) {
            let (below, above) = (pair[0].permissions(), pair[1].permissions());
            assert_eq!(below & above, below, "{} and {}", pair[0], pair[1]);
            assert!(above > below);
        }
        assert_eq!(Role::Moderator.permissions(), 1_308);
        assert!(!Role::Moderator.can(Permission::ManageFederation));
        assert!(Role::Admin.can(Permission::ManageFederation) && !Role::Admin.can(Permission::Administrator));
    }
}
