//! What is known of the lead when a workflow decides.

use crate::event::{Consent, Event, EventKind, Mailable, Standing};
use alloc::vec::Vec;
use knock_model::{Category, Millis, SignalType};
use knock_routing::{Condition, Field, LeadFields, Value};

/// A signal that was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Signal {
    /// The number of its event.
    pub number: u64,
    /// Its own instant.
    pub at: Millis,
    pub signal: SignalType,
    pub category: Category,
}

/// The lead as known from the events so far. A server either stores it or reads it from its tables.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Lead {
    /// The fields that conditions and triggers compare.
    pub fields: LeadFields,
    /// The signals in order of arrival. A trigger with a count looks at the windows that end at the times of the new
    /// signal and of the matching one before it: signals outside of them can be left out.
    pub signals: Vec<Signal>,
    /// The instants of actions to the lead: at least those within the longest window of a cap.
    pub sent: Vec<Millis>,
    /// The instant of the last message of a rep.
    pub rep_wrote_at: Option<Millis>,
    pub standing: Standing,
    pub mailable: Mailable,
    /// The number of the last event, 0 before the first.
    pub last_event: u64,
}

/// An event with the value that its field had before.
pub(crate) struct Applied<'e> {
    pub(crate) event: &'e Event,
    /// The field that the event gave a value, with its former one.
    pub(crate) change: Option<(Field, Option<Value>)>,
}

impl Lead {
    /// A lead with these fields, before its first event.
    #[must_use]
    pub fn with(fields: LeadFields) -> Lead {
        Lead { fields, ..Lead::default() }
    }

    /// Whether a condition holds at an instant.
    pub(crate) fn matches(&self, condition: &Condition, at: Millis) -> bool {
        condition.holds(&self.fields, Some(at))
    }

    /// Whether the lead has denied consent (WF-A1).
    pub(crate) fn has_denied(&self) -> bool {
        let denied = [Value::text(Consent::Denied.as_str())];
        consent_field()
            .and_then(|field| self.fields.get(&field).map(|value| value.has_any_of(&denied)))
            .unwrap_or(false)
    }

    /// Whether a rep has written less than `span` before `now` (WF-A2).
    pub(crate) fn has_rep(&self, now: Millis, span: Millis) -> bool {
        self.rep_wrote_at.is_some_and(|at| now - at < span)
    }

    /// The number of actions to the lead in `(now - span, now]` (WF-A4).
    pub(crate) fn sent_within(&self, now: Millis, span: Millis) -> usize {
        self.sent.iter().filter(|at| **at <= now && now - **at < span).count()
    }

    /// Takes over what an event says.
    pub(crate) fn apply<'e>(&mut self, event: &'e Event) -> Applied<'e> {
        self.last_event = event.number;
        let change = match &event.kind {
            EventKind::Signal { signal, category } => {
                let (number, at) = (event.number, event.at);
                self.signals.push(Signal { number, at, signal: *signal, category: *category });
                None
            }
            EventKind::Field { field, value } => Some(self.change(field.clone(), value.clone())),
            EventKind::Consent(consent) => {
                consent_field().map(|field| self.change(field, Some(Value::text(consent.as_str()))))
            }
            EventKind::Message { by: crate::Author::Rep } => {
                self.rep_wrote_at = self.rep_wrote_at.max(Some(event.received_at));
                None
            }
            EventKind::Sent => {
                self.sent.push(event.received_at);
                None
            }
            EventKind::Standing(standing) => {
                self.standing = *standing;
                None
            }
            EventKind::Mailable(mailable) => {
                self.mailable = *mailable;
                None
            }
            EventKind::Message { by: crate::Author::Lead | crate::Author::Agent }
            | EventKind::Form { .. }
            | EventKind::Link { .. } => None,
        };
        Applied { event, change }
    }

    fn change(&mut self, field: Field, value: Option<Value>) -> (Field, Option<Value>) {
        let former = self.fields.replace(&field, value);
        (field, former)
    }
}

/// The field that holds the consent.
fn consent_field() -> Option<Field> {
    Field::parse("consent").ok()
}
