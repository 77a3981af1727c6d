//! Goes on through a list that the viewer's filters thin out, until there is a page of what they leave. Asks for nothing
//! itself.

use crate::db::listed::Window;
use crate::web::page::Range;

/// Rounds in which nothing is left, before a page is empty after all.
const MOST_ROUNDS: usize = 8;
/// How much is looked through in the second round, and in one at the most.
const WIDER: i64 = 40;
const WIDEST: i64 = 320;

#[derive(Debug)]
pub struct Sieve {
    range: Range,
    most: usize,
    /// Everything that was looked through, so that what is left out does not end the list.
    seen: Vec<i64>,
    rounds: usize,
}

/// A page, as far as there is one.
#[derive(Debug, PartialEq, Eq)]
pub struct Sieved<T> {
    /// Newest first.
    pub page: Vec<T>,
    /// The ids that bound it.
    pub ids: Vec<i64>,
    /// Whether there is an older page.
    pub older: bool,
}

impl Sieve {
    pub fn new(range: Range) -> Self {
        Self {
            range,
            most: usize::try_from(range.limit).unwrap_or_default(),
            seen: Vec::new(),
            rounds: 0,
        }
    }

    /// What is to be looked through next.
    pub fn window(&self) -> Window {
        self.range.and_one_more().into()
    }

    /// What is in the list there, of which one more may have been found.
    pub fn cut<T>(&self, found: Vec<T>) -> (Vec<T>, bool) {
        let cut = self.range.cut(found);
        (cut.found, cut.older)
    }

    /// Of these, newest first, those that are left are marked. The page, once there is one.
    pub fn sift<T>(
        &mut self,
        mut found: Vec<(i64, T)>,
        mut older: bool,
        is_left: impl Fn(&T) -> bool,
    ) -> Option<Sieved<T>> {
        self.rounds += 1;
        let (newest, oldest) = (found.first().map(|one| one.0), found.last().map(|one| one.0));
        let is_last = found.is_empty() || self.rounds == MOST_ROUNDS;
        let mut left: Vec<bool> = found.iter().map(|(_, one)| is_left(one)).collect();
        if !is_last && !left.contains(&true) {
            self.seen.extend([newest, oldest].into_iter().flatten());
            match self.range.from_old_end {
                true => self.range.above = newest.unwrap_or(self.range.above),
                false => self.range.below = oldest.unwrap_or(self.range.below),
            }
            self.range.limit = (self.range.limit * 2).clamp(WIDER, WIDEST);
            return None;
        }
        // A wider round may have found more than a page.
        if self.range.from_old_end {
            left.reverse();
            if let Some(end) = beyond(&left, self.most) {
                found.drain(..found.len() - end);
            }
            left.truncate(found.len());
            left.reverse();
        } else if let Some(end) = beyond(&left, self.most) {
            found.truncate(end);
            left.truncate(end);
            older = true;
        }
        let mut ids = std::mem::take(&mut self.seen);
        ids.extend(found.iter().map(|one| one.0));
        let page = found.into_iter().zip(left).filter(|(_, is_left)| *is_left);
        Some(Sieved {
            page: page.map(|((_, one), _)| one).collect(),
            ids,
            older,
        })
    }
}

/// Behind which place there is more than so many that are left; none where there is not.
fn beyond(left: &[bool], most: usize) -> Option<usize> {
    let mut places = left.iter().enumerate().filter(|(_, is_left)| **is_left);
    let last = places.by_ref().take(most).last();
    let (last, _) = last?;
    places.next().map(|_| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list from 1 to `newest` of which these are left, gone through in pages as clients do.
    fn pages(newest: i64, left: &[i64], range: Range) -> (Vec<i64>, Vec<i64>, bool) {
        let mut sieve = Sieve::new(range);
        loop {
            let window = sieve.window();
            let mut all: Vec<i64> = (1..=newest)
                .filter(|id| *id < window.below && *id > window.above)
                .collect();
            if !window.from_old_end {
                all.reverse();
            }
            all.truncate(usize::try_from(window.limit).unwrap());
            all.sort_unstable_by_key(|id| std::cmp::Reverse(*id));
            let (found, older) = sieve.cut(all);
            let found = found.into_iter().map(|id| (id, id)).collect();
            if let Some(sieved) = sieve.sift(found, older, |id| left.contains(id)) {
                return (sieved.page, sieved.ids, sieved.older);
            }
        }
    }

    #[test]
    fn what_is_left_far_behind_is_found_and_no_page_is_empty_on_the_way() {
        let left = [990, 400, 399, 398, 397, 396, 395, 3];
        let mut range = Range::newest(5);
        let mut met = Vec::new();
        loop {
            let (page, ids, older) = pages(1_000, &left, range);
            assert!(!page.is_empty() && page.len() <= 5, "{page:?}");
            met.extend(page);
            if !older {
                break;
            }
            range.below = *ids.iter().min().unwrap();
        }
        assert_eq!(met, left);
    }

    #[test]
    fn the_same_from_the_old_end() {
        let left = [990, 400, 399, 398, 397, 396, 395, 3];
        let mut met = Vec::new();
        let mut range = Range {
            from_old_end: true,
            ..Range::newest(5)
        };
        while met.len() < left.len() {
            let (page, ids, _) = pages(1_000, &left, range);
            assert!(!page.is_empty() && page.len() <= 5, "{page:?}");
            met.splice(0..0, page);
            range.above = *ids.iter().max().unwrap();
        }
        assert_eq!(met, left);
    }

    #[test]
    fn where_nothing_is_left_the_page_says_how_far_it_looked() {
        let (page, ids, older) = pages(100, &[], Range::newest(5));
        assert!(page.is_empty() && !older);
        assert_eq!((ids.iter().min(), ids.iter().max()), (Some(&1), Some(&100)));
        let (page, ids, older) = pages(10_000, &[], Range::newest(5));
        assert!(page.is_empty() && older);
        assert!(*ids.iter().min().unwrap() < 8_800);
    }
}
