//! Tables that name tests, in the words above a file: each row has a number and ends with the tests that hold it. Runs none.

use std::collections::HashSet;
use std::path::Path;

/// Panics unless the rows are numbered from 1 to `how_many` and each names tests that are there.
#[track_caller]
pub fn each_row_has_its_tests(file: &str, how_many: usize) {
    let tests = tests();
    let mut numbers = Vec::new();
    for line in file.lines() {
        let Some(row) = line.strip_prefix("//! | ") else {
            continue;
        };
        let Some(number) = row
            .split(" |")
            .next()
            .and_then(|first| first.parse::<usize>().ok())
        else {
            continue;
        };
        let named = row.rsplit(" | ").next().unwrap_or_default();
        let named: Vec<&str> = named.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "nothing holds {number}");
        for name in named {
            assert!(tests.contains(name), "{number}: there is no test {name}");
        }
        numbers.push(number);
    }
    assert_eq!(numbers, (1..=how_many).collect::<Vec<_>>());
}

/// The names of all tests of both crates.
pub fn tests() -> HashSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tests = HashSet::new();
    let mut folders = vec![root.join("src"), root.join("federation")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("it is a folder") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).expect("it is text");
                tests.extend(tests_in(&text));
            }
        }
    }
    tests
}

/// Functions that stand below a line which makes them tests.
fn tests_in(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_test = false;
    for line in text.lines().map(str::trim) {
        if ["#[test]", "#[tokio::test]"].contains(&line) || line.starts_with("#[tokio::test(") {
            is_test = true;
        }
        let name = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ");
        if let (true, Some(name)) = (is_test, name) {
            found.extend(name.split('(').next().map(str::to_owned));
            is_test = false;
        }
    }
    found
}
