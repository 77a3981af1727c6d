//! The shape of the program, read from its text: who may use whom, where SQL is, where a panic may be. Runs nothing.

use std::path::{Path, PathBuf};

/// What stands on which floor, from the top; a module uses only what stands above it, and the first of each line is
/// what people call the floor. Modules of one line do not know each other, but for those of `ENGINES`.
const DOMAIN: &[&str] = &["domain"];
const DISK: &[&str] = &["folders"];
const GROUND: &[&str] = &[
    "config",
    "db",
    "media",
    "translate",
    "bus",
    "passwords",
    "sealed",
    "signing_keys",
];
const ENGINES: &[&str] = &[
    "caches",
    "feeds",
    "mail",
    "notices",
    "parking",
    "peers",
    "postgres",
    "migrations",
    "streams",
    "uploads",
];
const APP: &[&str] = &["app"];
const ACTIONS: &[&str] = &["actions"];
const DOORS: &[&str] = &["web", "jobs"];
const COMMANDS: &[&str] = &["cli", "main"];
/// Programs of their own, which see the library from outside.
const PROGRAMS: &str = "bin/";
const FLOORS: [&[&str]; 8] = [DOMAIN, DISK, GROUND, ENGINES, APP, ACTIONS, DOORS, COMMANDS];

/// What is otherwise for a reason: file, what it uses, why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

struct Source {
    /// Below the folder that is read, such as `db/posts.rs`.
    name: String,
    /// Without comments, and without tests.
    lines: Vec<(usize, String)>,
}

#[test]
fn a_module_uses_only_what_stands_above_it() {
    let mut faults = Vec::new();
    for source in read("src") {
        let module = module_of(&source.name);
        if source.name.starts_with(PROGRAMS) {
            continue;
        }
        let Some(floor) = floor_of(module) else {
            if module != "lib" {
                faults.push(format!(
                    "{} is on no floor: say in this test where it stands.",
                    source.name
                ));
            }
            continue;
        };
        for (number, line) in &source.lines {
            for used in used_modules(line) {
                let Some(other) = floor_of(used) else { continue };
                let fine = used == module
                    || other < floor
                    || EXCEPTIONS
                        .iter()
                        .any(|(file, what, _)| source.name == *file && *what == used);
                if !fine {
                    faults.push(format!(
                        "{}:{number} uses {used}, which does not stand above {module}.",
                        source.name
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_exception_is_still_needed() {
    let sources = read("src");
    for (file, what, why) in EXCEPTIONS {
        let source = sources.iter().find(|source| source.name == *file);
        let used = source.is_some_and(|source| {
            source
                .lines
                .iter()
                .any(|(_, line)| used_modules(line).contains(what))
        });
        assert!(
            used,
            "{file} no longer uses {what} ({why}): take it off the list."
        );
    }
}

#[test]
fn nothing_is_unsafe_but_what_a_codec_and_the_allocator_need() {
    const ALLOWED: [&str; 2] = ["main.rs", "media/decode_jpeg.rs"];
    let mut places = Vec::new();
    for source in read("src") {
        let unsafe_lines = source.lines.iter().filter(|(_, line)| line.contains("unsafe {"));
        places.extend(unsafe_lines.map(|_| source.name.clone()));
    }
    places.sort();
    assert_eq!(places, ALLOWED);
}

#[test]
fn sql_is_written_in_db_only() {
    let macros = [
        "query!",
        "query_as!",
        "query_scalar!",
        "query_file!",
        "query_file_as!",
    ];
    let functions = [
        "sqlx::query(",
        "sqlx::query_as(",
        "sqlx::query_scalar(",
        "sqlx::raw_sql(",
    ];
    // These are about the database as such: how it is made, and brought to a version.
    let exempt = ["migrations.rs", "postgres/", PROGRAMS];
    let mut faults = Vec::new();
    for source in read("src") {
        let name = &source.name;
        if name.starts_with("db/")
            || name.starts_with(PROGRAMS)
            || exempt.iter().any(|exempt| name.starts_with(exempt))
        {
            continue;
        }
        for (number, line) in &source.lines {
            if macros.iter().chain(&functions).any(|sql| line.contains(sql)) {
                faults.push(format!("{name}:{number} has SQL, which belongs into db/."));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    let mut faults = Vec::new();
    for folder in ["src", "federation/src"] {
        for source in read(folder) {
            for (number, line) in &source.lines {
                if line.contains(".unwrap()") || line.contains(".unwrap_err()") {
                    faults.push(format!(
                        "{folder}/{}:{number} unwraps: give an error, or say by expect() why it cannot be.",
                        source.name
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_file_opens_with_what_it_does() {
    let mut faults = Vec::new();
    for folder in ["src", "federation/src"] {
        for path in files(&root().join(folder)) {
            let text = std::fs::read_to_string(&path).expect("a source file is text");
            if !text.starts_with("//!") {
                faults.push(format!(
                    "{} does not open with //! and what it does.",
                    path.display()
                ));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_reader_of_this_test_sees_what_it_shall() {
    let text = "use crate::db;\nuse crate::{domain::ids, web::{page, error}, jobs};\n// use crate::cli;\n\
                #[cfg(test)]\nmod tests { fn x() { y.unwrap() } }\nfn after() { crate::media::go() }\n";
    let lines = without_tests(text);
    let used: Vec<&str> = lines.iter().flat_map(|(_, line)| used_modules(line)).collect();
    assert_eq!(used, ["db", "domain", "web", "jobs", "media"]);
    assert!(lines.iter().all(|(_, line)| !line.contains("unwrap")));
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(folder: &str) -> Vec<Source> {
    let folder = root().join(folder);
    let mut sources = Vec::new();
    for path in files(&folder) {
        let name = path
            .strip_prefix(&folder)
            .expect("it is below")
            .display()
            .to_string();
        // Whole modules of tests.
        if name.starts_with("tests/") || name.contains("/tests/") || name.ends_with("/tests.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source file is text");
        let lines = without_tests(&text);
        sources.push(Source { name, lines });
    }
    assert!(!sources.is_empty(), "there are sources in {}", folder.display());
    sources
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn module_of(name: &str) -> &str {
    name.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// Lines with their numbers; what `#[cfg(test)]` stands above is left out, to its closing brace or semicolon.
fn without_tests(text: &str) -> Vec<(usize, String)> {
    let mut kept = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            skip_item(&mut lines);
            continue;
        }
        let code = line.split("//").next().unwrap_or_default();
        // An address in a string is not a comment, but nobody imports behind one.
        kept.push((number + 1, code.to_owned()));
    }
    kept
}

fn skip_item<'a>(lines: &mut impl Iterator<Item = (usize, &'a str)>) {
    let mut depth = 0i32;
    for (_, line) in lines {
        // Braces in strings are few, and come in pairs.
        depth += line.matches('{').count() as i32 - line.matches('}').count() as i32;
        let opened_or_ended = line.contains('{') || line.contains('}') || line.trim_end().ends_with(';');
        if depth <= 0 && opened_or_ended {
            return;
        }
    }
}

/// The modules of this crate that a line names. rustfmt keeps a group of one `use` on several lines only when it is
/// long; those of `crate::{…}` are short.
fn used_modules(line: &str) -> Vec<&str> {
    let mut used = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => used.extend(top_level_names(group)),
            None => used.push(first_word(rest)),
        }
    }
    used.retain(|word| !word.is_empty());
    used
}

fn top_level_names(group: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let (mut depth, mut begin) = (0, true);
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begin = true,
            ' ' => {}
            _ if begin && depth == 0 => {
                names.push(first_word(&group[at..]));
                begin = false;
            }
            _ => {}
        }
    }
    names
}

fn first_word(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    &text[..end.unwrap_or(text.len())]
}
