//! The JSON of `knock explain`: one case, or `{"cases": [...]}`, answered in the same shape.

mod document;
mod instant;
mod intent;
mod refused;
mod routing;
mod slots;
mod status;

pub use document::{CaseError, explain};

/// Which function of the domain is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The intent score of a list of signals.
    Intent,
    /// The history of a Chat Status or a Meeting Status.
    Status,
    /// Who gets a lead, by which rule and why.
    Routing,
    /// The slots to offer from some calendars.
    Slots,
}
