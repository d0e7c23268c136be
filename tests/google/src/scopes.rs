//! The scopes that allow a method, as the page of each method in Google's reference lists them ([`crate::pages`]).

/// What scopes of the calendar begin with.
const PREFIX: &str = "https://www.googleapis.com/auth/";

const READ_EVENTS: &[&str] = &[
    "calendar",
    "calendar.events",
    "calendar.events.freebusy",
    "calendar.events.owned",
    "calendar.events.owned.readonly",
    "calendar.events.readonly",
    "calendar.readonly",
];
const WRITE_EVENTS: &[&str] = &["calendar", "calendar.events", "calendar.events.owned"];
const READ_LIST: &[&str] =
    &["calendar", "calendar.calendarlist", "calendar.calendarlist.readonly", "calendar.readonly"];
const READ_CALENDARS: &[&str] = &["calendar", "calendar.calendars", "calendar.calendars.readonly", "calendar.readonly"];
const FREE_BUSY: &[&str] = &["calendar", "calendar.events.freebusy", "calendar.freebusy", "calendar.readonly"];
const STOP: &[&str] = &[
    "calendar",
    "calendar.calendarlist",
    "calendar.calendarlist.readonly",
    "calendar.events",
    "calendar.events.freebusy",
    "calendar.events.owned",
    "calendar.events.owned.readonly",
    "calendar.events.readonly",
    "calendar.readonly",
    "calendar.settings.readonly",
];

/// All that the consent page knows; of sign-in first.
pub(crate) const KNOWN: &[&str] = &[
    "openid",
    "email",
    "profile",
    "userinfo.email",
    "userinfo.profile",
    "calendar",
    "calendar.calendarlist",
    "calendar.calendarlist.readonly",
    "calendar.calendars",
    "calendar.calendars.readonly",
    "calendar.events",
    "calendar.events.freebusy",
    "calendar.events.owned",
    "calendar.events.owned.readonly",
    "calendar.events.readonly",
    "calendar.freebusy",
    "calendar.readonly",
    "calendar.settings.readonly",
];

/// The short names of the scopes of which one allows a method.
pub(crate) fn allowing(method: &str) -> &'static [&'static str] {
    match method {
        "calendarList.list" | "calendarList.get" => READ_LIST,
        "calendars.get" => READ_CALENDARS,
        "events.insert" | "events.update" | "events.patch" | "events.delete" => WRITE_EVENTS,
        "freebusy.query" => FREE_BUSY,
        "channels.stop" => STOP,
        _ => READ_EVENTS,
    }
}

/// The name of a scope without its prefix.
pub(crate) fn short(scope: &str) -> &str {
    scope.strip_prefix(PREFIX).unwrap_or(scope)
}

/// The name of a scope as requests have it.
pub(crate) fn whole(short: &str) -> String {
    if is_sign_in(short) && !short.contains('.') { short.to_owned() } else { format!("{PREFIX}{short}") }
}

/// Whether a scope is one of sign-in: the consent page has no box for it.
pub(crate) fn is_sign_in(short: &str) -> bool {
    matches!(short, "openid" | "email" | "profile" | "userinfo.email" | "userinfo.profile")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_alone_do_not_allow_lists_and_busy_times() {
        for (scope, method, is_allowed) in [
            ("calendar.events", "events.insert", true),
            ("calendar.events.readonly", "events.insert", false),
            ("calendar.events.readonly", "events.watch", true),
            ("calendar.events", "calendarList.list", false),
            ("calendar.events", "freebusy.query", false),
            ("calendar.freebusy", "freebusy.query", true),
            ("calendar.freebusy", "channels.stop", false),
        ] {
            assert_eq!(allowing(method).contains(&scope), is_allowed, "{scope} {method}");
        }
    }
}
