//! Web Push: one message to one subscription of a browser or phone, sealed for it alone. Never retries, and never says in
//! an error where the message was to go.

mod seal;
mod send;
mod vapid;

pub use seal::{Encoding, SealError, Sealed, Subscriber};
pub use send::{Message, Outcome, Urgency, send};
pub use vapid::{VapidError, VapidKey};
