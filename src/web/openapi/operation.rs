//! One operation: what it takes, who may ask, what it gives and how it refuses; and the same in OpenAPI's words. Checks no
//! request.

use serde_json::{Map, Value, json};

use super::kind::{self, Field, Kind};

/// Who may ask, and what a token must allow for it; an empty scope is any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// No token is looked at.
    Open,
    /// Anybody; a person's token must allow the scope, where there is one.
    Anyone(&'static str),
    /// Somebody signed in.
    Person(&'static str),
    /// An app, as itself or for somebody.
    App,
}

#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// In lower case, as OpenAPI has it.
    pub method: &'static str,
    pub path: &'static str,
    pub summary: &'static str,
    pub access: Access,
    takes: &'static [Field],
    is_paged: bool,
    /// Statuses of success, all with the same answer.
    statuses: &'static [u16],
    gives: Kind,
    content_type: &'static str,
    refuses: &'static [u16],
}

const PAGING: &[Field] = &[
    ("max_id", Kind::OrAbsent(&Kind::Text)),
    ("since_id", Kind::OrAbsent(&Kind::Text)),
    ("min_id", Kind::OrAbsent(&Kind::Text)),
    ("limit", Kind::OrAbsent(&Kind::Whole)),
];

const fn operation(method: &'static str, path: &'static str, summary: &'static str) -> Operation {
    Operation {
        method,
        path,
        summary,
        access: Access::Open,
        takes: &[],
        is_paged: false,
        statuses: &[200],
        gives: kind::NOTHING,
        content_type: "application/json",
        refuses: &[],
    }
}

pub const fn get(path: &'static str, summary: &'static str) -> Operation {
    operation("get", path, summary)
}

pub const fn post(path: &'static str, summary: &'static str) -> Operation {
    operation("post", path, summary)
}

pub const fn put(path: &'static str, summary: &'static str) -> Operation {
    operation("put", path, summary)
}

pub const fn patch(path: &'static str, summary: &'static str) -> Operation {
    operation("patch", path, summary)
}

pub const fn delete(path: &'static str, summary: &'static str) -> Operation {
    operation("delete", path, summary)
}

impl Operation {
    pub const fn by(mut self, access: Access) -> Self {
        self.access = access;
        self
    }

    /// For somebody signed in whose token allows this.
    pub const fn needs(self, scope: &'static str) -> Self {
        self.by(Access::Person(scope))
    }

    /// For anybody; a person's token must allow this.
    pub const fn open(self, scope: &'static str) -> Self {
        self.by(Access::Anyone(scope))
    }

    /// Parameters: of a GET or DELETE in the query, else in the body.
    pub const fn takes(mut self, takes: &'static [Field]) -> Self {
        self.takes = takes;
        self
    }

    pub const fn gives(mut self, gives: Kind) -> Self {
        self.gives = gives;
        self
    }

    /// A list with a `Link` header that leads to its next and previous page.
    pub const fn pages(mut self, of: &'static Kind) -> Self {
        self.is_paged = true;
        self.gives = Kind::List(of);
        self
    }

    pub const fn with(mut self, statuses: &'static [u16]) -> Self {
        self.statuses = statuses;
        self
    }

    /// Something that is not JSON.
    pub const fn typed(mut self, content_type: &'static str) -> Self {
        self.content_type = content_type;
        self.gives = Kind::Text;
        self
    }

    /// JSON of a kind of its own.
    pub const fn as_kind(mut self, content_type: &'static str) -> Self {
        self.content_type = content_type;
        self
    }

    /// Nothing but headers.
    pub const fn empty(mut self) -> Self {
        self.content_type = "";
        self
    }

    /// Statuses of refusal beside those that follow from the rest.
    pub const fn refuses(mut self, refuses: &'static [u16]) -> Self {
        self.refuses = refuses;
        self
    }

    /// Whether it is a list that goes by `Link`.
    pub fn is_paged(&self) -> bool {
        self.is_paged
    }

    /// The first folder below the version, by which the document sorts: `statuses`.
    pub fn tag(&self) -> &'static str {
        let mut parts = self.path.trim_start_matches('/').split('/');
        match parts.next() {
            Some("api") => match parts.next() {
                Some("tintype") => "tintype",
                Some(_) => parts.next().unwrap_or("server"),
                None => "server",
            },
            Some("oauth") => "oauth",
            _ => "server",
        }
    }

    pub fn has_body(&self) -> bool {
        !matches!(self.method, "get" | "delete") && !self.takes.is_empty()
    }

    /// As it stands in the document.
    pub fn entry(&self) -> Value {
        let mut entry = json!({
            "operationId": self.id(),
            "summary": self.summary,
            "tags": [self.tag()],
            "parameters": self.in_address(),
            "responses": self.responses(),
            "security": self.security(),
        });
        if self.has_body() {
            entry["requestBody"] = self.body();
        }
        entry
    }

    fn id(&self) -> String {
        let words = self
            .path
            .split(['/', '.', '-', '{', '}'])
            .filter(|word| !word.is_empty());
        let mut id = self.method.to_owned();
        for word in words {
            id.push('_');
            id.push_str(word);
        }
        id
    }

    /// What it takes beside its path, wherever that stands.
    pub fn parameters(&self) -> impl Iterator<Item = &'static Field> {
        let paging: &[Field] = if self.is_paged { PAGING } else { &[] };
        self.takes.iter().chain(paging)
    }

    fn in_address(&self) -> Vec<Value> {
        let in_path = self
            .path
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next());
        let mut parameters: Vec<Value> = in_path
            .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
            .collect();
        let in_query = self.parameters().filter(|_| !self.has_body());
        parameters.extend(in_query.map(|(name, kind)| {
            let list = match kind {
                Kind::OrAbsent(Kind::List(_)) | Kind::List(_) => "[]",
                _ => "",
            };
            json!({
                "name": format!("{name}{list}"),
                "in": "query",
                "required": !kind.may_be_absent(),
                "schema": kind.schema(),
            })
        }));
        parameters
    }

    /// The same fields in every encoding; in forms, names go on in brackets: `poll[options][]`.
    fn body(&self) -> Value {
        let needs_file = self.takes.iter().any(|(_, kind)| matches!(kind, Kind::File));
        let types: &[&str] = match needs_file {
            true => &["multipart/form-data"],
            false => &[
                "application/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
            ],
        };
        let schema = kind::object(self.takes.iter());
        let content: Map<String, Value> = types
            .iter()
            .map(|kind| ((*kind).to_owned(), json!({ "schema": schema })))
            .collect();
        let is_needed = self.takes.iter().any(|(_, kind)| !kind.may_be_absent());
        json!({ "required": is_needed, "content": content })
    }

    fn responses(&self) -> Value {
        let mut responses = Map::new();
        for status in self.statuses {
            let mut response = json!({ "description": "Done" });
            if !self.content_type.is_empty() {
                response["content"] = json!({ (self.content_type): { "schema": self.gives.schema() } });
            }
            if self.is_paged {
                response["headers"] = json!({ "Link": { "schema": { "type": "string" } } });
            }
            responses.insert(status.to_string(), response);
        }
        for status in self.refusals() {
            let refusal = json!({ "$ref": format!("#/components/responses/{status}") });
            responses.entry(status.to_string()).or_insert(refusal);
        }
        Value::Object(responses)
    }

    fn refusals(&self) -> Vec<u16> {
        let mut refusals = vec![400, 429, 500, 503];
        if self.access != Access::Open {
            refusals.extend([401, 403]);
        }
        if self.path.contains('{') {
            refusals.push(404);
        }
        if !self.takes.is_empty() {
            refusals.extend([404, 422]);
        }
        if !matches!(self.method, "get" | "delete") {
            refusals.extend([409, 413, 415, 422]);
        }
        refusals.extend(self.refuses);
        refusals.sort_unstable();
        refusals.dedup();
        refusals
    }

    fn security(&self) -> Value {
        let of = |scope: &str| match scope {
            "" => json!({ "oauth": [] }),
            scope => json!({ "oauth": [scope] }),
        };
        match self.access {
            Access::Open => json!([]),
            Access::Anyone(scope) => json!([{}, of(scope)]),
            Access::Person(scope) => json!([of(scope)]),
            Access::App => json!([of("")]),
        }
    }
}
