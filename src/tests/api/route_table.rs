//! The routes that clients cannot do without (P0, and P1 of the core), with what each gives. Runs nothing. Those that need an
//! app's secret or a file are asked for in `routes`, and those that stay open in `streaming`.

use reqwest::Method;

use super::instance_shapes;
use super::media_shapes;
use super::shape::Kind::{self, Empty, List, Object};
use super::shapes::{self, ACCOUNT, RELATIONSHIP, STATUS};
use super::small_shapes;

pub const GET: Method = Method::GET;
pub const POST: Method = Method::POST;
pub const PUT: Method = Method::PUT;
pub const PATCH: Method = Method::PATCH;
pub const DELETE: Method = Method::DELETE;

pub type Route = (
    Method,
    &'static str,
    &'static [(&'static str, &'static str)],
    Kind,
);

const STATUSES: Kind = List(&STATUS);
const ACCOUNTS: Kind = List(&ACCOUNT);

/// In an order in which each has something to do. `{bo}` is somebody's id, `{post}` a post of Bo's, `{mine}` one of one's
/// own, `{media}` a picture of one's own that is not posted.
pub const ROUTES: &[Route] = &[
    (
        GET,
        "/api/v1/accounts/verify_credentials",
        &[],
        Object(shapes::credential_account),
    ),
    (GET, "/api/v1/preferences", &[], Object(small_shapes::preferences)),
    (GET, "/api/v1/timelines/home", &[], STATUSES),
    (
        GET,
        "/api/v1/timelines/public?local=true&only_media=false",
        &[],
        STATUSES,
    ),
    (
        GET,
        "/api/v1/notifications",
        &[],
        List(&Object(shapes::notification_with_status)),
    ),
    (GET, "/api/v2/instance", &[], Object(instance_shapes::v2)),
    (GET, "/api/v1/instance", &[], Object(instance_shapes::v1)),
    (GET, "/api/v1/custom_emojis", &[], Empty),
    (
        PATCH,
        "/api/v1/accounts/update_credentials",
        &[("display_name", "Ana")],
        Object(shapes::credential_account),
    ),
    (
        GET,
        "/api/v1/accounts/relationships?id[]={bo}",
        &[],
        List(&RELATIONSHIP),
    ),
    (GET, "/api/v1/accounts/{bo}", &[], ACCOUNT),
    (
        GET,
        "/api/v1/accounts/{bo}/statuses?only_media=false&exclude_replies=true",
        &[],
        STATUSES,
    ),
    (GET, "/api/v1/accounts/lookup?acct=bo", &[], ACCOUNT),
    (POST, "/api/v1/accounts/{bo}/unfollow", &[], RELATIONSHIP),
    (
        POST,
        "/api/v1/accounts/{bo}/follow",
        &[("reblogs", "true")],
        RELATIONSHIP,
    ),
    (GET, "/api/v1/follow_requests", &[], ACCOUNTS),
    (POST, "/api/v1/statuses", &[("status", "more")], STATUS),
    (GET, "/api/v1/statuses/{post}", &[], STATUS),
    (
        GET,
        "/api/v1/statuses/{post}/context",
        &[],
        Object(shapes::context),
    ),
    (POST, "/api/v1/statuses/{post}/favourite", &[], STATUS),
    (GET, "/api/v1/favourites", &[], STATUSES),
    (POST, "/api/v1/statuses/{post}/unfavourite", &[], STATUS),
    (POST, "/api/v1/statuses/{post}/reblog", &[], STATUS),
    (POST, "/api/v1/statuses/{post}/unreblog", &[], STATUS),
    (POST, "/api/v1/statuses/{post}/bookmark", &[], STATUS),
    (GET, "/api/v1/bookmarks", &[], STATUSES),
    (POST, "/api/v1/statuses/{post}/unbookmark", &[], STATUS),
    (GET, "/api/v1/media/{media}", &[], Object(media_shapes::upload)),
    (
        PUT,
        "/api/v1/media/{media}",
        &[("description", "A pier")],
        Object(media_shapes::upload),
    ),
    (GET, "/api/v1/timelines/tag/light", &[], STATUSES),
    (
        GET,
        "/api/v1/markers?timeline[]=home",
        &[],
        Object(small_shapes::nothing),
    ),
    (
        POST,
        "/api/v1/markers",
        &[("home[last_read_id]", "7")],
        Object(small_shapes::markers),
    ),
    (
        GET,
        "/api/v1/markers?timeline[]=home&timeline[]=notifications",
        &[],
        Object(small_shapes::markers),
    ),
    (
        POST,
        "/api/v2/filters",
        &[("title", "Spoilers"), ("context[]", "home")],
        Object(small_shapes::filter),
    ),
    (GET, "/api/v2/filters", &[], List(&Object(small_shapes::filter))),
    (
        POST,
        "/api/v1/lists",
        &[("title", "Friends")],
        Object(small_shapes::list),
    ),
    (GET, "/api/v1/lists", &[], List(&Object(small_shapes::list))),
    (GET, "/api/v1/followed_tags?limit=200", &[], Empty),
    (
        GET,
        "/api/v2/search?q=bo&resolve=true",
        &[],
        Object(small_shapes::search),
    ),
    (GET, "/api/v1/announcements", &[], Empty),
    (
        DELETE,
        "/api/v1/statuses/{mine}",
        &[],
        Object(shapes::deleted_status),
    ),
];
