//! `tintype serve --demo`: fills an empty server with people, photos and talk, by the same actions that people use.
//! Touches no database that has people of its own. Begun twice, it goes on where it was.

use std::num::NonZeroUsize;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use bytes::Bytes;
use chrono::TimeDelta;
use futures::{StreamExt, stream};
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use super::demo_cast::{ANSWERS, CAPTIONS, CAST, COMMENTS};
use super::{demo_people, open};
use crate::actions::publish::{self, Draft, PollDraft, Published};
use crate::actions::upload::{self, Body, Upload};
use crate::actions::{like, repost, settle};
use crate::app::App;
use crate::db;
use crate::domain::audience::Audience;
use crate::domain::clock::{Clock, Time};
use crate::domain::ids::{AccountId, MediaId, PostId};
use crate::domain::picture::{FocalPoint, Purpose, Sharing};
use crate::domain::quote::Policy;
use crate::media::synthetic;

const BEGUN: &str = "demo_begun";
const DONE: &str = "demo_done";
/// How long ago everybody came.
const AGE: TimeDelta = TimeDelta::days(35);
/// Width and height of photographs, in turn.
const SHAPES: [(u32, u32); 5] = [(1400, 1050), (1120, 1400), (1400, 933), (1400, 1400), (1400, 788)];
/// Photographs of each post, in turn.
const PHOTOS: [u64; 12] = [1, 1, 2, 1, 1, 1, 3, 1, 1, 1, 1, 2];
/// One that is covered, so that a cover can be seen.
const COVERED: u64 = 37;
const PATIENCE: Duration = Duration::from_secs(120);
/// A build with checks paints thirty times slower: there, pictures are smaller.
const SMALLER: u32 = if cfg!(debug_assertions) { 4 } else { 1 };

/// Whether there is something to be made. Refuses where others live.
pub async fn may_begin(app: &App) -> anyhow::Result<bool> {
    let mut db = app.db.acquire().await?;
    if db::instance::fact(&mut db, DONE).await?.is_some() {
        tracing::info!("the demonstration is there already: nothing is added to it");
        return Ok(false);
    }
    let begun = db::instance::fact(&mut db, BEGUN).await?.is_some();
    if !begun && db::users::any(&mut db).await? {
        bail!("--demo is for an empty server, and people live on this one; nothing was changed");
    }
    db::instance::fact_or(&mut db, BEGUN, &true.into()).await?;
    Ok(true)
}

/// Makes the demonstration, until it is done or the server stops.
pub async fn run(app: App, posts: u32, stop: CancellationToken) {
    let ended = tokio::select! {
        () = stop.cancelled() => return,
        ended = seed(&app, posts) => ended,
    };
    match ended {
        Ok(()) => tracing::info!(posts, people = CAST.len(), "the demonstration is complete"),
        Err(error) => tracing::error!(
            error = format!("{error:#}"),
            "the demonstration could not be completed"
        ),
    }
}

async fn seed(app: &App, posts: u32) -> anyhow::Result<()> {
    let clock = Clock::windable();
    let began = clock.now() - AGE;
    let then = open::at_another_time(app, clock)?;
    wind_to(&then, began);
    let mut people = Vec::new();
    for role in &CAST {
        people.push(demo_people::settle_in(app, &then, role).await?);
    }
    demo_people::acquaint(&then, &people).await?;
    let threads = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let mut prepared = stream::iter(0..u64::from(posts))
        .map(|number| prepare(app, author(&people, number), number))
        .buffered(threads.min(4));
    while let Some(photos) = prepared.next().await {
        let (number, photos) = photos?;
        wind_to(
            &then,
            began + AGE * number as i32 / posts as i32 + TimeDelta::hours(3),
        );
        let post = post(&then, author(&people, number), number, photos).await?;
        talk(&then, &people, number, post).await?;
    }
    let mut db = app.db.acquire().await?;
    db::instance::fact_or(&mut db, DONE, &true.into()).await?;
    Ok(())
}

/// Winds the clock forward or, at the beginning, back.
fn wind_to(then: &App, time: Time) {
    then.clock.wind(time - then.clock.now());
}

fn author(people: &[AccountId], number: u64) -> AccountId {
    // Everybody but the owner in turn, who has only a few.
    let place = match number % 15 {
        7 => 0,
        _ => 1 + (number * 5 + number / 7) % (people.len() as u64 - 1),
    };
    people[place as usize]
}

pub async fn photograph(seed: u64, (width, height): (u32, u32)) -> anyhow::Result<Bytes> {
    let made = spawn_blocking(move || synthetic::photograph(seed, width / SMALLER, height / SMALLER)).await;
    Ok(made.context("a landscape could not be painted")?.into())
}

fn key(number: u64) -> String {
    format!("demo-{number}")
}

/// The photographs of a post, ready. None when the post is there already.
async fn prepare(app: &App, author: AccountId, number: u64) -> anyhow::Result<(u64, Vec<MediaId>)> {
    let mut db = app.db.acquire().await?;
    let made = db::posts::by_idempotency_key(&mut db, author, &key(number)).await?;
    drop(db);
    let mut photos = Vec::new();
    let wanted = if made.is_some() {
        0
    } else {
        PHOTOS[number as usize % PHOTOS.len()]
    };
    for place in 0..wanted {
        let seed = number + 97 * place;
        let size = SHAPES[(number * 2 + number / 5) as usize % SHAPES.len()];
        let upload = Upload {
            purpose: Purpose::Attachment,
            body: Body::Memory(photograph(seed, size).await?),
            description: synthetic::description(seed),
            focus: FocalPoint::default(),
        };
        photos.push(upload::local(app, author, upload).await?);
    }
    for photo in &photos {
        let progress = settle::within(app, *photo, PATIENCE).await?;
        ensure!(
            progress.is_some_and(|progress| progress.state == 1),
            "a photo could not be made ready"
        );
    }
    Ok((number, photos))
}

fn draft(text: String, key: String) -> Draft {
    Draft {
        text,
        summary: String::new(),
        sensitive: false,
        language: Some("en".into()),
        audience: Audience::Public,
        media: Vec::new(),
        sharing: Sharing::default(),
        poll: PollDraft::Nothing,
        in_reply_to: None,
        place: None,
        albums: Vec::new(),
        quotes: None,
        quote_policy: Some(Policy::PUBLIC),
        comments_enabled: true,
        app: None,
        idempotency_key: Some(key),
    }
}

async fn say(then: &App, author: AccountId, draft: Draft) -> anyhow::Result<PostId> {
    Ok(match publish::local(then, author, draft).await? {
        Published::New(post, _) => post.id,
        Published::Before(id) => id,
    })
}

async fn post(then: &App, author: AccountId, number: u64, media: Vec<MediaId>) -> anyhow::Result<PostId> {
    let caption = CAPTIONS[(number * 7) as usize % CAPTIONS.len()];
    let [scene, mood] = synthetic::tags(number);
    let summary = if number == COVERED { "Heights" } else { "" };
    let draft = Draft {
        summary: summary.into(),
        media,
        ..draft(format!("{caption}\n\n#{scene} #{mood}"), key(number))
    };
    say(then, author, draft).await
}

/// Likes, comments and now and then a repost, in the hours after.
async fn talk(then: &App, people: &[AccountId], number: u64, post: PostId) -> anyhow::Result<()> {
    let by = author(people, number);
    let others: Vec<AccountId> = people.iter().copied().filter(|person| *person != by).collect();
    let pick = |step: u64| others[(number * 3 + step) as usize % others.len()];
    for step in 0..(number * 7 + number / 3) % 7 {
        then.clock.wind(TimeDelta::minutes(4));
        like::local(then, pick(step), post).await?;
    }
    for step in 0..[2, 0, 1, 0, 1, 3, 0][number as usize % 7] {
        then.clock.wind(TimeDelta::minutes(9));
        let words = COMMENTS[(number * 5 + step * 3) as usize % COMMENTS.len()];
        let comment = Draft {
            in_reply_to: Some(post),
            ..draft(words.into(), format!("demo-{number}-{step}"))
        };
        let comment = say(then, pick(step + 1), comment).await?;
        if (number + step).is_multiple_of(3) {
            then.clock.wind(TimeDelta::minutes(6));
            let answer = Draft {
                in_reply_to: Some(comment),
                ..draft(
                    ANSWERS[(number + step) as usize % ANSWERS.len()].into(),
                    format!("demo-{number}-{step}-answer"),
                )
            };
            say(then, by, answer).await?;
        }
    }
    if number % 11 == 4 {
        repost::local(then, pick(2), post, Audience::Public).await?;
    }
    Ok(())
}
