//! What was sent, in a form that we can open: as it came, or converted by a program that is installed. Judges no pixel.

use bytes::Bytes;

use super::Trouble;
use crate::actions::upload::limits;
use crate::app::App;
use crate::media::{ConvertError, Foreign, Limits};

pub(super) struct Opened {
    pub bytes: Bytes,
    pub limits: Limits,
    /// What it was, where these bytes stand for it.
    pub foreign: Option<Foreign>,
}

pub(super) async fn open(app: &App, bytes: Bytes) -> Result<Opened, Trouble> {
    let limits = limits(app);
    let Some(kind) = Foreign::of(&bytes) else {
        return Ok(Opened {
            bytes,
            limits,
            foreign: None,
        });
    };
    let Some(converter) = &app.converter else {
        return Err(kind.unopened().into());
    };
    let converted = converter
        .to_jpeg(bytes, kind, &limits)
        .await
        .map_err(unconverted)?;
    Ok(Opened {
        bytes: converted,
        // A JPEG takes more bytes than what it stands for, which was judged already.
        limits: Limits {
            bytes: u64::MAX,
            ..limits
        },
        foreign: Some(kind),
    })
}

fn unconverted(error: ConvertError) -> Trouble {
    match error {
        ConvertError::Unusable(reason) => reason.into(),
        ConvertError::Failed => Trouble::Lasting(error.to_string()),
        ConvertError::Slow | ConvertError::Io(_) => Trouble::Passing(error.to_string()),
    }
}
