//! What lies in the store, and how large it is. Opens nothing, and lists nothing but what is ours.

use chrono::{DateTime, Utc};
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt};

use super::depot::Depot;
use super::{ORIGINALS, PUBLIC, StoreError, WITHHELD};
use crate::media::key::{MediaKey, OriginalKey};
use crate::media::name::StoredFile;

/// One stored object.
#[derive(Debug, Clone)]
pub struct Found {
    pub place: Place,
    pub bytes: u64,
    pub changed: DateTime<Utc>,
}

/// What an object is, by its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// A file below this key, whether it is withheld or not.
    Public(MediaKey),
    Original(OriginalKey),
    /// Somebody else put it here: it is not ours to judge.
    Strange,
}

/// A file of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileSize {
    pub file: StoredFile,
    pub bytes: u64,
}

impl Depot {
    /// Every object of ours, in the order of the engine.
    pub fn walk(&self) -> BoxStream<'static, Result<Found, StoreError>> {
        let originals = self.below(ORIGINALS);
        let depth = originals.parts().count();
        let of_keys = move |folder: &Path| {
            self.engine.list(Some(folder)).map_ok(move |object| {
                let place = key_at(&object.location, depth, true).and_then(|key| MediaKey::parse(&key));
                found(&object, place.map(Place::Public))
            })
        };
        let (below_public, below_withheld) = (of_keys(&self.below(PUBLIC)), of_keys(&self.below(WITHHELD)));
        let below_originals = self.engine.list(Some(&originals)).map_ok(move |object| {
            let place = key_at(&object.location, depth, false).and_then(|key| OriginalKey::parse(&key));
            found(&object, place.map(Place::Original))
        });
        below_public
            .chain(below_withheld)
            .chain(below_originals)
            .map_err(StoreError::from)
            .boxed()
    }

    /// The files of a key.
    pub async fn files(&self, key: &MediaKey) -> Result<Vec<FileSize>, StoreError> {
        let folder = self.below(&format!("{PUBLIC}/{}", key.folder()));
        let mut files = Vec::new();
        let mut found = self.engine.list(Some(&folder));
        while let Some(object) = found.try_next().await? {
            let name = object.location.filename().and_then(StoredFile::parse);
            files.extend(name.map(|file| FileSize {
                file,
                bytes: object.size,
            }));
        }
        Ok(files)
    }

    /// `None`: it is not there.
    pub async fn original_size(&self, key: &OriginalKey) -> Result<Option<u64>, StoreError> {
        match self.engine.head(&self.original(key)).await {
            Ok(meta) => Ok(Some(meta.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

fn found(object: &ObjectMeta, place: Option<Place>) -> Found {
    Found {
        place: place.unwrap_or(Place::Strange),
        bytes: object.size,
        changed: object.last_modified,
    }
}

/// The name of the key in `ab/cd/KEY`, or in `ab/cd/KEY/file`, below so many folders.
fn key_at(path: &Path, depth: usize, is_folder: bool) -> Option<String> {
    let parts: Vec<_> = path.parts().skip(depth).collect();
    if parts.len() != if is_folder { 4 } else { 3 } {
        return None;
    }
    let key: &str = parts[2].as_ref();
    let fits = key.get(..2)? == parts[0].as_ref() && key.get(2..4)? == parts[1].as_ref();
    fits.then(|| key.to_owned())
}
