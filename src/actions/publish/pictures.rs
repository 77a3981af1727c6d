//! Pictures of posts of other servers, as rows that wait to be fetched. Fetches none.

use sqlx::PgConnection;
use sqlx::types::Json;

use super::Arrived;
use crate::app::App;
use crate::db;
use crate::domain::ids::{AccountId, MediaId, PostId};
use crate::domain::post::{NewPost, Post, RemotePhoto, RemotePost};
use crate::domain::random;
use crate::media::MediaKey;

/// Rows for the pictures of a remote post, which wait to be fetched.
pub(super) fn new_pictures<'a>(
    app: &App,
    new: &NewPost,
    item: &'a Arrived<'_>,
) -> Vec<db::remote_media::NewRemote<'a>> {
    let pictures = item.post.photos.iter().zip(0i16..);
    pictures
        .map(|(photo, position)| new_picture(app, new.author_id, new.id, photo, position))
        .collect()
}

fn new_picture<'a>(
    app: &App,
    owner_id: AccountId,
    post_id: PostId,
    photo: &'a RemotePhoto,
    position: i16,
) -> db::remote_media::NewRemote<'a> {
    db::remote_media::NewRemote {
        id: MediaId(app.ids.next()),
        owner_id,
        post_id,
        position,
        key: app.store.key_of_copy(MediaKey::new(random::bytes())).to_string(),
        remote_url: &photo.url,
        content_type: &photo.content_type,
        description: &photo.description,
        blurhash: photo.blurhash.as_deref(),
        width: photo.width,
        height: photo.height,
        focus_x: photo.focus_x,
        focus_y: photo.focus_y,
        camera: photo.camera.as_ref().map(Json),
    }
}

/// After an edit: pictures that stayed keep their files and get their new words; others go, new ones wait to be fetched.
pub async fn replace_pictures(
    app: &App,
    db: &mut PgConnection,
    before: &Post,
    after: &RemotePost,
) -> sqlx::Result<()> {
    let mut kept = Vec::new();
    let mut new = Vec::new();
    for (photo, position) in after.photos.iter().zip(0i16..) {
        match before
            .photos
            .iter()
            .find(|known| known.remote_url.as_ref() == Some(&photo.url))
        {
            Some(known) => {
                db::remote_media::describe(db, known.id, photo).await?;
                db::remote_media::place(db, known.id, position).await?;
                kept.push(known.id);
            }
            None => new.push(new_picture(app, before.author_id, before.id, photo, position)),
        }
    }
    db::media::detach_others(db, before.id, &kept).await?;
    db::remote_media::insert_remote(db, &new, app.clock.now()).await
}
