//! A small world in which everything happens in a random order, the same for the same seed.

use chrono::TimeDelta;
use serde_json::Value;
use tintype::db;
use tintype::db::follows::NewFollow;
use tintype::domain::audience::Audience;
use tintype::domain::ids::{AccountId, PostId, RelationId};
use tintype::domain::post::NewPost;
use tintype::domain::work::Work;

use crate::support::random::Random;
use crate::support::server::Settings;
use crate::support::{Person, TestServer};

/// Feeds are cut to so many entries, so that pages cross their floors.
const FEED_LENGTH: u32 = 15;
/// Authors with so many followers here are pulled.
const THRESHOLD: &str = "3";

pub struct World {
    pub server: TestServer,
    pub people: Vec<Person>,
    /// Authors elsewhere.
    pub remote: Vec<AccountId>,
    posts: Vec<(usize, Value)>,
    random: Random,
    remote_posts: u32,
}

impl World {
    pub async fn new(seed: u64) -> Self {
        let server = TestServer::start_with(Settings {
            more: &[("TINTYPE_FEED_PUSH_THRESHOLD", THRESHOLD)],
            adjust: |config| config.feed_length = FEED_LENGTH,
            ..Settings::default()
        })
        .await;
        let mut people = Vec::new();
        for name in ["ana", "bo", "cy", "di", "eve", "finn"] {
            people.push(server.person(name).await);
        }
        let remote = vec![
            remote_account(&server, "far").await,
            remote_account(&server, "wide").await,
        ];
        let mut world = Self {
            server,
            people,
            remote,
            posts: Vec::new(),
            random: Random::new(seed),
            remote_posts: 0,
        };
        // One who is above the threshold from the start.
        for follower in 1..5 {
            world.people[follower].follows(&world.people[0]).await;
        }
        world.follow_remote(2, 0).await;
        world
    }

    /// So many random events, then all work that they caused.
    pub async fn lives_through(&mut self, events: usize) {
        for _ in 0..events {
            self.event().await;
        }
        self.server.fan_out().await;
    }

    /// One more thing happens; what it causes waits.
    pub async fn event(&mut self) {
        // Who is above the threshold is decided by what is true now, not ten seconds ago.
        self.server.forget();
        match self.random.below(100) {
            0..30 => self.post().await,
            30..35 => self.comment().await,
            35..44 => self.repost().await,
            44..49 => self.delete().await,
            49..64 => self.late_remote_post().await,
            64..74 => self.toward("follow").await,
            74..79 => self.toward("unfollow").await,
            79..82 => self.toward("mute").await,
            82..84 => self.toward("unmute").await,
            84..86 => self.toward("block").await,
            86..89 => self.toward("unblock").await,
            89..92 => {
                let (reader, author) = (self.random.below(6), self.random.below(2));
                self.follow_remote(reader, author).await;
            }
            92..96 => self.server.fan_out().await,
            96..98 => self.trim().await,
            _ => self.leave_or_return().await,
        }
    }

    fn somebody(&mut self) -> usize {
        self.random.below(self.people.len())
    }

    async fn post(&mut self) {
        let author = self.somebody();
        let audience = *self.random.one_of(&[
            Audience::Public,
            Audience::Public,
            Audience::Unlisted,
            Audience::Followers,
            Audience::Direct,
        ]);
        let post = self.people[author].post("something").to(audience).await;
        self.posts.push((author, post));
    }

    async fn comment(&mut self) {
        let Some((_, post)) = self.some_post() else { return };
        let author = self.somebody();
        // It may be out of their sight.
        self.people[author].post("nice").answering(&post).send().await;
    }

    async fn repost(&mut self) {
        let Some((_, post)) = self.some_post() else { return };
        let who = self.somebody();
        let answer = self.people[who].does("reblog", &post).await;
        if answer.status.is_success() && self.random.chance(20) {
            self.people[who].does("unreblog", &post).await.ok();
        }
    }

    async fn delete(&mut self) {
        if self.posts.is_empty() {
            return;
        }
        let place = self.random.below(self.posts.len());
        let (author, post) = self.posts.swap_remove(place);
        self.people[author].deletes(&post).await;
    }

    fn some_post(&mut self) -> Option<(usize, Value)> {
        if self.posts.is_empty() {
            return None;
        }
        let place = self.random.below(self.posts.len());
        Some(self.posts[place].clone())
    }

    async fn toward(&mut self, verb: &str) {
        let (one, other) = (self.somebody(), self.somebody());
        let path = format!("/api/v1/accounts/{}/{verb}", self.people[other].id);
        // Following oneself, or somebody who blocks one, is refused.
        self.people[one].act(&path).await;
    }

    async fn trim(&mut self) {
        let mut db = self.server.db().acquire().await.unwrap();
        self.server.app.feeds.trim(&mut db).await.unwrap();
    }

    async fn leave_or_return(&mut self) {
        let who = self.somebody();
        let owner = self.people[who].account();
        let mut db = self.server.db().acquire().await.unwrap();
        if self.random.chance(50) {
            self.server.app.feeds.retire(&mut db, owner).await.unwrap();
        } else {
            self.server.app.feeds.rebuild(&mut db, owner).await.unwrap();
        }
    }

    /// A post of another server that arrives up to a day after it was published.
    async fn late_remote_post(&mut self) {
        let author = *self.random.one_of(&self.remote.clone());
        let app = &self.server.app;
        let minutes = self.random.below(24 * 60) as i64;
        let published = app.clock.now() - TimeDelta::minutes(minutes);
        self.remote_posts += 1;
        let mut db = app.db.begin().await.unwrap();
        let account = db::accounts::by_id(&mut db, author).await.unwrap().unwrap();
        let new = NewPost {
            uri: Some(format!("https://far.example/posts/{}", self.remote_posts)),
            html: "<p>from afar</p>".into(),
            pushed: account.local_followers < THRESHOLD.parse::<i32>().unwrap(),
            ..NewPost::empty(PostId(app.ids.at(published)), author, Audience::Public, published)
        };
        db::posts::insert(&mut db, std::slice::from_ref(&new))
            .await
            .unwrap();
        if !new.pushed {
            db::posts::mark_pulled(&mut db, author).await.unwrap();
        }
        let work = Work::FanOut { posts: vec![new.id] };
        db::outbox::add(&mut db, &work).await.unwrap();
        db.commit().await.unwrap();
    }

    /// Follows somebody elsewhere, or no longer; as if their server had answered.
    async fn follow_remote(&mut self, reader: usize, author: usize) {
        let app = &self.server.app;
        let (follower, followee) = (self.people[reader].account(), self.remote[author]);
        let mut db = app.db.begin().await.unwrap();
        if db::follows::delete(&mut db, follower, followee)
            .await
            .unwrap()
            .is_some()
        {
            app.feeds.forget(&mut db, follower, followee).await.unwrap();
        } else {
            let new = NewFollow {
                id: RelationId(app.ids.next()),
                follower,
                followee,
                accepted: true,
                uri: None,
                now: app.clock.now(),
            };
            db::follows::insert(&mut db, &new).await.unwrap();
            db::follows::count_accepted(&mut db, follower, followee)
                .await
                .unwrap();
            let work = Work::Backfill {
                owner: follower,
                followee,
            };
            db::outbox::add(&mut db, &work).await.unwrap();
        }
        db.commit().await.unwrap();
    }
}

async fn remote_account(server: &TestServer, name: &str) -> AccountId {
    let id = server.app.ids.next();
    sqlx::query(
        "with host as (
             insert into hosts (authority, first_seen) values ('far.example', now())
             on conflict (authority) do update set authority = excluded.authority returning id),
         account as (
             insert into accounts (id, host_id, username, uri, url, created_at, fetched_at)
             select $1, host.id, $2, 'https://far.example/users/' || $2, 'https://far.example/@' || $2, now(), now()
             from host returning id)
         insert into account_counts (account_id) select id from account",
    )
    .bind(id)
    .bind(name)
    .execute(server.db())
    .await
    .unwrap();
    AccountId(id)
}
