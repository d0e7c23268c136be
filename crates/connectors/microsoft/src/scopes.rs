//! The scopes of a consent (<https://learn.microsoft.com/graph/permissions-reference>).

/// What is asked for: to read and write the calendars of the account, to read those that others shared with it, to know
/// its address, and to do so while its member is not there. Meetings are written into the account's own calendars alone.
pub const SCOPES: [&str; 4] = [OFFLINE, ME, "Calendars.ReadWrite", "Calendars.Read.Shared"];
pub(crate) const OFFLINE: &str = "offline_access";
pub(crate) const ME: &str = "User.Read";
