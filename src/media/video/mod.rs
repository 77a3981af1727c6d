//! A video file → stills, one file that plays everywhere, and what is streamed. Everything is done by ffmpeg, in processes
//! with bounds of their own. Never gives it a list of files, an address, or a container that we did not name.
//!
//! The way of a video: [`container`] names its type from the bytes, [`probe`] asks ffprobe what is in it, [`limits`] refuses what
//! is too much, [`recipe`] says how each file is made, [`process`] runs that, and [`Ffmpeg`] puts these together.

mod container;
mod ffmpeg;
mod limits;
mod playlist;
mod probe;
mod process;
mod recipe;
mod shape;
mod unplayable;

pub use container::Container;
pub use ffmpeg::{Bench, Ffmpeg, VideoError};
pub use limits::{MOST_FRAMES_A_SECOND, VideoLimits};
pub use probe::Facts;
pub use unplayable::Unplayable;

/// The programs, as every package of ffmpeg brings them.
pub const PROGRAMS: [&str; 2] = ["ffmpeg", "ffprobe"];

/// What ffmpeg has to be built with for all that [`recipe`] asks of it, by the option that lists it.
pub const PARTS: [(&str, &[&str]); 2] = [
    ("-encoders", &["libx264", "aac", "png"]),
    ("-filters", &["scale", "zscale", "tonemap"]),
];
