//! Fills in what the collectors of the documents left out: addresses and dates that differed each time, and what a program
//! put between two texts. Invents nothing that the document says.

use serde_json::Value;
use url::Url;

use super::documents::{author, rewritten, type_of};

const ADDRESS: &str = "SCRUBBED_ID";
const DATE: &str = "SCRUBBED_DATE";
/// Who writes, where only a program knew: somebody on the server that the other documents of that program are of.
const SOMEBODY: &str = "http://fossbros-anonymous.io/users/foss_satan";
const WRITERS: [&str; 4] = ["author", "reporting", "requesting", "boosting"];

pub fn filled(document: &Value) -> Value {
    let writer = author(document).filter(|writer| !writer.contains('`'));
    let home = writer.and_then(|writer| Some(Url::parse(&writer).ok()?.origin().ascii_serialization()));
    let home = home.unwrap_or_else(|| "http://fossbros-anonymous.io".to_owned());
    let mut made = 0;
    let mut filled = rewritten(document, &mut |text| {
        if text.contains(ADDRESS) {
            made += 1;
            return text.replace(ADDRESS, &format!("{home}/made/{made}"));
        }
        match text {
            DATE => "2024-05-05T10:00:00+00:00".to_owned(),
            _ => spliced(text),
        }
    });
    name_the_actor(&mut filled);
    filled
}

/// Of `` `+ name.URI +` `` in a text of a program, what may stand there.
fn spliced(text: &str) -> String {
    let mut parts = text.split('`');
    let mut done = parts.next().unwrap_or_default().to_owned();
    while let (Some(name), Some(after)) = (parts.next(), parts.next()) {
        let name = name.trim_matches(['+', ' ']);
        if !WRITERS.iter().any(|writer| name.starts_with(writer)) {
            done.push_str("http://fossbros-anonymous.io/made/");
            done.extend(name.chars().filter(char::is_ascii_alphanumeric));
        } else if name.contains("Followers") {
            done.push_str(&format!("{SOMEBODY}/followers"));
        } else {
            done.push_str(SOMEBODY);
        }
        done.push_str(after);
    }
    done
}

/// Whose address was taken out, although it is the actor's own: who deletes or changes themselves, or answers a Follow.
fn name_the_actor(document: &mut Value) {
    let actor = document["actor"].clone();
    if document["removeData"] == true {
        document["object"] = actor;
    } else if type_of(document) == "Update" && document["object"]["type"] == "Person" {
        document["object"]["id"] = actor;
    } else if document["object"]["type"] == "Follow" && ["Accept", "Reject"].contains(&type_of(document)) {
        document["object"]["object"] = actor;
    }
}

#[test]
fn what_was_left_out_is_filled_in_on_the_writers_server() {
    use serde_json::json;

    let taken_out =
        json!({ "type": "Like", "id": ADDRESS, "actor": "https://a.example/u/x", "object": ADDRESS });
    let filled_in = filled(&taken_out);
    assert_ne!(filled_in["id"], filled_in["object"]);
    assert!(
        filled_in["id"]
            .as_str()
            .is_some_and(|id| id.starts_with("https://a.example/made/"))
    );
    let spliced =
        filled(&json!({ "type": "Flag", "actor": "` + reportingAccount.URI + `/x", "object": "`+a.URI+`" }));
    assert_eq!(spliced["actor"], format!("{SOMEBODY}/x"));
    assert_eq!(spliced["object"], "http://fossbros-anonymous.io/made/aURI");
}
