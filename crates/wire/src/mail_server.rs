//! `/api/v1/mail/server`: the mail server that mail is sent by.

use crate::RawSecret;
use serde::{Deserialize, Serialize};

/// The place where the mail server is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MailServerSource {
    /// Nowhere: nothing is sent.
    #[default]
    None,
    /// The configuration of the server: `smtp.url`, `smtp.from`. It counts before the dashboard.
    File,
    /// The dashboard.
    Dashboard,
}

/// The encryption between Knock and the mail server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MailSecurity {
    /// TLS from the first byte, usually on port 465.
    Tls,
    /// STARTTLS, without which nothing is sent; usually on port 587.
    #[default]
    Starttls,
    /// None: for a server in a network of `outbound.private_networks` only.
    None,
}

/// `GET` and answer of `PUT /api/v1/mail/server`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct MailServerSettings {
    /// The place where it is set.
    pub source: MailServerSource,
    /// Host and port of a server of the configuration; empty for another source.
    pub server: String,
    /// The sender of a server of the configuration, such as `Acme <hello@acme.example>`; empty for another source.
    pub from: String,
    /// The host of a server of the dashboard.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The encryption.
    pub security: MailSecurity,
    /// The user; empty for a server without a login.
    pub username: String,
    /// Whether a password is stored.
    pub has_password: bool,
    /// The address of the sender.
    pub from_address: String,
    /// The name of the sender; may be empty.
    pub from_name: String,
    /// The reason for which it cannot be used; empty if it can.
    pub problem: String,
}

/// `PUT /api/v1/mail/server`: sets up the mail server. It is logged in to first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MailServerDraft {
    /// The host.
    pub host: String,
    /// The port, 1 to 65535.
    pub port: u32,
    /// The encryption.
    pub security: MailSecurity,
    /// The user; empty for a server without a login.
    #[serde(default)]
    pub username: String,
    /// The password. It may be left out for the same host and user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<RawSecret>,
    /// The address of the sender.
    pub from_address: String,
    /// The name of the sender; may be empty.
    #[serde(default)]
    pub from_name: String,
}

/// `POST /api/v1/mail/server/test`: sends a test mail by a server that need not be saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MailServerTest {
    /// The recipient; the signed-in member if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The server; the stored one if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server: Option<MailServerDraft>,
}

/// The outcome of a test mail.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailServerTested {
    /// Whether the server accepted the mail.
    pub is_sent: bool,
    /// Where it ended: `name`, `network`, `unencrypted`, `connection`, `silence`, `protocol`, `tls`, `starttls`,
    /// `certificate`, `login`, `no_login`, `sender`, `recipient`, `mail`, or `accepted`.
    pub step: String,
    /// What happened, as sentences.
    pub text: String,
    /// The words of the mail server or of the network; may be empty.
    #[serde(default)]
    pub detail: String,
}
