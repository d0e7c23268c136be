//! Whether a chat needs work, as the team says, apart from Chat Status (7.5).

use alloc::string::String;
use knock_model::Millis;

/// The word of the team about a chat, as far as it still counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Work {
    /// Nothing was said, or the lead has written since: the status decides.
    #[default]
    ByStatus,
    /// Opened at this instant: by a member, or by an assignment.
    Opened { at: Millis },
    /// A snooze of a member ended at this instant.
    Woken { at: Millis, by: Option<String> },
    /// Put aside until an instant, by a member.
    Snoozed { until: Millis, by: Option<String> },
    /// Nothing is left to do, says a member.
    Done { by: Option<String> },
}

impl Work {
    /// Lets a snooze that ends before an instant end.
    pub(super) fn wake(&mut self, before: Millis) {
        if let Work::Snoozed { until, by } = self
            && *until < before
        {
            *self = Work::Woken { at: *until, by: by.take() };
        }
    }

    /// The lead wrote: the chat is open again.
    pub(super) fn lead_wrote(&mut self) {
        if matches!(self, Work::Done { .. } | Work::Snoozed { .. }) {
            *self = Work::ByStatus;
        }
    }

    pub(super) fn open(&mut self, at: Millis) {
        *self = Work::Opened { at };
    }

    /// The instant at which a snooze ends.
    pub fn snoozed_until(&self) -> Option<Millis> {
        match self {
            Work::Snoozed { until, .. } => Some(*until),
            Work::ByStatus | Work::Opened { .. } | Work::Woken { .. } | Work::Done { .. } => None,
        }
    }

    /// The end of a snooze, and the member who had asked for it, while it counts.
    pub(super) fn woken(&self) -> Option<(Millis, Option<&str>)> {
        match self {
            Work::Woken { at, by } => Some((*at, by.as_deref())),
            Work::ByStatus | Work::Opened { .. } | Work::Snoozed { .. } | Work::Done { .. } => None,
        }
    }
}
