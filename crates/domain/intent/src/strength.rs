//! The weight of each kind of signal (`docs/domain.md`, Categories).

use knock_model::{Millis, SignalType};

/// Visible time from which a page view counts as a long one.
pub const ENGAGED_MS: Millis = Millis(30_000);
/// The addition to the page view's own strength on reaching [`ENGAGED_MS`].
pub const ENGAGED_STRENGTH: f64 = 0.5;
/// A page view that reached [`ENGAGED_MS`], reported as one signal.
pub const PAGE_VIEW_LONG: f64 = 1.5;

/// The strength of a signal; 0 for those that say nothing by themselves.
// Inlined it would multiply what uses it, a copy for each kind.
#[inline(never)]
pub const fn strength(kind: SignalType) -> f64 {
    match kind {
        SignalType::PageView | SignalType::LinkOpen => 1.0,
        SignalType::Click => 1.5,
        SignalType::LinkClick => 2.5,
        SignalType::Cta | SignalType::FormStart => 3.0,
        SignalType::ChatMessage => 4.0,
        SignalType::FormSubmit => 8.0,
        SignalType::MeetingBooked => 12.0,
        SignalType::FormAbandon | SignalType::Track | SignalType::Identify | SignalType::Engagement => 0.0,
    }
}
