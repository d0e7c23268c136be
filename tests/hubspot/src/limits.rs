//! Limits: requests in a window that rolls, searches in a second, requests of a day.

use crate::errors::too_many;
use crate::request::Answer;
use crate::settings::Settings;
use std::collections::VecDeque;

/// The counters.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    taken: VecDeque<i64>,
    searches: VecDeque<i64>,
    today: usize,
    /// The number of requests refused by a limit.
    pub(crate) refused: usize,
}

impl Limits {
    /// Counts a request, or refuses it.
    pub(crate) fn take(&mut self, settings: &Settings, is_search: bool, now: i64) -> Option<Answer> {
        forget(&mut self.taken, now - settings.window_ms);
        forget(&mut self.searches, now - 1_000);
        let refusal = if self.today >= settings.daily_limit {
            Some(too_many("DAILY", None))
        } else if self.taken.len() >= settings.limit {
            Some(too_many("TEN_SECONDLY_ROLLING", None))
        } else if is_search && self.searches.len() >= settings.search_limit {
            Some(too_many("SECONDLY", None))
        } else {
            None
        };
        if refusal.is_some() {
            self.refused += 1;
        } else {
            self.taken.push_back(now);
            self.today += 1;
            if is_search {
                self.searches.push_back(now);
            }
        }
        refusal
    }

    /// The headers that say what is left. Searches have none, as at HubSpot.
    pub(crate) fn headers(&self, settings: &Settings, is_search: bool) -> Vec<(&'static str, String)> {
        if is_search {
            return Vec::new();
        }
        let left = |most: usize, taken: usize| most.saturating_sub(taken).to_string();
        vec![
            ("x-hubspot-ratelimit-max", settings.limit.to_string()),
            ("x-hubspot-ratelimit-remaining", left(settings.limit, self.taken.len())),
            ("x-hubspot-ratelimit-interval-milliseconds", settings.window_ms.to_string()),
            ("x-hubspot-ratelimit-daily", settings.daily_limit.to_string()),
            ("x-hubspot-ratelimit-daily-remaining", left(settings.daily_limit, self.today)),
        ]
    }
}

fn forget(instants: &mut VecDeque<i64>, until: i64) {
    while instants.front().is_some_and(|at| *at <= until) {
        instants.pop_front();
    }
}
