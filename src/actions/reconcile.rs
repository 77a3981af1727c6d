//! Compares the store with the rows: files that nothing names, and pictures whose files are not there. Tells; mends only what
//! it is told to.

use std::collections::HashSet;

use chrono::TimeDelta;
use futures::{StreamExt, TryStreamExt};

use crate::app::App;
use crate::db;
use crate::db::media_usage::Placed;
use crate::domain::clock::Time;
use crate::domain::ids::MediaId;
use crate::media::key::NoRandomness;
use crate::media::store::{Found, Place};
use crate::media::{FileName, MediaKey, OriginalKey, StoreError, StoredFile, VideoFile};

/// Files, and pictures, that are looked up at once.
const BATCH: usize = 500;
const HANDS: usize = 16;
/// Pictures of which nothing is left that are named one by one.
const MOST_NAMED: usize = 100;

#[derive(Debug, thiserror::Error)]
pub enum ReconcileError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Files that are younger are left alone: an upload may be on its way.
    pub older_than: TimeDelta,
    /// Whether files that nothing names are noted to be removed.
    pub deletes: bool,
    /// Whether rows are put right.
    pub mends: bool,
}

/// Files, and what they take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub files: u64,
    pub bytes: u64,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub all: Count,
    /// Named by nothing.
    pub strays: Count,
    /// The same, but too young to judge.
    pub young: Count,
    /// Not named as we name files.
    pub strange: Count,
    pub pictures: u64,
    /// Pictures of other servers without their files: they can be fetched again.
    pub lost_copies: u64,
    /// Pictures of people here without their files, but with their upload: they can be made again.
    pub remakable: u64,
    /// Pictures of people here that are shown, but whose upload is gone.
    pub without_original: u64,
    /// Pictures of people here of which nothing is left; the first of them.
    pub lost: Vec<MediaId>,
    pub lost_in_all: u64,
    /// Pictures that take another room than was noted.
    pub wrong_sizes: u64,
}

impl Count {
    fn add(&mut self, bytes: u64) {
        self.files += 1;
        self.bytes += bytes;
    }
}

/// Looks through everything.
pub async fn run(app: &App, options: Options) -> Result<Tally, ReconcileError> {
    let mut tally = Tally::default();
    files(app, options, &mut tally).await?;
    let mut after = MediaId::NONE;
    loop {
        let most = i64::try_from(BATCH).unwrap_or(i64::MAX);
        let some = db::media_inventory::stored(&mut *app.db.acquire().await?, after, most).await?;
        let Some(last) = some.last() else {
            return Ok(tally);
        };
        after = last.id;
        rows(app, options, some, &mut tally).await?;
    }
}

async fn files(app: &App, options: Options, tally: &mut Tally) -> Result<(), ReconcileError> {
    let before = app.clock.now() - options.older_than;
    let mut chunks = app.store.walk().try_chunks(BATCH);
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|error| error.1)?;
        let strays = strays(app, &chunk, before, tally).await?;
        if options.deletes {
            let mut db = app.db.acquire().await?;
            let now = app.clock.now();
            db::media_inventory::discard(&mut db, &strays.public, false, now).await?;
            db::media_inventory::discard(&mut db, &strays.originals, true, now).await?;
        }
    }
    Ok(())
}

/// Keys of files, each once.
#[derive(Default)]
struct Keys {
    public: Vec<String>,
    originals: Vec<String>,
}

impl Keys {
    fn of<'a>(places: impl Iterator<Item = &'a Place>) -> Self {
        let (mut public, mut originals) = (HashSet::new(), HashSet::new());
        for place in places {
            match place {
                Place::Public(key) => {
                    public.insert(key.to_string());
                }
                Place::Original(key) => {
                    originals.insert(key.to_string());
                }
                Place::Strange => {}
            }
        }
        Self {
            public: public.into_iter().collect(),
            originals: originals.into_iter().collect(),
        }
    }
}

/// Counts files; gives the keys of those that nothing names and that are old enough.
async fn strays(app: &App, chunk: &[Found], before: Time, tally: &mut Tally) -> Result<Keys, ReconcileError> {
    let keys = Keys::of(chunk.iter().map(|found| &found.place));
    let mut db = app.db.acquire().await?;
    let public: HashSet<String> = db::media_inventory::named(&mut db, &keys.public)
        .await?
        .into_iter()
        .collect();
    let originals = db::media_inventory::named_originals(&mut db, &keys.originals).await?;
    let originals: HashSet<String> = originals.into_iter().collect();
    drop(db);
    let mut strays = Vec::new();
    for found in chunk {
        tally.all.add(found.bytes);
        let is_named = match found.place {
            Place::Public(key) => public.contains(&key.to_string()),
            Place::Original(key) => originals.contains(&key.to_string()),
            Place::Strange => {
                tally.strange.add(found.bytes);
                continue;
            }
        };
        match is_named {
            true => {}
            false if found.changed >= before => tally.young.add(found.bytes),
            false => {
                tally.strays.add(found.bytes);
                strays.push(found.place);
            }
        }
    }
    Ok(Keys::of(strays.iter()))
}

/// What was found out about a picture that should be there.
enum State {
    Sound,
    OtherSize(i64),
    CopyLost,
    Remakable,
    Lost,
}

struct Examined {
    placed: Placed,
    state: State,
    without_original: bool,
}

async fn rows(
    app: &App,
    options: Options,
    some: Vec<Placed>,
    tally: &mut Tally,
) -> Result<(), ReconcileError> {
    let examined = futures::stream::iter(some).map(|placed| examine(app, placed));
    let examined: Vec<Examined> = examined.buffered(HANDS).try_collect().await?;
    let (mut sizes, mut copies, mut remakable) = (Vec::new(), Vec::new(), Vec::new());
    for Examined {
        placed,
        state,
        without_original,
    } in examined
    {
        tally.pictures += 1;
        tally.without_original += u64::from(without_original);
        match state {
            State::Sound => {}
            State::OtherSize(bytes) => sizes.push((placed.id, placed.key, bytes)),
            State::CopyLost => copies.push(placed),
            State::Remakable => remakable.push(placed.id),
            State::Lost => {
                tally.lost_in_all += 1;
                if tally.lost.len() < MOST_NAMED {
                    tally.lost.push(placed.id);
                }
            }
        }
    }
    tally.wrong_sizes += sizes.len() as u64;
    tally.lost_copies += copies.len() as u64;
    tally.remakable += remakable.len() as u64;
    if options.mends {
        mend(app, &sizes, &copies, &remakable).await?;
    }
    Ok(())
}

async fn examine(app: &App, placed: Placed) -> Result<Examined, StoreError> {
    let files = match MediaKey::parse(&placed.key) {
        Some(key) => app.store.files(&key).await?,
        None => Vec::new(),
    };
    let film = placed.moves.then_some(StoredFile::Video(VideoFile::Whole));
    let mut needed = FileName::all().map(StoredFile::from).chain(film);
    let whole = needed.all(|name| files.iter().any(|sized| sized.file == name));
    let original = match placed.original_key.as_deref().and_then(OriginalKey::parse) {
        Some(key) => app.store.original_size(&key).await?,
        None => None,
    };
    let shared = match placed.shared_key.as_deref().and_then(MediaKey::parse) {
        Some(key) => app.store.files(&key).await?,
        None => Vec::new(),
    };
    let public: u64 = files.iter().chain(&shared).map(|sized| sized.bytes).sum();
    let bytes = public + original.unwrap_or_default();
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    let state = match whole {
        true if placed.stored_bytes == Some(bytes) => State::Sound,
        true => State::OtherSize(bytes),
        false if placed.elsewhere => State::CopyLost,
        false if original.is_some() => State::Remakable,
        false => State::Lost,
    };
    Ok(Examined {
        without_original: whole && placed.original_key.is_some() && original.is_none(),
        placed,
        state,
    })
}

async fn mend(
    app: &App,
    sizes: &[(MediaId, String, i64)],
    copies: &[Placed],
    remakable: &[MediaId],
) -> Result<(), ReconcileError> {
    let fresh = |many: usize| {
        let keys = (0..many).map(|_| MediaKey::random().map(|key| key.to_string()));
        keys.collect::<Result<Vec<_>, _>>()
    };
    let mut tx = app.db.begin().await?;
    db::media_usage::measured(&mut tx, sizes).await?;
    let ids: Vec<MediaId> = copies.iter().map(|placed| placed.id).collect();
    let keys: Vec<String> = copies.iter().map(|placed| placed.key.clone()).collect();
    for post in db::media_inventory::lost_copies(&mut tx, &ids, &keys, &fresh(ids.len())?).await? {
        db::posts::touch(&mut tx, post).await?;
    }
    let keys = fresh(remakable.len())?;
    db::media_backlog::have_made_anew(&mut tx, remakable, &keys, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}
