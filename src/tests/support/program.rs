//! A program on packages of others, as a process of its own that ends with its test. Knows nothing of what it says.

use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// Long enough to install it first, where nobody has.
const PATIENCE: Duration = Duration::from_secs(240);

fn command(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new("script/peer");
    command
        .arg(name)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// Starts it, and gives the first line that it says. It runs as long as it is held.
pub async fn start(name: &str, arguments: &[&str]) -> (Value, Child) {
    let mut child = command(name, arguments).spawn().expect("script/peer can be run");
    let output = child.stdout.take().expect("it is piped");
    let mut line = String::new();
    let mut lines = BufReader::new(output);
    tokio::time::timeout(PATIENCE, lines.read_line(&mut line))
        .await
        .unwrap_or_else(|_| panic!("{name} does not start"))
        .expect("its words can be read");
    (parsed(name, &line), child)
}

/// Runs it to its end, and gives all that it said, line by line.
pub async fn run(name: &str, arguments: &[&str]) -> Vec<Value> {
    let ended = tokio::time::timeout(PATIENCE, command(name, arguments).output())
        .await
        .unwrap_or_else(|_| panic!("{name} does not end"))
        .expect("script/peer can be run");
    let (said, trouble) = (
        String::from_utf8_lossy(&ended.stdout),
        String::from_utf8_lossy(&ended.stderr),
    );
    assert!(ended.status.success(), "{name}: {}: {trouble}", ended.status);
    said.lines().map(|line| parsed(name, line)).collect()
}

fn parsed(name: &str, line: &str) -> Value {
    serde_json::from_str(line).unwrap_or_else(|_| panic!("{name} says {line:?}"))
}
