//! The address of a database or a mail server, which may hold a password.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An address such as `postgres://USER:PASSWORD@HOST/NAME`; empty is none.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Address(String);

impl Address {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it is an address of PostgreSQL.
    pub(crate) fn is_postgres(&self) -> bool {
        self.0.starts_with("postgres://") || self.0.starts_with("postgresql://")
    }

    /// The address with its password: for connecting, not for display.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// The address for display.
    pub(crate) fn without_password(&self) -> String {
        let Some((scheme, rest)) = self.0.split_once("://") else { return String::new() };
        let (place, options) = rest.split_once('?').unwrap_or((rest, ""));
        let (user, host) = place.rsplit_once('@').unwrap_or(("", place));
        let user = user.split_once(':').map_or(user.to_owned(), |(name, _)| format!("{name}:***"));
        let at = if place.contains('@') { "@" } else { "" };
        // The options may hold a password too.
        let more = if options.is_empty() { "" } else { "?..." };
        format!("{scheme}://{user}{at}{host}{more}")
    }
}

impl From<String> for Address {
    fn from(text: String) -> Address {
        Address(text)
    }
}

impl fmt::Debug for Address {
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
            ("smtps://knock:pass@mail.example:465", "smtps://knock:***@mail.example:465"),
        ];
        for (address, expected) in cases {
            let address = Address::from(address.to_owned());
            assert_eq!(address.without_password(), expected);
            assert_eq!(format!("{address:?}"), expected);
        }
    }
}
