//! The scopes that each method needs.
//!
//! <https://learn.microsoft.com/graph/permissions-reference>

use crate::errors::{Refusal, denied};
use std::collections::BTreeSet;

/// A signed-in user's token.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) account: String,
    pub(crate) scopes: BTreeSet<String>,
}

const BASIC: [&str; 4] = ["Calendars.ReadBasic", "Calendars.Read", "Calendars.ReadWrite", "Calendars.Read.Shared"];
const READ: [&str; 4] =
    ["Calendars.Read", "Calendars.ReadWrite", "Calendars.Read.Shared", "Calendars.ReadWrite.Shared"];
const WRITE: [&str; 2] = ["Calendars.ReadWrite", "Calendars.ReadWrite.Shared"];
const READ_SHARED: [&str; 2] = ["Calendars.Read.Shared", "Calendars.ReadWrite.Shared"];

impl Caller {
    fn has(&self, scopes: &[&str]) -> bool {
        scopes.iter().any(|scope| self.scopes.contains(*scope))
    }

    fn need(&self, scopes: &[&str]) -> Result<(), Refusal> {
        if self.has(scopes) { Ok(()) } else { Err(denied()) }
    }

    pub(crate) fn may_see_profile(&self) -> Result<(), Refusal> {
        let scopes = ["User.Read", "User.ReadBasic.All", "User.ReadWrite"];
        self.need(&scopes).map_err(|_| {
            Refusal::new(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
        })
    }

    /// Lists of calendars, views and free-busy times.
    pub(crate) fn may_read_basics(&self, is_shared: bool) -> Result<(), Refusal> {
        if is_shared { self.need(&READ_SHARED) } else { self.need(&[&BASIC[..], &READ[..]].concat()) }
    }

    /// Subscriptions, which are made for full events.
    pub(crate) fn may_read(&self) -> Result<(), Refusal> {
        self.need(&READ)
    }

    pub(crate) fn may_write(&self, is_shared: bool) -> Result<(), Refusal> {
        if is_shared { self.need(&["Calendars.ReadWrite.Shared"]) } else { self.need(&WRITE) }
    }

    /// Whether bodies and extensions are left out.
    pub(crate) fn is_basic(&self) -> bool {
        !self.has(&READ)
    }
}

/// Scopes that an app can ask for; those of OpenID Connect lead to no access to Graph.
pub(crate) const SCOPES: [&str; 13] = [
    "openid",
    "profile",
    "email",
    "offline_access",
    "User.Read",
    "User.ReadBasic.All",
    "User.ReadWrite",
    "Calendars.ReadBasic",
    "Calendars.Read",
    "Calendars.ReadWrite",
    "Calendars.Read.Shared",
    "Calendars.ReadWrite.Shared",
    "OnlineMeetings.ReadWrite",
];

/// The scope of a name with or without `https://graph.microsoft.com/`, in any case.
pub(crate) fn scope(name: &str) -> Option<&'static str> {
    let short = name.strip_prefix("https://graph.microsoft.com/").unwrap_or(name);
    SCOPES.iter().find(|scope| scope.eq_ignore_ascii_case(short)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_method_needs_its_scope() {
        let cases: [(&str, [bool; 5]); 6] = [
            // Basics, basics of a shared calendar, reading, writing, writing to a shared calendar.
            ("Calendars.ReadBasic", [true, false, false, false, false]),
            ("Calendars.Read", [true, false, true, false, false]),
            ("Calendars.ReadWrite", [true, false, true, true, false]),
            ("Calendars.Read.Shared", [true, true, true, false, false]),
            ("Calendars.ReadWrite.Shared", [true, true, true, true, true]),
            ("User.Read", [false, false, false, false, false]),
        ];
        for (scope, expected) in cases {
            let caller = Caller { account: String::new(), scopes: BTreeSet::from([scope.to_owned()]) };
            let may = [
                caller.may_read_basics(false),
                caller.may_read_basics(true),
                caller.may_read(),
                caller.may_write(false),
                caller.may_write(true),
            ];
            assert_eq!(may.map(|one| one.is_ok()), expected, "{scope}");
        }
    }

    #[test]
    fn scopes_have_short_and_long_names() {
        assert_eq!(scope("https://graph.microsoft.com/calendars.readwrite"), Some("Calendars.ReadWrite"));
        assert_eq!((scope("offline_access"), scope("Mail.Send")), (Some("offline_access"), None));
    }
}
