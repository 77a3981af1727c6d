//! Carries the files of the web app into the program, where `frontend/build` is there; without it there are the plain
//! pages. Builds no web app itself: the scripts do that before cargo is called.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

const BUILT: &str = "frontend/build";

fn main() -> io::Result<()> {
    // Cargo builds again and again where it is to watch what is not there.
    fs::create_dir_all(BUILT)?;
    println!("cargo::rerun-if-changed={BUILT}");
    let built = fs::canonicalize(BUILT)?;
    let mut files = Vec::new();
    collect(&built, &mut files)?;
    files.sort();
    let mut table = String::from("pub static FILES: &[Carried] = &[\n");
    for file in &files {
        let path = file.strip_prefix(&built).unwrap_or(file).display();
        let _ = writeln!(
            table,
            "Carried {{ path: {:?}, plain: include_bytes!({file:?}), brotli: {}, gzip: {} }},",
            format!("/{path}"),
            twin(file, "br"),
            twin(file, "gz"),
        );
    }
    table.push_str("];\n");
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo says in no other way where to write"
    )]
    let folder = std::env::var_os("OUT_DIR").unwrap_or_default();
    fs::write(Path::new(&folder).join("carried.rs"), table)
}

/// All files but hidden ones and those that are another one compressed.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            collect(&path, files)?;
        } else if !name.ends_with(".br") && !name.ends_with(".gz") {
            files.push(path);
        }
    }
    Ok(())
}

/// The same file compressed, if that was made.
fn twin(file: &Path, extension: &str) -> String {
    let mut twin = file.as_os_str().to_owned();
    twin.push(format!(".{extension}"));
    match Path::new(&twin).exists() {
        true => format!("Some(include_bytes!({twin:?}))"),
        false => "None".to_owned(),
    }
}
