//! Bytes → stored, safe, sized pictures and videos. Never knows a post, a person, a database row or a request.
//!
//! The way of a picture: [`sniff`] names its type from the bytes, [`header`] reads its sizes without decoding,
//! [`limits`] refuses what is too big, [`decode`] → [`resize`] → [`colour`] → [`encode`] make the renditions
//! ([`photo`] is that line, [`workshop`] runs it on threads of its own), and [`store`] keeps them. That of a [`video`] is its own.

mod camera;
pub mod checksum;
mod claimed;
pub mod colour;
pub mod converter;
mod decode;
mod decode_jpeg;
mod desk;
mod encode;
mod focus;
pub mod foreign;
mod hands;
mod header;
pub mod key;
pub mod likeness;
pub mod limits;
pub mod name;
pub mod photo;
pub mod plain;
mod raster;
mod resize;
pub mod sniff;
pub mod staging;
pub mod store;
pub mod synthetic;
pub mod unusable;
mod upright;
pub mod video;
pub mod workshop;

#[cfg(test)]
mod tests;

pub use checksum::Checksum;
pub use claimed::Claimed;
pub use converter::{ConvertError, Converter};
pub use focus::Focus;
pub use foreign::{Foreign, Source};
pub use key::{MediaKey, OriginalKey};
pub use limits::Limits;
pub use name::{FileName, Format, Size, StoredFile, VideoFile};
pub use photo::{Photo, Rendition, check, enlarge, moves, process, process_in};
pub use staging::{Staging, StagingError};
pub use store::{Store, StoreError, Stored};
pub use unusable::Unusable;
pub use video::{Ffmpeg, Unplayable, VideoError, VideoLimits};
pub(crate) use workshop::rungs_off_thread;
pub use workshop::{enlarge_off_thread, process_in_off_thread, process_off_thread};
