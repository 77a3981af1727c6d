//! One turn at one host: its next letters in order, until one has to wait.

use std::sync::Arc;

use tintype_federation::delivery::{self, Trouble};
use url::Url;

use super::activities::Activity;
use super::exchange::{self, Step};
use super::{LONGEST_TURN, Sender, backoff};
use crate::db;
use crate::db::letters::{Claimed, Turn, Waiting};

/// A letter that waits, with what it carries.
pub struct Enclosed {
    pub letter: Waiting,
    pub activity: Arc<Activity>,
}

/// What a host gets in one turn.
#[derive(Default)]
pub struct Bundle {
    pub letters: Vec<Enclosed>,
    /// The last letter that was read, also if it was removed since; none: nothing waits.
    pub up_to: Option<i64>,
}

/// Tries of one letter that its host answers with a server error, before the next letter is let past it.
const MOST_HEAD_TRIES: i16 = 4;

/// A turn as it begins: nothing has changed yet.
fn begin(sender: &Sender, host: &Claimed) -> Turn {
    Turn {
        host_id: host.host_id,
        until: host.until,
        cursor: host.cursor,
        failures: host.failures,
        failing_since: host.failing_since,
        head_tries: host.head_tries,
        next_try_at: sender.app.clock.now(),
        signing: host.signing,
        signing_before: host.signing,
        error: None,
        succeeded_at: None,
    }
}

/// Lets everything that was read go by, unsent.
pub fn pass_over(sender: &Sender, host: &Claimed, bundle: &Bundle) -> Turn {
    Turn {
        cursor: bundle.up_to.unwrap_or(host.last),
        ..begin(sender, host)
    }
}

pub async fn take(sender: &Sender, host: Claimed, bundle: Bundle) -> Turn {
    let now = sender.app.clock.now();
    let dead = backoff::is_dead(host.failing_since, now);
    let mut turn = begin(sender, &host);
    if bundle.letters.is_empty() {
        // What waited was removed with its sender: as far as was read, for what comes behind it may be another's.
        turn.cursor = bundle.up_to.unwrap_or(host.last);
    }
    if !dead && let Some(why) = silent(sender, &host, &bundle).await {
        later(sender, &mut turn, &host, None, why);
        return turn;
    }
    let started = tokio::time::Instant::now();
    let mut letters = bundle.letters.iter().peekable();
    while let Some(enclosed) = letters.next() {
        let letter = &enclosed.letter;
        if sender.stop.is_cancelled() || started.elapsed() > LONGEST_TURN {
            break;
        }
        if dead && !enclosed.activity.lasting {
            turn.cursor = letter.id;
            continue;
        }
        // A letter that is under way when the server stops is handed back, and sent again: its id makes it one.
        let step = tokio::select! {
            step = exchange::send(sender, enclosed, &mut turn.signing) => step,
            () = sender.stop.cancelled() => break,
        };
        match step {
            Step::Done { accepted } => done(sender, &mut turn, letter, accepted),
            Step::Refused(error) => {
                if !aside(sender, &mut turn, letter, &error).await {
                    break;
                }
            }
            Step::Later { after, why } => {
                let passed = passes(sender, &mut turn, letter, letters.peek().copied(), why).await;
                if !passed {
                    later(sender, &mut turn, &host, after, why);
                    break;
                }
                letters.next();
            }
        }
    }
    turn
}

/// Why a host that is not known to be well is not to be written to, where only an answer tells: its letters would be signed
/// for nobody, and others wait for that.
async fn silent(sender: &Sender, host: &Claimed, bundle: &Bundle) -> Option<Trouble> {
    let inbox = Url::parse(&bundle.letters.first()?.letter.inbox).ok()?;
    if host.proved || inbox.scheme() != "http" {
        return None;
    }
    tokio::select! {
        answered = delivery::knock(&sender.app.peers, &inbox) => answered.err(),
        () = sender.stop.cancelled() => None,
    }
}

fn done(sender: &Sender, turn: &mut Turn, letter: &Waiting, accepted: bool) {
    turn.cursor = letter.id;
    turn.head_tries = 0;
    if accepted {
        turn.failures = 0;
        turn.failing_since = None;
        turn.succeeded_at = Some(sender.app.clock.now());
    }
}

/// Keeps a letter that its host will not take, for the admin to see; whether the next one may follow. While that fails it
/// stays at the head, to be tried again some times; then all that is left of it is a line in the log.
async fn aside(sender: &Sender, turn: &mut Turn, letter: &Waiting, error: &str) -> bool {
    let now = sender.app.clock.now();
    let written = async {
        let mut db = sender.app.db.acquire().await?;
        db::letters::set_aside(&mut db, letter, error, now).await
    };
    let Err(failure) = written.await else {
        tracing::info!(
            letter = letter.id,
            inbox = letter.inbox,
            error,
            "a letter is set aside"
        );
        metrics::counter!("tintype_letters_total", "outcome" => "set_aside").increment(1);
        done(sender, turn, letter, false);
        return true;
    };
    turn.head_tries = turn.head_tries.saturating_add(1);
    let (letter_id, activity, inbox) = (letter.id, letter.outgoing_id, &letter.inbox);
    if turn.head_tries > MOST_HEAD_TRIES {
        tracing::error!(letter = letter_id, activity, inbox, error, %failure, "a letter is lost: it could not be set aside");
        metrics::counter!("tintype_letters_total", "outcome" => "lost").increment(1);
        done(sender, turn, letter, false);
        return true;
    }
    tracing::error!(letter = letter_id, activity, inbox, error, %failure, "a letter could not be set aside; trying again");
    turn.next_try_at = now + backoff::delay(i32::from(turn.head_tries), None);
    false
}

/// A letter that its host keeps answering with an error: if the next one is taken, it is that letter and not the host,
/// and it is set aside.
async fn passes(
    sender: &Sender,
    turn: &mut Turn,
    head: &Waiting,
    next: Option<&Enclosed>,
    why: Trouble,
) -> bool {
    if !matches!(why, Trouble::Status(500..=501)) {
        return false;
    }
    turn.head_tries = turn.head_tries.saturating_add(1);
    let (Some(next), true) = (next, turn.head_tries > MOST_HEAD_TRIES) else {
        return false;
    };
    let step = exchange::send(sender, next, &mut turn.signing).await;
    if !matches!(step, Step::Done { accepted: true }) {
        return false;
    }
    if !aside(sender, turn, head, &why.to_string()).await {
        return false;
    }
    done(sender, turn, &next.letter, true);
    true
}

fn later(sender: &Sender, turn: &mut Turn, host: &Claimed, after: Option<std::time::Duration>, why: Trouble) {
    let now = sender.app.clock.now();
    turn.failures = turn.failures.saturating_add(1);
    turn.failing_since = turn.failing_since.or(Some(now));
    turn.next_try_at = now + backoff::delay(turn.failures, after);
    turn.error = Some(why.to_string());
    tracing::debug!(host = host.authority, failures = turn.failures, %why, "a host is left alone for a while");
}
