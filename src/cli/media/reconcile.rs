//! `tintype media reconcile`: the store against the database, in words.

use chrono::TimeDelta;

use super::{Reconcile, amount};
use crate::actions::reconcile::{self, Count, Options, Tally};
use crate::app::App;
use crate::jobs::sweep_pictures;

pub async fn run(app: &App, how: &Reconcile) -> anyhow::Result<()> {
    let options = Options {
        older_than: TimeDelta::hours(how.older_than.into()),
        deletes: how.delete,
        mends: how.mend,
    };
    let tally = reconcile::run(app, options).await?;
    for line in lines(&tally, how) {
        println!("{line}");
    }
    if how.delete {
        sweep_pictures::remove_files(app, app.clock.now()).await?;
    }
    Ok(())
}

fn lines(tally: &Tally, how: &Reconcile) -> Vec<String> {
    let done = |is_done, what: &'static str, otherwise: &'static str| if is_done { what } else { otherwise };
    let mut lines = vec![
        format!("In the store: {}.", files(tally.all)),
        format!("Pictures that should be there: {}.", tally.pictures),
    ];
    let of_files = [
        (
            tally.strays,
            "Named by nothing",
            done(
                how.delete,
                "They are being removed.",
                "Remove them with --delete.",
            ),
        ),
        (tally.young, "Named by nothing, but too young to judge", ""),
        (tally.strange, "Not Tintype's", "They are left alone."),
    ];
    for (count, what, then) in of_files.into_iter().filter(|(count, ..)| count.files > 0) {
        lines.push(format!("{what}: {}. {then}", files(count)));
    }
    let mend = done(how.mend, "That is put right.", "Put that right with --mend.");
    let backup = "Bring them back from a backup.";
    let of_pictures = [
        (
            tally.lost_copies,
            "Copies of other servers' pictures that are not there",
            mend,
        ),
        (
            tally.remakable,
            "Pictures of people here that lack sizes, but have their upload",
            mend,
        ),
        (
            tally.wrong_sizes,
            "Pictures that take other room than was noted",
            mend,
        ),
        (
            tally.without_original,
            "Pictures of people here whose upload is gone",
            backup,
        ),
        (
            tally.lost_in_all,
            "Pictures of people here of which nothing is left",
            backup,
        ),
    ];
    for (many, what, then) in of_pictures.into_iter().filter(|(many, ..)| *many > 0) {
        lines.push(format!("{what}: {many}. {then}"));
    }
    if !tally.lost.is_empty() {
        let ids: Vec<String> = tally.lost.iter().map(ToString::to_string).collect();
        lines.push(format!("The first of them: {}.", ids.join(", ")));
    }
    if lines.len() == 2 {
        lines.push("All is as it should be.".into());
    }
    lines
}

fn files(count: Count) -> String {
    format!("{} files ({})", count.files, amount(count.bytes))
}
