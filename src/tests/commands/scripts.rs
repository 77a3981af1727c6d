//! The shell scripts on machines that lack something, each a folder of programs: what they say, and that they install
//! nothing that nobody asked for. Never asks the network.

use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use crate::support::binary::said;
use crate::support::folder::Folder;

/// What every machine has.
const BASE: [&str; 18] = [
    "bash", "cat", "chmod", "cut", "dirname", "env", "find", "grep", "head", "mkdir", "mktemp", "rm", "sed",
    "sort", "sh", "tail", "tee", "touch",
];

/// A copy of the scripts on a machine with the programs that it was given, and no others.
struct Machine(Folder);

impl Machine {
    /// One with Postgres, of a make that has no packages of its own that the scripts know.
    fn bare() -> Self {
        let machine = Self(Folder::new("machine"));
        for folder in ["bin", "postgres", "home", "tree/script"] {
            std::fs::create_dir_all(machine.path(folder)).expect("the test's folder can be written to");
        }
        for name in BASE {
            let places = ["/usr/bin", "/bin", "/usr/local/bin"].map(|place| Path::new(place).join(name));
            let found = places.iter().find(|path| path.exists());
            symlink(
                found.unwrap_or_else(|| panic!("no {name}")),
                machine.path("bin").join(name),
            )
            .expect("a link");
        }
        for entry in std::fs::read_dir(tree().join("script")).expect("the scripts") {
            let from = entry.expect("an entry").path();
            let name = from.file_name().expect("a name");
            std::fs::copy(&from, machine.path("tree/script").join(name)).expect("a copy");
        }
        std::fs::copy(tree().join("Cargo.toml"), machine.path("tree/Cargo.toml")).expect("a copy");
        machine.program("uname", "echo Elsewhere");
        machine.program("../postgres/initdb", "exit 1");
        machine
    }

    /// One that has all that a build needs, which asks for nothing.
    fn complete() -> Self {
        let machine = Self::bare();
        for name in ["cc", "nasm", "ffmpeg", "node", "npm", "apt-get", "sudo"] {
            machine.program(name, &machine.notes(name));
        }
        machine.program("rustc", "echo 'rustc 1.999.0 (of a test)'");
        let build = "mkdir -p target/release
            printf '#!/bin/sh\\necho \"started: $*\"\\n' > target/release/tintype
            printf '#!/bin/sh\\necho \"$*\" > beside\\n' > target/release/tintype-demo
            chmod 755 target/release/tintype target/release/tintype-demo";
        machine.program("cargo", &format!("{}\n{build}", machine.notes("cargo")));
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The line of a program that writes down that it was called.
    fn notes(&self, name: &str) -> String {
        format!("echo \"{name} $*\" >> '{}'", self.path("called").display())
    }

    fn program(&self, name: &str, body: &str) {
        let file = self.path("bin").join(name);
        std::fs::write(&file, format!("#!/bin/sh\n{body}\n")).expect("it can be written");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
    }

    /// Runs lines of bash in the tree.
    fn runs(&self, lines: &str) -> Output {
        Command::new(self.path("bin/bash"))
            .args(["-c", lines])
            .current_dir(self.path("tree"))
            .env_clear()
            .env("PATH", self.path("bin"))
            .env("HOME", self.path("home"))
            .env("TINTYPE_PG_BIN", self.path("postgres"))
            .output()
            .expect("bash can be started")
    }

    /// What it says when it ends because something is missing.
    fn stops(&self, lines: &str) -> String {
        let ended = self.runs(lines);
        assert!(!ended.status.success(), "{lines}: {}", said(&ended));
        said(&ended)
    }

    fn called(&self) -> String {
        std::fs::read_to_string(self.path("called")).unwrap_or_default()
    }
}

fn tree() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_script_can_be_read_by_bash_and_has_no_fault_that_is_known() {
    let scripts: Vec<PathBuf> = std::fs::read_dir(tree().join("script"))
        .expect("the scripts")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    assert!(scripts.len() >= 7, "{scripts:?}");
    for script in &scripts {
        let read = Command::new("bash").arg("-n").arg(script).output().expect("bash");
        assert!(read.status.success(), "{}", said(&read));
        let mode = script.metadata().expect("it is there").permissions().mode();
        let is_part = script.extension().is_some();
        assert_eq!(mode & 0o111 == 0, is_part, "{}: {mode:o}", script.display());
    }
    let looked = Command::new("shellcheck")
        .arg("-x")
        .args(&scripts)
        .current_dir(tree())
        .output();
    // Not everybody has it.
    if let Ok(looked) = looked {
        assert!(looked.status.success(), "{}", said(&looked));
    }
}

#[test]
fn without_a_package_manager_that_it_knows_it_says_what_to_install() {
    let machine = Machine::bare();
    for script in ["server", "demo", "prepare"] {
        let told = machine.stops(&format!("script/{script}"));
        assert!(
            told.contains("These are missing: gcc nasm ffmpeg (as Debian calls them)"),
            "{script}: {told}"
        );
    }
    // Which fonts and which nginx are missing depends on the machine that this test runs on.
    let told = machine.stops("script/bench");
    assert!(told.contains("gcc nasm ffmpeg libvips-tools"), "{told}");
    let told = machine.stops("script/test");
    assert!(told.contains("gcc nasm ffmpeg libvips-tools chromium"), "{told}");
    std::fs::remove_dir_all(machine.path("postgres")).expect("it is there");
    // Another Postgres may be on the machine that this test runs on.
    let told = machine.stops("source script/lib.sh; compgen() { return 1; }; install_packages");
    assert!(told.contains("missing: postgresql gcc nasm ffmpeg"), "{told}");
}

#[test]
fn who_may_not_install_is_told_the_command_and_nothing_is_tried() {
    let machine = Machine::bare();
    machine.program("apt-get", &machine.notes("apt-get"));
    machine.program("id", "echo 1000");
    let told = machine.stops("script/server");
    assert!(told.contains("sudo apt-get install gcc nasm ffmpeg"), "{told}");
    machine.program("sudo", "exit 1");
    let told = machine.stops("script/server");
    assert!(told.contains("sudo apt-get install gcc nasm ffmpeg"), "{told}");
    assert_eq!(machine.called(), "", "it was tried");
}

#[test]
fn an_installation_that_fails_is_shown_with_its_last_words() {
    let machine = Machine::bare();
    machine.program("id", "echo 0");
    machine.program("apt-get", "echo \"E: Unable to locate package $*\"; exit 100");
    let told = machine.stops("script/server");
    assert!(
        told.contains("apt-get could not install gcc nasm ffmpeg"),
        "{told}"
    );
    assert!(told.contains("E: Unable to locate package"), "{told}");
}

#[test]
fn a_missing_or_old_rust_or_node_is_named_with_what_to_do() {
    let machine = Machine::complete();
    std::fs::remove_file(machine.path("bin/rustc")).expect("it is there");
    let told = machine.stops("script/server");
    let least = env!("CARGO_PKG_RUST_VERSION");
    assert!(
        told.contains(&format!("Rust is missing: Tintype needs version {least}"))
            && told.contains("rustup.rs"),
        "{told}"
    );
    machine.program("rustc", "echo 'rustc 1.70.0 (of a test)'");
    let told = machine.stops("script/server");
    assert!(
        told.contains(&format!("Rust 1.70.0 is too old: Tintype needs {least}")),
        "{told}"
    );
    assert!(!machine.called().contains("cargo"), "it was built all the same");
    for name in ["node", "npm"] {
        std::fs::remove_file(machine.path("bin").join(name)).expect("it is there");
    }
    let told = machine.stops("source script/lib.sh; use_node");
    assert!(
        told.contains("Node is missing: the web app needs version 22"),
        "{told}"
    );
}

#[test]
fn a_second_start_installs_nothing_says_nothing_and_hands_its_arguments_on() {
    let machine = Machine::complete();
    let first = machine.runs("script/server --demo");
    assert!(first.status.success(), "{}", said(&first));
    assert_eq!(String::from_utf8_lossy(&first.stdout), "started: serve --demo\n");
    let told = String::from_utf8_lossy(&first.stderr).into_owned();
    assert!(told.contains("Building Tintype"), "{told}");
    let second = machine.runs("script/server");
    assert!(second.status.success(), "{}", said(&second));
    assert_eq!(said(&second), "started: serve\n");
    assert_eq!(
        machine.called(),
        "cargo build --quiet --release --bin tintype --bin tintype-demo\n\
         cargo build --quiet --release --bin tintype\n",
        "nothing but what cargo itself finds to do"
    );
    // Whoever wants the demonstration has a second server beside it, which is started and not waited for.
    let told = || std::fs::read_to_string(machine.path("tree/beside")).unwrap_or_default();
    let deadline = Instant::now() + Duration::from_secs(20);
    while told().is_empty() && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(told(), "--beside http://localhost:3000\n");
}
