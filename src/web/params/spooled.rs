//! Parameters of a body whose file is too large for memory: that goes into a file on its way in. Keeps none of its own.

use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

use axum::body::{Body, BodyDataStream};
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use bytes::Bytes;
use futures::{Stream, StreamExt as _};
use tintype_federation::fetch::essence;
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;

use super::{MOST_FIELDS, Params, refused_part, tree};
use crate::media::staging;
use crate::web::error::ApiError;

/// Of a parameter that is no file.
const LONGEST_TEXT: usize = 1 << 20;
/// Of all that is no file: texts, and the heads of parts, which nothing else bounds. All of it is in memory.
pub const MOST_BESIDE: usize = 4 << 20;
const AT_ONCE: usize = 256 << 10;

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
        let beside = Beside::default();
        let request = request.map(|body| {
            Body::from_stream(Counted {
                body: body.into_data_stream(),
                rest: Bytes::new(),
                given: 0,
                beside: beside.clone(),
            })
        });
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
                Some(_) if field == name && spooled.is_none() => {
                    spooled = Some(write(part, to, &beside).await?);
                }
                Some(_) => {}
                None => tree::insert(&mut params.tree, &field, text(part).await?),
            }
        }
        Ok((params, spooled))
    }
}

/// How much came since a piece of the file did.
#[derive(Clone, Debug, Default)]
struct Beside(Arc<AtomicUsize>);

#[derive(Debug, thiserror::Error)]
#[error("more than {MOST_BESIDE} bytes beside the file")]
struct TooMuchBeside;

impl Beside {
    fn is_file_again(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

/// A body that breaks off where too much of it is no file, and gives little at once: its reader keeps all that is ready
/// before it looks at any of it.
struct Counted {
    body: BodyDataStream,
    /// What came and is still to be given.
    rest: Bytes,
    /// How much was given since the reader was last made to look.
    given: usize,
    beside: Beside,
}

impl Stream for Counted {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.given >= AT_ONCE {
            self.given = 0;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if self.rest.is_empty() {
            match ready!(self.body.poll_next_unpin(context)) {
                Some(Ok(piece)) => self.rest = piece,
                ended => return Poll::Ready(ended),
            }
        }
        let length = self.rest.len().min(AT_ONCE);
        let piece = self.rest.split_to(length);
        self.given += length;
        let before = self.beside.0.fetch_add(length, Ordering::Relaxed);
        Poll::Ready(Some(match before + length > MOST_BESIDE {
            true => Err(axum::Error::new(TooMuchBeside)),
            false => Ok(piece),
        }))
    }
}

async fn write(mut part: Field<'_>, to: &Path, beside: &Beside) -> Result<Spooled, ApiError> {
    let content_type = part.content_type().map(essence);
    let mut file = File::create(to).await.map_err(ours)?;
    while let Some(chunk) = part.chunk().await.map_err(refused_part)? {
        beside.is_file_again();
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
    if staging::is_full(&error) {
        return ApiError::DiskFull;
    }
    ApiError::Internal(error.into())
}
