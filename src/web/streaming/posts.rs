//! Posts that are new, changed or gone: to the streams of the timelines that show them, as those say themselves.

use std::collections::{HashMap, HashSet};

use chrono::TimeDelta;
use sqlx::PgConnection;

use super::frame::Writer;
use super::rendered::Rendered;
use crate::app::App;
use crate::db;
use crate::domain::filter::Context;
use crate::domain::ids::{AccountId, Ids, ListId, PostId};
use crate::domain::live::Places;
use crate::streams::{Origin, Topic};
use crate::web::error::ApiResult;

/// What was published longer ago than this is no news: it was fetched to be somewhere, such as in a thread.
const NEWS: TimeDelta = TimeDelta::days(1);

/// A post, to where it goes, and who is there.
struct Shown {
    post: PostId,
    topics: Vec<Topic>,
    viewers: HashSet<AccountId>,
}

/// `event`: `update` for new ones, `status.update` for changed ones.
pub async fn tell(app: &App, db: &mut PgConnection, event: &'static str, posts: &[PostId]) -> ApiResult<()> {
    let floor = PostId(Ids::floor_of(app.clock.now() - NEWS));
    let news = posts.iter().copied();
    let news: Vec<PostId> = news.filter(|post| event != "update" || *post >= floor).collect();
    let shown = shown(app, db, &news).await?;
    if shown.is_empty() {
        return Ok(());
    }
    let wanted = shown.iter().map(|one| (one.post, &one.viewers));
    let rendered = Rendered::make(app, db, &wanted.collect::<Vec<_>>()).await?;
    for one in &shown {
        for topic in &one.topics {
            let mut writer = Writer::new(topic, event);
            let context = context(topic);
            app.streams.send(topic, |guest| {
                // Who came since has not been asked about.
                let known = one.viewers.contains(&guest.viewer);
                let payload = known.then(|| rendered.of(one.post, guest.viewer, context));
                let payload = payload.flatten()?;
                Some(writer.write(guest.wire, Some(payload)))
            });
        }
        // Room for those who read what they were just given.
        tokio::task::yield_now().await;
    }
    Ok(())
}

/// As what the viewers' filters take a stream.
fn context(topic: &Topic) -> Context {
    match topic {
        Topic::User(_) | Topic::List(_) => Context::Home,
        Topic::Public { .. } | Topic::Tag { .. } => Context::Public,
        Topic::Notifications(_) => Context::Notifications,
        Topic::Direct(_) => Context::Thread,
    }
}

async fn shown(app: &App, db: &mut PgConnection, posts: &[PostId]) -> ApiResult<Vec<Shown>> {
    let places: HashMap<PostId, Places> = db::live::places(db, posts).await?.into_iter().collect();
    let mut homes: HashMap<PostId, Vec<AccountId>> = HashMap::new();
    let at_home = app.streams.home_viewers();
    if !at_home.is_empty() && !posts.is_empty() {
        for (post, owner) in app.feeds.holding(db, posts, &at_home).await? {
            homes.entry(post).or_default().push(owner);
        }
    }
    let lists = lists_with(app, db, posts).await?;
    let mut shown = Vec::new();
    for post in posts {
        let Some(places) = places.get(post) else { continue };
        let mut topics = topics(places);
        let owners = homes.get(post).into_iter().flatten();
        topics.extend(owners.map(|owner| Topic::User(*owner)));
        topics.extend(lists.get(post).into_iter().flatten().copied().map(Topic::List));
        let viewers = app.streams.viewers(&topics);
        if !viewers.is_empty() {
            shown.push(Shown {
                post: *post,
                topics,
                viewers,
            });
        }
    }
    Ok(shown)
}

/// The lists that have which of these posts, of those that somebody listens to.
async fn lists_with(
    app: &App,
    db: &mut PgConnection,
    posts: &[PostId],
) -> ApiResult<HashMap<PostId, Vec<ListId>>> {
    let mut with: HashMap<PostId, Vec<ListId>> = HashMap::new();
    let lists = app.streams.lists();
    if !lists.is_empty() && !posts.is_empty() {
        for (post, list) in db::list_timelines::holding(db, posts, &lists).await? {
            with.entry(post).or_default().push(list);
        }
    }
    Ok(with)
}

/// The streams that are nobody's own.
fn topics(places: &Places) -> Vec<Topic> {
    let mut topics = Vec::new();
    let side = match places.local {
        true => Origin::Here,
        false => Origin::Elsewhere,
    };
    for from in [Origin::Anywhere, side].into_iter().filter(|_| places.public) {
        topics.push(Topic::Public {
            from,
            only_media: false,
        });
        if places.media {
            topics.push(Topic::Public {
                from,
                only_media: true,
            });
        }
    }
    for name in &places.tags {
        topics.extend([Origin::Anywhere, side].map(|from| Topic::Tag {
            name: name.clone(),
            from,
        }));
    }
    topics
}

/// To all who may have it: who reads it where it was shown, and who follows its author. That there was one for named people
/// is told to those alone.
pub async fn tell_of_end(app: &App, db: &mut PgConnection, post: PostId, places: &Places) -> ApiResult<()> {
    let at_home = app.streams.home_viewers();
    let mut homes: HashSet<AccountId> = HashSet::new();
    homes.insert(places.author);
    match &places.addressed {
        Some(addressed) => homes.extend(addressed),
        None if at_home.is_empty() => {}
        None => {
            let held = app.feeds.holding(db, &[post], &at_home).await?;
            homes.extend(held.into_iter().map(|(_, owner)| owner));
            homes.extend(db::live::followers_among(db, places.author, &at_home).await?);
        }
    }
    let mut topics = topics(places);
    topics.extend(homes.into_iter().map(Topic::User));
    let lists = app.streams.lists();
    if !lists.is_empty() && places.addressed.is_none() {
        let lists = db::list_timelines::of_author(db, places.author, &lists).await?;
        topics.extend(lists.into_iter().map(Topic::List));
    }
    let id = post.to_string();
    for topic in &topics {
        let mut writer = Writer::new(topic, "delete");
        app.streams
            .send(topic, |guest| Some(writer.write(guest.wire, Some(&id))));
    }
    Ok(())
}
