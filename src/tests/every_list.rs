//! Every list that goes by `Link`, with random things in it: each is met once, down by `next` and up from the old end by `prev`,
//! on pages of any size. Looks at no entity.

use serde_json::{Value, json};
use tintype::domain::audience::Audience;
use tintype::web::openapi;

use crate::lists::a_list;
use crate::support::http::id;
use crate::support::random::Random;
use crate::support::{Person, TestServer, named};

/// Lists that are walked here, as the document of the API has them.
const HERE: &[&str] = &[
    "/api/v1/timelines/home",
    "/api/v1/timelines/public",
    "/api/v1/timelines/tag/{name}",
    "/api/v1/timelines/list/{id}",
    "/api/v1/timelines/direct",
    "/api/v1/accounts/{id}/statuses",
    "/api/v1/accounts/{id}/followers",
    "/api/v1/accounts/{id}/following",
    "/api/v1/accounts/{id}/endorsements",
    "/api/v1/endorsements",
    "/api/v1/lists/{id}/accounts",
    "/api/v1/statuses/{id}/favourited_by",
    "/api/v1/statuses/{id}/reblogged_by",
    "/api/v1/favourites",
    "/api/v1/bookmarks",
    "/api/v1/scheduled_statuses",
    "/api/v1/followed_tags",
    "/api/v1/conversations",
    "/api/v1/notifications",
    "/api/v2/notifications",
    "/api/v2/notifications/{id}/accounts",
    "/api/v1/notifications/requests",
    "/api/v1/follow_requests",
    "/api/v1/blocks",
    "/api/v1/mutes",
    "/api/v1/domain_blocks",
    "/api/v1.1/archive/list",
];

/// Lists that are walked beside what else is to be known of them, and the tests that do it.
const ELSEWHERE: &[(&str, &str)] = &[
    (
        "/api/v1/statuses/{id}/quotes",
        "quotes_of_a_post_have_exact_links",
    ),
    (
        "/api/v1.1/places/posts/{id}/{slug}",
        "the_public_posts_of_a_place_are_a_list_with_exact_links",
    ),
    (
        "/api/tintype/v1/admin/known_pictures",
        "the_list_goes_page_by_page",
    ),
    ("/api/v1/admin/accounts", "the_list_of_people_has_exact_links"),
    ("/api/v2/admin/accounts", "the_list_of_people_has_exact_links"),
    (
        "/api/v1/admin/reports",
        "reports_are_found_by_whom_they_are_about_and_whom_they_are_from_page_by_page",
    ),
    (
        "/api/v1/admin/domain_blocks",
        "the_list_of_decisions_has_exact_links",
    ),
    ("/api/v1/admin/domain_allows", "the_list_is_paged"),
    ("/api/v1/admin/email_domain_blocks", "the_lists_are_paged"),
    ("/api/v1/admin/canonical_email_blocks", "the_lists_are_paged"),
    ("/api/v1/admin/ip_blocks", "the_list_is_paged"),
    ("/api/v1/admin/tags", "all_tags_are_listed_in_pages"),
];

#[test]
fn every_list_that_goes_by_link_is_walked_by_a_test() {
    let tests = named::tests();
    for (list, test) in ELSEWHERE {
        assert!(tests.contains(*test), "{list}: there is no test {test}");
    }
    let mut walked: Vec<&str> = ELSEWHERE.iter().map(|(list, _)| *list).collect();
    walked.extend(HERE);
    walked.sort_unstable();
    let lists = openapi::operations().filter(|operation| operation.is_paged());
    let mut lists: Vec<&str> = lists.map(|operation| operation.path).collect();
    lists.sort_unstable();
    assert_eq!(walked, lists);
}

/// Whatever is a list of items, each by what it is known by.
fn keys(answer: &Value) -> Vec<String> {
    let items = answer["notification_groups"].as_array().or(answer.as_array());
    let known_by = |item: &Value| {
        let name = ["id", "group_key"].iter().find_map(|name| item[*name].as_str());
        let name = name.or(item.as_str());
        name.unwrap_or_else(|| panic!("{item} is known by nothing"))
            .to_owned()
    };
    let items = items.unwrap_or_else(|| panic!("{answer} is no list"));
    items.iter().map(known_by).collect()
}

/// Down by `next` from `start`, or up by `prev`; what is met, in the order of the list.
async fn walks(reader: &Person, start: &str, down: bool) -> Vec<String> {
    let mut met: Vec<String> = Vec::new();
    let mut ahead = Some(start.to_owned());
    let mut pages = 0;
    while let Some(page) = ahead {
        let answer = reader.get(&page).await;
        let links = answer.links();
        let mut items = keys(&answer.ok());
        assert!(
            !items.is_empty() || links.next.is_none() && links.prev.is_none(),
            "{page} leads on from nothing"
        );
        match down {
            true => met.extend(items),
            false => {
                items.extend(met);
                met = items;
            }
        }
        ahead = if down { links.next } else { links.prev };
        pages += 1;
        assert!(pages < 200, "{start} has no end");
    }
    met
}

async fn is_met_once(reader: &Person, path: &str, random: &mut Random) {
    let with = |more: String| match path.contains('?') {
        true => format!("{path}&{more}"),
        false => format!("{path}?{more}"),
    };
    let whole = keys(&reader.get(&with("limit=40".to_owned())).await.ok());
    assert!((5..40).contains(&whole.len()), "{path} has {}", whole.len());
    let mut distinct = whole.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), whole.len(), "{path} has something twice");
    for limit in [1, 2 + random.below(3), whole.len()] {
        let down = walks(reader, &with(format!("limit={limit}")), true).await;
        assert_eq!(down, whole, "{path} downwards by {limit}");
        let up = walks(reader, &with(format!("limit={limit}&min_id=0")), false).await;
        assert_eq!(up, whole, "{path} upwards by {limit}");
    }
}

struct World {
    server: TestServer,
    random: Random,
    /// Reads most of the lists.
    ana: Person,
    /// Blocks and mutes.
    cy: Person,
    /// Sets aside what strangers tell.
    dora: Person,
    crowd: Vec<Person>,
    /// Of Ana, liked and reposted by all of the crowd.
    post: Value,
    list: Value,
}

impl World {
    async fn new(seed: u64) -> Self {
        let server = TestServer::start().await;
        let mut random = Random::new(seed);
        let (ana, cy) = (server.person("ana").await, server.person("cy").await);
        let dora = server.person("dora").await;
        let mut crowd = Vec::new();
        for number in 0..5 + random.below(2) {
            crowd.push(server.person(&format!("p{number}")).await);
        }
        let post = ana.post("Mine #light").await;
        let mut world = Self {
            server,
            random,
            ana,
            cy,
            dora,
            crowd,
            post,
            list: Value::Null,
        };
        world.befriend().await;
        world.write().await;
        world.server.settle().await;
        world.hide().await;
        world.server.settle().await;
        world
    }

    /// The crowd, in another order each time.
    fn shuffled(&mut self) -> Vec<Person> {
        let mut all = self.crowd.clone();
        for place in (1..all.len()).rev() {
            all.swap(place, self.random.below(place + 1));
        }
        all
    }

    async fn befriend(&mut self) {
        for person in self.shuffled() {
            person.follows(&self.ana).await;
        }
        for person in self.shuffled() {
            self.ana.follows(&person).await;
        }
        for person in self.shuffled() {
            self.ana.toward("endorse", &person).await;
        }
        let people = self.shuffled();
        let people: Vec<&Person> = people.iter().collect();
        self.list = a_list(&self.ana, &json!({ "title": "All" }), &people).await;
    }

    async fn write(&mut self) {
        let mut posts = Vec::new();
        for number in 0..10 {
            let author = if number < 6 {
                &self.crowd[0]
            } else {
                self.random.one_of(&self.crowd)
            };
            posts.push(author.post(&format!("#light {number}")).await);
        }
        for _ in 0..12 {
            let post = self.random.one_of(&posts).clone();
            self.ana.likes(&post).await;
            let post = self.random.one_of(&posts).clone();
            self.ana.bookmarks(&post).await;
        }
        // Whatever was drawn, there are enough.
        for post in &posts[..6] {
            self.ana.likes(post).await;
            self.ana.bookmarks(post).await;
        }
        let mut own = Vec::new();
        for number in 0..6 {
            own.push(self.ana.post(&format!("Own {number}")).await);
            let archived = self.ana.post(&format!("Old {number}")).await;
            let path = format!("/api/v1.1/archive/add/{}", id(&archived));
            self.ana.act(&path).await.ok();
            let tag = format!("/api/v1/tags/tag{number}/follow");
            self.ana.act(&tag).await.ok();
            let at = self.server.app.clock.now() + chrono::TimeDelta::days(1 + number);
            let draft = self.ana.post("Later");
            draft.with("scheduled_at", at.to_rfc3339()).await;
        }
        for person in self.shuffled() {
            person.likes(&self.post).await;
            person.reposts(&self.post).await;
            person.likes(self.random.one_of(&own)).await;
            person.post("@ana @dora a word").to(Audience::Direct).await;
        }
        for post in &own {
            self.crowd[0].likes(post).await;
        }
    }

    async fn hide(&mut self) {
        let wish = [("for_not_following", "filter")];
        let policy = "/api/v2/notifications/policy";
        self.dora.form(reqwest::Method::PATCH, policy, &wish).await.ok();
        for person in self.shuffled() {
            person.post("Hello @dora").await;
        }
        for number in 0..6 {
            let domain = format!("h{}{number}.example", self.random.below(9));
            self.cy
                .post_form("/api/v1/domain_blocks", &[("domain", &domain)])
                .await
                .ok();
        }
        let locked = [("locked", "true")];
        let path = "/api/v1/accounts/update_credentials";
        self.dora.form(reqwest::Method::PATCH, path, &locked).await.ok();
        for person in self.shuffled() {
            person.follows(&self.dora).await;
            self.cy.mutes(&person).await;
        }
        for person in self.shuffled() {
            self.cy.blocks(&person).await;
        }
    }

    /// A list with what is in braces filled in.
    async fn path(&self, list: &str) -> String {
        let filled = match list {
            "/api/v1/timelines/list/{id}" | "/api/v1/lists/{id}/accounts" => id(&self.list),
            "/api/v1/accounts/{id}/statuses" => self.crowd[0].id.clone(),
            "/api/v2/notifications/{id}/accounts" => self.group().await,
            _ if list.starts_with("/api/v1/statuses/") => id(&self.post),
            _ => self.ana.id.clone(),
        };
        list.replace("{name}", "light").replace("{id}", &filled)
    }

    /// Of notifications of Ana's that many people are in.
    async fn group(&self) -> String {
        let groups = self.ana.get("/api/v2/notifications?limit=40").await.ok();
        let groups = groups["notification_groups"].as_array().expect("a list");
        let large = groups
            .iter()
            .find(|group| group["notifications_count"].as_i64() == Some(self.crowd.len() as i64));
        let key = large.expect("all of the crowd liked one post")["group_key"].as_str();
        key.expect("a name").to_owned()
    }

    fn reader(&self, list: &str) -> &Person {
        match list {
            "/api/v1/blocks" | "/api/v1/mutes" | "/api/v1/domain_blocks" => &self.cy,
            "/api/v1/notifications/requests" | "/api/v1/follow_requests" => &self.dora,
            _ => &self.ana,
        }
    }
}

#[tokio::test]
async fn each_list_is_met_once_down_and_up_again_whatever_is_in_it() {
    for seed in [1, 2] {
        let world = World::new(seed).await;
        let mut random = world.random.clone();
        for list in HERE {
            let path = world.path(list).await;
            is_met_once(world.reader(list), &path, &mut random).await;
        }
        world.server.settle().await;
    }
}
