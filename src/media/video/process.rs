//! Runs one of ffmpeg's programs with bounds of time, memory and output, behind all that people wait for. Leaves no process
//! behind, also not when it is dropped, or when this program ends.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, ChildStderr, ChildStdout, Command};
use tokio::sync::watch;
use tokio::time::timeout;

/// Of the address space in KiB, of a file that it writes in pieces of 512 bytes, of the processor's time in seconds. Linux ends it with
/// us where `setpriv` knows how; elsewhere those bounds do.
const BOUNDS: &str = "ulimit -v 4194304; ulimit -f 16777216; ulimit -t \"$1\"; shift; \
    if setpriv --pdeathsig KILL true 2>/dev/null; then exec setpriv --pdeathsig KILL nice -n 15 \"$@\"; fi; \
    exec nice -n 15 \"$@\"";
/// Where those are.
const PATH: &str = "/usr/local/bin:/usr/bin:/bin";
/// Of what is said on the way.
const MOST_WORDS: u64 = 4 << 10;
const MOST_ANSWER: u64 = 4 << 20;

/// A program, where it works, and what it is told.
#[derive(Debug)]
pub(super) struct Run<'a> {
    pub program: &'a Path,
    pub folder: &'a Path,
    pub arguments: Vec<String>,
    pub deadline: Duration,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum RunError {
    /// The program did not like the file; its words, for the log.
    #[error("it ended with {code}: {words}")]
    Failed { code: i32, words: String },
    /// By a bound, or by somebody.
    #[error("it was stopped: {0}")]
    Stopped(String),
    #[error("it took longer than {} seconds", .0.as_secs())]
    Slow(Duration),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// All that it says, and the beginning of what it complains of.
#[derive(Debug)]
pub(super) struct Answer {
    pub said: Vec<u8>,
    pub words: String,
}

pub(super) async fn answer(run: Run<'_>) -> Result<Answer, RunError> {
    let mut said = Vec::new();
    let words = within(run, Ear::Answer(&mut said)).await?;
    Ok(Answer { said, words })
}

/// Tells on the way how many milliseconds of the video are made.
pub(super) async fn follow(run: Run<'_>, told: &watch::Sender<u64>) -> Result<(), RunError> {
    within(run, Ear::Steps(told)).await.map(drop)
}

/// For what is listened to a program.
enum Ear<'a> {
    Answer(&'a mut Vec<u8>),
    Steps(&'a watch::Sender<u64>),
}

impl Ear<'_> {
    async fn listen(self, out: ChildStdout) -> std::io::Result<()> {
        let told = match self {
            Self::Answer(said) => return out.take(MOST_ANSWER).read_to_end(said).await.map(drop),
            Self::Steps(told) => told,
        };
        let mut lines = BufReader::new(out).lines();
        while let Some(line) = lines.next_line().await? {
            let micros = line.strip_prefix("out_time_us=");
            if let Some(micros) = micros.and_then(|text| text.parse::<u64>().ok()) {
                told.send_replace(micros / 1_000);
            }
        }
        Ok(())
    }
}

async fn within(run: Run<'_>, ear: Ear<'_>) -> Result<String, RunError> {
    let deadline = run.deadline;
    let mut child = start(&run)?;
    let group = Group::of(&child);
    let out = child.stdout.take().expect("it is a pipe");
    let words = child.stderr.take().expect("it is a pipe");
    let work = async {
        let (heard, words) = tokio::join!(ear.listen(out), last_words(words));
        heard?;
        std::io::Result::Ok((child.wait().await?, words))
    };
    let ended = timeout(deadline, work).await;
    let (status, words) = ended.map_err(|_| RunError::Slow(deadline))??;
    group.ended();
    match status.code() {
        Some(0) => Ok(words),
        Some(code) => Err(RunError::Failed { code, words }),
        None => Err(RunError::Stopped(words)),
    }
}

fn start(run: &Run<'_>) -> std::io::Result<Child> {
    // Several cores may work on it.
    let processor = run.deadline.as_secs().max(1).saturating_mul(4);
    Command::new("/bin/sh")
        .args(["-c", BOUNDS, "sh"])
        .arg(processor.to_string())
        .arg(run.program)
        .args(&run.arguments)
        .env_clear()
        .env("PATH", PATH)
        .current_dir(run.folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
}

/// Reads all, so that nobody waits to be heard, and keeps the beginning.
async fn last_words(mut from: ChildStderr) -> String {
    let mut words = Vec::new();
    // What cannot be read is not said.
    (&mut from).take(MOST_WORDS).read_to_end(&mut words).await.ok();
    tokio::io::copy(&mut from, &mut tokio::io::sink()).await.ok();
    String::from_utf8_lossy(&words).trim().replace('\n', " | ")
}

/// A process with whatever it has started; ends with this value.
struct Group(Option<Pid>);

impl Group {
    fn of(child: &Child) -> Self {
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        Self(id.and_then(Pid::from_raw))
    }

    /// By itself: its number may be another's by now.
    fn ended(mut self) {
        self.0 = None;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(leader) = self.0 {
            // It may have ended in this moment.
            kill_process_group(leader, Signal::KILL).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, deadline: Duration) -> Run<'static> {
        Run {
            program: Path::new("/bin/sh"),
            folder: Path::new("/"),
            arguments: vec!["-c".to_owned(), script.to_owned()],
            deadline,
        }
    }

    const ENOUGH: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn what_a_program_says_is_heard_and_what_it_dislikes_is_told() {
        let said = answer(shell("echo yes; nice", ENOUGH)).await.unwrap().said;
        assert_eq!(String::from_utf8_lossy(&said).lines().next(), Some("yes"));
        let failed = answer(shell("echo broken >&2; exit 3", ENOUGH))
            .await
            .unwrap_err();
        assert!(failed.to_string().contains("broken"), "{failed}");
        let (told, heard) = watch::channel(0);
        let steps = "echo out_time_us=1500000; echo out_time_us=N/A; echo progress=end";
        follow(shell(steps, ENOUGH), &told).await.unwrap();
        assert_eq!(*heard.borrow(), 1_500);
    }

    #[tokio::test]
    async fn whoever_takes_too_long_ends_with_all_that_it_started() {
        let folder = std::env::temp_dir().join(format!("tintype-group-{}", std::process::id()));
        let script = format!("sleep 600 & echo $! > {}; wait", folder.display());
        let slow = answer(shell(&script, Duration::from_millis(500))).await;
        assert!(matches!(slow, Err(RunError::Slow(_))), "{slow:?}");
        let child: i32 = std::fs::read_to_string(&folder).unwrap().trim().parse().unwrap();
        std::fs::remove_file(&folder).ok();
        // Whoever inherits it may not have noticed yet: then it has no words any more.
        let works = || std::fs::read(format!("/proc/{child}/cmdline")).is_ok_and(|words| !words.is_empty());
        let gone = async {
            while works() {
                tokio::task::yield_now().await;
            }
        };
        timeout(Duration::from_secs(20), gone).await.expect("it is gone");
    }

    #[tokio::test]
    async fn a_program_has_bounds() {
        let said = answer(shell("ulimit -v; ulimit -t", ENOUGH)).await.unwrap().said;
        assert_eq!(String::from_utf8_lossy(&said), "4194304\n240\n");
    }
}
