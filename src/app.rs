//! The bag of handles that everything runs with, built once. Holds no rules.

use std::ops::Deref;
use std::sync::Arc;

use crate::bus::Bus;
use crate::config::Config;
use crate::domain::clock::Clock;
use crate::domain::ids::Ids;
use crate::domain::urls::Urls;
use crate::passwords::Passwords;
use crate::sealed::Seal;
use crate::web::caches::Caches;
use sqlx::PgPool;

#[derive(Clone)]
pub struct App(Arc<Parts>);

pub struct Parts {
    pub config: Config,
    pub clock: Clock,
    pub ids: Ids,
    pub urls: Urls,
    pub db: PgPool,
    pub seal: Seal,
    pub passwords: Passwords,
    pub bus: Bus,
    pub caches: Caches,
}

impl App {
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
