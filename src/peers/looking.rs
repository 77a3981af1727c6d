//! How far the look for answers under a post has come, or for what somebody posted, for those who wait for it. Looks for none
//! itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// One look, under one post or at one page.
#[derive(Clone, Debug, Default)]
pub struct Looking(Arc<Progress>);

#[derive(Debug, Default)]
struct Progress {
    is_over: AtomicBool,
    found: AtomicU32,
}

/// Held by whoever looks: once it is dropped, for whatever reason, the look is over.
#[derive(Debug)]
pub struct Look(Looking);

impl Looking {
    /// To be called by the one who looks.
    pub fn begin(&self) -> Look {
        Look(self.clone())
    }

    pub fn is_over(&self) -> bool {
        self.0.is_over.load(Ordering::Acquire)
    }

    /// How many posts were new here.
    pub fn found(&self) -> u32 {
        self.0.found.load(Ordering::Acquire)
    }
}

impl Look {
    pub fn note_one(&self) {
        self.note(1);
    }

    pub fn note(&self, many: u32) {
        self.0.0.found.fetch_add(many, Ordering::AcqRel);
    }
}

impl Drop for Look {
    fn drop(&mut self) {
        self.0.0.is_over.store(true, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_over_once_nobody_looks_any_more() {
        let looking = Looking::default();
        let look = looking.begin();
        look.note_one();
        assert_eq!((looking.is_over(), looking.found()), (false, 1));
        drop(look);
        assert_eq!((looking.is_over(), looking.found()), (true, 1));
    }
}
