//! What the configuration of the server says of a vendor's account.

use knock_ports::Credentials;

/// The credentials of a vendor that stand in the configuration, and cannot be changed elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Configured {
    /// The credentials of the account; empty: an admin connects one.
    pub credentials: Credentials,
    /// The app that an account installs; empty: an admin enters one.
    pub app: Credentials,
    /// The name of the setting that has the credentials, for a person.
    pub setting: &'static str,
}
