//! Videos as tests need them: a second or two, small, made by ffmpeg out of nothing.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::folder::Folder;

/// A moving test picture of 320 × 180 with a tone, for so many seconds.
pub fn clip(seconds: f64, more: &[&str]) -> Vec<u8> {
    let picture = format!("testsrc2=s=320x180:r=25:d={seconds}");
    let tone = format!("sine=440:d={seconds}");
    let mut told = vec!["-f", "lavfi", "-i", &picture, "-f", "lavfi", "-i", &tone];
    told.extend([
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-pix_fmt",
        "yuv420p",
        "-c:a",
        "aac",
    ]);
    told.extend(more);
    made(&told, "clip.mp4")
}

/// Without a tone, in any format.
pub fn silent(seconds: f64, more: &[&str], name: &str) -> Vec<u8> {
    let picture = format!("testsrc2=s=320x180:r=10:d={seconds}");
    let mut told = vec!["-f", "lavfi", "-i", &picture];
    told.extend(more);
    made(&told, name)
}

/// What ffmpeg makes when it is told so; the name says the format.
pub fn made(told: &[&str], name: &str) -> Vec<u8> {
    let folder = Folder::new("clip");
    let ran = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-y"])
        .args(told)
        .arg(name)
        .current_dir(folder.path())
        .output()
        .expect("ffmpeg is installed");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    std::fs::read(folder.path().join(name)).expect("it was made")
}

/// What a player shows first.
pub fn first_frame(video: &[u8]) -> image::RgbImage {
    let folder = Folder::new("frame");
    std::fs::write(folder.path().join("video.mp4"), video).expect("the folder can be written to");
    let video = folder.path().join("video.mp4").display().to_string();
    let frame = made(
        &["-i", &video, "-frames:v", "1", "-pix_fmt", "rgb24"],
        "frame.png",
    );
    image::load_from_memory(&frame).expect("a picture").to_rgb8()
}

/// The same clip turned by a note in its container, as phones do it.
pub fn turned(clip: &[u8]) -> Vec<u8> {
    let folder = Folder::new("turned");
    std::fs::write(folder.path().join("clip.mp4"), clip).expect("the folder can be written to");
    let clip = folder.path().join("clip.mp4").display().to_string();
    made(
        &["-i", &clip, "-c", "copy", "-metadata:s:v", "rotate=90"],
        "turned.mp4",
    )
}

/// What ffprobe says of a file.
pub fn probed(bytes: &[u8], name: &str) -> Value {
    let folder = Folder::new("probed");
    std::fs::write(folder.path().join(name), bytes).expect("the folder can be written to");
    probed_at(&folder.path().join(name))
}

pub fn probed_at(file: &Path) -> Value {
    let ran = Command::new("ffprobe")
        .args(["-v", "error", "-show_streams", "-show_format", "-of", "json"])
        .arg(file)
        .output()
        .expect("ffprobe is installed");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    serde_json::from_slice(&ran.stdout).expect("it speaks JSON")
}
