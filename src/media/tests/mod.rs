//! Pictures made by the tests themselves, and what becomes of them. Never reads a file of the repository.

mod colours;
mod hostile;
mod ladder;
mod landscapes;
mod make;
mod metadata;
mod names;
mod storage;
mod turns;
mod waiting;
