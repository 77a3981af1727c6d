//! Where pictures are: where the settings say, unless they are being moved, or were and the settings do not know it yet. Copies
//! nothing.

use std::path::Path;

use super::written_place::Written;
use crate::app::App;
use crate::config::{Bucket, Copies, Storage};
use crate::db;
use crate::db::media_move::{Move, Noted, State};
use crate::domain::clock::Time;
use crate::media::StoreError;
use crate::media::store::{AzureSettings, Depot, GcsSettings, Layout, S3Settings};
use crate::sealed::SealError;

const PURPOSE: &str = "a place of media";

#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error("what is written about where media are cannot be understood")]
    Unknown,
    /// Pictures would be written where they are not looked for.
    #[error(
        "media are being moved from {source_name} to {destination}, but the settings say {settings}. Set one of the two, or run this \
         command with the settings of the server."
    )]
    Elsewhere {
        source_name: String,
        destination: String,
        settings: String,
    },
}

/// A move, opened.
#[derive(Clone, Debug)]
pub struct Standing {
    pub noted: Move,
    pub source: Storage,
    pub destination: Storage,
}

/// The place itself. Nothing is sent to a bucket yet.
pub fn depot(data_dir: &Path, storage: &Storage) -> Result<Depot, StoreError> {
    match storage {
        Storage::Local => Depot::local(&data_dir.join("media")),
        Storage::Bucket(bucket) => of_bucket(bucket),
    }
}

/// The place of copies that are apart from everything else.
pub fn depot_of_copies(copies: &Copies) -> Result<Depot, StoreError> {
    match copies {
        Copies::Folder(folder) => Depot::local(folder),
        Copies::Bucket(bucket) => of_bucket(bucket),
    }
}

fn of_bucket(bucket: &Bucket) -> Result<Depot, StoreError> {
    match bucket {
        Bucket::S3(s3) => Depot::s3(&S3Settings {
            endpoint: s3.endpoint.as_ref().map_or_else(String::new, ToString::to_string),
            bucket: s3.bucket.clone(),
            region: s3.region.clone(),
            access_key: s3.access_key.expose().clone(),
            secret_key: s3.secret_key.expose().clone(),
            path_style: s3.path_style,
            prefix: s3.prefix.clone(),
        }),
        Bucket::Azure(azure) => Depot::azure(&AzureSettings {
            endpoint: azure.address(),
            account: azure.account.clone(),
            key: azure.key.expose().clone(),
            container: azure.container.clone(),
            prefix: azure.prefix.clone(),
        }),
        Bucket::Gcs(gcs) => Depot::gcs(&GcsSettings {
            endpoint: gcs.address(),
            bucket: gcs.bucket.clone(),
            key_file: gcs.key_file.clone(),
            prefix: gcs.prefix.clone(),
        }),
    }
}

/// The move that is under way, or was until the settings say the new place.
pub async fn standing(app: &App) -> Result<Option<Standing>, PlaceError> {
    let noted = db::media_move::find(&mut *app.db.acquire().await?).await?;
    let Some(noted) = noted else {
        return Ok(None);
    };
    Ok(Some(Standing {
        source: unsealed(app, &noted.source)?,
        destination: unsealed(app, &noted.destination)?,
        noted,
    }))
}

/// Where everything is.
pub fn current(app: &App, standing: Option<&Standing>) -> Storage {
    match standing {
        Some(Standing {
            noted,
            source,
            destination,
        }) if noted.state != State::Copying && app.config.storage.name() == source.name() => {
            destination.clone()
        }
        _ => app.config.storage.clone(),
    }
}

/// Has the store of this process be where pictures are now.
pub async fn follow(app: &App) -> Result<Option<Standing>, PlaceError> {
    let standing = standing(app).await?;
    let since = standing.as_ref().map(|standing| standing.noted.since);
    if app.store.since() != since {
        let layout = match &standing {
            Some(standing) => layout(app, standing)?,
            None => one(app, &app.config.storage, None)?,
        };
        app.store.arrange(layout);
    }
    Ok(standing)
}

fn layout(app: &App, standing: &Standing) -> Result<Layout, PlaceError> {
    let Standing {
        noted,
        source,
        destination,
    } = standing;
    let since = Some(noted.since);
    let settings = app.config.storage.name();
    let says_source = settings == source.name();
    match noted.state {
        State::Leaving | State::Done if says_source => {
            tracing::warn!(
                settings,
                media = destination.name(),
                "media were moved, and the settings still say where they were"
            );
            one(app, destination, since)
        }
        State::Done => one(app, &app.config.storage, since),
        State::Leaving if settings == destination.name() => one(app, destination, since),
        State::Copying | State::Switched if says_source || settings == destination.name() => Ok(Layout {
            source: depot(&app.config.data_dir, source)?,
            destination: Some(depot(&app.config.data_dir, destination)?),
            switched: noted.state == State::Switched,
            since,
        }),
        _ => Err(PlaceError::Elsewhere {
            source_name: source.name(),
            destination: destination.name(),
            settings,
        }),
    }
}

fn one(app: &App, storage: &Storage, since: Option<Time>) -> Result<Layout, PlaceError> {
    Ok(Layout {
        source: depot(&app.config.data_dir, storage)?,
        destination: None,
        switched: false,
        since,
    })
}

/// A place as it is written down.
pub fn noted(app: &App, storage: &Storage) -> Noted {
    let text = serde_json::to_vec(&Written::of(storage)).expect("texts and switches can be written as JSON");
    Noted {
        sealed: app.seal.seal(PURPOSE, &text),
        name: storage.name(),
    }
}

fn unsealed(app: &App, sealed: &[u8]) -> Result<Storage, PlaceError> {
    let text = app.seal.open(PURPOSE, sealed)?;
    let written: Written = serde_json::from_slice(&text).map_err(|_| PlaceError::Unknown)?;
    Ok(written.into())
}
