//! One story in two worlds: in one Bo lives with Ana, in the other at a peer. What the database holds afterwards, in words
//! without ids, must be the same.

use serde_json::{Value, json};

use super::scene::find;
use crate::support::actor::Actor;
use crate::support::http::id;
use crate::support::peer::Peer;
use crate::support::server::Settings;
use crate::support::{Person, TestServer};

/// The one who acts.
pub enum Bo {
    Here(Person),
    There(Actor),
}

pub struct World {
    pub server: TestServer,
    /// Lives here in both worlds.
    pub ana: Person,
    pub bo: Bo,
    pub bo_id: String,
    pub peer: Option<Peer>,
}

/// Tells the story in both worlds, and compares what is left.
pub async fn both(story: impl AsyncFn(&World)) {
    let (here, there) = (World::here().await, World::there().await);
    story(&here).await;
    here.server.settle().await;
    story(&there).await;
    there.server.settle().await;
    let (here, there) = (here.rows().await, there.rows().await);
    assert!(here.len() > 2, "nothing happened: {here:?}");
    assert_eq!(here, there, "left: by a person here, right: by a peer");
}

impl World {
    pub async fn here() -> Self {
        let server = TestServer::start().await;
        let (ana, bo) = (server.person("ana").await, server.person("bo").await);
        Self {
            server,
            ana,
            bo_id: bo.id.clone(),
            bo: Bo::Here(bo),
            peer: None,
        }
    }

    pub async fn there() -> Self {
        let server = TestServer::start_with(Settings {
            name: "one.test",
            ..Settings::default()
        })
        .await;
        let ana = server.person("ana").await;
        let peer = Peer::start("peer.test").await;
        let bo = peer.actor("bo");
        let bo_id = find(&ana, &bo.handle()).await;
        Self {
            server,
            ana,
            bo: Bo::There(bo),
            bo_id,
            peer: Some(peer),
        }
    }

    pub fn uri(&self) -> String {
        format!("http://{}/users/ana", self.server.authority())
    }

    pub fn uri_of(&self, post: &Value) -> String {
        format!("{}/posts/{}", self.uri(), id(post))
    }

    /// Bo's server says something: once, played back, and once more under another id. Only the first changes anything.
    pub async fn tell(&self, activity: &Value) {
        let Bo::There(bo) = &self.bo else {
            panic!("Bo lives here");
        };
        bo.tells(&self.server, activity).await;
        self.server.settle().await;
        let after = self.rows().await;
        bo.tells(&self.server, activity).await;
        self.server.settle().await;
        assert_eq!(after, self.rows().await, "played back: {activity}");
        let mut again = activity.clone();
        again["id"] = json!(bo.address("activities"));
        bo.tells(&self.server, &again).await;
        self.server.settle().await;
        assert_eq!(after, self.rows().await, "said again: {activity}");
    }

    /// The Follow, where it is one.
    pub async fn bo_follows(&self) -> Value {
        let mut follow = Value::Null;
        match &self.bo {
            Bo::Here(bo) => drop(bo.follows(&self.ana).await),
            Bo::There(bo) => {
                follow = bo.does("Follow", self.uri());
                self.tell(&follow).await;
            }
        }
        self.server.settle().await;
        follow
    }

    /// Ana follows Bo, who lets her.
    pub async fn ana_follows(&self) {
        self.ana
            .act(&format!("/api/v1/accounts/{}/follow", self.bo_id))
            .await
            .ok();
        self.server.settle().await;
        if let (Bo::There(bo), Some(peer)) = (&self.bo, &self.peer) {
            let follow = peer.letters_of("Follow").pop().expect("it was sent");
            self.tell(&bo.does("Accept", follow)).await;
        }
    }

    /// The note, where Bo lives elsewhere.
    pub async fn bo_posts(&self, text: &str) -> Value {
        let mut note = Value::Null;
        match &self.bo {
            Bo::Here(bo) => drop(bo.post(text).await),
            Bo::There(bo) => {
                note = bo.note(&format!("<p>{text}</p>"));
                self.tell(&bo.creates(&note)).await;
            }
        }
        self.server.settle().await;
        note
    }

    /// The id of Bo's newest post.
    pub async fn last_of_bo(&self) -> String {
        let newest = sqlx::query_scalar::<_, i64>(
            "select p.id from posts p join accounts a on a.id = p.author_id
             where a.username = 'bo' order by p.id desc limit 1",
        );
        newest
            .fetch_one(self.server.db())
            .await
            .expect("Bo has posted")
            .to_string()
    }

    /// All that the database says about the two, a line each.
    pub async fn rows(&self) -> Vec<String> {
        sqlx::query_scalar(ROWS)
            .fetch_all(self.server.db())
            .await
            .expect("the rows can be read")
    }
}

const ROWS: &str = "
    with who as (select id, username as name from accounts where username in ('ana', 'bo')),
    plain as (
        select p.id, concat_ws(' ', a.name, case when p.repost_of is null then p.html else 'repost' end) as name
        from posts p join who a on a.id = p.author_id),
    named as (
        select p.id, concat_ws(' of ', n.name, inside.name) as name
        from posts p join plain n on n.id = p.id left join plain inside on inside.id = p.repost_of)
    select concat_ws(' ', a.name, 'follows', b.name, f.accepted, f.shows_reposts, f.notifies)
    from follows f join who a on a.id = f.follower_id join who b on b.id = f.followee_id
    union all
    select concat_ws(' ', a.name, 'blocks', b.name)
    from blocks x join who a on a.id = x.account_id join who b on b.id = x.target_id
    union all
    select concat_ws(' ', 'hidden from', a.name, b.name, h.reasons)
    from hidden h join who a on a.id = h.viewer_id join who b on b.id = h.account_id
    union all
    select concat_ws(' ', a.name, 'likes', p.name)
    from likes l join who a on a.id = l.account_id join named p on p.id = l.post_id
    union all
    select concat_ws(' ', a.name, 'votes', v.choices, 'in', p.name)
    from poll_votes v join who a on a.id = v.account_id join named p on p.id = v.post_id
    union all
    select concat_ws(' ', 'poll of', p.name, q.tallies, q.voters, q.ended) from polls q join named p on p.id = q.post_id
    union all
    select concat_ws(' ', a.name, 'shows at the top', p.name)
    from pins x join who a on a.id = x.account_id join named p on p.id = x.post_id
    union all
    select concat_ws(' ', a.name, 'is told of', n.kind, b.name, p.name, case when n.filtered then 'aside' end,
        n.group_key is not null)
    from notifications n join who a on a.id = n.account_id and a.name = 'ana' join who b on b.id = n.from_id
    left join named p on p.id = n.post_id
    union all
    select concat_ws(' ', 'of', b.name, a.name, 'is asked')
    from notification_requests r join who a on a.id = r.account_id join who b on b.id = r.from_id
    union all
    select concat_ws(' ', 'post', n.name, p.audience, p.comment, p.summary, p.sensitive, p.comments_enabled, p.version,
        p.pushed, p.in_feeds, p.photos, 'edited', p.edited_at is not null, 'answers', parent.name, author.name,
        'thread', thread.name)
    from posts p join named n on n.id = p.id left join named parent on parent.id = p.in_reply_to
    left join who author on author.id = p.reply_to_author left join named thread on thread.id = p.thread_id
    union all
    select concat_ws(' ', q.name, 'quotes', quoted.name, x.state, x.stamp_uri is not null)
    from quotes x join named q on q.id = x.post_id left join named quoted on quoted.id = x.quoted_id
    union all
    select concat_ws(' ', 'numbers of', n.name, c.likes + coalesce(sum(d.likes), 0), c.reposts + coalesce(sum(d.reposts), 0),
        c.replies + coalesce(sum(d.replies), 0), c.quotes + coalesce(sum(d.quotes), 0))
    from post_counts c join named n on n.id = c.post_id left join count_deltas d on d.post_id = c.post_id
    group by n.name, c.likes, c.reposts, c.replies, c.quotes
    union all
    select concat_ws(' ', 'numbers of', a.name, c.followers, c.following, c.posts)
    from account_counts c join who a on a.id = c.account_id
    union all
    select concat_ws(' ', 'in the feed of', a.name, n.name)
    from home_feed f join who a on a.id = f.owner_id and a.name = 'ana' join named n on n.id = f.post_id
    union all
    select concat_ws(' ', 'named in', n.name, a.name)
    from mentions m join who a on a.id = m.account_id join named n on n.id = m.post_id
    union all
    select concat_ws(' ', 'flags of', a.name, n.name, v.flags)
    from viewer_state v join who a on a.id = v.account_id and a.name = 'ana' join named n on n.id = v.post_id
    where v.flags <> 0
    union all
    select concat_ws(' ', 'said before', n.name, e.version, e.html, e.summary, e.sensitive)
    from post_edits e join named n on n.id = e.post_id
    union all
    select concat_ws(' ', 'profile of bo', display_name, note_html, locked, bot, fields, deleted_at is not null)
    from accounts where username = 'bo' and note_html <> ''
    union all
    select concat_ws(' ', b.name, 'reports', a.name, cardinality(r.post_ids), r.category, r.reason, r.forwarded)
    from reports r join who a on a.id = r.account_id join who b on b.id = r.reporter_id
    union all
    select concat_ws(' ', 'deleted', count(*)) from tombstones
    order by 1";
