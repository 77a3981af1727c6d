//! Documents that other software really sends, each from a peer that has it under its own name, to a real server. What is
//! to come of each is in `expected.tsv`: file, outcome, and why where that needs a word. Holds no text of theirs.
//!
//! An outcome is `shown`, with audience, letters and media; `titled`, for what is shown by a title and a link; `reposted`;
//! `person`; `refused` with a status and its words; or `nothing`.

mod documents;
mod hosts;
mod seen;
mod stage;

use std::collections::HashMap;
use std::path::Path;

use documents::Corpus;
use seen::Viewer;
use stage::Stage;

/// The table: what is to come of each file.
fn expected(folders: &str) -> HashMap<String, String> {
    let table = Path::new("src/tests/federation/corpus/expected.tsv");
    let table = std::fs::read_to_string(table).expect("the table is there");
    let cells = table.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?.to_owned(), cells.next()?.to_owned()))
    });
    cells.filter(|(file, _)| file.starts_with(folders)).collect()
}

/// Has all documents of these folders sent, and compares what came of them with the table.
async fn all_of(folders: &str) {
    let Some(corpus) = Corpus::open() else {
        println!("corpus: not run");
        return;
    };
    let viewer = Viewer::new().await;
    let mut stages = Vec::new();
    for document in &corpus.documents {
        if document.name.starts_with(folders) {
            stages.push(Stage::set(&corpus, document).await);
        }
    }
    for stage in &stages {
        viewer.follows(stage).await;
    }
    viewer.server.settle().await;
    let mut answers = Vec::new();
    for stage in &stages {
        answers.push(viewer.is_sent(stage).await);
    }
    viewer.server.settle().await;
    let mut expected = expected(folders);
    let mut faults = Vec::new();
    for (stage, answer) in stages.iter().zip(answers) {
        let outcome = viewer.outcome(stage, answer).await;
        if expected.remove(&stage.name).as_ref() != Some(&outcome) {
            faults.push(format!("{}\t{outcome}", stage.name));
        }
    }
    faults.extend(expected.into_keys().map(|file| format!("{file}\tis not there")));
    assert!(
        faults.is_empty(),
        "not as the table has it:\n{}",
        faults.join("\n")
    );
}

#[tokio::test]
async fn what_gotosocial_sends_is_taken_and_shown() {
    all_of("gotosocial").await;
}

#[tokio::test]
async fn what_lemmy_and_those_who_write_to_it_send_is_taken_and_shown() {
    all_of("lemmy-").await;
}

#[tokio::test]
async fn what_mbin_sends_is_taken_and_shown() {
    all_of("mbin").await;
}
