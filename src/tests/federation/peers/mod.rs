//! Servers and judges of another make, on packages of others, each with a server of ours. Each test brings what it needs
//! by `script/peer`: none is skipped.

mod fedify;
mod judges;
