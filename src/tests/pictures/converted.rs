//! AVIF and HEIC: taken where a program is installed that opens them, refused with a sentence where there is none.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::{path_of, send};
use crate::support::TestServer;
use crate::support::folder::files_below;
use crate::support::http::id;

/// 48 × 32 pixels of red.
const AVIF: &str = "AAAAHGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZgAAAOptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA\
    AA5waXRtAAAAAAABAAAAImlsb2MAAAAAREAAAQABAAAAAAEOAAEAAAAAAAAAHgAAACNpaW5mAAAAAAABAAAAFWluZmUCAAAAAAEA\
    AGF2MDEAAAAAamlwcnAAAABLaXBjbwAAABNjb2xybmNseAACAAIABoAAAAAMYXYxQ4EADAAAAAAUaXNwZQAAAAAAAAAwAAAAIAAA\
    ABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgYIDhAAAACZtZGF0EgAKCRgVL/sECAgaEDIPGAAAAEALPPn3XgJWi5xm";
const HEIC: &str = "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAa1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA\
    AA5waXRtAAAAAAACAAAAEGlkYXQAAAAAADAAIAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHRAAEAAAAAAAAAHQACAAEAAAAAAAAA\
    AQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAADYaXBycAAA\
    ALZpcGNvAAAAdmh2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAeugJAIQABACpCAQED\
    cAAAAwCQAAADAAADAB6gIIEFlurkprm4EBAwIAAAAwAgAAADACEiAAEABkQBwXPAiQAAABRpc3BlAAAAAAAAAEAAAABAAAAAFGlz\
    cGUAAAAAAAAAMAAAACAAAAAQcGl4aQAAAAADCAgIAAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAaaXJlZgAAAAAAAAAOZGlt\
    ZwACAAEAAQAAACVtZGF0AAAAGSgBrxOA9SeBP//YlR/+3Pnh93Z1+efLU8A=";

fn bytes(text: &str) -> Vec<u8> {
    BASE64_STANDARD.decode(text).expect("it is base64")
}

#[tokio::test]
async fn what_phones_send_is_shown_where_a_program_opens_it() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let converts = server.app.converter.is_some();
    let instance = server.client.get("/api/v2/instance").await.ok();
    let types = &instance["configuration"]["media_attachments"]["supported_mime_types"];
    let says = types
        .as_array()
        .expect("types")
        .iter()
        .any(|kind| kind == "image/heic");
    assert_eq!(says, converts, "clients are told");
    for (kind, text) in [("image/avif", AVIF), ("image/heic", HEIC)] {
        let answer = send(&ana, "/api/v2/media", kind, &bytes(text)).await;
        if !converts {
            let sentence = answer.refused(415);
            assert!(sentence.contains("cannot be opened here yet"), "{sentence}");
            continue;
        }
        let media = answer.ok();
        server.settle().await;
        let ready = ana.get(&format!("/api/v1/media/{}", id(&media))).await;
        assert_eq!(ready.status, 200, "{kind}");
        let post = ana.post("from a phone").with_media(&[&ready.ok()]);
        let post = post.with("offer_originals", true).await;
        server.settle().await;
        let shown = ana.sees(&post).await["media_attachments"][0].clone();
        let file = server.client.get(&path_of(&shown["url"])).await;
        let picture = image::load_from_memory(&file.body)
            .expect("a picture")
            .into_rgb8();
        assert_eq!(picture.dimensions(), (48, 32), "{kind}");
        let [red, green, blue] = picture.get_pixel(24, 16).0;
        assert!(
            red > 180 && green < 70 && blue < 70,
            "{kind}: {red}, {green}, {blue}"
        );
        assert!(shown["original_file"].is_null(), "it cannot be rewritten");
    }
    let left = files_below(&server.app.config.data_dir.join("converting"));
    assert_eq!(left.len(), 0, "nothing is left behind");
    server.settle().await;
}

#[tokio::test]
async fn a_file_that_only_calls_itself_heic_costs_nothing_but_itself() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let mut broken = bytes(HEIC);
    let end = broken.len();
    broken[end - 30..].fill(0xAA);
    for (what, file) in [
        ("broken pixels", broken),
        (
            "a head and nothing else",
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(),
        ),
    ] {
        let answer = send(&ana, "/api/v2/media", "image/heic", &file).await;
        if answer.status == 202 {
            server.settle().await;
            // A decoder may make something of it or not; either way there is an answer.
            let path = format!("/api/v1/media/{}", id(&answer.value()));
            let then = ana.get(&path).await.status.as_u16();
            assert!([200, 422].contains(&then), "{what}: {then}");
        } else {
            answer.refused(415);
        }
    }
    let good = ana.uploads(crate::support::draft::small_photo(), "good").await;
    assert_eq!(good["meta"]["original"]["width"], 64);
    server.settle().await;
}
