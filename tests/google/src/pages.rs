//! The pages of Google's documentation that this server follows, by the part that follows them.

/// Authorization, tokens, their life and their revocation.
pub const WEB_SERVER: &str = "https://developers.google.com/identity/protocols/oauth2/web-server";
/// How long a refresh token lives, and that an app in testing loses it after seven days.
pub const EXPIRATION: &str = "https://developers.google.com/identity/protocols/oauth2#expiration";
/// Errors of the calendar: statuses, reasons and messages.
pub const ERRORS: &str = "https://developers.google.com/workspace/calendar/api/guides/errors";
/// Quotas and how they are reported.
pub const QUOTA: &str = "https://developers.google.com/workspace/calendar/api/guides/quota";
/// Sync tokens and full synchronisation.
pub const SYNC: &str = "https://developers.google.com/workspace/calendar/api/guides/sync";
/// Notification channels.
pub const PUSH: &str = "https://developers.google.com/workspace/calendar/api/guides/push";
/// Series, their instances and exceptions.
pub const RECURRING: &str = "https://developers.google.com/workspace/calendar/api/guides/recurringevents";
/// ETags and conditions.
pub const VERSIONS: &str = "https://developers.google.com/workspace/calendar/api/guides/version-resources";
/// The resource and the methods of events.
pub const EVENTS: &str = "https://developers.google.com/workspace/calendar/api/v3/reference/events";
/// The calendars of an account.
pub const CALENDAR_LIST: &str = "https://developers.google.com/workspace/calendar/api/v3/reference/calendarList/list";
/// Busy times of several calendars.
pub const FREE_BUSY: &str = "https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query";
/// The end of a channel.
pub const STOP: &str = "https://developers.google.com/workspace/calendar/api/v3/reference/channels/stop";
