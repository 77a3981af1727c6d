//! Files that nobody may see for a while: below a folder of their own, under the same keys, with all that is served with them.
//! No public route reads them, and no public bucket shows them. Never decides whose they are.

use futures::TryStreamExt;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};

use super::depot::{Depot, missing_is_fine};
use super::layout::{Layout, Places};
use super::{PUBLIC, StoreError, WITHHELD};
use crate::media::key::MediaKey;

/// From one folder of a store to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    from: &'static str,
    to: &'static str,
}

impl Way {
    pub const AWAY: Self = Self {
        from: PUBLIC,
        to: WITHHELD,
    };
    pub const BACK: Self = Self {
        from: WITHHELD,
        to: PUBLIC,
    };
}

impl Depot {
    /// Moves all files of a key. Those that were moved before, by one who did not come to the end, are fine.
    async fn shift(&self, key: &MediaKey, way: Way) -> Result<(), StoreError> {
        for path in self.below_key(way.from, key).await? {
            let Some(name) = path.filename() else {
                continue;
            };
            let to = self.below(&format!("{}/{}/{name}", way.to, key.folder()));
            match self.moves {
                true => missing_is_fine(self.engine.rename(&path, &to).await)?,
                false => self.carry(&path, &to).await?,
            }
        }
        Ok(())
    }

    /// Brings over what is in this folder here and not there.
    async fn complete(&self, key: &MediaKey, folder: &'static str, to: &Depot) -> Result<(), StoreError> {
        let own = |depot: &Depot, paths: Vec<Path>| -> Vec<Path> {
            let above = depot.prefix.parts().count();
            let paths = paths.iter().map(|path| path.parts().skip(above).collect());
            paths.collect()
        };
        let there = own(to, to.below_key(folder, key).await?);
        for path in own(self, self.below_key(folder, key).await?) {
            if !there.contains(&path) {
                self.copy(&path, to).await?;
            }
        }
        Ok(())
    }

    async fn below_key(&self, folder: &'static str, key: &MediaKey) -> Result<Vec<Path>, StoreError> {
        let folder = self.below(&format!("{folder}/{}", key.folder()));
        let found = self.engine.list(Some(&folder)).map_ok(|object| object.location);
        Ok(found.try_collect().await?)
    }
}

impl Places {
    pub async fn shift(&self, key: &MediaKey, way: Way) -> Result<(), StoreError> {
        let Layout {
            source, destination, ..
        } = self.layout();
        // The source first: who copies looks there afterwards whether it still has what was copied.
        source.shift(key, way).await?;
        let Some(destination) = destination else {
            return Ok(());
        };
        destination.shift(key, way).await?;
        // Who copies may have looked through both folders already, each before the files were in it.
        source.complete(key, way.to, &destination).await
    }
}
