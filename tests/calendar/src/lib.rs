//! The conformance suite for every account with calendars, as tests.
//!
//! Whatever goes wrong here is a panic, which fails the test: each says what was expected.
#![expect(clippy::missing_panics_doc, reason = "every function here fails the test that calls it")]

pub mod busy;
pub mod edits;
pub mod entries;
pub mod failures;
pub mod later;
mod provider;

pub use provider::{Event, Kept, Mishap, OWNER, Provider, Series, When};

/// Makes a test of each case; `$start` starts an account of the provider, without calendars, that no other test uses.
#[macro_export]
macro_rules! suite {
    ($start:expr) => {
        /// Its modules have names of their own: a connector has further cases beside them.
        mod contract {
            use super::*;
            $crate::suite!(@cases $start, busy:
                calendars_are_listed_with_their_names,
                what_occupies_the_owner_blocks_and_nothing_else_does,
                whole_days_are_dates,
                a_series_keeps_its_local_time_without_its_exceptions,
                calendars_count_together_and_the_others_do_not,
                only_what_touches_the_window_counts,
            );
            $crate::suite!(@cases $start, entries:
                an_entry_is_one_however_often_it_is_put,
                an_entry_moves_and_keeps_its_id,
                an_entry_that_its_owner_deleted_is_put_again,
                an_entry_that_its_owner_moved_is_put_in_its_place,
                a_removed_entry_is_gone_however_often_it_is_removed,
                an_entry_is_removed_from_the_calendar_that_is_named,
                an_entry_blocks_under_its_own_id,
                an_entry_is_found_where_its_owner_left_it,
                an_entry_that_its_owner_deleted_is_gone,
                a_whole_day_is_no_time_of_a_meeting,
                a_version_that_is_there_is_not_put_again,
                a_missing_calendar_has_no_entries_to_miss,
                a_guest_that_declined_is_named,
            );
            $crate::suite!(@cases $start, edits: increments_add_up_to_a_full_read);
            $crate::suite!(@cases $start, later:
                later_reads_follow_every_change,
                ended_increments_are_a_full_read,
                a_failed_read_loses_nothing,
                a_clock_that_differs_changes_nothing,
            );
            $crate::suite!(@cases $start, failures:
                an_access_that_was_taken_away_is_said,
                a_calendar_that_is_gone_is_said,
                a_provider_that_asks_to_wait_is_tried_again_then,
                a_provider_that_is_down_or_silent_is_tried_again,
                a_lost_answer_makes_no_second_entry,
                what_cannot_be_read_is_never_free,
            );
        }
    };
    (@cases $start:expr, $module:ident: $($case:ident),+ $(,)?) => {
        mod $module {
            use super::*;
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $case() {
                    $crate::$module::$case(&$start()).await;
                }
            )+
        }
    };
}
