//! Whether the tests are given time, to do some things many times more often: `TINTYPE_TEST_LONG=1`. Reads nothing else of
//! the environment.

pub fn are_given_time() -> bool {
    #[expect(
        clippy::disallowed_methods,
        reason = "how long a test may take is said to the tests, not to the program"
    )]
    let long = std::env::var_os("TINTYPE_TEST_LONG");
    long.is_some()
}
