//! Events of a lead, as workflows see them.

use alloc::string::String;
use knock_model::{Category, Millis, SignalType, spelled, vocabulary};
use knock_routing::{Field, Value};

/// An event of the lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its id, which a cause names.
    pub id: String,
    /// Its number in the order in which events take effect, from 1 and ascending. An engine ignores an event whose
    /// number is not above that of the last one.
    pub number: u64,
    /// The instant of the event itself: signals count in windows by it (WF-T2).
    pub at: Millis,
    /// The instant at which it was received and takes effect (WF-O1).
    pub received_at: Millis,
    pub origin: Origin,
    pub kind: EventKind,
}

/// The cause of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Anything but an action of a workflow.
    Outside,
    /// A signal that arrived late, which says it besides: it ends waits and runs, but enrols no lead (WF-T3).
    Late,
    /// An action of a workflow: it changes the lead but fires no trigger (WF-T5).
    Workflow,
}

/// The latest arrival of a signal that enrols (WF-T3).
const STALE: Millis = Millis(30 * Millis::MINUTE.0);

impl Origin {
    /// The cause of what a signal with this cause says besides itself, such as a sent form.
    #[must_use]
    pub fn beside_signal(self, at: Millis, received_at: Millis) -> Origin {
        if self == Origin::Outside && is_late(at, received_at) { Origin::Late } else { self }
    }
}

impl Event {
    /// Whether it is of a signal that arrived too late to enrol (WF-T3).
    pub(crate) fn is_stale(&self) -> bool {
        let is_signal = matches!(self.kind, EventKind::Signal { .. });
        self.origin == Origin::Late || (is_signal && is_late(self.at, self.received_at))
    }
}

fn is_late(at: Millis, received_at: Millis) -> bool {
    received_at - at > STALE
}

/// The content of an event.
#[derive(Clone, Debug, PartialEq)]
pub enum EventKind {
    Signal {
        signal: SignalType,
        category: Category,
    },
    /// A field of the lead got another value; `None` and values that its field cannot have are missing ones.
    Field {
        field: Field,
        value: Option<Value>,
    },
    Message {
        by: Author,
    },
    Form {
        form: Option<String>,
    },
    Link {
        link: Option<String>,
    },
    Consent(Consent),
    /// An action to the lead was done elsewhere, or a nudge was shown: it counts for caps (WF-A4).
    Sent,
    Standing(Standing),
    Mailable(Mailable),
}

vocabulary! {
    /// The author of a message.
    Author {
        /// The lead.
        Lead = "lead",
        /// A member of the team.
        Rep = "rep",
        /// The AI agent.
        Agent = "agent",
    }
}

spelled!(Author);

vocabulary! {
    /// The consent of the lead; it is also the value of the field `consent`.
    Consent {
        /// Given.
        Granted = "granted",
        /// Denied or withdrawn: no enrolment, no action to the lead (WF-A1).
        Denied = "denied",
    }
}

spelled!(Consent);

vocabulary! {
    /// Whether workflows may run for the lead at all (WF-E5).
    #[derive(Default)]
    Standing {
        /// They may.
        #[default]
        Normal = "normal",
        /// Spam or erased: out of every workflow.
        Spam = "spam",
        /// Rejected: enrolled only by a trigger on that status.
        Rejected = "rejected",
    }
}

spelled!(Standing);

vocabulary! {
    /// Whether mails of workflows can reach the lead.
    #[derive(Default)]
    Mailable {
        /// They can.
        #[default]
        Yes = "yes",
        /// No address is known.
        NoAddress = "no_address",
        /// The lead has unsubscribed from them.
        Unsubscribed = "unsubscribed",
    }
}

spelled!(Mailable);
