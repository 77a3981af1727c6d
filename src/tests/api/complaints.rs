//! What people who write apps complain about of servers like this one, and by which test each is kept from being said of it.
//! Never says that something holds without naming the test: one looks for each by its name.
//!
//! | | what is complained about | held by |
//! |---|---|---|
//! | 1 | no CORS on answers, tokens and refusals | `browsers_elsewhere_may_read_answers_and_refusals_alike`, `the_same_routes_say_no_in_json_that_browsers_elsewhere_may_read` |
//! | 2 | `Link` that is missing, swapped, endless, or drops parameters | `each_list_is_met_once_down_and_up_again_whatever_is_in_it`, `every_list_that_goes_by_link_is_walked_by_a_test`, `lists_of_posts_have_exact_links` |
//! | 3 | an empty page in the middle | `what_is_hidden_leaves_no_empty_page_in_the_middle`, `lists_of_posts_that_one_keeps_have_no_empty_page`, `lists_of_people_have_no_empty_page`, `a_page_that_is_thinned_is_full_while_there_is_more` |
//! | 4 | null where something has to be | `every_route_that_clients_need_is_served_in_its_shape`, `a_status_has_its_shape_in_every_state`, `an_account_has_its_shape_new_filled_in_and_suspended` |
//! | 5 | wrong flags in the answers to deeds | `every_answer_has_all_flags_of_the_viewer` |
//! | 6 | notifications of unknown kinds, or of what is gone | `each_kind_comes_once_newest_first_in_its_shape`, `what_went_out_of_sight_is_not_told_of` |
//! | 7 | no second version of the instance, no preferences | `every_route_that_clients_need_is_served_in_its_shape` |
//! | 8 | holes in the first version of the instance | `the_instance_has_its_shape_with_and_without_all_that_can_be_told` |
//! | 9 | ids that are numbers, times that are none | `what_clients_stumble_over_is_found`, `a_status_has_its_shape_in_every_state`, `each_of_a_thread_has_one_talk_with_the_newest_post_and_the_others` |
//! | 10 | no address of a picture of somebody | `an_account_has_its_shape_new_filled_in_and_suspended`, `an_account_of_another_server_has_its_shape_bare_and_full` |
//! | 11 | OAuth that differs in small things | `a_token_says_what_it_is_for_and_since_when`, `an_app_without_an_address_gets_its_code_from_the_person`, `what_is_brought_wrongly_is_told_in_the_words_of_rfc_6749` |
//! | 12 | parameters that are taken in one encoding only | `an_app_registers_in_every_form_that_clients_use`, `a_token_is_asked_for_in_every_form_that_clients_use`, `a_post_is_taken_as_form_json_multipart_and_query` |
//! | 13 | tokens that run out | `a_token_is_good_for_years` |
//! | 14 | versions that claim too little or too much | `the_version_claims_what_is_served_and_no_more`, `the_list_of_routes_in_the_docs_is_true` |
//! | 15 | what people miss: filters, push, streams, threads, posts that are sent once | `a_filter_hides_where_it_is_meant_to_and_tells_everywhere_else`, `a_message_is_sealed_for_the_device_in_either_encoding`, `a_post_is_heard_on_every_stream_that_shows_it`, `a_thread_is_read_from_any_of_its_posts`, `the_same_key_many_times_at_once_makes_one_post` |

use chrono::TimeDelta;

use super::shape::Kind::{OneOf, Whole, Words};
use super::shape::{Kind, has};
use crate::accounts::program::Program;
use crate::support::{TestServer, named};

const HOW_MANY: usize = 15;

#[test]
fn each_complaint_has_a_test_that_is_there() {
    named::each_row_has_its_tests(include_str!("complaints.rs"), HOW_MANY);
}

#[tokio::test]
async fn a_token_is_good_for_years() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    for _ in 0..3 {
        server.wind(TimeDelta::days(365));
        ana.get("/api/v1/accounts/verify_credentials").await.ok();
        tintype::jobs::upkeep::round(&server.app)
            .await
            .expect("it is done");
    }
    // Also one that nobody used meanwhile.
    let other = server.token_for(&ana, "read").await;
    server.wind(TimeDelta::days(3 * 365));
    tintype::jobs::upkeep::round(&server.app)
        .await
        .expect("it is done");
    other.get("/api/v1/accounts/verify_credentials").await.ok();
    server.settle().await;
}

#[tokio::test]
async fn a_token_says_what_it_is_for_and_since_when() {
    let server = TestServer::start().await;
    let program = Program::of(&server.client).await;
    let issued = program.as_itself("read write").await.ok();
    let shape = || {
        vec![
            ("access_token", Words),
            ("token_type", OneOf(&["Bearer"])),
            ("scope", Words),
            ("created_at", Whole),
        ]
    };
    has("a token", &issued, Kind::Object(shape));
    assert_eq!(issued["scope"], "read write");
    let wrong = [
        ("grant_type", "client_credentials"),
        ("client_id", "nobody"),
        ("client_secret", "nothing"),
    ];
    let refused = server.client.post_form("/oauth/token", &wrong).await;
    assert_eq!(refused.status, 401, "{}", refused.text());
    assert_eq!(refused.value()["error"], "invalid_client");
}
