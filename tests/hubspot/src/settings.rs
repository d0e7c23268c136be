//! The behaviour of the account, in the form of `/_control/settings`.

use serde::Deserialize;

/// Settings; what is not named has its usual value.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    /// Requests in a window.
    pub(crate) limit: usize,
    /// The window, in milliseconds.
    pub(crate) window_ms: i64,
    /// Requests of a day.
    pub(crate) daily_limit: usize,
    /// Searches in a second.
    pub(crate) search_limit: usize,
    /// The delay of the search index, in milliseconds.
    pub(crate) search_lag_ms: i64,
    /// Whether results of writes name the trace ids of their inputs.
    pub(crate) traces: bool,
    /// Whether results of writes have addresses and merged ids, also where they were not written.
    pub(crate) keys: bool,
    /// Whether a batch that is written by a further address is refused as a conflict: else it finds the contact.
    pub(crate) secondary_conflicts: bool,
    /// Whether an update by the id of a merged record finds the one that it is part of.
    pub(crate) merged_are_followed: bool,
    /// The offset of the account's clock from UTC.
    pub(crate) utc_offset_ms: i64,
    /// Whether nothing is kept: neither requests nor records.
    pub(crate) forgets: bool,
    /// The delay of each response.
    pub(crate) delay_ms: u64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            limit: 100,
            window_ms: 10_000,
            daily_limit: 250_000,
            search_limit: 4,
            search_lag_ms: 0,
            traces: true,
            keys: true,
            secondary_conflicts: false,
            merged_are_followed: true,
            utc_offset_ms: 3_600_000,
            forgets: false,
            delay_ms: 0,
        }
    }
}
