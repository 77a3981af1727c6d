//! What somebody allowed a program to do.

use super::ids::{AccountId, AppId, TokenId};
use super::scopes::Scopes;

/// What a token stands for.
#[derive(Clone, Debug)]
pub struct Grant {
    pub token_id: TokenId,
    pub app_id: AppId,
    /// None: the app speaks for itself, which counts as anonymous.
    pub account_id: Option<AccountId>,
    pub scopes: Scopes,
    /// 0 member, 1 moderator, 2 admin, 3 owner.
    pub role: i16,
}
