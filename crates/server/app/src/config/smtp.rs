//! The SMTP server that mail is sent by.

use super::Address;
use serde::{Deserialize, Serialize};

/// The server and the sender; without `url` nothing is sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Smtp {
    /// The address of the server, such as `smtps://USER:PASSWORD@mail.example.com`; empty is none.
    pub(crate) url: Address,
    /// The sender, such as `Acme <hello@acme.example>`.
    pub(crate) from: String,
}

impl Smtp {
    /// The configuration without the password.
    pub(super) fn shown(&self) -> Smtp {
        Smtp { url: self.url.without_password().into(), from: self.from.clone() }
    }
}
