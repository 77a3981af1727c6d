//! The memory's rules, glance by glance. That a page is what the database says is tested on a whole server.

use super::*;
use crate::db::changes::Change;

fn card(id: i64, author: i64, likes: i32) -> Card {
    Card {
        id: PostId(id),
        version: 1,
        author_id: AccountId(author),
        author_version: 1,
        audience: Audience::Public,
        shown_id: PostId(id),
        shown_version: 1,
        shown_author_id: AccountId(author),
        shown_author_version: 1,
        likes,
        reposts: 0,
        replies: 0,
        quotes: 0,
        flags: 0,
        reasons: 0,
    }
}

fn glance(horizon: i64, changed: &[i64]) -> Glance {
    let changes = changed.iter().map(|subject| Change {
        xid: horizon,
        kind: Kind::Facts,
        subject: *subject,
    });
    Glance {
        told: Told {
            horizon,
            swept: 0,
            changes: changes.collect(),
            too_many: false,
        },
        settled: true,
        hidden: Vec::new(),
        blocks_domains: false,
        filters: 0,
        addressed: Vec::new(),
        flagged: Vec::new(),
        flags: Vec::new(),
    }
}

/// A memory that has begun at transaction 10 and knows posts 1 and 2, of accounts 101 and 102.
fn knowing() -> Cards {
    let cards = Cards::default();
    cards.read(cards.ask(), &glance(10, &[]), &[]);
    cards.learn(cards.ask(), &[card(1, 101, 0), card(2, 102, 0)]);
    cards
}

fn known(cards: &Cards, glance: &Glance) -> Vec<i64> {
    let read = cards.read(cards.ask(), glance, &[PostId(1), PostId(2)]);
    read.cards.iter().map(|card| card.id.0).collect()
}

#[test]
fn what_changed_is_forgotten_before_it_is_looked_at() {
    let cards = knowing();
    assert_eq!(known(&cards, &glance(10, &[])), [1, 2]);
    assert_eq!(known(&cards, &glance(12, &[1])), [2]);
    assert_eq!(known(&cards, &glance(12, &[102])), [] as [i64; 0]);
    assert_eq!(cards.ask().horizon, Some(12));
}

#[test]
fn what_was_asked_before_a_change_is_not_learned_after_it() {
    let cards = knowing();
    let asked = cards.ask();
    // Another page hears of the change and of its author's while the answer is on its way.
    assert_eq!(known(&cards, &glance(12, &[1, 102])), [] as [i64; 0]);
    cards.learn(asked, &[card(1, 101, 7), card(2, 102, 7), card(3, 103, 7)]);
    assert_eq!(known(&cards, &glance(12, &[])), [] as [i64; 0]);
    assert_eq!(
        cards.read(cards.ask(), &glance(12, &[]), &[PostId(3)]).cards[0].likes,
        7,
        "what did not change is learned"
    );
    cards.learn(cards.ask(), &[card(1, 101, 8)]);
    assert_eq!(known(&cards, &glance(12, &[])), [1]);
}

#[test]
fn a_slow_page_does_not_lower_the_horizon() {
    let cards = knowing();
    let slow = cards.ask();
    known(&cards, &glance(20, &[]));
    cards.read(slow, &glance(15, &[]), &[]);
    assert_eq!(cards.ask().horizon, Some(20));
}

#[test]
fn nothing_is_believed_before_the_first_glance_nor_after_too_many_changes() {
    let cards = Cards::default();
    let early = cards.ask();
    cards.learn(early, &[card(1, 101, 0)]);
    assert_eq!(known(&cards, &glance(10, &[])), [] as [i64; 0]);
    cards.learn(early, &[card(1, 101, 0)]);
    assert_eq!(known(&cards, &glance(10, &[])), [] as [i64; 0], "asked too early");

    let cards = knowing();
    let before = cards.ask();
    let mut many = glance(30, &[]);
    many.told.too_many = true;
    assert_eq!(known(&cards, &many), [] as [i64; 0]);
    assert_eq!(cards.ask().horizon, Some(30));
    cards.learn(before, &[card(1, 101, 0)]);
    assert_eq!(known(&cards, &glance(30, &[])), [] as [i64; 0]);
}

#[test]
fn another_database_is_not_taken_for_the_one_before() {
    let cards = knowing();
    assert_eq!(known(&cards, &glance(9, &[])), [] as [i64; 0]);
    assert_eq!(known(&cards, &glance(9, &[])), [] as [i64; 0]);
    assert_eq!(cards.ask().horizon, Some(9));
}

#[test]
fn after_a_rest_in_which_changes_were_swept_it_starts_anew() {
    let cards = knowing();
    let swept = |swept: i64, horizon: i64| {
        let mut glance = glance(horizon, &[]);
        glance.told.swept = swept;
        glance
    };
    assert_eq!(
        known(&cards, &swept(10, 20)),
        [1, 2],
        "all that it has not seen is listed"
    );
    assert_eq!(known(&cards, &swept(21, 30)), [] as [i64; 0]);
    assert_eq!(cards.ask().horizon, Some(30));
}

#[test]
fn what_lies_between_two_people_is_asked_of_sql_and_a_narrow_post_needs_its_address() {
    let cards = knowing();
    let narrow = Card {
        audience: Audience::Followers,
        ..card(3, 101, 0)
    };
    cards.learn(cards.ask(), &[narrow]);
    let ids = [PostId(1), PostId(2), PostId(3)];
    let read = |glance: Glance| cards.read(cards.ask(), &glance, &ids);
    let seen = |read: &Read| read.cards.iter().map(|card| card.id.0).collect::<Vec<_>>();

    let stranger = read(glance(10, &[]));
    assert_eq!((seen(&stranger), stranger.unknown), (vec![1, 2], vec![]));
    let follower = Glance {
        addressed: vec![PostId(3)],
        flagged: vec![PostId(2)],
        flags: vec![5],
        ..glance(10, &[])
    };
    let follower = read(follower);
    assert_eq!(seen(&follower), [1, 2, 3]);
    assert_eq!(
        follower.cards.iter().map(|card| card.flags).collect::<Vec<_>>(),
        [0, 5, 0]
    );
    let muting = Glance {
        hidden: vec![AccountId(102)],
        ..glance(10, &[])
    };
    let muting = read(muting);
    assert_eq!((seen(&muting), muting.unknown), (vec![1], vec![PostId(2)]));
    let blocking = Glance {
        blocks_domains: true,
        ..glance(10, &[])
    };
    assert_eq!(read(blocking).unknown, ids);
}
