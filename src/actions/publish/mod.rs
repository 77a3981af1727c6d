//! Publishing a post. Both doors end in the same writing of rows; who gets to see it is SQL's `visible_posts`.

mod draft;
mod local;
mod people;
mod photos;
mod pictures;
mod references;
mod remote;
mod whole;

pub use draft::{Draft, LONGEST_KEY, PollDraft, PublishError, check, emojis_of, parent, quoted, write};
pub use local::{Published, key, local, planned};
pub use photos::{attach, share, why_not};
pub use pictures::replace_pictures;
pub use remote::{Arrived, How, remote};
