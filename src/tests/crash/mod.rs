//! The program, killed as a power cut would, at points that the test holds it at from outside. What it acknowledged is
//! there after the next start, and once.

mod delivering;
mod filming;
mod hold;
mod many;
mod publishing;
mod receiving;
mod uploading;
