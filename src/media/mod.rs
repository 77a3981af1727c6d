//! Bytes → stored, safe, sized pictures. Never knows a post, a person, a database row or a request.
//!
//! The way of a picture: [`sniff`] names its type from the bytes, [`header`] reads its sizes without decoding,
//! [`limits`] refuses what is too big, [`decode`] → [`resize`] → [`colour`] → [`encode`] make the renditions
//! ([`photo`] is that line, [`workshop`] runs it off the async threads), and [`store`] keeps them.

pub mod colour;
mod decode;
mod decode_jpeg;
mod encode;
mod header;
pub mod key;
pub mod limits;
pub mod name;
pub mod photo;
mod raster;
mod resize;
pub mod sniff;
pub mod store;
pub mod synthetic;
pub mod unusable;
mod upright;
pub mod workshop;

#[cfg(test)]
mod tests;

pub use key::{MediaKey, OriginalKey};
pub use limits::Limits;
pub use name::{FileName, Format, Size, StoredFile};
pub use photo::{Focus, Photo, Rendition, check, process};
pub use store::{Store, StoreError, Stored};
pub use unusable::Unusable;
pub use workshop::process_off_thread;
