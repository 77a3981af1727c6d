//! What is printed. Never decides what a figure means for anybody.

use std::fmt::Write as _;

/// What a figure has to be.
#[derive(Clone, Copy, Debug)]
pub enum Bound {
    AtLeast(f64),
    AtMost(f64),
}

impl Bound {
    fn met(self, figure: f64) -> bool {
        match self {
            Self::AtLeast(least) => figure >= least,
            Self::AtMost(most) => figure <= most,
        }
    }
}

/// One figure of a bar, measured several times.
#[derive(Debug)]
pub struct Figure {
    pub what: &'static str,
    /// How the figure is written: `%`, `/s`, `s` …
    pub unit: &'static str,
    pub bound: Bound,
    pub runs: Vec<Measured>,
}

/// One measurement: the figure itself, and what it is made of, in words.
#[derive(Clone, Debug)]
pub struct Measured {
    pub figure: f64,
    pub made_of: String,
}

#[derive(Debug, Default)]
pub struct Report {
    lines: Vec<String>,
}

impl Report {
    pub fn add(&mut self, figure: &Figure) {
        for run in &figure.runs {
            println!("    {} {}  {}", number(run.figure), figure.unit, run.made_of);
        }
        let median = median(figure.runs.iter().map(|run| run.figure).collect());
        let (sign, bar) = match figure.bound {
            Bound::AtLeast(least) => ("≥", least),
            Bound::AtMost(most) => ("≤", most),
        };
        let mut line = String::new();
        let verdict = if figure.bound.met(median) { "met" } else { "MISSED" };
        let _ = write!(
            line,
            "{:<52} {:>9} {:<5} bar {sign} {} {:<5} {verdict}",
            figure.what,
            number(median),
            figure.unit,
            number(bar),
            figure.unit
        );
        println!("{line}");
        self.lines.push(line);
    }

    /// All bars again, below each other.
    pub fn summary(&self) {
        if self.lines.len() > 1 {
            println!("\nMedians:");
            self.lines.iter().for_each(|line| println!("{line}"));
        }
    }
}

/// The one in the middle; of two in the middle, what lies between them.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    let (left, right) = (figures.len().saturating_sub(1) / 2, figures.len() / 2);
    match (figures.get(left), figures.get(right)) {
        (Some(left), Some(right)) => f64::midpoint(*left, *right),
        _ => f64::NAN,
    }
}

/// With as many places as there is sense in.
pub fn number(figure: f64) -> String {
    match figure.abs() {
        0.0..10.0 => format!("{figure:.2}"),
        10.0..100.0 => format!("{figure:.1}"),
        _ => format!("{figure:.0}"),
    }
}
