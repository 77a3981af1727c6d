//! Somebody here who follows everybody, and what they see of what was sent. Never looks where a person cannot, but for the
//! id of a post.

use serde_json::Value;
use url::Url;

use super::documents::{self, Kind};
use super::stage::Stage;
use crate::support::http::Answer;
use crate::support::server::Settings;
use crate::support::{Person, TestServer};

pub struct Viewer {
    pub server: TestServer,
    ana: Person,
}

impl Viewer {
    pub async fn new() -> Self {
        let server = TestServer::start_with(Settings {
            name: "one.test",
            ..Settings::default()
        })
        .await;
        let ana = server.person("ana").await;
        // Servers of people who never lived are told in vain.
        server.may_leave_work();
        Self { server, ana }
    }

    /// Finds the author and follows them; whoever cannot be found is not followed.
    pub async fn follows(&self, stage: &Stage) {
        let Some(author) = &stage.author else { return };
        let Some(found) = self.finds(&author.uri).await else {
            return;
        };
        let path = format!("/api/v1/accounts/{}/follow", found["id"].as_str().expect("an id"));
        self.ana.act(&path).await.ok();
        stage
            .accepts(&self.server, &self.server.app.urls.actor("ana"))
            .await;
    }

    async fn finds(&self, uri: &str) -> Option<Value> {
        let query: String = url::form_urlencoded::byte_serialize(uri.as_bytes()).collect();
        let path = format!("/api/v2/search?q={query}&type=accounts&resolve=true");
        let found = self.ana.get(&path).await.ok();
        found["accounts"].get(0).cloned()
    }

    /// Answers to the letter that carries it, if one does.
    pub async fn is_sent(&self, stage: &Stage) -> Option<Answer> {
        let (letter, author) = (stage.letter()?, stage.author.as_ref()?);
        Some(author.sends(&self.server, &letter).await)
    }

    /// In the words of the table.
    pub async fn outcome(&self, stage: &Stage, answer: Option<Answer>) -> String {
        if let Some(answer) = answer
            && !answer.status.is_success()
        {
            let status = answer.status.as_u16();
            assert!(
                (400..500).contains(&status),
                "{}: {status} {}",
                stage.name,
                answer.text()
            );
            assert!(!answer.body.is_empty(), "{}: {status} for no reason", stage.name);
            return format!("refused {status}: {}", answer.text());
        }
        match stage.kind {
            Kind::Actor => self.person(stage).await,
            Kind::Post | Kind::Activity => self.post(stage).await,
            Kind::Other => "nothing".to_owned(),
        }
    }

    async fn person(&self, stage: &Stage) -> String {
        let uri = stage.author.as_ref().map_or("", |author| author.uri.as_str());
        match self.finds(uri).await {
            Some(found) if found["uri"] == uri => "person".to_owned(),
            _ => "nothing".to_owned(),
        }
    }

    async fn post(&self, stage: &Stage) -> String {
        let Some(post) = documents::post(&stage.value) else {
            return self.repost(stage).await;
        };
        if documents::is_titled(post) {
            return "titled".to_owned();
        }
        let Some(shown) = self.shown(post).await else {
            return "nothing".to_owned();
        };
        let (said, text) = (
            letters(post["content"].as_str().unwrap_or_default()),
            letters(shown["content"].as_str().expect("a text")),
        );
        // What cannot be shown follows as links.
        if !text.starts_with(&said) {
            return format!("changed into {text:?} from {said:?}");
        }
        let media = shown["media_attachments"].as_array().map_or(0, Vec::len);
        let audience = shown["visibility"].as_str().expect("an audience");
        format!("shown {audience} {} {media}", text.chars().count())
    }

    /// Whether something that the author announced is among what they posted.
    async fn repost(&self, stage: &Stage) -> String {
        let author = stage.author.as_ref().map(|author| author.uri.as_str());
        if stage.value["type"] == "Announce"
            && let Some(found) = self.finds(author.unwrap_or_default()).await
        {
            let path = format!(
                "/api/v1/accounts/{}/statuses",
                found["id"].as_str().expect("an id")
            );
            let posted = self.ana.get(&path).await.list();
            if posted.iter().any(|post| post["reblog"].is_object()) {
                return "reposted".to_owned();
            }
        }
        "nothing".to_owned()
    }

    /// What Ana has of a post, if anything.
    async fn shown(&self, post: &Value) -> Option<Value> {
        let uri = Url::parse(&documents::id_of(post)?).ok()?.to_string();
        let asked = sqlx::query_scalar::<_, i64>("select id from posts where uri = $1").bind(uri);
        let id = asked
            .fetch_optional(self.server.db())
            .await
            .expect("the question is a good one")?;
        let answer = self.ana.get(&format!("/api/v1/statuses/{id}")).await;
        (answer.status == 200).then(|| answer.value())
    }
}

/// What is read of HTML, without what separates words.
fn letters(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    for (name, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ] {
        text = text.replace(name, letter);
    }
    text.retain(|letter| !letter.is_whitespace());
    text
}
