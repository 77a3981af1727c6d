//! The security policies: what they allow beyond our own host, and what nobody can add to them.

use super::samples::href;
use crate::web::pages::csp;

fn form_action(policy: &str) -> &str {
    policy
        .rsplit_once("form-action ")
        .map_or("", |(_, targets)| targets)
}

#[test]
fn pages_allow_no_script_no_frame_and_no_foreign_form() {
    for part in [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ] {
        assert!(csp::PAGE.contains(part), "{part}");
    }
    assert!(!csp::PAGE.contains("script-src") && !csp::PAGE.contains("unsafe"));
    assert_eq!(csp::page(&[]), csp::PAGE);
}

#[test]
fn a_media_host_is_allowed_for_pictures_alone() {
    let policy = csp::page(&[href("https://cdn.example:8443/bucket/")]);
    assert!(
        policy.contains("img-src 'self' https://cdn.example:8443 data:;"),
        "{policy}"
    );
    assert_eq!(policy.matches("cdn.example").count(), 1);
    let both = [
        href("https://cdn.example/own"),
        href("https://copies.example/"),
        href("https://cdn.example/"),
    ];
    let policy = csp::page(&both);
    assert!(
        policy.contains("img-src 'self' https://cdn.example https://copies.example data:;"),
        "{policy}"
    );
}

#[test]
fn consent_lets_the_browser_go_on_to_the_app() {
    for (redirect, target) in [
        ("https://app.example/back?x=1", "'self' https://app.example"),
        ("http://127.0.0.1:8080/back", "'self' http://127.0.0.1:8080"),
        ("org.example.app://callback", "'self' org.example.app:"),
        ("urn:ietf:wg:oauth:2.0:oob", "'self'"),
    ] {
        assert_eq!(form_action(&csp::consent(&[], redirect)), target, "{redirect}");
    }
}

#[test]
fn an_app_cannot_write_its_own_directives() {
    for redirect in [
        "https://a;script-src/",
        "https://a,b/",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://a*/",
        "x y",
        "",
    ] {
        assert_eq!(csp::consent(&[], redirect), csp::PAGE, "{redirect}");
    }
}

#[test]
fn the_remote_follow_form_may_end_on_any_secure_server() {
    assert_eq!(form_action(&csp::remote_follow(&[])), "'self' https:");
}

#[test]
fn the_app_runs_its_own_scripts_and_nobody_elses() {
    let hashes = ["'sha256-a'".to_owned(), "'sha256-b'".to_owned()];
    let policy = csp::app(&[href("https://cdn.example/bucket/")], &hashes);
    for part in [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "script-src 'self' 'sha256-a' 'sha256-b';",
        "style-src 'self';",
        "img-src 'self' https://cdn.example data: blob:;",
        "connect-src 'self';",
        "worker-src 'self';",
        "manifest-src 'self';",
    ] {
        assert!(policy.contains(part), "{part}: {policy}");
    }
    assert!(!policy.contains("unsafe") && form_action(&policy) == "'self'");
}
