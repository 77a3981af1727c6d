//! Another process of the same server: its database, its settings and its clock, and nothing else in common. Serves nobody, and
//! does what the test says.

use tintype::app::App;

use super::server::{self, TestServer};

impl TestServer {
    pub async fn another_process(&self) -> App {
        server::app(self.app.config.clone(), self.app.clock.clone()).await
    }
}
