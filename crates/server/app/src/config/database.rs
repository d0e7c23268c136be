//! The address of a database, which may hold a password.

use serde::{Deserialize, Serialize};
use std::fmt;

/// `postgres://USER:PASSWORD@HOST/NAME`; SQLite in the data directory when empty.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct DatabaseAddress(String);

impl DatabaseAddress {
    /// Whether it names none: then it is SQLite in the data directory.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it is one of PostgreSQL's.
    pub(crate) fn is_postgres(&self) -> bool {
        self.0.starts_with("postgres://") || self.0.starts_with("postgresql://")
    }

    /// The address with its password: to connect to, not to show.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// The address as it may be shown.
    pub(crate) fn without_password(&self) -> String {
        without_password(&self.0)
    }
}

/// An address as it may be shown.
pub(super) fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return String::new() };
    let (place, options) = rest.split_once('?').unwrap_or((rest, ""));
    let (user, host) = place.rsplit_once('@').unwrap_or(("", place));
    let user = user.split_once(':').map_or(user.to_owned(), |(name, _)| format!("{name}:***"));
    let at = if place.contains('@') { "@" } else { "" };
    // A password may stand among the options too.
    let more = if options.is_empty() { "" } else { "?..." };
    format!("{scheme}://{user}{at}{host}{more}")
}

impl From<String> for DatabaseAddress {
    fn from(text: String) -> DatabaseAddress {
        DatabaseAddress(text)
    }
}

impl fmt::Debug for DatabaseAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.without_password())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        let cases = [
            ("", ""),
            ("postgres://knock@db/knock", "postgres://knock@db/knock"),
            ("postgres://knock:p@ss@db:5432/knock", "postgres://knock:***@db:5432/knock"),
            ("postgres://db/knock?user=k&password=p", "postgres://db/knock?..."),
        ];
        for (address, expected) in cases {
            let address = DatabaseAddress::from(address.to_owned());
            assert_eq!(address.without_password(), expected);
            assert_eq!(format!("{address:?}"), expected);
        }
    }
}
