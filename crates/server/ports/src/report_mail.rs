//! The mail with the figures of a week that members have every Monday. Every method fails only when the database does.

use crate::StoreError;
use knock_model::{EffectKind, RepId};
use serde::{Deserialize, Serialize};

/// Whether a member has the mail, and for which week the last one was dealt with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportMailRow {
    pub member: RepId,
    /// Whether they want it.
    pub is_on: bool,
    /// The Monday on which the last week that needs no mail any more began, such as `2026-11-23`; empty for none. It is
    /// kept while the mail is off, so that no week is mailed twice.
    pub sent_for: String,
}

/// Writing which members have the mail.
pub trait ReportMailLedger {
    /// Stores it for a member.
    fn save_report_mail(&mut self, row: &ReportMailRow) -> Result<(), StoreError>;

    /// Deletes it for a member.
    fn forget_report_mail(&mut self, member: RepId) -> Result<(), StoreError>;
}

/// Reading which members have the mail.
pub trait ReportMailView {
    /// That of a member; none if they never wanted it.
    fn report_mail(&self, member: RepId) -> Result<Option<ReportMailRow>, StoreError>;

    /// Those who want it, in the order of their ids.
    fn report_mails(&self) -> Result<Vec<ReportMailRow>, StoreError>;
}

/// The mail: an effect at [`Destination::MAIL`](knock_model::Destination::MAIL). It names no lead, so that what is
/// erased stands in none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekMail {
    /// The member's address.
    pub to: String,
    /// The first day of the week, a Monday, such as `2026-11-23`.
    pub from: String,
    /// The last day of the week.
    pub until: String,
    /// The time zone of days.
    pub zone: String,
    /// The figures of the overview, in its order.
    pub figures: Vec<WeekFigure>,
    /// The chats that waited for an answer when it was written.
    pub waiting: u32,
    /// How long the longest of them had waited then, in minutes.
    pub longest_minutes: u32,
}

impl WeekMail {
    /// The kind of this effect.
    pub const KIND: EffectKind = EffectKind::new("mail.week");
}

/// A figure, as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekFigure {
    pub label: String,
    /// That of the week, with its unit; `no data` without any.
    pub value: String,
    /// That of the week before.
    pub before: String,
    /// The goal and whether it is met; empty without one.
    pub goal: String,
}
