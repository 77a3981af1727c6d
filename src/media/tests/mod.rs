//! Pictures made by the tests themselves, and what becomes of them. Never reads a file of the repository.

mod camera;
mod colours;
mod foreign;
mod hostile;
mod ladder;
mod landscapes;
mod larger;
mod make;
mod metadata;
mod names;
mod plain;
mod storage;
mod turns;
mod waiting;
