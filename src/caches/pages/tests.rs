//! Whatever happens in whatever order, a page that is given is no older than the snapshot of the check before it. A small
//! database of subjects and versions, with transactions that take their time, and readers at every stage of asking.

use std::collections::{BTreeMap, HashMap};

use proptest::prelude::*;

use super::*;
use crate::caches::changes::Question;
use crate::db::changes::{Change, Kind, MOST, Told};

const READER: i64 = 10;
const LENGTH: i64 = 20;
/// What the page is made from, in the order in which it is asked for.
const ON_PAGE: [(Kind, i64); 5] = [
    (Kind::Reader, READER),
    (Kind::Facts, 1),
    (Kind::Author, 20),
    (Kind::Facts, 2),
    (Kind::Facts, 3),
];
/// Not on it.
const ELSEWHERE: (Kind, i64) = (Kind::Facts, 4);

fn depends() -> Depends {
    Depends {
        reader: READER,
        facts: Box::new([1, 2, 3]),
        authors: Box::new([10, 20]),
    }
}

fn page(body: Vec<u8>) -> Arc<Page> {
    Arc::new(Page {
        body: body.into(),
        tag: HeaderValue::from_static("\"1\""),
        query: None,
        link: None,
        bounds: None,
        more: false,
    })
}

fn now() -> Time {
    Time::UNIX_EPOCH
}

type Values = HashMap<(Kind, i64), u8>;

#[derive(Debug, Default)]
struct Database {
    next: i64,
    /// Goes up with each change.
    values: Values,
    running: BTreeMap<i64, Vec<(Kind, i64)>>,
    changes: Vec<Change>,
    swept: i64,
}

impl Database {
    fn horizon(&self) -> i64 {
        self.running.keys().next().copied().unwrap_or(self.next)
    }

    fn told(&self, since: Option<i64>) -> Told {
        let listed = self
            .changes
            .iter()
            .filter(|change| change.xid >= since.unwrap_or(i64::MAX));
        let mut changes: Vec<Change> = listed.copied().collect();
        let too_many = changes.len() > MOST;
        changes.truncate(MOST);
        Told {
            horizon: self.horizon(),
            swept: self.swept,
            changes,
            too_many,
        }
    }

    fn begin(&mut self, subject: (Kind, i64)) {
        self.running.insert(self.next, vec![subject]);
        self.next += 1;
    }

    fn one_running(&self, which: usize) -> Option<i64> {
        let count = self.running.len().max(1);
        self.running.keys().nth(which % count).copied()
    }

    fn commit(&mut self, xid: i64) {
        for (kind, subject) in self.running.remove(&xid).unwrap_or_default() {
            *self.values.entry((kind, subject)).or_default() += 1;
            self.changes.push(Change { xid, kind, subject });
        }
    }

    fn value(&self, subject: (Kind, i64)) -> u8 {
        self.values.get(&subject).copied().unwrap_or_default()
    }
}

enum Stage {
    Idle,
    /// A question is put.
    Asking(Question),
    /// It is answered, and the answer is on its way.
    Answered(Question, Told, Values),
    /// A page is made, one part after the other.
    Making(u64, Vec<u8>),
}

struct Scene {
    database: Database,
    cards: Cards,
    pages: Pages,
    stages: [Stage; 3],
    given: usize,
}

impl Scene {
    fn new() -> Self {
        let cards = Cards::default();
        Self {
            database: Database {
                next: 100,
                ..Database::default()
            },
            pages: Pages::new(cards.clone()),
            cards,
            stages: [const { Stage::Idle }; 3],
            given: 0,
        }
    }

    fn step(&mut self, what: u8, which: usize) {
        match what {
            0..3 => {
                let subject = ON_PAGE.get(which % 12).copied().unwrap_or(ELSEWHERE);
                self.database.begin(subject);
            }
            3 => {
                // One that changes more, in a transaction that runs already.
                if let Some(xid) = self.database.one_running(which) {
                    let more = ON_PAGE[which % ON_PAGE.len()];
                    self.database.running.entry(xid).or_default().push(more);
                }
            }
            4..6 => {
                if let Some(xid) = self.database.one_running(which) {
                    self.database.commit(xid);
                }
            }
            6 => {
                if let Some(xid) = self.database.one_running(which) {
                    self.database.running.remove(&xid);
                }
            }
            7 if which.is_multiple_of(8) => {
                let horizon = self.database.horizon();
                self.database.changes.retain(|change| change.xid >= horizon);
                self.database.swept = horizon;
            }
            _ => self.advance(which % 3),
        }
    }

    fn advance(&mut self, who: usize) {
        let stage = std::mem::replace(&mut self.stages[who], Stage::Idle);
        self.stages[who] = match stage {
            Stage::Idle => Stage::Asking(self.cards.ask()),
            Stage::Asking(question) => {
                let told = self.database.told(question.horizon);
                Stage::Answered(question, told, self.database.values.clone())
            }
            Stage::Answered(question, told, truth) => {
                if self.cards.hear(question, &told) && self.is_given(&truth) {
                    Stage::Idle
                } else {
                    Stage::Making(self.cards.ask().turn, Vec::new())
                }
            }
            Stage::Making(turn, mut parts) if parts.len() == ON_PAGE.len() => {
                let made = Made {
                    page: page(std::mem::take(&mut parts)),
                    depends: depends(),
                    turn,
                    until: None,
                };
                self.pages.keep(AccountId(READER), LENGTH, made, now());
                Stage::Idle
            }
            Stage::Making(turn, mut parts) => {
                parts.push(self.database.value(ON_PAGE[parts.len()]));
                Stage::Making(turn, parts)
            }
        };
    }

    /// Whether there is a page; it may not be older than what the check saw.
    fn is_given(&mut self, truth: &Values) -> bool {
        let Some(page) = self.pages.find(AccountId(READER), LENGTH, now()) else {
            return false;
        };
        for (subject, value) in ON_PAGE.iter().zip(page.body.iter()) {
            let least = truth.get(subject).copied().unwrap_or_default();
            assert!(*value >= least, "{subject:?} is {value}, and was {least} already");
        }
        self.given += 1;
        true
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_page_that_is_given_is_no_older_than_its_check(
        steps in prop::collection::vec((0u8..20, 0usize..24), 0..300)
    ) {
        let mut scene = Scene::new();
        for (what, which) in steps {
            scene.step(what, which);
        }
    }
}

/// Everything that one reader does until they have been given a page or have made one.
fn ask(scene: &mut Scene) -> bool {
    let before = scene.given;
    for _ in 0..3 {
        scene.advance(0);
    }
    while !matches!(scene.stages[0], Stage::Idle) {
        scene.advance(0);
    }
    scene.given > before
}

#[test]
fn a_page_is_given_again_until_something_of_it_changes() {
    let mut scene = Scene::new();
    assert!(!ask(&mut scene), "nothing is remembered yet");
    assert!(ask(&mut scene));
    scene.database.begin(ELSEWHERE);
    scene.database.commit(100);
    assert!(ask(&mut scene), "it is about something else");
    for subject in ON_PAGE {
        scene.database.begin(subject);
        assert!(ask(&mut scene), "{subject:?} is not changed yet");
        scene.database.commit(scene.database.next - 1);
        assert!(!ask(&mut scene), "{subject:?}");
        assert!(ask(&mut scene), "it was made anew");
    }
}

#[test]
fn a_page_ends_with_its_time() {
    let mut scene = Scene::new();
    ask(&mut scene);
    ask(&mut scene);
    let minute = TimeDelta::seconds(60);
    let kept = |scene: &Scene, at| scene.pages.find(AccountId(READER), LENGTH, at).is_some();
    assert!(kept(&scene, now() + minute - TimeDelta::seconds(1)));
    assert!(!kept(&scene, now() + minute));
    assert!(!kept(&scene, now()), "it is gone");
    let made = Made {
        page: page(Vec::new()),
        depends: depends(),
        turn: scene.cards.ask().turn,
        until: Some(now() + TimeDelta::seconds(5)),
    };
    scene.pages.keep(AccountId(READER), LENGTH, made, now());
    assert!(kept(&scene, now() + TimeDelta::seconds(4)));
    assert!(!kept(&scene, now() + TimeDelta::seconds(5)));
}
