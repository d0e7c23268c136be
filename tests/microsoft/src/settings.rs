//! The behaviour of the vendor, in the form of `/_control/settings`.

use serde::Deserialize;

/// Settings; what is not named has its usual value.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    /// Requests that an app may send to a mailbox within ten minutes.
    pub(crate) limit: usize,
    /// Requests of an app that a mailbox serves at the same time.
    pub(crate) concurrency: usize,
    /// Items of a page of `delta`, unless the client prefers fewer.
    pub(crate) delta_page: usize,
    /// Whether `delta` begins with a page without items.
    pub(crate) has_empty_page: bool,
    /// Whether `delta` repeats items that have not changed.
    pub(crate) replays: bool,
    /// Whether `delta` names the removed occurrences of a series: otherwise they are absent from its new list.
    pub(crate) names_removed_occurrences: bool,
    /// Whether `delta` also reports items beyond its span that have changed as removed.
    pub(crate) reports_beyond: bool,
    /// The number of reads after which the link of an online meeting is there.
    pub(crate) link_pending: u64,
    /// Whether apps need the consent of an administrator, so that a user cannot give theirs.
    pub(crate) needs_admin: bool,
    /// Whether the secret of the app has expired.
    pub(crate) is_secret_expired: bool,
    /// Redirect addresses of the app; empty for any on a loopback host.
    pub(crate) redirect_uris: Vec<String>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            limit: 10_000,
            concurrency: 4,
            delta_page: 10,
            has_empty_page: false,
            replays: false,
            names_removed_occurrences: true,
            reports_beyond: true,
            link_pending: 0,
            needs_admin: false,
            is_secret_expired: false,
            redirect_uris: Vec::new(),
        }
    }
}
