//! `/api/v1/mail`: what was mailed, and what would have been.

use crate::DeliveryStateWord;
#[cfg(feature = "openapi")]
use crate::schema::MillisSchema;
use knock_model::Millis;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/mail`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailPage {
    /// Whether there is a mail server, of the configuration or of the dashboard; without one nothing is sent.
    pub is_set_up: bool,
    /// The sender; empty if mail is not set up.
    #[serde(default)]
    pub from: String,
    /// Host and port of the SMTP server; empty when mail is not set up.
    #[serde(default)]
    pub server: String,
    /// Newest first.
    pub mails: Vec<Mail>,
    /// The value of `before` for the next page; none on the last one.
    #[serde(default)]
    pub next: Option<i64>,
}

/// A mail in the outbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mail {
    /// Its number: later ones have higher numbers.
    pub number: i64,
    /// The kind, such as `mail.sign_in_link`, `mail.rep_reply` or `mail.test`.
    pub kind: String,
    /// The recipient's address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text, with tokens and proofs hidden.
    pub text: String,
    /// The instant of its cause, in ms since 1970.
    pub at: Millis,
    /// The state.
    pub state: DeliveryStateWord,
    /// The instant of the next attempt, in ms since 1970.
    #[serde(default)]
    pub due_at: Option<Millis>,
    /// The number of attempts.
    pub attempts: u32,
    /// The result of the last attempt; empty before the first.
    #[serde(default)]
    pub answer: String,
}
