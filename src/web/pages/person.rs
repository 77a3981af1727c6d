//! Someone as a page names them. Knows nothing private of them.

use super::Href;

#[derive(Clone, Debug)]
pub struct Person {
    /// Display name; the user name when they gave none.
    pub name: String,
    /// `@ana@example.org`, always with the host.
    pub handle: String,
    /// Their page here, or at their own server.
    pub page: Href,
    /// Absolute, since cards on other sites show it.
    pub avatar: Href,
}
