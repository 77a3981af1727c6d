//! Whether videos can be made ready here: ffmpeg, and that it was built with all that is asked of it. Opens no video.

use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;
use tokio::time::timeout;

use super::{Check, State, machine};
use crate::config::find_program;
use crate::media::video::{PARTS, PROGRAMS};

const NAME: &str = PROGRAMS[0];
const PACKAGE: &str = "ffmpeg";

pub async fn checks() -> Vec<Check> {
    let mut checks = Vec::new();
    for name in PROGRAMS {
        checks.push(machine::program(name, "-version", "videos cannot be posted", PACKAGE).await);
    }
    if checks[0].state == State::Fine
        && let Some(missing) = missing().await
    {
        let says = format!("It was built without {missing}: videos cannot be made ready.");
        checks[0] = Check::broken(NAME, says).mend("Install the one of your distribution.");
    }
    checks
}

/// The parts that are not there, in words.
async fn missing() -> Option<String> {
    let program = find_program(NAME)?;
    let mut missing = Vec::new();
    for (list, parts) in PARTS {
        let mut command = Command::new(&program);
        command
            .args(["-v", "error", "-hide_banner", list])
            .stdin(Stdio::null())
            .kill_on_drop(true);
        // That it runs at all has been looked at.
        let listed = timeout(Duration::from_secs(10), command.output())
            .await
            .ok()?
            .ok()?;
        missing.extend(not_in(&String::from_utf8_lossy(&listed.stdout), parts));
    }
    (!missing.is_empty()).then(|| missing.join(", "))
}

/// Each line of a list has flags, then a name.
fn not_in<'a>(listed: &str, parts: &[&'a str]) -> Vec<&'a str> {
    let is_there = |part: &str| {
        let mut names = listed.lines().filter_map(|line| line.split_whitespace().nth(1));
        names.any(|name| name == part)
    };
    parts.iter().copied().filter(|part| !is_there(part)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_known_by_its_whole_name() {
        let listed =
            " V....D libx264rgb           libx264 H.264\n A..... aac                  AAC (libx264)\n";
        assert_eq!(not_in(listed, &["libx264", "aac"]), ["libx264"]);
        assert!(not_in(listed, &["aac"]).is_empty());
    }
}
