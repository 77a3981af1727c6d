//! What is seen, in the words of the table: kinds and numbers. Repeats no text of anybody's.

use serde_json::Value;

use super::documents;

/// How much of a post is shown, of which audience, with how many media.
pub fn of_post(shown: &Value, post: &Value) -> String {
    let is_titled = documents::is_titled(post);
    let (title, text) = (letters(&post["name"]), letters(&post["content"]));
    let said = match is_titled {
        true => title,
        false if post["inReplyTo"].is_null() => title + &text,
        false => text,
    };
    let mut words = vec![if is_titled { "titled" } else { "shown" }.to_owned()];
    words.push(shown["visibility"].as_str().expect("an audience").to_owned());
    // What cannot be shown follows as links.
    words.push(compared(&letters(&shown["content"]), &said));
    words.push(how_many(&shown["media_attachments"]).to_string());
    words.extend(more(shown));
    // A title alone is no post: it leads to where that is.
    if is_titled
        && !shown["content"]
            .as_str()
            .is_some_and(|html| html.contains("<a href="))
    {
        words.push("unlinked".to_owned());
    }
    let warning = letters(&shown["spoiler_text"]);
    if !warning.is_empty() {
        let warned = compared(&warning, &letters(&post["summary"]));
        words.push(format!("behind {warned}"));
    }
    if shown["sensitive"] == true {
        words.push("hidden".to_owned());
    }
    words.join(" ")
}

/// What else there is of it, where there is any.
fn more(shown: &Value) -> Vec<String> {
    let media = shown["media_attachments"].as_array().into_iter().flatten();
    let described = media.filter(|file| file["description"].as_str().is_some_and(|text| !text.is_empty()));
    let counts = [
        ("described", described.count()),
        ("names", how_many(&shown["mentions"])),
        ("tags", how_many(&shown["tags"])),
        ("emoji", how_many(&shown["emojis"])),
        ("poll", how_many(&shown["poll"]["options"])),
    ];
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    let is_there = [
        ("answer", "in_reply_to_id"),
        ("quote", "quote"),
        ("edited", "edited_at"),
    ];
    let is_there = is_there.into_iter().filter(|(_, field)| !shown[field].is_null());
    counts
        .map(|(word, count)| format!("{word} {count}"))
        .chain(is_there.map(|(word, _)| word.to_owned()))
        .collect()
}

fn how_many(list: &Value) -> usize {
    list.as_array().map_or(0, Vec::len)
}

/// How much is known of a person: of their name, of their words about themselves, and how many fields.
pub fn of_person(shown: &Value, said: &Value) -> String {
    let name = compared(&letters(&shown["display_name"]), &letters(&said["name"]));
    let about = compared(&letters(&shown["note"]), &letters(&said["summary"]));
    let fields = how_many(&shown["fields"]);
    let flags = ["group", "bot", "locked"]
        .into_iter()
        .filter(|flag| shown[flag] == true);
    let mut words = vec![format!("person {name} {about} {fields}")];
    words.extend(flags.map(str::to_owned));
    words.join(" ")
}

/// How many letters are shown; and of how many, where they do not begin with what was said.
fn compared(shown: &str, said: &str) -> String {
    let (many, of) = (shown.chars().count(), said.chars().count());
    if shown.starts_with(said) {
        many.to_string()
    } else {
        println!("shown: {shown}\nsaid: {said}");
        format!("{many}/{of}")
    }
}

/// What is read of HTML, without what separates words.
pub fn letters(html: &Value) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.as_str().unwrap_or_default().chars() {
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
        ("&#8217;", "’"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ] {
        text = text.replace(name, letter);
    }
    text.retain(|letter| !letter.is_whitespace());
    text
}
