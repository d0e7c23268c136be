//! What a test may set, with Google's usual values.

use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Settings {
    /// The publishing status of the app: in testing, a refresh token ends after seven days.
    pub(crate) testing: bool,
    /// The addresses to which the consent page may lead back, besides any on a loopback address.
    pub(crate) redirect_uris: Vec<String>,
    /// Whether only `redirect_uris` are valid, also on loopback addresses.
    pub(crate) exact_redirects: bool,
    /// Requests of one account within a minute.
    pub(crate) per_minute: usize,
    /// The status of a refusal by that limit: 403 or 429.
    pub(crate) limit_status: u16,
    /// The number of later requests in which a conference that was asked for is still pending.
    pub(crate) conference_pending: u32,
    /// Whether the creation of conferences fails.
    pub(crate) conference_fails: bool,
    /// The kinds of conferences that calendars allow.
    pub(crate) conference_types: Vec<String>,
    /// The largest page, which is smaller in tests of pages.
    pub(crate) largest_page: usize,
    /// The longest life of a channel, in milliseconds.
    pub(crate) channel_life: i64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            testing: false,
            redirect_uris: Vec::new(),
            exact_redirects: false,
            per_minute: 600,
            limit_status: 403,
            conference_pending: 0,
            conference_fails: false,
            conference_types: vec!["hangoutsMeet".to_owned()],
            largest_page: 2_500,
            channel_life: 7 * 24 * 3_600_000,
        }
    }
}
