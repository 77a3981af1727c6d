//! The document around the operations: what they share, said once. Lists none of them.

use serde_json::{Map, Value, json};

use super::entities::ENTITIES;
use super::kind::{self, Field};
use super::operation::Operation;
use super::server_entities;
use super::{admin_entities, albums};
use crate::domain::scopes;

/// An entity by name: the fields of another, if it is like one, and its own.
#[derive(Clone, Copy, Debug)]
pub struct Entity {
    pub name: &'static str,
    pub like: Option<&'static str>,
    pub fields: &'static [Field],
}

/// How requests are refused, each in the shape of Error.
const REFUSALS: &[(u16, &str)] = &[
    (400, "The request cannot be read"),
    (401, "There is no token, or none that is valid"),
    (403, "The token, or this person, may not do this"),
    (404, "It does not exist, or may not be seen"),
    (409, "It is in the way of something that is there"),
    (408, "Nothing came for a while"),
    (410, "It is gone"),
    (412, "`Tus-Resumable` names no version that is spoken here"),
    (413, "The body is too large"),
    (415, "The body is of no kind that is taken here"),
    (
        422,
        "Something in it is not valid; `error` says what, in a sentence",
    ),
    (423, "Somebody else works on it"),
    (
        429,
        "Too many requests: `Retry-After` says how many seconds to wait",
    ),
    (500, "A fault of the server"),
    (460, "The checksum does not fit"),
    (503, "The server is busy for a moment"),
    (507, "The server's disk is full"),
];

pub fn of<'a>(operations: impl Iterator<Item = &'a Operation>) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations {
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.method] = operation.entry();
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Tintype",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Mastodon's client API, and what Tintype adds to it",
            "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "responses": refusals(),
            "securitySchemes": { "oauth": oauth() },
        },
    })
}

fn schemas() -> Map<String, Value> {
    entities()
        .map(|entity| (entity.name.to_owned(), kind::object(fields(entity).into_iter())))
        .collect()
}

fn entities() -> impl Iterator<Item = &'static Entity> {
    ENTITIES
        .iter()
        .chain(admin_entities::ENTITIES)
        .chain(albums::ENTITIES)
        .chain(server_entities::ENTITIES)
}

fn fields(entity: &'static Entity) -> Vec<&'static Field> {
    let base = entity
        .like
        .and_then(|name| entities().find(|other| other.name == name));
    let mut all = base.map(fields).unwrap_or_default();
    all.extend(entity.fields);
    all
}

fn refusals() -> Map<String, Value> {
    let refusal = |description: &str| {
        json!({
            "description": description,
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Error" } } },
        })
    };
    REFUSALS
        .iter()
        .map(|(status, description)| (status.to_string(), refusal(description)))
        .collect()
}

fn oauth() -> Value {
    let scopes: Map<String, Value> = scopes::all()
        .into_iter()
        .map(|scope| (scope, json!("")))
        .collect();
    json!({
        "type": "oauth2",
        "flows": {
            "authorizationCode": {
                "authorizationUrl": "/oauth/authorize", "tokenUrl": "/oauth/token", "scopes": scopes,
            },
            "clientCredentials": { "tokenUrl": "/oauth/token", "scopes": scopes },
        },
    })
}
