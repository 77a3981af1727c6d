//! Who stayed: of the people who came in a day or a month, how many were still here in each that followed. Known by the day
//! on which they were last here.

use chrono::{Datelike, Days, Months, NaiveDate};
use sqlx::PgConnection;

use crate::db::measures::{self, Stayed};
use crate::domain::span::Span;

/// The length of a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    Day,
    Month,
}

impl Frequency {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
        }
    }

    /// The most stretches of one question: there is a number for each pair of them.
    pub fn most(self) -> usize {
        match self {
            Self::Day => 92,
            Self::Month => 60,
        }
    }

    /// The first days of all stretches that a span touches, at most one more than may be asked for.
    fn stretches(self, span: &Span) -> Vec<NaiveDate> {
        match self {
            Self::Day => span.days().take(self.most() + 1).collect(),
            Self::Month => {
                let first = first_of_month(span.first());
                let later = |count| first.checked_add_months(Months::new(count));
                (0..)
                    .map_while(later)
                    .take_while(|month| *month <= span.last())
                    .take(self.most() + 1)
                    .collect()
            }
        }
    }
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).expect("every month has a first day")
}

/// People who came in one stretch.
#[derive(Clone, Debug)]
pub struct Cohort {
    pub came: NaiveDate,
    /// The stretches from that one on, with how many were still here.
    pub stayed: Vec<(NaiveDate, i64)>,
    pub people: i64,
}

#[derive(Debug, thiserror::Error)]
pub enum RetentionError {
    #[error("The time from start_at to end_at is too long (maximum is {most} {unit}s)")]
    TooLong { most: usize, unit: &'static str },
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

pub async fn of(
    db: &mut PgConnection,
    frequency: Frequency,
    span: &Span,
) -> Result<Vec<Cohort>, RetentionError> {
    let stretches = frequency.stretches(span);
    let (most, unit) = (frequency.most(), frequency.as_str());
    if stretches.len() > most {
        return Err(RetentionError::TooLong { most, unit });
    }
    let whole = match frequency {
        Frequency::Day => *span,
        Frequency::Month => {
            let next = first_of_month(span.last()) + Months::new(1);
            Span::new(first_of_month(span.first()), next - Days::new(1)).unwrap_or(*span)
        }
    };
    let found = measures::stayed(db, unit, &whole).await?;
    Ok(stretches
        .iter()
        .map(|came| cohort(*came, &stretches, &found))
        .collect())
}

fn cohort(came: NaiveDate, stretches: &[NaiveDate], found: &[Stayed]) -> Cohort {
    let of_it: Vec<&Stayed> = found.iter().filter(|one| one.came == came).collect();
    let here_in = |stretch: NaiveDate| {
        let here = of_it
            .iter()
            .filter(|one| one.last_here.is_some_and(|last| last >= stretch));
        here.map(|one| one.people).sum()
    };
    Cohort {
        came,
        stayed: stretches
            .iter()
            .filter(|stretch| **stretch >= came)
            .map(|stretch| (*stretch, here_in(*stretch)))
            .collect(),
        people: of_it.iter().map(|one| one.people).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn months_are_whole_wherever_in_them_a_span_begins() {
        let span = Span::new(day("2025-11-30"), day("2026-02-01")).unwrap();
        let months: Vec<String> = Frequency::Month
            .stretches(&span)
            .iter()
            .map(NaiveDate::to_string)
            .collect();
        assert_eq!(months, ["2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01"]);
    }

    #[test]
    fn who_was_here_later_was_here_before() {
        let stayed = |came: &str, last: Option<&str>, people| Stayed {
            came: day(came),
            last_here: last.map(day),
            people,
        };
        let found = [
            stayed("2026-01-01", Some("2026-01-01"), 2),
            stayed("2026-01-01", Some("2026-01-03"), 1),
            stayed("2026-01-01", None, 1),
            stayed("2026-01-02", Some("2026-01-02"), 7),
        ];
        let span = Span::new(day("2026-01-01"), day("2026-01-03")).unwrap();
        let stretches = Frequency::Day.stretches(&span);
        let first = cohort(day("2026-01-01"), &stretches, &found);
        let numbers: Vec<i64> = first.stayed.iter().map(|(_, here)| *here).collect();
        assert_eq!((numbers, first.people), (vec![3, 1, 1], 4));
        let last = cohort(day("2026-01-03"), &stretches, &found);
        assert_eq!((last.stayed.len(), last.people), (1, 0));
    }
}
