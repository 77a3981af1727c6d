//! How photographs elsewhere were taken, as their servers say it: shown as that of our own, and never where.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::scene::Scene;
use crate::support::draft::small_photo;
use crate::support::peer::{Peer, Says};

fn property(name: &str, value: impl Into<Value>) -> Value {
    json!({ "@type": "PropertyValue", "name": name, "value": value.into() })
}

#[tokio::test]
async fn what_a_server_says_of_a_camera_is_shown_until_it_says_otherwise() {
    let scene = Scene::new().await;
    let from = Peer::start("four.test").await;
    from.says("/a.jpg", Says::File("image/jpeg", small_photo().to_vec()));
    let mut note = scene.zed.note("<p>a harbour</p>");
    let details = json!([
        property("DateTime", "2025:03:30 06:30:00"),
        property("ExposureTime", "1/250"),
        property("FNumber", "f/5.6"),
        property("FocalLength", "70 mm"),
        property("LensModel", "Canon EF 70-200mm"),
        property("Make", "Canon"),
        property("Model", "EOS <b>R5</b>"),
        property("PhotographicSensitivity", 400),
        property("GPSLatitude", "48.2082"),
        property("GPSLongitude", "16.3719"),
        property("Film", "Ektar 100"),
    ]);
    note["attachment"] = json!([{
        "type": "Image", "mediaType": "image/jpeg", "url": from.url("/a.jpg"), "name": "boats", "exifData": details,
    }]);
    scene.zed_tells(&scene.zed.creates(&note)).await;
    scene.server.settle().await;
    let camera = async || {
        let shown = scene.of_note(&note).await.expect("it is there");
        shown["media_attachments"][0]["camera"].clone()
    };
    let expected = json!({
        "make": "Canon", "model": "EOS <b>R5</b>", "lens": "Canon EF 70-200mm", "focal_length": 70.0,
        "focal_length_35mm": null, "exposure": "1/250", "aperture": 5.6, "iso": 400,
        "taken_at": "2025-03-30T06:30:00",
        "film": { "stock": "Ektar 100", "developer": null, "scanner": null },
    });
    assert_eq!(camera().await, expected);
    let shown = scene.of_note(&note).await.expect("it is there");
    assert!(!shown.to_string().contains("48.2082"), "{shown}");
    // Its server takes back the film, says where to look, and then nothing any more.
    let mut changed = note.clone();
    changed["attachment"][0]["exifData"] = json!([property("Make", "Canon")]);
    changed["attachment"][0]["focalPoint"] = json!([0.5, -0.5]);
    scene.server.wind(TimeDelta::seconds(10));
    changed["updated"] = json!(scene.server.app.clock.now().to_rfc3339());
    scene.zed_tells(&scene.zed.does("Update", changed.clone())).await;
    assert_eq!(
        (&camera().await["make"], &camera().await["film"]),
        (&json!("Canon"), &Value::Null)
    );
    let shown = scene.of_note(&note).await.expect("it is there");
    assert_eq!(
        shown["media_attachments"][0]["meta"]["focus"],
        json!({ "x": 0.5, "y": -0.5 })
    );
    scene.server.wind(TimeDelta::seconds(10));
    changed["updated"] = json!(scene.server.app.clock.now().to_rfc3339());
    if let Some(picture) = changed["attachment"][0].as_object_mut() {
        picture.remove("exifData");
    }
    scene.zed_tells(&scene.zed.does("Update", changed.clone())).await;
    assert_eq!(camera().await, Value::Null);
}
