//! Pictures developed beside the async threads.

use std::time::Duration;

use bytes::Bytes;

use super::make::*;
use crate::media::synthetic::photograph;
use crate::media::{Focus, Limits, Unusable, process_off_thread};

async fn off_thread(bytes: Vec<u8>, limits: Limits) -> Result<crate::media::Photo, Unusable> {
    process_off_thread(Bytes::from(bytes), limits, Focus::default()).await
}

#[tokio::test]
async fn off_the_thread_the_photo_is_the_same() {
    let file = photograph(7, 700, 500);
    assert_eq!(
        off_thread(file.clone(), Limits::default()).await,
        Ok(developed(&file))
    );
}

#[tokio::test]
async fn bad_files_among_many_cost_only_themselves() {
    let good = jpeg(&quarters(200, 100));
    let tasks = (0..24).map(|number| match number % 3 {
        0 => off_thread(good.clone(), Limits::default()),
        1 => off_thread(good[..good.len() / 2].to_vec(), Limits::default()),
        _ => off_thread(Vec::new(), Limits::default()),
    });
    let answers = futures::future::join_all(tasks).await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 8);
    assert_eq!(
        answers
            .iter()
            .filter(|answer| **answer == Err(Unusable::Empty))
            .count(),
        8
    );
}

#[tokio::test]
async fn a_picture_as_large_as_all_the_memory_still_gets_its_turn() {
    // Sixteen bits a channel: more than the common bound, by the estimate.
    let limits = Limits {
        memory: u64::MAX,
        ..Limits::default()
    };
    let wide = image::ImageBuffer::<image::Rgb<u16>, _>::new(5_000, 5_000);
    let file = png(&image::DynamicImage::ImageRgb16(wide), None);
    let small = jpeg(&quarters(60, 40));
    let (large, little) = tokio::join!(off_thread(file, limits), off_thread(small, Limits::default()));
    assert_eq!(large.map(|photo| photo.width), Ok(5_000));
    assert!(little.is_ok());
}

#[tokio::test]
async fn a_caller_gives_up_at_the_deadline() {
    let limits = Limits {
        deadline: Duration::ZERO,
        ..Limits::default()
    };
    let answer = off_thread(jpeg(&waves(3_000, 2_000)), limits).await;
    assert_eq!(answer, Err(Unusable::TooSlow { seconds: 0 }));
}
