//! Some days on end, in UTC. Knows no hours.

use chrono::{Days, NaiveDate, NaiveTime};

use super::clock::Time;
use super::ids::Ids;

/// From one day to another, both of them in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    first: NaiveDate,
    last: NaiveDate,
}

impl Span {
    /// `None` unless they are in order, and of times that a clock here could show.
    pub fn new(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        let earliest = NaiveDate::from_ymd_opt(1970, 1, 1)?;
        let latest = NaiveDate::from_ymd_opt(9000, 1, 1)?;
        (earliest <= first && first <= last && last <= latest).then_some(Self { first, last })
    }

    pub fn first(&self) -> NaiveDate {
        self.first
    }

    pub fn last(&self) -> NaiveDate {
        self.last
    }

    /// How many days.
    pub fn length(&self) -> u64 {
        (self.last - self.first).num_days().unsigned_abs() + 1
    }

    /// As many days, right before these.
    pub fn before(&self) -> Self {
        Self {
            first: self.first - Days::new(self.length()),
            last: self.first - Days::new(1),
        }
    }

    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        self.first
            .iter_days()
            .take(usize::try_from(self.length()).unwrap_or_default())
    }

    pub fn starts(&self) -> Time {
        midnight(self.first)
    }

    /// The first moment that is not in it.
    pub fn ends(&self) -> Time {
        midnight(self.last + Days::new(1))
    }

    /// The smallest id of these days, and the smallest of later ones.
    pub fn ids(&self) -> (i64, i64) {
        (Ids::floor_of(self.starts()), Ids::floor_of(self.ends()))
    }
}

/// The first moment of a day.
pub fn midnight(day: NaiveDate) -> Time {
    day.and_time(NaiveTime::MIN).and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_was_before_is_as_long_and_ends_where_it_starts() {
        let span = Span::new(day("2026-03-01"), day("2026-03-07")).unwrap();
        assert_eq!(span.length(), 7);
        let before = span.before();
        assert_eq!(
            (before.first(), before.last()),
            (day("2026-02-22"), day("2026-02-28"))
        );
        assert_eq!(before.ends(), span.starts());
        assert_eq!(span.days().count(), 7);
        assert_eq!(span.days().last(), Some(day("2026-03-07")));
    }

    #[test]
    fn days_out_of_order_or_of_no_calendar_are_no_span() {
        assert_eq!(Span::new(day("2026-03-02"), day("2026-03-01")), None);
        assert_eq!(Span::new(day("1969-12-31"), day("1970-01-01")), None);
        assert_eq!(Span::new(NaiveDate::MIN, NaiveDate::MAX), None);
        let first = Span::new(day("1970-01-01"), day("1970-01-01")).unwrap();
        assert_eq!((first.ids().0, first.before().ids().0), (0, 0));
    }
}
