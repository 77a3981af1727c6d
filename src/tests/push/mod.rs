//! Web Push, to an endpoint of the test's own that opens what it gets as a browser would.

pub mod device;
mod messages;
mod subscriptions;
