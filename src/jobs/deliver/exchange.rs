//! One letter to its inbox, signed as its host understood the last one, and once more in the other way where that is not
//! understood. Never a third time, and never writes down what came of it.

use std::time::Duration;

use tintype_federation::delivery::{self, Letter, Outcome, Trouble};
use tintype_federation::signature::Scheme;
use url::Url;

use super::Sender;
use super::keys::KeyTrouble;
use super::turn::Enclosed;
use crate::domain::federation::Signing;
use crate::translate::signing;

/// What one letter came to.
pub enum Step {
    /// Done with, one way or the other.
    Done {
        accepted: bool,
    },
    /// The host will not take this one.
    Refused(String),
    Later {
        after: Option<Duration>,
        why: Trouble,
    },
}

/// Sends a letter; `known` is how its host understood the last one, and afterwards this one.
pub async fn send(sender: &Sender, enclosed: &Enclosed, known: &mut Signing) -> Step {
    let letter = match letter(sender, enclosed).await {
        Ok(letter) => letter,
        Err(step) => return step,
    };
    let scheme = signing::scheme(*known);
    let first = exchange(sender, &letter, scheme).await;
    if !matches!(first, Outcome::TryOtherScheme(_)) {
        return judge(first);
    }
    let other = scheme.other();
    let second = exchange(sender, &letter, other).await;
    match second {
        Outcome::Accepted => *known = signing::signing(other),
        // What it understood once it does not understand now: begin anew with what nearly all do.
        Outcome::TryOtherScheme(_) => *known = Signing::Cavage,
        _ => {}
    }
    let neither = matches!(second, Outcome::TryOtherScheme(_));
    // The answer in the way that nearly all servers read says what is wrong.
    judge(if neither && scheme == Scheme::Cavage {
        first
    } else {
        second
    })
}

async fn letter(sender: &Sender, enclosed: &Enclosed) -> Result<Letter, Step> {
    let activity = &enclosed.activity;
    let (Ok(inbox), Ok(key_id)) = (Url::parse(&enclosed.letter.inbox), Url::parse(&activity.key_id)) else {
        return Err(Step::Refused("its address is none".to_owned()));
    };
    let key = match sender.keys.of(&sender.app, activity.sender_id).await {
        Ok(key) => key,
        // A key that does not open is trouble with our key file, and the letters are good once that is back.
        Err(KeyTrouble::Database(_) | KeyTrouble::Sealed) => {
            return Err(Step::Later {
                after: None,
                why: Trouble::Unsigned,
            });
        }
        Err(error) => return Err(Step::Refused(error.to_string())),
    };
    Ok(Letter {
        inbox,
        body: activity.body.clone(),
        digest: activity.digest.clone(),
        key_id,
        key,
        followers: activity
            .followers
            .as_ref()
            .map(|followers| followers.stated_to(enclosed.letter.host_id)),
    })
}

async fn exchange(sender: &Sender, letter: &Letter, scheme: Scheme) -> Outcome {
    let clock = || sender.app.clock.now();
    let outcome = delivery::deliver(&sender.app.peers, letter, scheme, clock).await;
    metrics::counter!("tintype_letters_total", "outcome" => name(&outcome)).increment(1);
    outcome
}

fn judge(outcome: Outcome) -> Step {
    match outcome {
        Outcome::Accepted => Step::Done { accepted: true },
        // The inbox is no more: nobody is there to read it, and nothing is to be mended.
        Outcome::Gone => Step::Done { accepted: false },
        Outcome::Forbidden => Step::Refused("its address may not be reached from here".to_owned()),
        // A peer says so too when it could not ask us for the key, as while we start again. One that means it is asked
        // ever more rarely.
        Outcome::TryOtherScheme(status @ 401) => Step::Later {
            after: None,
            why: Trouble::Status(status),
        },
        Outcome::TryOtherScheme(status) | Outcome::Refused(status) => {
            Step::Refused(format!("refused with status {status}"))
        }
        Outcome::TryLater { after, why } => Step::Later { after, why },
    }
}

fn name(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => "accepted",
        Outcome::Gone => "gone",
        Outcome::Refused(_) | Outcome::Forbidden => "refused",
        Outcome::TryOtherScheme(_) => "other_scheme",
        Outcome::TryLater { .. } => "later",
    }
}
