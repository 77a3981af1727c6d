//! The program `tintype`. All of it is in the library.

/// Requests are many small things that live shortly: answering one takes a tenth less than with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Of `mimalloc.h`: after how many milliseconds memory that was freed is given back to the system.
const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;
/// The allocator would wait for a second, in which photographs that come one after another fill what others have just left:
/// eight at once and fifty in a row took half as much again.
const SOON: core::ffi::c_long = 10;

fn main() -> std::process::ExitCode {
    #[expect(
        unsafe_code,
        reason = "an option of the allocator, set before there is another thread"
    )]
    // SAFETY: it writes a number into a table of the allocator's, of which this is one of the places.
    unsafe {
        libmimalloc_sys::mi_option_set(PURGE_DELAY, SOON);
    }
    tintype::cli::main()
}
