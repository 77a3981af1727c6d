//! Tintype: a federated photo and video network. This file names the layers; each uses only those above it.

pub mod domain;
