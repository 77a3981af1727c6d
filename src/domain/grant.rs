//! What somebody allowed a program to do.

use super::ids::{AccountId, AppId, SessionId, TokenId};
use super::scopes::Scopes;

/// What a token stands for, or somebody's own browser on our own pages.
#[derive(Clone, Debug)]
pub struct Grant {
    /// None: a browser, which has a session and no token.
    pub token_id: Option<TokenId>,
    /// None: a program.
    pub session_id: Option<SessionId>,
    /// None: no app stands between.
    pub app_id: Option<AppId>,
    /// None: the app speaks for itself, which counts as anonymous.
    pub account_id: Option<AccountId>,
    pub scopes: Scopes,
    /// 0 member, 1 moderator, 2 admin, 3 owner.
    pub role: i16,
}
