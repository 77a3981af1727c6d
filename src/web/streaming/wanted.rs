//! The streams by the names that clients know, and which scope each needs.

use crate::app::App;
use crate::db;
use crate::domain::text;
use crate::streams::{Origin, Topic};
use crate::web::error::{ApiError, ApiResult};
use crate::web::viewer::Viewer;

/// A stream as a client asks for it.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Such as `public:local:media`.
    pub stream: String,
    pub tag: Option<String>,
    pub list: Option<String>,
    pub only_media: bool,
}

impl Wanted {
    /// The stream, if there is one of this name that `viewer` may listen to; whose a list is asks `is_there`.
    pub fn topic(&self, viewer: &Viewer) -> ApiResult<Topic> {
        let name = self.stream.strip_suffix(":media");
        let only_media = self.only_media || name.is_some();
        let topic = match name.unwrap_or(&self.stream) {
            // Only the public ones are there with pictures alone.
            "user" | "user:notification" | "hashtag" | "hashtag:local" | "list" | "direct"
                if name.is_some() =>
            {
                return Err(unknown());
            }
            "user" => Topic::User(viewer.id),
            "user:notification" => Topic::Notifications(viewer.id),
            "direct" => Topic::Direct(viewer.id),
            "public" => public(Origin::Anywhere, only_media),
            "public:local" => public(Origin::Here, only_media),
            "public:remote" => public(Origin::Elsewhere, only_media),
            "hashtag" => self.tagged(Origin::Anywhere)?,
            "hashtag:local" => self.tagged(Origin::Here)?,
            "list" => self.list()?,
            _ => return Err(unknown()),
        };
        viewer.may(match &topic {
            Topic::Notifications(_) => "read:notifications",
            _ => "read:statuses",
        })?;
        Ok(topic)
    }

    fn tagged(&self, from: Origin) -> ApiResult<Topic> {
        let tag = self.tag.as_deref().unwrap_or_default().trim_start_matches('#');
        let name =
            text::tag_name(tag).ok_or_else(|| ApiError::BadRequest("Missing tag name parameter".into()))?;
        Ok(Topic::Tag { name, from })
    }

    fn list(&self) -> ApiResult<Topic> {
        match self.list.as_deref() {
            None | Some("") => Err(ApiError::BadRequest("Missing list name parameter".into())),
            Some(list) => Ok(Topic::List(list.parse().map_err(|_| ApiError::NotFound)?)),
        }
    }
}

/// Whether what is to be listened to is there for this viewer: a list only for whose it is.
pub async fn is_there(app: &App, viewer: &Viewer, topic: &Topic) -> ApiResult<()> {
    let Topic::List(list) = topic else { return Ok(()) };
    let mut db = app.db.acquire().await?;
    let own = db::lists::one(&mut db, viewer.id, *list).await?;
    own.map(drop).ok_or(ApiError::NotFound)
}

fn public(from: Origin, only_media: bool) -> Topic {
    Topic::Public { from, only_media }
}

fn unknown() -> ApiError {
    ApiError::BadRequest("Unknown stream type".into())
}
