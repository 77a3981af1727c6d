//! What browsers call themselves, for people to read. Believes none of it: anybody can send anything.

/// Names that browsers have, each before those that claim to be it as well.
const BROWSERS: [(&str, &str); 9] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];
/// Characters of a name that we do not know.
const LONGEST: usize = 60;

/// Such as "Firefox on Linux".
pub fn name(user_agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| {
        let found = names.iter().find(|(mark, _)| user_agent.contains(mark));
        found.map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        _ => unknown(user_agent),
    }
}

fn unknown(user_agent: &str) -> String {
    let plain: String = user_agent
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST)
        .collect();
    match plain.trim() {
        "" => "a program without a name".to_owned(),
        plain => plain.to_owned(),
    }
}

/// By what a browser is known again after it was updated.
pub fn without_versions(user_agent: &str) -> String {
    let letters = user_agent
        .chars()
        .filter(|c| !c.is_ascii_digit() && !matches!(c, '.' | '_'));
    letters.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    const CHROME: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                          Chrome/141.0.0.0 Safari/537.36";

    #[test]
    fn browsers_are_named_as_people_know_them() {
        assert_eq!(name(FIREFOX), "Firefox on Linux");
        assert_eq!(name(CHROME), "Chrome on Windows");
        assert_eq!(name(&format!("{CHROME} Edg/141.0")), "Edge on Windows");
        assert_eq!(name("curl/8.5\u{7}"), "curl/8.5");
        assert_eq!(name(""), "a program without a name");
        assert_eq!(name(&"x".repeat(300)).len(), 60);
    }

    #[test]
    fn an_update_makes_no_new_browser() {
        assert_eq!(
            without_versions(FIREFOX),
            without_versions(&FIREFOX.replace("140", "153"))
        );
        assert_ne!(without_versions(FIREFOX), without_versions(CHROME));
    }
}
