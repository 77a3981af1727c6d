//! A plain page with the app around it: in a browser that runs scripts the app takes over, in any other the page is as it
//! was. Changes nothing of the page itself.

use super::{First, Shell};

/// The page as it is sent. `page` is a whole document of ours, in which neither tag is anybody else's.
pub fn dress(page: &str, shell: &Shell, first: &First) -> Option<String> {
    let (head, rest) = page.split_once("</head>")?;
    let (_, rest) = rest.split_once("<body>")?;
    let (body, _) = rest.rsplit_once("</body>")?;
    let (before, style, after) = style_of(head)?;
    Some(
        [
            before,
            // The plain page's style is not the app's.
            "<noscript>",
            style,
            "</noscript>",
            after,
            &first.preload,
            &shell.head,
            "</head>",
            &shell.body_tag,
            &first.look,
            &shell.early,
            "<noscript>",
            body,
            "</noscript><script type=\"application/json\" id=\"first\">",
            &first.answers,
            "</script>",
            &shell.body,
            "</body></html>",
        ]
        .concat(),
    )
}

/// What is before the style sheet, the link to it, what is after it.
fn style_of(head: &str) -> Option<(&str, &str, &str)> {
    let begin = head.find("<link rel=\"stylesheet\"")?;
    let end = begin + head[begin..].find('>')? + 1;
    Some((&head[..begin], &head[begin..end], &head[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_stays_whole_for_whoever_runs_no_script() {
        let shell = Shell {
            head: "<link app>".into(),
            body_tag: "<body data-a>".into(),
            early: "<script>look()</script>".into(),
            body: "<div id=\"app\"></div>".into(),
            hashes: Vec::new(),
        };
        let first = First {
            answers: "{}".into(),
            preload: "<link first>".into(),
            look: "<template></template>".into(),
            posts: Vec::new(),
        };
        let page = "<html><head><title>T</title><link rel=\"stylesheet\" href=\"/p.css\"><meta m></head>\
                    <body><main>words</main></body></html>";
        assert_eq!(
            dress(page, &shell, &first).unwrap(),
            "<html><head><title>T</title><noscript><link rel=\"stylesheet\" href=\"/p.css\"></noscript><meta m>\
             <link first><link app></head><body data-a><template></template><script>look()</script><noscript><main>words</main></noscript>\
             <script type=\"application/json\" id=\"first\">{}</script><div id=\"app\"></div></body></html>"
        );
        assert!(dress("no document", &shell, &first).is_none());
    }
}
