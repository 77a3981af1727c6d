//! Tries a store out before a photo depends on it. Never touches a picture.

use bytes::Bytes;
use object_store::ObjectStoreExt;

use super::StoreError;
use super::depot::Depot;
use crate::media::key::{MediaKey, NoRandomness};

const WORDS: &[u8] = b"Tintype was here to see whether it can write.\n";

/// What the probe was doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProbeStep {
    Write,
    Read,
    Delete,
}

/// Which step failed, and how.
#[derive(Debug, thiserror::Error)]
pub enum ProbeError {
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    #[error("storage: {step} failed: {source}")]
    Step { step: ProbeStep, source: StoreError },
    #[error("storage: what was read is not what was written")]
    OtherBytes,
}

impl std::fmt::Display for ProbeStep {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            ProbeStep::Write => "writing",
            ProbeStep::Read => "reading",
            ProbeStep::Delete => "deleting",
        })
    }
}

impl Depot {
    /// Writes, reads and deletes a small file of its own.
    pub async fn probe(&self) -> Result<(), ProbeError> {
        let path = self.below(&format!("probe/{}", MediaKey::random()?));
        let at = |step| {
            move |source: object_store::Error| ProbeError::Step {
                step,
                source: source.into(),
            }
        };
        self.engine
            .put(&path, Bytes::from_static(WORDS).into())
            .await
            .map_err(at(ProbeStep::Write))?;
        let read = self.engine.get(&path).await.map_err(at(ProbeStep::Read))?;
        let same = read.bytes().await.map_err(at(ProbeStep::Read))? == WORDS;
        self.engine.delete(&path).await.map_err(at(ProbeStep::Delete))?;
        if same { Ok(()) } else { Err(ProbeError::OtherBytes) }
    }
}
