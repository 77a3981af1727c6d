//! The order of what is heard. That nothing stale follows from it is tested with `pages`.

use super::*;

fn told(horizon: i64, changes: &[(i64, Kind, i64)]) -> Told {
    let changes = changes.iter().map(|(xid, kind, subject)| Change {
        xid: *xid,
        kind: *kind,
        subject: *subject,
    });
    Told {
        horizon,
        swept: 0,
        changes: changes.collect(),
        too_many: false,
    }
}

/// Has begun at transaction 10.
fn begun() -> Changes {
    let mut changes = Changes::default();
    assert_eq!(changes.hear(changes.ask(), &told(10, &[])), Heard::Anew);
    changes
}

#[test]
fn a_change_is_applied_once_however_often_it_is_listed() {
    let mut changes = begun();
    let listed = [(11, Kind::Facts, 1), (11, Kind::Reader, 1), (12, Kind::Facts, 1)];
    let new = Heard::Changes(vec![(Kind::Facts, 1), (Kind::Reader, 1), (Kind::Facts, 1)]);
    let slow = changes.ask();
    // Transaction 10 runs on.
    assert_eq!(changes.hear(changes.ask(), &told(10, &listed)), new);
    assert_eq!(
        changes.hear(changes.ask(), &told(10, &listed)),
        Heard::Changes(vec![])
    );
    let more = [listed[2], (10, Kind::Facts, 2)];
    assert_eq!(
        changes.hear(changes.ask(), &told(13, &more)),
        Heard::Changes(vec![(Kind::Facts, 2)])
    );
    // The horizon has passed them; a question that was put long before lists them again.
    assert_eq!(changes.hear(slow, &told(13, &more)), Heard::Changes(vec![]));
}

#[test]
fn what_is_asked_after_a_change_does_not_miss_it_and_what_is_asked_before_does() {
    let mut changes = begun();
    let before = changes.ask().turn;
    changes.hear(changes.ask(), &told(12, &[(11, Kind::Facts, 1)]));
    let after = changes.ask().turn;
    let on = |facts: &[i64]| Depends {
        reader: 7,
        facts: facts.into(),
        authors: Box::new([]),
    };
    assert!(changes.is_any_changed(&on(&[1, 2]), before));
    assert!(!changes.is_any_changed(&on(&[2, 3]), before));
    assert!(!changes.is_any_changed(&on(&[1, 2]), after));
}

#[test]
fn each_kind_of_change_touches_what_depends_on_that() {
    let depends = Depends {
        reader: 1,
        facts: Box::new([2, 3]),
        authors: Box::new([1, 3, 4]),
    };
    let kinds = [Kind::Reader, Kind::Facts, Kind::Author];
    let touched: Vec<(Kind, i64)> = kinds
        .iter()
        .flat_map(|kind| (1..6).map(|subject| (*kind, subject)))
        .filter(|(kind, subject)| {
            let mut changes = begun();
            let turn = changes.ask().turn;
            changes.hear(changes.ask(), &told(12, &[(11, *kind, *subject)]));
            changes.is_any_changed(&depends, turn)
        })
        .collect();
    let all: HashSet<(Kind, i64)> = depends.all().collect();
    assert_eq!(touched.len(), depends.count());
    assert_eq!(touched.into_iter().collect::<HashSet<_>>(), all);
}

#[test]
fn many_changes_are_found_by_what_depends_on_them() {
    let mut changes = begun();
    let turn = changes.ask().turn;
    let depends = |fact| Depends {
        reader: 1,
        facts: Box::new([fact]),
        authors: Box::new([]),
    };
    // More than are remembered in their order.
    for round in 0..MOST_IN_ORDER as i64 / 100 + 1 {
        let many: Vec<_> = (0..100)
            .map(|n| (11 + round, Kind::Facts, 1_000 + round * 100 + n))
            .collect();
        changes.hear(changes.ask(), &told(12 + round, &many));
    }
    assert!(changes.is_any_changed(&depends(1_000), turn));
    assert!(!changes.is_any_changed(&depends(999), turn));
    assert!(changes.in_order.len() <= MOST_IN_ORDER);
    // More than are remembered at all: everything may have changed.
    for round in 0..MOST_NOTED as i64 / 100 {
        let many: Vec<_> = (0..100)
            .map(|n| (1_000 + round, Kind::Facts, 100_000 + round * 100 + n))
            .collect();
        changes.hear(changes.ask(), &told(1_001 + round, &many));
    }
    assert!(changes.is_any_changed(&depends(999), turn));
    assert!(!changes.is_any_changed(&depends(999), changes.ask().turn));
}
