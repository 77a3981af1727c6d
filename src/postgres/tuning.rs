//! The settings of a private cluster: safe first, then modest. Never weakens what makes a commit durable.

use std::path::Path;

const MIB: u64 = 1 << 20;

/// The text of `tintype.conf`, which the cluster's own configuration includes.
pub fn settings(connections: u32) -> String {
    let memory = memory();
    // A sixteenth of the machine: pages are touched only as they are used, so a quiet server stays small.
    let shared = (memory / 16 / MIB).clamp(128, 512);
    let cached = (memory / 2 / MIB).max(256);
    // The server's pool, as much again for commands beside it, and room for backups.
    let most_connections = connections.saturating_mul(2).saturating_add(20).max(60);
    format!(
        "\
# Written by Tintype at every start. Changes belong into postgresql.auto.conf, by ALTER SYSTEM, which wins.

# What has been acknowledged stays.
fsync = on
full_page_writes = on
synchronous_commit = on

# Memory.
shared_buffers = {shared}MB
effective_cache_size = {cached}MB
work_mem = 8MB
maintenance_work_mem = 64MB
huge_pages = off
max_connections = {most_connections}

# Writes are spread out; a crash still recovers within seconds. Pages are logged as they are: compressing them took
# a twelfth of the processor time of a received activity.
wal_compression = off
checkpoint_timeout = 10min
checkpoint_completion_target = 0.9
min_wal_size = 128MB
max_wal_size = 1GB

# Short queries on a solid-state disk: compiling them costs more than running them.
jit = off
random_page_cost = 1.1

# Feeds, letters and counters change often: tidy them early and in small portions.
autovacuum_naptime = 20s
autovacuum_vacuum_scale_factor = 0.05
autovacuum_vacuum_insert_scale_factor = 0.05
autovacuum_analyze_scale_factor = 0.03
autovacuum_vacuum_cost_limit = 1000

# Errors of statements reach us and are logged by us, once. Their details quote rows, which belong into no log.
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_checkpoints = off
log_autovacuum_min_duration = -1
logging_collector = off
log_destination = stderr
log_timezone = UTC
timezone = UTC
"
    )
}

/// The memory that we may use, in bytes: the machine's, or less when we are confined. One GiB when nobody says.
fn memory() -> u64 {
    let machine = std::fs::read_to_string("/proc/meminfo")
        .ok()
        .and_then(|text| total_in(&text));
    let confined = read_number(Path::new("/sys/fs/cgroup/memory.max"));
    let machine = machine.unwrap_or(1024 * MIB);
    confined.map_or(machine, |confined| confined.min(machine))
}

fn total_in(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kib: u64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    kib.checked_mul(1024)
}

fn read_number(path: &Path) -> Option<u64> {
    std::fs::read_to_string(path).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machines_memory_is_read_in_bytes() {
        assert_eq!(
            total_in("MemTotal:       16384 kB\nMemFree: 1 kB\n"),
            Some(16_777_216)
        );
        assert_eq!(total_in("nothing"), None);
    }

    #[test]
    fn room_is_left_beside_the_pool() {
        assert!(settings(10).contains("max_connections = 60\n"));
        assert!(settings(100).contains("max_connections = 220\n"));
    }
}
