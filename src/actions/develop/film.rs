//! A video that waits becomes one that can be shown, step by step: its stills, the file that is played, what is streamed. Each is
//! written down when it is done, so that whoever comes after a crash goes on there. Never works on one that it no longer has.

use std::future::Future;
use std::time::Duration;

use sqlx::types::Json;
use tokio::sync::watch;
use tokio::time::interval;

use super::{LEASE, Trouble, known, original_key, size, store, touch};
use crate::actions::film::{self, limits, program};
use crate::actions::known_bad;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::media_queue::Taken;
use crate::db::media_video::{Playable, Stills};
use crate::domain::video::{Moving, Video};
use crate::media::store::FileSize;
use crate::media::video::{Bench, Container, Facts};
use crate::media::{self, Ffmpeg, Focus, Format, Limits, MediaKey, Unplayable, VideoError, VideoFile};

/// How often it is written down how far one is.
const BEAT: Duration = Duration::from_secs(1);
/// The same while nothing changes, so that nobody else takes it.
const BEATS_AT_REST: u32 = 20;

/// The steps that were done, as `media.step`.
const STILLS: i16 = 1;
const PLAYABLE: i16 = 2;

/// What is worked on.
struct Work<'a> {
    app: &'a App,
    taken: &'a Taken,
    key: MediaKey,
    ffmpeg: &'a Ffmpeg,
    bench: Bench,
}

pub(super) async fn make(app: &App, taken: &Taken, key: MediaKey) -> Result<(), Trouble> {
    let ffmpeg = program(app).map_err(VideoError::from)?;
    let bench = ffmpeg.bench().await?;
    let work = Work {
        app,
        taken,
        key,
        ffmpeg,
        bench,
    };
    match taken.step {
        ..PLAYABLE => work.until_playable().await,
        PLAYABLE.. => work.streams().await,
    }
}

impl Work<'_> {
    /// Both steps at once: the upload is fetched and looked at for either.
    async fn until_playable(&self) -> Result<(), Trouble> {
        let gone = || Trouble::Lasting("The original of the video is missing.".into());
        let original = original_key(self.taken).ok_or_else(gone)?;
        let source = self.bench.source();
        let fetched = self.app.store.original_to_file(&original, &source);
        match self.held(fetched).await? {
            Some(true) => {}
            Some(false) => return Err(gone()),
            None => return Ok(()),
        }
        let container = match self.taken.kind {
            Moving::Loop => Container::Gif,
            _ => {
                let named = Container::of(&film::head(&self.bench).await?);
                named.ok_or_else(|| Trouble::Lasting(Unplayable::Damaged.to_string()))?
            }
        };
        let facts = self
            .ffmpeg
            .look(&self.bench, container, &limits(self.app))
            .await?;
        if self.taken.step < STILLS && !self.stills(&facts).await? {
            return Ok(());
        }
        self.playable(&facts).await
    }

    /// False when it is no longer ours.
    async fn stills(&self, facts: &Facts) -> Result<bool, Trouble> {
        let (limits, nothing) = (limits(self.app), watch::Sender::new(0));
        let still = self.ffmpeg.still(&self.bench, facts, &limits);
        let Some(still) = self.kept(still, &nothing.subscribe(), 0).await? else {
            return Ok(false);
        };
        // It is ours, and was judged as a video.
        let all = Limits {
            bytes: u64::MAX,
            ..Limits::default()
        };
        let focus = Focus::new(self.taken.focus_x, self.taken.focus_y);
        let photo = media::process_in_off_thread(still, all, focus, &Format::ALL).await?;
        let known = known::find_film(self.app, self.bench.source(), &photo).await?;
        let bytes = store(self.app, &self.key, &photo.renditions).await?;
        let [red, green, blue] = photo.colour.map(i32::from);
        let video = self.taken.video.clone().unwrap_or_else(|| Json(facts.video(0)));
        let stills = Stills {
            width: i32::try_from(facts.width).unwrap_or(i32::MAX),
            height: i32::try_from(facts.height).unwrap_or(i32::MAX),
            blurhash: &photo.blurhash,
            colour: red << 16 | green << 8 | blue,
            bytes,
            video: &video,
        };
        let (id, mut tx) = (self.taken.id, self.app.db.begin().await?);
        let Some(post) = db::media_video::has_stills(&mut tx, id, &self.taken.key, &stills).await? else {
            return Ok(false);
        };
        // With the step, so that whoever goes on after a crash need not look again.
        if let Some(known) = &known {
            known_bad::settle(self.app, &mut tx, id, post, known).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    async fn playable(&self, facts: &Facts) -> Result<(), Trouble> {
        let (told, heard) = watch::channel(0);
        let limits = limits(self.app);
        let whole = self.ffmpeg.whole(&self.bench, facts, &limits, &told);
        let millis = facts.millis.unwrap_or(0);
        let Some(video) = self.kept(whole, &heard, millis).await? else {
            return Ok(());
        };
        let stored = self.kept(self.keep(VideoFile::Whole), &heard, millis);
        if stored.await?.is_none() {
            return self.discard().await;
        }
        let files = self.app.store.files(&self.key).await?;
        let playable = Playable {
            video: &Json(video),
            stored_bytes: files
                .iter()
                .map(|FileSize { bytes, .. }| size(*bytes as usize))
                .sum(),
            // What plays again and again is short.
            has_streams_to_come: self.taken.kind == Moving::Video,
        };
        let now = self.app.clock.now();
        let mut tx = self.app.db.begin().await?;
        let (id, key) = (self.taken.id, &self.taken.key);
        match db::media_video::is_playable(&mut tx, id, key, &playable, now).await? {
            Some(settled) => touch(&mut tx, settled).await?,
            None => db::media_sweep::discard_unnamed(&mut tx, key, now).await?,
        }
        tx.commit().await?;
        self.app.bus.settled(id);
        self.app.bus.wake(Queue::Media);
        Ok(())
    }

    async fn streams(&self) -> Result<(), Trouble> {
        let Some(Json(video)) = self.taken.video.clone() else {
            return Err(Trouble::Lasting("Nothing is known of the video.".into()));
        };
        let whole = self.bench.file(VideoFile::Whole);
        let store = &self.app.store;
        match self
            .held(store.file_to_file(&self.key, VideoFile::Whole, &whole))
            .await?
        {
            Some(true) => {}
            Some(false) => return Err(Trouble::Lasting("The file of the video is missing.".into())),
            None => return Ok(()),
        }
        let (told, heard) = watch::channel(0);
        let streams = self.ffmpeg.streams(&self.bench, &video, &told);
        let Some(streams) = self.kept(streams, &heard, 0).await? else {
            return Ok(());
        };
        let Some(bytes) = self.held(self.keep_streams(streams.len())).await? else {
            return self.discard().await;
        };
        self.streamable(Video { streams, ..video }, bytes).await
    }

    async fn keep_streams(&self, many: usize) -> Result<i64, Trouble> {
        let mut bytes = 0;
        for number in (0..VideoFile::MOST_STREAMS).take(many) {
            bytes += self.keep(VideoFile::Stream(number)).await?;
            bytes += self.keep(VideoFile::Pieces(number)).await?;
        }
        // The list comes last: whoever finds it finds all that it names.
        Ok(bytes + self.keep(VideoFile::Streams).await?)
    }

    async fn streamable(&self, video: Video, bytes: i64) -> Result<(), Trouble> {
        let mut tx = self.app.db.begin().await?;
        let (id, key) = (self.taken.id, &self.taken.key);
        if let Some(settled) = db::media_video::has_streams(&mut tx, id, key, &Json(video), bytes).await? {
            touch(&mut tx, settled).await?;
        }
        tx.commit().await?;
        self.app.bus.settled(id);
        Ok(())
    }

    async fn keep(&self, file: VideoFile) -> Result<i64, Trouble> {
        let from = self.bench.file(file);
        let bytes = self.app.store.put_file(&self.key, file, &from).await?;
        Ok(i64::try_from(bytes).unwrap_or(i64::MAX))
    }

    /// What was stored of a video that is gone meanwhile, and nobody's, goes too.
    async fn discard(&self) -> Result<(), Trouble> {
        let mut db = self.app.db.acquire().await?;
        db::media_sweep::discard_unnamed(&mut db, &self.taken.key, self.app.clock.now()).await?;
        Ok(())
    }

    /// Does what takes as long as a store does, while saying that we have the video.
    async fn held<T, E>(&self, work: impl Future<Output = Result<T, E>>) -> Result<Option<T>, Trouble>
    where
        Trouble: From<E>,
    {
        let nothing = watch::Sender::new(0);
        self.kept(work, &nothing.subscribe(), 0).await
    }

    /// Does the work while saying that we have it, and how far it is: `heard` in milliseconds of so many. `None`: it is
    /// no longer ours, and what was being made is stopped.
    async fn kept<T, E>(
        &self,
        work: impl Future<Output = Result<T, E>>,
        heard: &watch::Receiver<u64>,
        millis: u64,
    ) -> Result<Option<T>, Trouble>
    where
        Trouble: From<E>,
    {
        let mut work = std::pin::pin!(work);
        let mut beat = interval(BEAT);
        let (mut said, mut rests) = (None, 0);
        loop {
            tokio::select! {
                done = &mut work => return Ok(Some(done?)),
                _ = beat.tick() => {}
            }
            let progress = hundredths(*heard.borrow(), millis);
            rests += 1;
            if said == Some(progress) && rests < BEATS_AT_REST {
                continue;
            }
            let (id, key) = (self.taken.id, &self.taken.key);
            let until = self.app.clock.now() + LEASE;
            let mut db = self.app.db.acquire().await?;
            if !db::media_video::beat(&mut db, id, key, progress, until).await? {
                return Ok(None);
            }
            (said, rests) = (Some(progress), 0);
        }
    }
}

/// It is not done before all is stored. Of one that does not say how long it is, nothing can be told.
fn hundredths(made: u64, of: u64) -> i16 {
    let hundredths = made.saturating_mul(100).checked_div(of).unwrap_or(0).min(99);
    i16::try_from(hundredths).unwrap_or(99)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_never_done_before_the_end() {
        let cases = [
            (0, 8_000, 0),
            (4_000, 8_000, 50),
            (9_000, 8_000, 99),
            (5, 0, 0),
            (u64::MAX, 1, 99),
        ];
        for (made, of, hundredth) in cases {
            assert_eq!(hundredths(made, of), hundredth, "{made} of {of}");
        }
    }
}
