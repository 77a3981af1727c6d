//! The private Postgres: found programs, a cluster under the data directory, started, watched and stopped with the
//! server. Knows no tables, and never listens on a network.
//!
//! Three locks keep several `tintype` commands on one folder apart, each ending with its process:
//! `tintype.lock` is the one server's; `pg.turn` is held while the cluster is started or stopped; `pg.users` is
//! shared by all who use it, and says whether the server or the last command is to stop it.

mod cluster;
mod connect;
mod create;
mod error;
mod health;
mod layout;
mod lock;
mod process;
mod programs;
mod start;
mod tuning;
mod user;
mod watch;

#[cfg(test)]
mod tests;

pub use cluster::{Cluster, Place, start, start_or_join};
pub use connect::{connect_options, pool};
pub use error::ClusterError;
pub use health::{Health, MediaMove, health};
pub use lock::{ServerLock, serving};
pub use programs::{Programs, cluster_version};
