//! What is known to have been done to servers like this one, and by which test each is held off. The numbers are those of a
//! list that was drawn up from advisories about Mastodon, Misskey, Pixelfed, Fedify, Lemmy and others. Never says that
//! something is held off without naming the test: one at the end looks for each by its name.
//!
//! Two of them have a part that cannot be tried here. Links of profiles are not checked for `rel="me"`, nor is
//! `attributionDomains` read, so that there is nothing to deceive (62). Documents of linked data are read by their names and
//! not as graphs, so that no context is ever fetched (22, 35).
//!
//! | | what is tried | held off by |
//! |---|---|---|
//! | 1 | no signature | `an_unsigned_letter_is_refused`, `an_unsigned_request_is_refused` |
//! | 2 | a flipped byte in the signature | `a_flipped_byte_of_the_signature_is_refused`, `a_wrong_signature_is_refused_after_one_look_at_the_senders_key` |
//! | 3 | another body under the old digest | `a_body_changed_after_signing_is_refused`, `a_changed_body_with_the_old_digest_is_refused` |
//! | 4 | another body and digest, not signed | `a_changed_body_with_a_changed_digest_breaks_the_signature`, `everything_that_matters_must_be_signed` |
//! | 5 | no digest | `a_letter_without_a_digest_is_refused` |
//! | 6 | digests of other kinds, lengths, several | `a_digest_that_is_absent_or_of_another_kind_is_refused`, `a_digest_without_one_clear_sha256_is_refused` |
//! | 7 | a signature over the date alone, replayed | `a_letter_to_one_inbox_cannot_be_replayed_to_another` |
//! | 8 | signed for another host | `a_letter_signed_for_another_server_or_inbox_is_refused`, `a_letter_to_another_server_is_refused_here` |
//! | 9 | three days old | `a_letter_of_three_days_ago_or_ahead_is_refused`, `old_and_future_letters_are_refused` |
//! | 10 | three days ahead | `a_letter_of_three_days_ago_or_ahead_is_refused` |
//! | 11 | no date, or nonsense | `a_missing_or_unreadable_date_is_refused` |
//! | 12 | `created` and `expires` that overflow | `times_that_overflow_a_clock_are_refused_and_harm_nobody`, `hostile_times_in_parameters_are_refused_without_a_panic` |
//! | 13 | an actor of another server | `nobody_speaks_for_another_actor` |
//! | 14 | another actor of the same server | `only_the_signer_speaks_even_on_one_server` |
//! | 15 | a key document that names somebody else | `a_key_in_a_document_of_another_server_is_not_believed` |
//! | 16 | a key document under another address | `a_document_that_names_another_server_or_nothing_is_refused`, `a_document_at_another_address_of_its_server_is_fetched_from_there_once` |
//! | 17 | two keys, one of somebody else | `an_actor_has_no_keys_and_places_of_others` |
//! | 18 | key ids that are no web addresses, or ours | `a_key_that_is_nowhere_in_the_web_or_here_is_refused_and_not_fetched`, `a_key_id_must_be_a_web_address` |
//! | 19 | a changed key, and keys without end | `a_changed_key_is_learned_from_its_owners_document`, `a_wrong_signature_is_refused_after_one_look_at_the_senders_key` |
//! | 20 | replay, and ids taken by others | `the_same_activity_again_changes_nothing`, `the_same_id_from_another_actor_does_not_keep_an_activity_out` |
//! | 21 | RFC 9421 with parts left out | `a_message_signature_that_leaves_something_out_is_refused`, `two_message_signatures_are_refused_even_if_one_is_good` |
//! | 22 | linked data that means something else | `what_linked_data_could_mean_by_a_letter_is_not_believed`, `linked_data_that_rearranges_meaning_is_not_followed` |
//! | 23 | a document with another id | `a_document_that_names_another_server_or_nothing_is_refused` |
//! | 24 | a redirect to another id | `after_a_redirect_the_final_address_must_be_the_documents` |
//! | 25 | authors elsewhere, or victims second | `a_post_attributed_to_somebody_else_is_refused`, `a_post_counts_only_for_its_own_author` |
//! | 26 | uploads that pose as documents | `uploads_on_a_trusted_host_are_not_its_word`, `a_picture_is_taken_in_made_ready_attached_and_served` |
//! | 27 | pages that link to documents elsewhere | `a_web_page_is_never_followed_to_what_it_links` |
//! | 28 | disguised host names | `a_strange_spelling_of_a_server_makes_no_second_person_of_anybody`, `disguised_hosts_are_not_addresses` |
//! | 29 | WebFinger for other domains, and circles | `a_name_that_speaks_for_another_must_be_confirmed_by_it`, `a_circle_of_names_ends_after_one_step`, `an_actor_cannot_write_anothers_name_into_its_document` |
//! | 30 | actors with ids of ours | `a_person_here_is_never_taken_for_one_elsewhere` |
//! | 31 | pages that are scripts or others' | `nobody_gives_another_servers_page_for_their_own`, `an_address_is_found_in_every_shape_that_peers_use` |
//! | 32 | addresses inside of networks | `no_address_inside_a_network_is_public` |
//! | 33 | names that change while connecting | `a_name_that_leads_inside_at_the_moment_of_connecting_is_not_connected_to`, `a_name_that_leads_inside_is_refused_when_connecting` |
//! | 34 | redirects inside, to other schemes | `a_redirect_to_another_scheme_or_to_ourselves_is_refused`, `a_listed_address_cannot_redirect_to_one_that_is_not`, `a_redirect_never_leaves_https` |
//! | 35 | every way out has the same guard | `private_addresses_in_documents_are_never_spoken_to`, `a_letter_to_an_address_inside_is_never_sent` |
//! | 36 | ports of other services | `on_the_internet_only_https_to_harmless_ports_leaves` |
//! | 37 | redirects without end | `endless_redirects_end` |
//! | 38 | answers that drip | `a_server_that_drips_is_given_up_in_the_end`, `a_file_that_drips_is_given_up_long_before_one_that_is_only_large` |
//! | 39 | answers without end | `a_body_without_end_is_cut_off` |
//! | 40 | bombs | `a_small_answer_that_unfolds_to_a_large_one_is_cut_off`, `a_bomb_is_refused_by_its_header_and_the_sentence_says_why`, `an_animation_of_ten_thousand_frames_is_refused` |
//! | 41 | absurd JSON | `a_document_of_endless_depth_is_refused_before_it_is_read`, `json_that_is_too_deep_or_ambiguous_is_refused`, `long_and_many_things_are_cut` |
//! | 42 | threads, pages and mentions without end | `an_endless_thread_is_not_followed`, `circles_and_pages_without_end_are_left_alone_soon`, `an_outbox_without_end_or_in_a_circle_is_left_alone_soon`, `a_post_that_names_a_thousand_strangers_has_nobody_asked` |
//! | 43 | floods of deletions | `a_stranger_who_deletes_themselves_is_thanked_and_not_asked_about` |
//! | 44 | memory by names of hosts | `made_up_names_do_not_fill_the_memory`, `a_host_gets_its_share_and_is_then_forgotten`, `a_host_has_its_places_and_is_then_forgotten` |
//! | 45 | HTML that is hard to read | `html_of_absurd_depth_holds_up_nobody`, `no_document_causes_a_panic` |
//! | 46 | floods | `a_server_of_whom_too_much_is_to_be_fetched_may_send_it_again_later` |
//! | 47 | changing what another wrote | `nobody_changes_or_deletes_what_another_wrote` |
//! | 48 | undoing and answering for others | `nobody_takes_back_what_another_did`, `only_who_was_asked_accepts_or_rejects_and_only_what_was_asked` |
//! | 49 | a Create over a known post | `a_create_never_writes_over_a_post`, `an_update_never_widens_who_may_see_a_post` |
//! | 50 | announcing what is not open, or forged | `a_followers_only_post_is_not_passed_on`, `an_announced_post_is_read_at_its_own_server_and_not_from_the_announcement`, `a_post_in_a_group_is_read_at_its_own_server_and_shown_to_who_follows_the_group` |
//! | 51 | the wrong order | `a_post_that_comes_after_its_own_deletion_stays_out`, `an_update_before_its_create_makes_no_second_post_and_an_old_one_no_change` |
//! | 52 | other people's collections | `a_peer_pins_only_its_own_posts_in_its_own_collection` |
//! | 53 | moves that are not one's own | `a_move_that_its_target_does_not_confirm_moves_nobody`, `a_move_that_not_both_documents_tell_of_leads_nobody_anywhere`, `nobody_is_led_on_twice_within_a_week` |
//! | 54 | stamps for other quotes | `a_quote_neither_shows_a_private_post_nor_gets_a_permission` |
//! | 55 | the blocked and suspended | `votes_and_deeds_of_the_blocked_and_the_suspended_count_for_nothing`, `a_post_of_somebody_suspended_is_not_shown_by_way_of_another`, `a_suspended_domain_and_its_subdomains_are_refused` |
//! | 56 | private posts by their addresses | `a_followers_only_post_is_there_for_followers_and_like_a_missing_one_for_all_others`, `a_blocked_follower_finds_a_followers_only_post_missing`, `a_server_reads_what_is_for_its_people_who_follow_and_other_servers_do_not`, `unsigned_nobody_reads_a_document_or_learns_whether_there_is_one` |
//! | 57 | reading by way of another actor | `nobody_of_a_blocked_server_reads_by_anybodys_key`, `a_suspended_server_reads_nothing_whoever_there_asks_and_however_it_is_called`, `a_key_of_a_good_server_opens_nothing_for_somebody_of_a_suspended_one` |
//! | 58 | where a photo was taken | `where_a_photo_was_taken_never_leaves`, `place_and_camera_are_gone_from_every_rendition_of_a_jpeg` |
//! | 59 | hidden recipients, and letters made wider | `hidden_recipients_are_neither_heeded_nor_sent`, `a_followers_only_post_is_not_passed_on` |
//! | 60 | who follows whom | `which_of_a_servers_people_follow_somebody_is_not_told_to_another`, `a_server_reads_who_of_its_people_follow_and_nobody_reads_of_anothers` |
//! | 61 | scripts | `scripts_in_what_peers_write_reach_neither_clients_nor_pages`, `remote_html_keeps_only_what_is_known` |
//! | 62 | text that deceives | `markup_and_warnings_come_in_clean`, `a_name_that_hides_a_path_or_another_host_is_refused` |
//! | 63 | files that are something else | `an_attachment_that_is_no_picture_is_never_served`, `a_stored_file_is_a_rendition_an_emoji_or_part_of_a_video_and_nothing_else`, `a_single_tag_a_null_and_unknown_kinds_are_understood` |
//! | 64 | redirects of ours | `only_paths_that_we_named_are_returned_to`, `a_template_leads_to_its_own_host_whatever_is_filled_in`, `nobody_leads_somebody_away_through_the_sign_in_page` |

mod asking;
mod content;

use crate::support::named;

const HOW_MANY: usize = 64;

#[test]
fn each_attack_has_a_test_that_is_there() {
    named::each_row_has_its_tests(include_str!("mod.rs"), HOW_MANY);
}
