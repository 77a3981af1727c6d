//! What the demo saw, and how long each took: printed while it happens, and written as JSON for programs. Judges nothing.

use std::cell::RefCell;
use std::path::Path;
use std::time::Instant;

use serde::Serialize;

/// What a step is about.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Follow,
    Upload,
    Post,
    /// A post is in a follower's feed.
    InFeed,
    /// Its photo is stored on the follower's server.
    PhotoStored,
    /// A like and a comment came back.
    LikeAndComment,
}

#[derive(Debug, Serialize)]
struct Step {
    kind: Kind,
    /// The servers that it went between; the same where it stayed at home.
    from: String,
    to: String,
    what: String,
    milliseconds: u128,
}

#[derive(Debug, Default, Serialize)]
pub struct Report {
    steps: RefCell<Vec<Step>>,
}

impl Report {
    /// It happened, so long after it was begun, between these servers.
    pub fn saw(&self, kind: Kind, way: (&str, &str), what: &str, began: Instant) {
        let milliseconds = began.elapsed().as_millis();
        println!("{what:<58} {milliseconds:>6} ms");
        self.steps.borrow_mut().push(Step {
            kind,
            from: way.0.to_owned(),
            to: way.1.to_owned(),
            what: what.trim().to_owned(),
            milliseconds,
        });
    }

    pub fn write(&self, file: &Path) -> anyhow::Result<()> {
        Ok(std::fs::write(file, serde_json::to_vec_pretty(self)?)?)
    }
}
