//! Files that are asked for again and again at this moment, such as the pictures of a post that is passed around: they are read
//! once a second, not for each who looks. Holds a bounded part of memory, and nothing for longer than that second.

use std::time::Duration;

use bytes::Bytes;
use moka::sync::Cache;

use crate::media::key::MediaKey;
use crate::media::name::StoredFile;

/// How long it may go unnoticed here that another process removed a file.
const TRUST: Duration = Duration::from_secs(1);
/// Of all files together, in bytes.
const MOST: u64 = 16 << 20;
/// What one takes beside its bytes.
const BESIDE: usize = 256;

/// Clones share it.
#[derive(Clone, Debug)]
pub(super) struct Hot(Cache<(MediaKey, StoredFile), Bytes>);

impl Default for Hot {
    fn default() -> Self {
        let weight = |_: &(MediaKey, StoredFile), bytes: &Bytes| {
            u32::try_from(bytes.len().saturating_add(BESIDE)).unwrap_or(u32::MAX)
        };
        Self(
            Cache::builder()
                .max_capacity(MOST)
                .weigher(weight)
                .time_to_live(TRUST)
                .build(),
        )
    }
}

impl Hot {
    pub fn find(&self, key: &MediaKey, file: StoredFile) -> Option<Bytes> {
        self.0.get(&(*key, file))
    }

    pub fn keep(&self, key: &MediaKey, file: StoredFile, bytes: Bytes) {
        self.0.insert((*key, file), bytes);
    }

    /// After the files are gone: what was read before then is gone from here as well.
    pub fn forget(&self, key: &MediaKey) {
        // No more than were asked for within a second.
        for (known, _) in &self.0 {
            if known.0 == *key {
                self.0.invalidate(&*known);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::name::{Format, Size};

    const FILE: StoredFile = StoredFile::Avif(Size::Large1080);

    #[test]
    fn all_files_of_a_key_are_forgotten_and_no_others() {
        let hot = Hot::default();
        let (one, two) = (MediaKey::new([1; 16]), MediaKey::new([2; 16]));
        let other = StoredFile::Rendition(Size::Large1080.file_name(Format::WebP));
        for (key, file) in [(one, FILE), (one, other), (two, FILE)] {
            hot.keep(&key, file, Bytes::from_static(b"picture"));
        }
        hot.forget(&one);
        let found =
            [(one, FILE), (one, other), (two, FILE)].map(|(key, file)| hot.find(&key, file).is_some());
        assert_eq!(found, [false, false, true]);
    }

    #[test]
    fn however_many_files_are_asked_for_a_bounded_part_of_memory_is_held() {
        let (hot, bytes) = (Hot::default(), Bytes::from(vec![0; 1 << 20]));
        for number in 0..100 {
            hot.keep(&MediaKey::new([number; 16]), FILE, bytes.clone());
        }
        hot.0.run_pending_tasks();
        assert!(hot.0.weighted_size() <= MOST);
    }
}
