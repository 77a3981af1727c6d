//! Documents about people here, as they were written: other servers ask for the same few again and again. Never gives one
//! that was written from anything else than the account that it is asked for with.

use std::sync::Arc;

use bytes::Bytes;
use moka::sync::Cache;

use crate::domain::account::Account;
use crate::domain::ids::AccountId;

/// Bytes of all together.
const HEAVIEST: u64 = 16 << 20;
/// What one needs beside its text.
const FRAME: usize = 256;

/// Which document of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Paper {
    Actor,
    Profile,
}

#[derive(Clone, Debug)]
struct Written {
    from: Arc<Account>,
    body: Bytes,
}

#[derive(Clone, Debug)]
pub struct Papers(Cache<(AccountId, Paper), Written>);

impl Papers {
    /// The document as it was written from this very account, or as it is written now.
    pub fn of<E>(
        &self,
        account: &Arc<Account>,
        paper: Paper,
        write: impl FnOnce() -> Result<Bytes, E>,
    ) -> Result<Bytes, E> {
        let key = (account.id, paper);
        if let Some(written) = self.0.get(&key).filter(|it| Arc::ptr_eq(&it.from, account)) {
            return Ok(written.body);
        }
        let body = write()?;
        let written = Written {
            from: account.clone(),
            body: body.clone(),
        };
        self.0.insert(key, written);
        Ok(body)
    }

    pub fn clear(&self) {
        self.0.invalidate_all();
    }
}

impl Default for Papers {
    fn default() -> Self {
        let weigh = |_: &_, written: &Written| u32::try_from(written.body.len() + FRAME).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(HEAVIEST).weigher(weigh).build())
    }
}
