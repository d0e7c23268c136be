//! The JSON of `knock explain`: one case, or `{"cases": [...]}`, answered in the same shape.

mod document;
mod instant;
mod intent;
mod refused;
mod routing;
mod slots;
mod status;
mod workflow;

pub use document::{CaseError, explain};

/// The function of the domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The intent score of a list of signals.
    Intent,
    /// The history of a Chat Status or a Meeting Status.
    Status,
    /// The routing decision about a lead.
    Routing,
    /// The slots to offer from some calendars.
    Slots,
    /// The runs of workflows, and the refused enrolments, of a lead's events.
    Workflow,
}
