//! The mail server that the team has set up in the dashboard.

use crate::StoreError;
use knock_wire::MailSecurity;
use serde::{Deserialize, Serialize};

/// The mail server of the dashboard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    pub security: MailSecurity,
    /// The user; empty for a server without a login.
    pub username: String,
    /// The password, sealed; empty for a server without a login.
    pub secret: String,
    /// The address of the sender.
    pub from_address: String,
    /// The name of the sender; may be empty.
    pub from_name: String,
}

/// Reading the mail server.
pub trait MailServerView {
    /// The mail server of the dashboard; none while there is none.
    fn mail_server(&self) -> Result<Option<MailServer>, StoreError>;
}

/// Writing the mail server.
pub trait MailServerLedger {
    /// Sets the mail server of the dashboard; none removes it.
    fn save_mail_server(&mut self, server: Option<&MailServer>) -> Result<(), StoreError>;
}
