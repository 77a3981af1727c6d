
pub mod media;
