//! Tries what a header says about followers that a fuzzer makes up. Promises nothing itself.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tintype_fuzz::bodies::collection_header(data));
