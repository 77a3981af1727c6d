//! The program `tintype`. All of it is in the library.

fn main() -> std::process::ExitCode {
    tintype::cli::main()
}
