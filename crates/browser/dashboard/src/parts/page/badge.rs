//! The look of a badge.

use crate::words::chat::StatusTone;

/// The class of a badge by its urgency.
pub(crate) const fn badge_class(tone: StatusTone) -> &'static str {
    match tone {
        StatusTone::Attention => "badge badge-medium",
        StatusTone::Good => "badge badge-high",
        StatusTone::Open => "badge badge-open",
        StatusTone::Muted => "badge badge-low",
    }
}
