//! Processor time and memory of the server and of its Postgres, as the kernel counts them. Never guesses at a missing one.

use std::collections::HashMap;
use std::fs;

use anyhow::Context;

/// Milliseconds of processor time so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spent {
    pub server: f64,
    pub postgres: f64,
}

impl Spent {
    /// What was spent between two looks, for each of so many things.
    pub fn since(self, before: Self, things: f64) -> Self {
        Self {
            server: (self.server - before.server) / things,
            postgres: (self.postgres - before.postgres) / things,
        }
    }
}

/// The kernel's tick, in milliseconds.
const TICK: f64 = 10.0;

#[derive(Debug)]
struct Line {
    parent: u32,
    /// Its own, and that of children that have ended.
    own: f64,
    ended: f64,
}

/// The server's own time, and that of all processes below it, which are Postgres'.
pub fn spent(server: u32) -> anyhow::Result<Spent> {
    let lines = lines()?;
    let mut spent = Spent::default();
    for (pid, line) in &lines {
        if *pid == server {
            spent.server += line.own;
        } else if descends(&lines, *pid, server) {
            spent.postgres += line.own + line.ended;
        }
    }
    Ok(spent)
}

fn descends(lines: &HashMap<u32, Line>, mut pid: u32, from: u32) -> bool {
    while let Some(line) = lines.get(&pid) {
        if line.parent == from {
            return true;
        }
        pid = line.parent;
    }
    false
}

fn lines() -> anyhow::Result<HashMap<u32, Line>> {
    let mut lines = HashMap::new();
    for entry in fs::read_dir("/proc")? {
        let Some(pid) = entry?.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        // One that ends at this moment is none of ours.
        if let Ok(stat) = fs::read_to_string(format!("/proc/{pid}/stat")) {
            lines.extend(read(&stat).map(|line| (pid, line)));
        }
    }
    Ok(lines)
}

fn read(stat: &str) -> Option<Line> {
    // The name in parentheses may contain spaces; the fields after it do not.
    let (_, fields) = stat.rsplit_once(") ")?;
    let fields: Vec<&str> = fields.split(' ').collect();
    let ticks = |field: usize| fields.get(field)?.parse::<f64>().ok();
    Some(Line {
        parent: fields.get(1)?.parse().ok()?,
        own: (ticks(11)? + ticks(12)?) * TICK,
        ended: (ticks(13)? + ticks(14)?) * TICK,
    })
}

/// Processor time of this process and of its children that have ended, in milliseconds.
pub fn own() -> anyhow::Result<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let line = read(&stat).context("/proc/self/stat is not as expected")?;
    Ok(line.own + line.ended)
}

/// Memory that a process holds, in megabytes.
pub fn memory(pid: u32) -> anyhow::Result<f64> {
    status(pid, "VmRSS:")
}

/// The most that it ever held.
pub fn most_memory(pid: u32) -> anyhow::Result<f64> {
    status(pid, "VmHWM:")
}

fn status(pid: u32, name: &str) -> anyhow::Result<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kib: f64 = line
        .and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok())
        .context("the kernel does not say how much memory the server holds")?;
    Ok(kib * 1_024.0 / 1_000_000.0)
}
