//! The files of the web app inside this program, as `build.rs` found them. Reads nothing from disk.

#[derive(Debug)]
pub struct Carried {
    /// As in an address, such as `/_app/version.json`.
    pub path: &'static str,
    pub plain: &'static [u8],
    pub brotli: Option<&'static [u8]>,
    pub gzip: Option<&'static [u8]>,
}

// In the order of their paths.
include!(concat!(env!("OUT_DIR"), "/carried.rs"));

pub fn find(path: &str) -> Option<&'static Carried> {
    FILES.iter().find(|file| file.path == path)
}
