//! The Role entity: what clients offer somebody by. Grants nothing.

use serde::Serialize;

use crate::actions::invite;
use crate::app::App;
use crate::domain::moderation::Permission;
use crate::domain::role::Role;

#[derive(Clone, Debug, Serialize)]
pub struct Entity {
    id: &'static str,
    name: &'static str,
    color: &'static str,
    /// Mastodon's bits, a number as text.
    permissions: String,
    highlighted: bool,
}

/// The role of everybody, as Mastodon numbers it.
const EVERYBODY: &str = "-99";

const NAMED: [(Role, &str, &str); 4] = [
    (Role::Member, EVERYBODY, ""),
    (Role::Moderator, "1", "Moderator"),
    (Role::Admin, "2", "Admin"),
    (Role::Owner, "3", "Owner"),
];

pub fn entity(app: &App, role: Role) -> Entity {
    let found = NAMED.into_iter().find(|(known, ..)| *known == role);
    let (_, id, name) = found.expect("every role has a name");
    let inviting = Permission::InviteUsers as u32;
    let permissions = match invite::may(app, role as i16) {
        true => role.permissions() | inviting,
        false => role.permissions() & !inviting,
    };
    Entity {
        id,
        name,
        color: "",
        permissions: permissions.to_string(),
        // Profiles do not show it.
        highlighted: false,
    }
}

/// The role that clients know by this id.
pub fn by_id(id: &str) -> Option<Role> {
    let found = NAMED.into_iter().find(|(_, known, _)| *known == id);
    found.map(|(role, ..)| role)
}
