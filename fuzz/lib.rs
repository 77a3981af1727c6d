//! The bodies of the targets for a fuzzer: the same that src/tests/fuzzed.rs runs with a compiler that anybody has. Has no
//! code of its own.

// The bodies name the server by its crate, of which this has the one file that they use: the whole takes too long to build.
extern crate self as tintype;

pub mod domain {
    #[path = "../../src/domain/html.rs"]
    pub mod html;
}

pub mod bodies;
