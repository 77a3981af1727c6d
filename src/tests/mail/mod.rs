//! Mail, and what stands behind its links: on a real mail server, or in the folder for development.

mod confirming;
mod forgotten;
mod queue;
mod trespass;

use crate::support::TestServer;

/// A server that writes mails into its folder.
async fn server(more: &[(&str, &str)]) -> TestServer {
    let mut all = vec![
        ("TINTYPE_MAIL", "folder"),
        ("TINTYPE_INSTANCE_NAME", "Harbour Light"),
    ];
    all.extend(more);
    let server = TestServer::with(&all).await;
    server.person("olga").await;
    server
}
