//! Parameters of a body whose file is too large for memory: that goes into a file on its way in. Keeps none of its own.

use std::path::Path;

use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use tintype_federation::fetch::essence;
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;

use super::{MOST_FIELDS, Params, refused_part, tree};
use crate::web::error::ApiError;

/// Of a parameter that is no file.
const LONGEST_TEXT: usize = 1 << 20;

/// A file that was sent, and is where it was to be.
#[derive(Debug)]
pub struct Spooled {
    /// What the sender says that it is, without parameters, in lower case.
    pub content_type: Option<String>,
}

impl Params {
    /// The parameters of a multipart body, and the file of that name, which is written there. Other files are left out.
    pub async fn spooling(
        request: Request,
        name: &str,
        to: &Path,
    ) -> Result<(Self, Option<Spooled>), ApiError> {
        let mut params = Self::from_query(request.uri().query())?;
        let mut spooled = None;
        let parts = Multipart::from_request(request, &()).await;
        let mut parts = parts.map_err(|_| ApiError::BadRequest("The multipart body is malformed".into()))?;
        let mut count = 0;
        while let Some(part) = parts.next_field().await.map_err(refused_part)? {
            count += 1;
            if count > MOST_FIELDS {
                return Err(ApiError::BadRequest(format!(
                    "More than {MOST_FIELDS} parameters"
                )));
            }
            let Some(field) = part.name().map(str::to_owned) else {
                continue;
            };
            match part.file_name() {
                Some(_) if field == name && spooled.is_none() => spooled = Some(write(part, to).await?),
                Some(_) => {}
                None => tree::insert(&mut params.tree, &field, text(part).await?),
            }
        }
        Ok((params, spooled))
    }
}

async fn write(mut part: Field<'_>, to: &Path) -> Result<Spooled, ApiError> {
    let content_type = part.content_type().map(essence);
    let mut file = File::create(to).await.map_err(ours)?;
    while let Some(chunk) = part.chunk().await.map_err(refused_part)? {
        file.write_all(&chunk).await.map_err(ours)?;
    }
    file.flush().await.map_err(ours)?;
    Ok(Spooled { content_type })
}

async fn text(mut part: Field<'_>) -> Result<String, ApiError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(refused_part)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LONGEST_TEXT {
            return Err(ApiError::TooLarge(format!(
                "A parameter is longer than this server takes; the most is {LONGEST_TEXT} bytes."
            )));
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn ours(error: std::io::Error) -> ApiError {
    ApiError::Internal(error.into())
}
