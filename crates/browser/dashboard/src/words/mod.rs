//! Everything the app says in words and figures: pure, so that it is tested without a browser.

mod arrival;
mod category;
mod failure;
mod instant;
mod intent;
mod number;
mod signal;
mod site;
mod span;
mod why;

pub(crate) use arrival::Arrival;
pub(crate) use category::Tone;
pub(crate) use failure::failure_words;
pub(crate) use instant::{Civil, Day, civil, day_label, exact, iso};
pub(crate) use intent::{change_cause, damping_words, next_change, provisional, share_of_ceiling, share_of_scale};
pub(crate) use number::{count, counted, points, score};
pub(crate) use signal::{announcement, is_fresh, page_path, phrase, type_label, who};
pub(crate) use site::{base_words, draft_of, field_errors, sends_from_words, unplaced_errors};
pub(crate) use span::ago;
pub(crate) use why::{matched_words, rule_words, worth_words};
