//! Why a picture or a video is not ready: what is for good, and what may go better later. Decides nothing about it.

use std::time::Duration;

use crate::media::key::NoRandomness;
use crate::media::{StoreError, Unplayable, Unusable, VideoError};

#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// Another try would end the same.
    #[error("{0}")]
    Lasting(String),
    /// It may go better later.
    #[error("{0}")]
    Passing(String),
    /// The server that has it does not answer as it should.
    #[error("{0}")]
    Host(String, Blame),
    /// Under its key there is something else: an earlier try got other bytes.
    #[error("other bytes are stored under its key")]
    KeyTaken,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What a server that does not answer as it should says about its other pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blame {
    /// It may be this one alone.
    Unclear,
    /// It asks not to be asked for so long, for any of them.
    Told(Duration),
}

impl From<Unusable> for Trouble {
    fn from(reason: Unusable) -> Self {
        match reason {
            // A busy machine, not the picture, may have been slow.
            Unusable::TooSlow { .. } => Self::Passing(reason.to_string()),
            _ => Self::Lasting(reason.to_string()),
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Changed { .. } => Self::KeyTaken,
            _ => Self::Passing(error.to_string()),
        }
    }
}

impl From<NoRandomness> for Trouble {
    fn from(error: NoRandomness) -> Self {
        Self::Passing(error.to_string())
    }
}

impl From<VideoError> for Trouble {
    fn from(error: VideoError) -> Self {
        match error {
            // A busy machine, not the video, may have been slow.
            VideoError::Unplayable(Unplayable::TooSlow { .. }) => Self::Passing(error.to_string()),
            VideoError::Unplayable(_) => Self::Lasting(error.to_string()),
            VideoError::Stopped | VideoError::Io(_) => Self::Passing(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_get_better_is_tried_again() {
        assert!(matches!(Trouble::from(Unusable::Empty), Trouble::Lasting(_)));
        let busy = Trouble::from(Unusable::TooSlow { seconds: 60 });
        assert!(matches!(busy, Trouble::Passing(_)));
    }

    #[test]
    fn only_what_a_busy_machine_caused_is_tried_again() {
        let slow = VideoError::from(Unplayable::TooSlow { seconds: 9 });
        assert!(matches!(Trouble::from(slow), Trouble::Passing(_)));
        assert!(matches!(Trouble::from(VideoError::Stopped), Trouble::Passing(_)));
        let damaged = VideoError::from(Unplayable::Damaged);
        assert!(matches!(Trouble::from(damaged), Trouble::Lasting(_)));
    }
}
