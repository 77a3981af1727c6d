//! Pictures that another server has: their rows, as its posts describe them. Fetches none.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::domain::camera::Camera;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, MediaId, PostId};
use crate::domain::post::RemotePhoto;

/// A picture that another server has.
#[derive(Debug)]
pub struct NewRemote<'a> {
    pub id: MediaId,
    pub owner_id: AccountId,
    pub post_id: PostId,
    pub position: i16,
    pub key: String,
    pub remote_url: &'a str,
    pub content_type: &'a str,
    pub description: &'a str,
    pub blurhash: Option<&'a str>,
    pub width: i32,
    pub height: i32,
    pub focus_x: f32,
    pub focus_y: f32,
    pub camera: Option<Json<&'a Camera>>,
}

pub async fn insert_remote(db: &mut PgConnection, new: &[NewRemote<'_>], now: Time) -> sqlx::Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    macro_rules! column {
        ($get:expr) => {
            &new.iter().map($get).collect::<Vec<_>>()[..]
        };
    }
    sqlx::query!(
        "insert into media (id, owner_id, post_id, position, key, remote_url, content_type, description, blurhash, width,
             height, focus_x, focus_y, camera, shows_camera, created_at, attached_at, next_try_at)
         select id, owner_id, post_id, position, key, remote_url, content_type, description, blurhash, width, height,
             focus_x, focus_y, camera, camera is not null, $15, $15, $15
         from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::smallint[], $5::text[], $6::text[], $7::text[],
             $8::text[], $9::text[], $10::integer[], $11::integer[], $12::real[], $13::real[], $14::jsonb[])
             as n (id, owner_id, post_id, position, key, remote_url, content_type, description, blurhash, width, height,
                   focus_x, focus_y, camera)",
        column!(|n| n.id.0),
        column!(|n| n.owner_id.0),
        column!(|n| n.post_id.0),
        column!(|n| n.position),
        column!(|n| n.key.clone()),
        column!(|n| n.remote_url.to_owned()),
        column!(|n| n.content_type.to_owned()),
        column!(|n| n.description.to_owned()),
        column!(|n| n.blurhash.map(str::to_owned)) as &[Option<String>],
        column!(|n| n.width),
        column!(|n| n.height),
        column!(|n| n.focus_x),
        column!(|n| n.focus_y),
        column!(|n| n.camera) as _,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What its server says of a picture now, whose file is the same.
pub async fn describe(db: &mut PgConnection, id: MediaId, said: &RemotePhoto) -> sqlx::Result<()> {
    sqlx::query!(
        "update media set description = $2, focus_x = $3, focus_y = $4, camera = $5, shows_camera = $5::jsonb is not null
         where id = $1",
        id.0,
        said.description,
        said.focus_x,
        said.focus_y,
        said.camera.as_ref().map(Json) as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Moves a picture to another place in its post.
pub async fn place(db: &mut PgConnection, id: MediaId, position: i16) -> sqlx::Result<()> {
    sqlx::query!("update media set position = $2 where id = $1", id.0, position)
        .execute(db)
        .await?;
    Ok(())
}
