//! The SMTP server that mail is sent by.

use super::database::without_password;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The server and the sender; without `url` nothing is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Smtp {
    /// Such as `smtps://USER:PASSWORD@mail.example.com`; empty is none.
    pub(crate) url: SmtpUrl,
    /// Who sends, such as `Acme <hello@acme.example>`.
    pub(crate) from: String,
}

impl Smtp {
    /// Whether there is a server.
    pub(crate) fn is_set_up(&self) -> bool {
        !self.url.0.is_empty()
    }

    /// The same without the password.
    pub(super) fn shown(&self) -> Smtp {
        Smtp { url: SmtpUrl(self.url.without_password()), from: self.from.clone() }
    }
}

/// The address of an SMTP server, which may hold a password.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct SmtpUrl(String);

impl SmtpUrl {
    /// The address with its password: to connect to, not to show.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    fn without_password(&self) -> String {
        without_password(&self.0)
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.without_password())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        let smtp = Smtp { url: SmtpUrl("smtps://knock:pass@mail.example:465".into()), from: "a@b.example".into() };
        for shown in [format!("{smtp:?}"), format!("{:?}", smtp.shown()), smtp.shown().url.reveal().to_owned()] {
            assert!(shown.contains("smtps://knock:***@mail.example:465"), "{shown}");
        }
    }
}
