//! Two processes on one database: what happens in one is heard in the other.

use super::hearing::Socket;
use crate::support::{Binary, Person};

#[tokio::test]
async fn what_one_process_does_is_heard_in_the_other() {
    let one = Binary::start("127.0.0.1", &[]).await;
    let key_file = one.data_dir().join("secret.key").display().to_string();
    let public_url = format!("http://{}", one.authority);
    let two = Binary::start(
        "127.0.0.1",
        &[
            ("TINTYPE_DATABASE_URL", one.database_url()),
            ("TINTYPE_PUBLIC_URL", &public_url),
            ("TINTYPE_KEY_FILE", &key_file),
        ],
    )
    .await;
    let ana = one.person("ana").await;
    // The same person, at the other process.
    let there = Person {
        client: two.client.with_token(ana.client.token.as_deref().unwrap()),
        ..ana.clone()
    };
    let mut sockets = [
        Socket::open(&ana, "user").await,
        Socket::open(&there, "user").await,
    ];
    for (writer, text) in [(&ana, "by the one"), (&there, "by the other")] {
        let post = writer.post(text).await;
        for socket in &mut sockets {
            socket.hears().await.is(&["user"], "update", &post);
        }
    }
    // A connection to the database that breaks loses nothing: what was said meanwhile is looked up.
    let db = one.db().await;
    sqlx::query(
        "select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and query ilike 'listen%'",
    )
    .execute(&db)
    .await
    .unwrap();
    db.close().await;
    for writer in [&there, &ana] {
        let post = writer.post("after the break").await;
        for socket in &mut sockets {
            socket.hears().await.is(&["user"], "update", &post);
        }
    }
}
