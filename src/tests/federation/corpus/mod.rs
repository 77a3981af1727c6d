//! Documents that other software really sends, each from a peer that has it under its own name, to a real server. What is
//! to come of each is in `expected.tsv`: file, outcome, and why where that needs a word. Holds no text of theirs.
//!
//! An outcome is what somebody here sees who follows the author, and whom it is made to be for or about:
//! `shown AUDIENCE LETTERS MEDIA` of a post, with `behind LETTERS` of a warning and `hidden` where its pictures are;
//! `titled` where it is shown by a title and a link; `person LETTERS LETTERS FIELDS` of a name and what is said below it.
//! `7/9`: of nine letters not all are shown, or others. After that: how many media are `described`, how many people it
//! `names`, how many `tags`, `emoji` and choices of a `poll` there are, and whether it is an `answer`, has a `quote`, or was
//! `edited`; and of a person whether they are a `group`, a `bot` or `locked`. Then `reposted`, `pinned`, `follows`, `likes`, `blocks`,
//! `moved`, `reports POSTS`, `asked` and `followed` of Ana's own follow, `there LETTERS` of a post that is named by its address alone,
//! and `nothing`; each followed by `no longer`, where it was there before. What is refused has its status and the reason
//! that was given.

mod blanks;
mod documents;
mod hosts;
mod lives;
mod recipients;
mod seen;
mod stage;
mod words;

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::path::Path;

use documents::Corpus;
use seen::{NOTHING, Viewer};
use stage::Stage;

use crate::support::http::Answer;

/// All that there are, by the servers that their documents were taken from.
const FOLDERS: [&str; 15] = [
    "gotosocial-inline",
    "lemmy-discourse",
    "lemmy-friendica",
    "lemmy-gnusocial",
    "lemmy-lemmy",
    "lemmy-lotide",
    "lemmy-mastodon",
    "lemmy-mbin",
    "lemmy-mitra",
    "lemmy-mobilizon",
    "lemmy-nodebb",
    "lemmy-peertube",
    "lemmy-smithereen",
    "lemmy-wordpress",
    "mbin",
];

/// The table: what is to come of each file.
fn expected() -> HashMap<String, String> {
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/federation/corpus/expected.tsv");
    let table = std::fs::read_to_string(table).expect("the table is there");
    let cells = table.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?.to_owned(), cells.next()?.to_owned()))
    });
    cells.collect()
}

/// Documents of one folder; of many, those whose names begin with one of these letters.
struct Share {
    folder: &'static str,
    letters: RangeInclusive<char>,
}

impl Share {
    fn has(&self, file: &str) -> bool {
        let name = file
            .strip_prefix(self.folder)
            .and_then(|rest| rest.strip_prefix('/'));
        name.is_some_and(|name| name.starts_with(|first: char| self.letters.contains(&first)))
    }
}

/// Has all documents of a folder sent, and compares what came of them with the table.
async fn all_of(folder: &'static str) {
    let letters = 'A'..='z';
    some_of(Share { folder, letters }).await;
}

async fn some_of(share: Share) {
    let Some(corpus) = Corpus::open() else {
        println!("corpus: not run");
        return;
    };
    assert!(FOLDERS.contains(&share.folder), "no folder of the table");
    let mut expected = expected();
    expected.retain(|file, _| share.has(file));
    let mut faults = Vec::new();
    for (name, outcome) in outcomes(&corpus, &share).await {
        if expected.remove(&name).as_ref() != Some(&outcome) {
            faults.push(format!("{name} → {outcome}"));
        }
    }
    faults.extend(expected.into_keys().map(|file| format!("{file} → is not there")));
    assert!(
        faults.is_empty(),
        "not as the table has it:\n{}",
        faults.join("\n")
    );
}

async fn outcomes(corpus: &Corpus, share: &Share) -> Vec<(String, String)> {
    let mut viewer = Viewer::new().await;
    let stages = set(&mut viewer, corpus, share).await;
    let (mut before, mut answers) = (Vec::new(), Vec::new());
    for stage in &stages {
        before.push(viewer.sees(stage).await);
    }
    for stage in &stages {
        stage.is_done();
        answers.push(match stage.letter() {
            Some(letter) => Some(stage.author.sends(&viewer.server, &letter).await),
            None => None,
        });
    }
    viewer.server.settle().await;
    viewer.is_done().await;
    let mut outcomes = Vec::new();
    for ((stage, before), answer) in stages.into_iter().zip(before).zip(answers) {
        let refused = answer.and_then(|answer| refused(&stage, &answer));
        let outcome = match (refused, viewer.sees(&stage).await) {
            (Some(refused), after) if after == before => refused,
            (Some(refused), after) => format!("{refused}, and yet {after}"),
            (None, after) if after == NOTHING && before != NOTHING => format!("{before} no longer"),
            (None, after) => after,
        };
        outcomes.push((stage.name, outcome));
    }
    outcomes
}

/// All documents of a share, each on its peer; their authors are followed, and what has to be there first is.
async fn set(viewer: &mut Viewer, corpus: &Corpus, share: &Share) -> Vec<Stage> {
    let mut stages = Vec::new();
    for document in &corpus.documents {
        if share.has(&document.name) {
            stages.push(Stage::set(corpus, document, &viewer.us).await);
        }
    }
    for stage in &stages {
        viewer.follows(stage).await;
    }
    viewer.server.settle().await;
    for stage in stages.iter_mut().filter(|stage| viewer.has_met(&stage.author)) {
        stage.is_followed(&viewer.server, &viewer.us.person).await;
    }
    viewer.server.settle().await;
    for stage in &stages {
        if let Some((actor, earlier)) = stage.earlier() {
            actor.sends(&viewer.server, &earlier).await;
        }
    }
    viewer.server.settle().await;
    stages
}

/// In the words of the table; a refusal has a reason, and is never the server's own trouble.
fn refused(stage: &Stage, answer: &Answer) -> Option<String> {
    let status = answer.status.as_u16();
    if answer.status.is_success() {
        return None;
    }
    assert!(
        (400..500).contains(&status),
        "{}: {status} {}",
        stage.name,
        answer.text()
    );
    assert!(!answer.body.is_empty(), "{}: {status} for no reason", stage.name);
    Some(format!("refused {status}: {}", answer.text()))
}

#[test]
fn each_row_and_each_folder_is_of_a_test() {
    for file in expected().keys() {
        let folder = file.split('/').next().expect("a folder");
        assert!(FOLDERS.contains(&folder), "nobody sends {file}");
    }
    let Some(corpus) = Corpus::open() else {
        println!("corpus: not run");
        return;
    };
    for document in &corpus.documents {
        let folder = document.name.split('/').next().expect("a folder");
        assert!(FOLDERS.contains(&folder), "nobody sends {}", document.name);
    }
}

#[tokio::test]
async fn what_discourse_sends_is_taken_and_shown() {
    all_of("lemmy-discourse").await;
}

#[tokio::test]
async fn what_friendica_sends_is_taken_and_shown() {
    all_of("lemmy-friendica").await;
}

#[tokio::test]
async fn what_gnu_social_sends_is_taken_and_shown() {
    all_of("lemmy-gnusocial").await;
}

/// There are many of these: more than one test sends them.
async fn gotosocial(letters: RangeInclusive<char>) {
    let folder = "gotosocial-inline";
    some_of(Share { folder, letters }).await;
}

#[tokio::test]
async fn what_gotosocial_sends_is_taken_and_shown() {
    gotosocial('a'..='d').await;
}

#[tokio::test]
async fn what_gotosocial_sends_of_emoji_and_rules_is_taken_and_shown() {
    gotosocial('e'..='h').await;
}

#[tokio::test]
async fn what_gotosocial_sends_of_all_kinds_is_taken_and_shown() {
    gotosocial('i'..='l').await;
}

#[tokio::test]
async fn what_gotosocial_sends_that_is_odd_is_taken_and_shown() {
    gotosocial('m'..='z').await;
}

#[tokio::test]
async fn what_lemmy_sends_is_taken_and_shown() {
    all_of("lemmy-lemmy").await;
}

#[tokio::test]
async fn what_lotide_sends_is_taken_and_shown() {
    all_of("lemmy-lotide").await;
}

#[tokio::test]
async fn what_mastodon_sends_is_taken_and_shown() {
    all_of("lemmy-mastodon").await;
}

#[tokio::test]
async fn what_mbin_sends_is_taken_and_shown() {
    all_of("mbin").await;
}

#[tokio::test]
async fn what_mbin_sends_to_lemmy_is_taken_and_shown() {
    all_of("lemmy-mbin").await;
}

#[tokio::test]
async fn what_mitra_sends_is_taken_and_shown() {
    all_of("lemmy-mitra").await;
}

#[tokio::test]
async fn what_mobilizon_sends_is_taken_and_shown() {
    all_of("lemmy-mobilizon").await;
}

#[tokio::test]
async fn what_nodebb_sends_is_taken_and_shown() {
    all_of("lemmy-nodebb").await;
}

#[tokio::test]
async fn what_peertube_sends_is_taken_and_shown() {
    all_of("lemmy-peertube").await;
}

#[tokio::test]
async fn what_smithereen_sends_is_taken_and_shown() {
    all_of("lemmy-smithereen").await;
}

#[tokio::test]
async fn what_wordpress_sends_is_taken_and_shown() {
    all_of("lemmy-wordpress").await;
}
