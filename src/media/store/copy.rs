//! Copies objects from one place to another, and takes them away again. Trusts nothing that it wrote before it has read it back.

use std::collections::HashMap;

use aws_lc_rs::digest::{Context, SHA256};
use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, GetResult, MultipartUpload, ObjectStore, ObjectStoreExt, PutMultipartOptions,
    PutOptions,
};

use super::depot::{Depot, missing_is_fine};
use super::{CACHE_CONTROL, KEPT_FROM_ALL, ORIGINALS, PUBLIC, StoreError, WITHHELD};
use crate::media::key::{MediaKey, OriginalKey};
use crate::media::name::StoredFile;
use crate::media::sniff::{Sniffed, sniff};

/// What is held at once of a file, and the size of its parts.
const PART: usize = 8 << 20;
const UNKNOWN: &str = "application/octet-stream";

/// What kinds of objects there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Area {
    Public,
    Withheld,
    Originals,
}

/// All objects of an area whose keys begin in the same way: so many as fit into memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shard {
    area: Area,
    begin: String,
}

/// What became of an object that was to be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// So many bytes.
    Whole(u64),
    /// It was removed meanwhile, and is in neither place.
    Gone,
}

impl Area {
    const ALL: [Area; 3] = [Area::Public, Area::Withheld, Area::Originals];

    fn name(self) -> &'static str {
        match self {
            Self::Public => PUBLIC,
            Self::Withheld => WITHHELD,
            Self::Originals => ORIGINALS,
        }
    }
}

impl Depot {
    /// What there is to copy, without anything of somebody else.
    pub async fn shards(&self) -> Result<Vec<Shard>, StoreError> {
        let mut shards = Vec::new();
        for area in Area::ALL {
            let listed = self
                .engine
                .list_with_delimiter(Some(&self.below(area.name())))
                .await?;
            let begins = listed.common_prefixes.iter().filter_map(Path::filename);
            shards.extend(begins.filter(|begin| begin.len() == 2).map(|begin| Shard {
                area,
                begin: begin.to_owned(),
            }));
        }
        Ok(shards)
    }

    /// Objects of ours and their sizes, by their paths in any place.
    pub async fn sizes(&self, shard: &Shard) -> Result<HashMap<Path, u64>, StoreError> {
        let above = self.prefix.parts().count();
        let folder = self.below(&format!("{}/{}", shard.area.name(), shard.begin));
        let mut listed = self.engine.list(Some(&folder));
        let mut sizes = HashMap::new();
        while let Some(object) = listed.try_next().await? {
            let path = Path::from_iter(object.location.parts().skip(above));
            if is_ours(&path, shard) {
                sizes.insert(path, object.size);
            }
        }
        Ok(sizes)
    }

    /// Objects and their sizes that are not there as they are here; and how many are.
    pub async fn missing(&self, to: &Depot, shard: &Shard) -> Result<(Vec<(Path, u64)>, u64), StoreError> {
        let here = self.sizes(shard).await?;
        let there = to.sizes(shard).await?;
        let all = here.len();
        let missing = here
            .into_iter()
            .filter(|(path, size)| there.get(path) != Some(size));
        let missing: Vec<_> = missing.collect();
        let known = (all - missing.len()) as u64;
        Ok((missing, known))
    }

    /// Copies one object, and compares what arrived with what was sent.
    pub async fn copy(&self, path: &Path, to: &Depot) -> Result<Copied, StoreError> {
        let (here, there) = (self.of(path), to.of(path));
        let Some(found) = self.open(&here, None).await? else {
            return Ok(Copied::Gone);
        };
        let size = to.receive(&there, path, found).await?;
        // Who removes an object does so here first, so that either this sees it or that comes after the copy.
        match self.engine.head(&here).await {
            Ok(_) => Ok(Copied::Whole(size)),
            Err(object_store::Error::NotFound { .. }) => {
                missing_is_fine(to.engine.delete(&there).await)?;
                Ok(Copied::Gone)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Another name for an object of this place, by way of this program.
    pub(super) async fn carry(&self, from: &Path, to: &Path) -> Result<(), StoreError> {
        let Some(found) = self.open(from, None).await? else {
            return Ok(());
        };
        let above = self.prefix.parts().count();
        let path = to.parts().skip(above).collect();
        self.receive(to, &path, found).await?;
        missing_is_fine(self.engine.delete(from).await)
    }

    /// Takes these objects away. Nothing there is fine.
    pub async fn remove(&self, paths: Vec<Path>) -> Result<(), StoreError> {
        let paths = paths.iter().map(|path| Ok(self.of(path))).collect::<Vec<_>>();
        let gone = self.engine.delete_stream(futures::stream::iter(paths).boxed());
        gone.map(|result| missing_is_fine(result.map(drop)))
            .try_collect::<()>()
            .await
    }

    fn of(&self, path: &Path) -> Path {
        Path::from_iter(self.prefix.parts().chain(path.parts()))
    }

    /// Writes what is read, and compares what arrived with it; gives its length.
    async fn receive(&self, there: &Path, path: &Path, found: GetResult) -> Result<u64, StoreError> {
        let size = found.meta.size;
        let sent = self.take(there, path, found).await?;
        let arrived = match self.open(there, None).await? {
            Some(found) => sum(found).await?,
            None => (0, Vec::new()),
        };
        if sent != arrived || sent.0 != size {
            missing_is_fine(self.engine.delete(there).await)?;
            return Err(StoreError::Differs {
                path: path.to_string(),
            });
        }
        Ok(size)
    }

    /// Writes what is read; gives its length and sum.
    async fn take(&self, there: &Path, path: &Path, found: GetResult) -> Result<(u64, Vec<u8>), StoreError> {
        let said = found.attributes.get(&Attribute::ContentType);
        let said = said.map(|said| said.as_ref().to_owned());
        let size = found.meta.size;
        let mut pieces = Parts::of(found);
        let first = pieces.next().await?.unwrap_or_default();
        let attributes = match self.keeps_attributes {
            true => attributes(path, said, &first),
            false => Attributes::new(),
        };
        if size <= PART as u64 {
            let options = PutOptions {
                attributes,
                ..PutOptions::default()
            };
            self.engine.put_opts(there, first.into(), options).await?;
            return Ok(pieces.sum());
        }
        let options = PutMultipartOptions {
            attributes,
            ..PutMultipartOptions::default()
        };
        let mut upload = self.engine.put_multipart_opts(there, options).await?;
        if let Err(error) = send(upload.as_mut(), first, &mut pieces).await {
            upload.abort().await.ok();
            return Err(error);
        }
        Ok(pieces.sum())
    }
}

async fn send(upload: &mut dyn MultipartUpload, first: Bytes, rest: &mut Parts) -> Result<(), StoreError> {
    let mut part = Some(first);
    while let Some(bytes) = part {
        upload.put_part(bytes.into()).await?;
        part = rest.next().await?;
    }
    upload.complete().await?;
    Ok(())
}

/// A file in parts, and the sum of those that were given.
struct Parts {
    bytes: BoxStream<'static, object_store::Result<Bytes>>,
    /// Read, and not given yet.
    rest: Vec<u8>,
    sum: Context,
    length: u64,
}

impl Parts {
    fn of(found: GetResult) -> Self {
        Self {
            bytes: found.into_stream(),
            rest: Vec::new(),
            sum: Context::new(&SHA256),
            length: 0,
        }
    }

    async fn next(&mut self) -> Result<Option<Bytes>, StoreError> {
        while self.rest.len() < PART {
            match self.bytes.try_next().await? {
                Some(piece) => self.rest.extend_from_slice(&piece),
                None => break,
            }
        }
        if self.rest.is_empty() {
            return Ok(None);
        }
        let after = self.rest.split_off(self.rest.len().min(PART));
        let part = std::mem::replace(&mut self.rest, after);
        self.sum.update(&part);
        self.length += part.len() as u64;
        Ok(Some(part.into()))
    }

    fn sum(self) -> (u64, Vec<u8>) {
        (self.length, self.sum.finish().as_ref().to_vec())
    }
}

async fn sum(found: GetResult) -> Result<(u64, Vec<u8>), StoreError> {
    let mut parts = Parts::of(found);
    while parts.next().await?.is_some() {}
    Ok(parts.sum())
}

/// Whether it is named as we name what is in this shard.
fn is_ours(path: &Path, shard: &Shard) -> bool {
    let parts: Vec<String> = path.parts().map(|part| part.as_ref().to_owned()).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let (key, is_key) = match (shard.area, parts.as_slice()) {
        (Area::Public | Area::Withheld, [_, a, b, key, _]) => ((a, b, key), MediaKey::parse(key).is_some()),
        (Area::Originals, [_, a, b, key]) => ((a, b, key), OriginalKey::parse(key).is_some()),
        _ => return false,
    };
    let (a, b, key) = key;
    is_key && key.get(..2) == Some(*a) && key.get(2..4) == Some(*b)
}

/// With what a bucket gives it out: by its name, or what its former place said, or its first bytes say.
fn attributes(path: &Path, said: Option<String>, first: &[u8]) -> Attributes {
    // What is withheld is public again some day, with what it has.
    let is_public = path.parts().next().is_some_and(|part| part.as_ref() != ORIGINALS);
    let named = path
        .filename()
        .and_then(StoredFile::parse)
        .map(StoredFile::content_type);
    let sniffed = match sniff(first) {
        Sniffed::Picture(kind) => kind.content_type(),
        _ => UNKNOWN,
    };
    let (content_type, cache) = match is_public {
        true => (named.unwrap_or(UNKNOWN).to_owned(), CACHE_CONTROL),
        false => (said.unwrap_or_else(|| sniffed.to_owned()), KEPT_FROM_ALL),
    };
    Attributes::from_iter([
        (Attribute::ContentType, content_type),
        (Attribute::CacheControl, cache.to_owned()),
    ])
}
