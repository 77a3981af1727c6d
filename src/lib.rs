//! Tintype, a federated photo network. The binary only starts what is here.

pub mod web;
