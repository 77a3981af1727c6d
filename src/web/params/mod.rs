//! Parameters of a request, from query, form, multipart and JSON alike, as one tree. Gives no meaning to any of them.

mod spooled;
mod tree;

pub use spooled::{MOST_BESIDE, Spooled};
pub use tree::Node;

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, header};
use bytes::Bytes;
use serde_json::{Map, Value};

use tintype_federation::fetch::essence;

use crate::web::error::ApiError;

/// Most parameters that a request may have.
const MOST_FIELDS: usize = 1_000;

/// A file of a multipart body.
#[derive(Clone, Debug)]
pub struct Upload {
    pub bytes: Bytes,
    /// What the sender says that it is, without parameters, in lower case.
    pub content_type: Option<String>,
}

/// All parameters of a request. Later ones win over earlier ones: query, then body.
#[derive(Debug, Default)]
pub struct Params {
    tree: Map<String, Value>,
    files: Vec<(String, Upload)>,
}

impl Params {
    pub fn node(&self, name: &str) -> Node<'_> {
        Node(self.tree.get(name))
    }

    /// A text; an absent or null one is `None`, an empty one is `Some("")`.
    pub fn text(&self, name: &str) -> Option<String> {
        self.node(name).text()
    }

    /// A text that must be there and not blank.
    pub fn required(&self, name: &str) -> Result<String, ApiError> {
        self.text(name)
            .filter(|text| !text.trim().is_empty())
            .ok_or_else(|| ApiError::invalid(format!("{name} can't be blank")))
    }

    pub fn flag(&self, name: &str) -> Option<bool> {
        self.node(name).flag()
    }

    pub fn number(&self, name: &str) -> Option<i64> {
        self.node(name).number()
    }

    /// A list of texts; one value counts as a list of one.
    pub fn texts(&self, name: &str) -> Vec<String> {
        self.node(name)
            .items()
            .into_iter()
            .filter_map(|item| item.text())
            .collect()
    }

    /// An id that is there but is none is 404 to the caller, as for one that does not exist.
    pub fn id<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, ApiError> {
        match self.text(name).filter(|text| !text.is_empty()) {
            Some(text) => text.parse().map(Some).map_err(|_| ApiError::NotFound),
            None => Ok(None),
        }
    }

    /// Ids in the order given; what is no id is left out.
    pub fn ids<T: std::str::FromStr>(&self, name: &str) -> Vec<T> {
        self.texts(name)
            .iter()
            .filter_map(|text| text.parse().ok())
            .collect()
    }

    pub fn file(&self, name: &str) -> Option<&Upload> {
        self.files
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, upload)| upload)
    }

    pub fn contains(&self, name: &str) -> bool {
        self.tree.contains_key(name) || self.files.iter().any(|(field, _)| field == name)
    }

    /// A parameter that came by another way, such as a path.
    pub fn set(&mut self, name: &str, value: &str) {
        tree::insert(&mut self.tree, name, value.to_owned());
    }

    /// The same from a query string alone.
    pub fn from_query(query: Option<&str>) -> Result<Self, ApiError> {
        let mut params = Self::default();
        params.add_pairs(query.unwrap_or_default().as_bytes())?;
        Ok(params)
    }

    fn add_pairs(&mut self, pairs: &[u8]) -> Result<(), ApiError> {
        for (count, (name, value)) in url::form_urlencoded::parse(pairs).enumerate() {
            if count >= MOST_FIELDS {
                return Err(ApiError::BadRequest(format!(
                    "More than {MOST_FIELDS} parameters"
                )));
            }
            tree::insert(&mut self.tree, &name, value.into_owned());
        }
        Ok(())
    }

    fn add_json(&mut self, body: &[u8]) -> Result<(), ApiError> {
        if body.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(fields)) => {
                self.tree.extend(fields);
                Ok(())
            }
            Ok(Value::Null) => Ok(()),
            Ok(_) | Err(_) => Err(ApiError::BadRequest("The body is not a JSON object".into())),
        }
    }

    async fn add_multipart(&mut self, mut parts: Multipart) -> Result<(), ApiError> {
        let mut count = 0;
        while let Some(part) = parts.next_field().await.map_err(refused_part)? {
            count += 1;
            if count > MOST_FIELDS {
                return Err(ApiError::BadRequest(format!(
                    "More than {MOST_FIELDS} parameters"
                )));
            }
            let Some(name) = part.name().map(str::to_owned) else {
                continue;
            };
            let is_file = part.file_name().is_some();
            let content_type = part.content_type().map(essence);
            let bytes = part.bytes().await.map_err(refused_part)?;
            if is_file {
                self.files.push((name, Upload { bytes, content_type }));
            } else {
                tree::insert(
                    &mut self.tree,
                    &name,
                    String::from_utf8_lossy(&bytes).into_owned(),
                );
            }
        }
        Ok(())
    }
}

fn refused_part(error: axum::extract::multipart::MultipartError) -> ApiError {
    if error.status() == http::StatusCode::PAYLOAD_TOO_LARGE {
        ApiError::TooLarge("The upload is larger than this server takes".into())
    } else {
        ApiError::BadRequest("The multipart body is malformed".into())
    }
}

impl<S: Send + Sync> FromRequest<S> for Params {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let mut params = Self::from_query(request.uri().query())?;
        match body_kind(request.headers()) {
            BodyKind::Multipart => match Multipart::from_request(request, state).await {
                Ok(parts) => params.add_multipart(parts).await?,
                // An empty body with a type but no boundary is what some clients send for no parameters.
                Err(_) => return Ok(params),
            },
            kind => {
                let body = Bytes::from_request(request, state).await.map_err(|refused| {
                    if refused.status() == http::StatusCode::PAYLOAD_TOO_LARGE {
                        ApiError::TooLarge("The body is larger than this server takes".into())
                    } else {
                        ApiError::BadRequest("The body could not be read".into())
                    }
                })?;
                match kind {
                    BodyKind::Json => params.add_json(&body)?,
                    BodyKind::Form => params.add_pairs(&body)?,
                    // Not passed over: it would be as if nothing had been said.
                    BodyKind::Other if !body.trim_ascii().is_empty() => return Err(other_kind()),
                    BodyKind::Multipart | BodyKind::Unsaid | BodyKind::Other => {}
                }
            }
        }
        Ok(params)
    }
}

fn other_kind() -> ApiError {
    ApiError::UnsupportedType(
        "Parameters are sent as application/json, application/x-www-form-urlencoded or multipart/form-data"
            .into(),
    )
}

enum BodyKind {
    Json,
    Form,
    Multipart,
    /// Of no type, as programs send what has no meaning.
    Unsaid,
    Other,
}

fn body_kind(headers: &HeaderMap) -> BodyKind {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    match essence(kind).as_str() {
        "application/json" => BodyKind::Json,
        kind if kind.ends_with("+json") => BodyKind::Json,
        "application/x-www-form-urlencoded" => BodyKind::Form,
        "multipart/form-data" => BodyKind::Multipart,
        "" => BodyKind::Unsaid,
        _ => BodyKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &str) -> Params {
        Params::from_query(Some(pairs)).unwrap()
    }

    #[test]
    fn lists_are_read_in_every_spelling() {
        for spelling in ["id[]=1&id[]=2", "id[0]=1&id[1]=2", "id%5B%5D=1&id%5B%5D=2"] {
            assert_eq!(form(spelling).texts("id"), ["1", "2"], "{spelling}");
        }
        assert_eq!(form("id=1").texts("id"), ["1"]);
    }

    #[test]
    fn nested_names_make_a_tree() {
        let params =
            form("media_attributes[][id]=1&media_attributes[][description]=a&media_attributes[][id]=2");
        let items = params.node("media_attributes").items();
        assert_eq!(items.len(), 2);
        assert_eq!(items[0].get("description").text().as_deref(), Some("a"));
        let params = form("fields_attributes[1][name]=b&fields_attributes[0][name]=a");
        let names: Vec<_> = params
            .node("fields_attributes")
            .items()
            .iter()
            .filter_map(|f| f.get("name").text())
            .collect();
        assert_eq!(names, ["a", "b"]);
    }

    #[test]
    fn hostile_names_do_no_harm() {
        for name in [
            "a[999999999]=1",
            "a[[[[=1",
            "a[b[c]=1",
            "[]=1",
            "a[][][][][][][][]=1",
            "=1",
            "a=1&a[b]=2&a[]=3",
        ] {
            form(name);
        }
        assert!(Params::from_query(Some(&"a=1&".repeat(1_100))).is_err());
    }

    #[test]
    fn flags_are_read_in_every_spelling() {
        let params = form("a=true&b=1&c=on&d=false&e=0&f=");
        assert_eq!(
            [params.flag("a"), params.flag("b"), params.flag("c")],
            [Some(true); 3]
        );
        assert_eq!([params.flag("d"), params.flag("e")], [Some(false); 2]);
        assert_eq!(params.flag("f"), None);
    }
}
