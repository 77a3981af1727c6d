//! How many hosts may be sent to at once. Never more than there are sockets for.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Nearly all of them only wait: for a connection, or for an answer. A host that is silent has its place for ten seconds,
/// and some 20 kB.
const MOST: usize = 4_096;
/// Of those that failed the last time.
pub const FAILING: usize = 256;

/// Asks for as many open files as may be had (the usual limit of 1,024 is for programs of another age), and gives how
/// many hosts may have half of them.
pub fn hosts() -> usize {
    let limit = getrlimit(Resource::Nofile);
    let most = limit.maximum.or(limit.current).unwrap_or(1 << 16);
    let raised = setrlimit(
        Resource::Nofile,
        Rlimit {
            current: Some(most),
            maximum: limit.maximum,
        },
    );
    let open = raised.map_or(limit.current, |()| Some(most)).unwrap_or(most);
    MOST.min(usize::try_from(open / 2).unwrap_or(MOST))
}
