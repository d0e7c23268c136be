//! The conformance suite for every CRM, as tests.
//!
//! Whatever goes wrong here is a panic, which fails the test: each says what was expected.
#![expect(clippy::missing_panics_doc, reason = "every function here fails the test that calls it")]

pub mod activities;
pub mod limits;
pub mod reading;
pub mod records;
pub mod refusals;
mod vendor;

pub use vendor::{Mishap, Vendor, email, fields, record, set};

/// Makes a test of each case; `$start` starts an account of the vendor that no other test uses.
#[macro_export]
macro_rules! suite {
    ($start:expr) => {
        $crate::suite!(@cases $start, activities:
            a_meeting_is_one_however_often_it_is_written,
            a_note_is_one_however_often_it_is_written,
        );
        $crate::suite!(@cases $start, limits:
            many_records_keep_the_limit_and_need_few_requests,
            a_limit_that_was_reached_is_said_and_ends,
            the_limit_of_the_day_pauses_everything,
        );
        $crate::suite!(@cases $start, reading:
            contacts_are_found_with_what_routing_wants,
            what_was_just_written_is_found,
            owners_are_listed_to_the_end,
            standard_properties_are_created_once,
            changes_are_read_from_a_cursor,
            the_access_says_whose_it_is,
        );
        $crate::suite!(@cases $start, records:
            writing_twice_is_writing_once,
            of_one_record_the_last_values_count,
            a_value_can_be_cleared,
            dates_and_choices_are_spelled_as_their_properties_want,
            nothing_is_created_that_may_not_be,
            a_further_address_finds_the_contact_and_stays,
            a_merged_record_is_followed,
            one_wrong_record_harms_no_other,
        );
        $crate::suite!(@cases $start, refusals:
            a_lost_answer_makes_no_second_record,
            a_vendor_that_is_down_is_tried_later,
            a_vendor_that_is_silent_is_tried_later,
            a_token_that_ends_is_renewed_once,
            an_access_that_was_taken_away_is_said,
            a_property_that_is_gone_is_said_in_the_vendors_words,
            an_impossible_value_is_not_sent,
        );
    };
    (@cases $start:expr, $module:ident: $($case:ident),+ $(,)?) => {
        mod $module {
            use super::*;
            $(
                #[tokio::test]
                async fn $case() {
                    $crate::$module::$case(&$start()).await;
                }
            )+
        }
    };
}
