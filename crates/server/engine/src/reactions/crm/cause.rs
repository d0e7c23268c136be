//! Why a lead or a company is written to a CRM.

use knock_model::vocabulary;
use knock_ports::StoreError;

vocabulary! {
    /// The cause of a write.
    Cause {
        /// Chat Status, or the owner of the chat.
        Chat = "chat_status",
        /// Meeting Status, or a meeting.
        Meeting = "meeting_status",
        /// The intent score.
        Score = "intent_score",
        /// The intent type.
        Type = "intent_type",
        /// A form with an address.
        Form = "form",
        /// The address became known.
        Known = "identified",
        /// What the CRM says of the lead: it may be another funnel stage.
        Stage = "funnel_stage",
        /// Two records were merged.
        Merged = "merged",
        /// Another person of the company was erased.
        Erased = "erased",
        /// A resync: everything is written again.
        Resync = "resync",
    }
}

/// The error of an effect that cannot be serialized.
pub(super) fn broken(error: serde_json::Error) -> StoreError {
    StoreError::Broken(error.to_string())
}
