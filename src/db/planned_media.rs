//! Pictures that wait with a post which is planned. Never attaches one to a post that is there.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::domain::camera::Camera;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, MediaId, ScheduledId};
use crate::domain::post::Photo;
use crate::domain::video::Video;

/// Keeps ready pictures of their owner for a post, in the order given. Gives how many it could.
pub async fn keep(
    db: &mut PgConnection,
    owner: AccountId,
    id: ScheduledId,
    media: &[MediaId],
) -> sqlx::Result<u64> {
    let kept = sqlx::query!(
        "update media m set scheduled_id = $2, position = n.position::smallint
         from unnest($3::bigint[]) with ordinality as n (id, position)
         where m.id = n.id and m.owner_id = $1 and m.state = 1 and m.purpose = 0
           and m.post_id is null and m.attached_at is null and m.scheduled_id is null",
        owner.0,
        id.0,
        media as &[MediaId],
    )
    .execute(db)
    .await?;
    Ok(kept.rows_affected())
}

/// Makes the pictures of a post into uploads again, as if they had just been sent.
pub async fn let_go(db: &mut PgConnection, owner: AccountId, id: ScheduledId, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update media set scheduled_id = null, created_at = $3 where scheduled_id = $2 and owner_id = $1",
        owner.0,
        id.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The pictures of these posts, each with what it waits for, in order.
pub async fn of(db: &mut PgConnection, ids: &[ScheduledId]) -> sqlx::Result<Vec<(ScheduledId, Photo)>> {
    let rows = sqlx::query!(
        r#"select scheduled_id as "of!: ScheduledId", id as "id: MediaId", state, kind, key, remote_url, content_type,
               description, focus_x, focus_y, width, height, blurhash, renditions, shared_key, shared_bytes,
               case when shows_camera then camera end as "camera: Json<Camera>", video as "video: Json<Video>"
           from media where scheduled_id = any ($1) order by scheduled_id, position"#,
        ids as &[ScheduledId],
    )
    .fetch_all(db)
    .await?;
    let photos = rows.into_iter().map(|row| {
        let photo = Photo {
            id: row.id,
            state: row.state,
            kind: row.kind,
            key: row.key,
            remote_url: row.remote_url,
            content_type: row.content_type,
            description: row.description,
            focus_x: row.focus_x,
            focus_y: row.focus_y,
            width: row.width,
            height: row.height,
            blurhash: row.blurhash,
            renditions: row.renditions,
            shared_key: row.shared_key,
            shared_bytes: row.shared_bytes,
            camera: row.camera.map(|camera| camera.0),
            video: row.video.map(|video| video.0),
        };
        (row.of, photo)
    });
    Ok(photos.collect())
}
