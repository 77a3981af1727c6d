//! What tests stand on: one Postgres for the run, a database, a server and people for each test. Decides nothing that a
//! test is about: that goes through the front door.

pub mod actor;
pub mod binary;
pub mod browser;
pub mod clouds;
pub mod cluster;
pub mod draft;
pub mod emoji;
pub mod folder;
pub mod http;
pub mod keys;
pub mod long;
pub mod mail;
pub mod mail_server;
pub mod named;
pub mod peer;
pub mod person;
pub mod process;
pub mod program;
pub mod queues;
pub mod random;
pub mod s3;
pub mod server;
pub mod settings;
pub mod tus;
pub mod waiting;

pub use binary::Binary;
pub use browser::Browser;
pub use person::Person;
pub use server::TestServer;
