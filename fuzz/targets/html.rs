//! Tries HTML that a fuzzer makes up. Promises nothing itself.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tintype_fuzz::bodies::html(data));
