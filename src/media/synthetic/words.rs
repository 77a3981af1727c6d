//! What a generated photograph shows, in words. Knows no pixel.

use super::programme_numbers;

/// In the order of the scenes.
const SCENES: [(&str, &str); 5] = [
    ("Rows of mountains, each paler than the one before", "mountains"),
    ("A lake below hills, with the sky in it", "lake"),
    ("The open sea to the horizon", "sea"),
    ("Long dunes, one behind the other", "dunes"),
    ("A forest over many hills", "forest"),
];
/// In the order of the moods.
const MOODS: [(&str, &str); 8] = [
    ("at first light, rose over slate", "firstlight"),
    ("in the low sun of the golden hour", "goldenhour"),
    ("in the blue hour, under the first stars", "bluehour"),
    ("on a clear day", "blueskies"),
    ("in the mist", "mist"),
    ("in the afterglow", "afterglow"),
    ("in the colours of October", "autumn"),
    ("in black and white", "blackandwhite"),
];

/// A description for those who do not see the photograph.
pub fn description(seed: u64) -> String {
    let (mood, scene) = programme_numbers(seed);
    format!("{}, {}.", SCENES[scene].0, MOODS[mood].0)
}

/// Two hashtags, without #.
pub fn tags(seed: u64) -> [&'static str; 2] {
    let (mood, scene) = programme_numbers(seed);
    [SCENES[scene].1, MOODS[mood].1]
}
