//! A place in Pixelfed's shape. Its address is where its posts are listed.

use serde::Serialize;

use crate::domain::ids::PlaceId;
use crate::domain::place::Place;
use crate::domain::urls::Urls;

#[derive(Debug, Serialize)]
pub struct Entity {
    pub id: PlaceId,
    pub slug: String,
    pub name: String,
    pub country: String,
    pub url: String,
}

pub fn entity(urls: &Urls, place: &Place) -> Entity {
    let slug = place.slug();
    let path = format!("/api/v1.1/places/posts/{}/{slug}", place.id);
    Entity {
        id: place.id,
        name: place.name.clone(),
        country: place.country.clone(),
        url: urls.at(&encoded(&path)),
        slug,
    }
}

/// As it may stand in an address.
fn encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte.is_ascii() {
            true => encoded.push(char::from(byte)),
            false => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
