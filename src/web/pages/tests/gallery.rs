//! Writes every page to `target/pages_gallery`, to be looked at in a browser. Its photos are drawn, not taken.
//!
//! `cargo test --lib pages`, then `python3 -m http.server -d target/pages_gallery`.

use std::fs;
use std::path::{Path, PathBuf};

use super::samples::{BASE, SHAPES};
use super::states;
use crate::web::pages::assets;

const COLOURS: [(&str, &str, &str); 5] = [
    ("#27455c", "#e8b07a", "#14212c"),
    ("#8fa9b5", "#dfe4e2", "#3b5360"),
    ("#c56b4a", "#f3d9a4", "#3d2530"),
    ("#2f4a3c", "#b9c7a0", "#101c17"),
    ("#433d6b", "#f0a7a0", "#1a1730"),
];

#[test]
fn every_page_is_written_with_all_it_loads() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pages_gallery");
    let mut wanted = Vec::new();
    for (name, document) in states::all() {
        let local = document.replace(BASE, "");
        wanted.extend(addresses(&local));
        write(&folder.join(format!("{name}.html")), local.as_bytes());
    }
    for path in assets::paths() {
        let file = assets::asset(path).expect("a listed address has a file");
        write(&folder.join(&path[1..]), file.bytes);
    }
    for number in 0..21 {
        write(
            &folder.join(format!("media/photo-{number}.svg")),
            photo(number).as_bytes(),
        );
    }
    for address in wanted {
        assert!(
            folder.join(&address[1..]).is_file(),
            "{address} is loaded by a page and is not there"
        );
    }
}

fn addresses(document: &str) -> Vec<String> {
    let after = |mark: &str| {
        let parts: Vec<&str> = document.split(mark).skip(1).collect();
        parts
            .into_iter()
            .filter_map(|rest| rest.split(['"', '?', ' ']).next().map(str::to_owned))
            .collect::<Vec<_>>()
    };
    let loaded = [
        "src=\"",
        "srcset=\"",
        "rel=\"stylesheet\" href=\"",
        "rel=\"apple-touch-icon\" href=\"",
    ];
    loaded.into_iter().flat_map(after).collect()
}

fn write(file: &PathBuf, bytes: &[u8]) {
    fs::create_dir_all(file.parent().expect("the gallery is a folder"))
        .expect("the build folder can be written");
    fs::write(file, bytes).expect("the build folder can be written");
}

fn photo(number: usize) -> String {
    let (width, height) = SHAPES[number % SHAPES.len()];
    let (sky, light, sea) = COLOURS[number % COLOURS.len()];
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" preserveAspectRatio="none" width="{width}" height="{height}">
<defs><linearGradient id="a" x2="0" y2="1"><stop stop-color="{sky}"/><stop offset=".6" stop-color="{light}"/><stop offset=".6" stop-color="{sea}"/><stop offset="1" stop-color="{sky}"/></linearGradient></defs>
<rect width="100" height="100" fill="url(#a)"/><ellipse cx="{}" cy="50" rx="6" ry="{}" fill="{light}"/><path d="M0 60L{} 44L60 60z" fill="{sea}"/></svg>"##,
        20 + number * 3,
        6 * width / height.max(1) + 2,
        10 + number * 2,
    )
}
