//! What docs/federation-state.md says of each part. Holds that each part that is there names its tests, and that they are.

use crate::support::named;

const TABLE: &str = include_str!("../../../docs/federation-state.md");
/// The parts of the protocol's specification that it lists.
const HOW_MANY: usize = 59;

#[test]
fn each_part_of_federation_has_tests_that_are_there() {
    let tests = named::tests();
    let mut parts = 0;
    for line in TABLE.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let (Some(part), Some(last)) = (cells.first(), cells.last()) else {
            continue;
        };
        if *last == "tests" {
            continue;
        }
        parts += 1;
        let names: Vec<&str> = last.split('`').skip(1).step_by(2).collect();
        // What is not there yet is of the third kind, and has none.
        let is_later = cells.get(1) == Some(&"P2");
        assert!(!names.is_empty() || is_later, "nothing holds {part}");
        for name in names {
            assert!(tests.contains(name), "{part}: there is no test {name}");
        }
    }
    assert_eq!(parts, HOW_MANY);
}
