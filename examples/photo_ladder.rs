//! Runs the picture line over one file and prints the processor time of each run. Never writes a file unless a folder
//! for the renditions is named.
//!
//! `photo_ladder FILE REPETITIONS [FOLDER]`

use std::error::Error;
use std::path::Path;

use tintype::media::{Focus, Limits, process};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (file, repetitions, folder) = match arguments.as_slice() {
        [file, repetitions] => (file, repetitions, None),
        [file, repetitions, folder] => (file, repetitions, Some(folder)),
        _ => return Err("usage: photo_ladder FILE REPETITIONS [FOLDER]".into()),
    };
    let repetitions: u32 = repetitions.parse()?;
    let bytes = std::fs::read(file)?;
    // Once unmeasured, so that every run finds warm caches.
    let photo = process(&bytes, &Limits::default(), Focus::default())?;
    let before = processor_milliseconds()?;
    for _ in 0..repetitions {
        process(&bytes, &Limits::default(), Focus::default())?;
    }
    let spent = processor_milliseconds()? - before;
    println!("{:.1}", spent / f64::from(repetitions.max(1)));
    if let Some(folder) = folder {
        for rendition in &photo.renditions {
            std::fs::write(
                Path::new(folder).join(rendition.file_name().to_string()),
                &rendition.bytes,
            )?;
        }
        eprintln!(
            "{}×{} {} {:?}",
            photo.width, photo.height, photo.blurhash, photo.colour
        );
    }
    Ok(())
}

/// User and system time of this process so far, from the kernel's own account in ticks of 10 ms.
fn processor_milliseconds() -> Result<f64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/stat")?;
    // The name in parentheses may contain spaces; the fields after it do not.
    let (_, fields) = status.rsplit_once(") ").ok_or("no process name")?;
    let ticks = |field: usize| -> Result<f64, Box<dyn Error>> {
        Ok(fields.split(' ').nth(field).ok_or("too few fields")?.parse()?)
    };
    // Fields 14 and 15 of the whole line.
    Ok((ticks(11)? + ticks(12)?) * 10.0)
}
