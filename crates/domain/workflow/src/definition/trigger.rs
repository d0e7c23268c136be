//! Triggers (WF-T1..WF-T5).

use crate::event::{Author, Event, EventKind, Origin};
use crate::lead::{Applied, Lead, Signal};
use alloc::string::String;
use alloc::vec::Vec;
use knock_model::{Category, Millis, OLDEST_SIGNAL, SignalType};
use knock_routing::{Field, Value};

/// An event, or a number of signals, that a workflow reacts to.
#[derive(Clone, Debug, PartialEq)]
pub enum Trigger {
    /// A signal of a type and of a category, where they are given.
    Signal {
        signal: Option<SignalType>,
        category: Option<Category>,
        /// So many of them (WF-T2); `None` is each one (WF-T1).
        count: Option<u32>,
        /// The span that they are counted in; `None` is all time.
        within: Option<Millis>,
    },
    /// A field becomes one of some values (WF-T4).
    Field { field: Field, to: Vec<Value> },
    /// A message, of an author where one is given.
    Message { by: Option<Author> },
    /// A form, by its name where one is given.
    Form { form: Option<String> },
    /// A Knock Link is opened, by its id where one is given.
    Link { link: Option<String> },
}

impl Trigger {
    /// How long before a signal the other signals are that decide whether it fires; none where no other does. They are
    /// those of its own window, and those in the window of the one that arrived before it, perhaps late. A count of one is
    /// reached by the first of all signals alone.
    #[must_use]
    pub fn looks_back(&self) -> Option<Millis> {
        match self {
            Trigger::Signal { count: Some(count), within: Some(within), .. } if *count > 1 => {
                Some(*within + *within + OLDEST_SIGNAL)
            }
            Trigger::Signal { count: Some(_), .. } => Some(Millis(i64::MAX)),
            Trigger::Signal { count: None, .. }
            | Trigger::Field { .. }
            | Trigger::Message { .. }
            | Trigger::Form { .. }
            | Trigger::Link { .. } => None,
        }
    }

    /// Whether an event fires it. Signals count whose number is above `after`.
    pub(crate) fn fires(&self, applied: &Applied<'_>, lead: &Lead, after: u64) -> bool {
        let event = applied.event;
        if event.origin == Origin::Workflow {
            return false;
        }
        match (self, &event.kind) {
            (Trigger::Signal { count: None, .. }, EventKind::Signal { .. }) => self.matches(event),
            (Trigger::Signal { count: Some(count), within, .. }, EventKind::Signal { .. }) => {
                self.matches(event) && self.is_reached(*count, *within, lead, after)
            }
            (Trigger::Field { field, to }, EventKind::Field { .. } | EventKind::Consent(_)) => {
                becomes(field, to, applied, lead)
            }
            (Trigger::Message { by }, EventKind::Message { by: author }) => by.is_none_or(|by| by == *author),
            (Trigger::Form { form: wanted }, EventKind::Form { form: named })
            | (Trigger::Link { link: wanted }, EventKind::Link { link: named }) => wanted.is_none() || wanted == named,
            (
                Trigger::Signal { .. }
                | Trigger::Field { .. }
                | Trigger::Message { .. }
                | Trigger::Form { .. }
                | Trigger::Link { .. },
                _,
            ) => false,
        }
    }

    /// Whether it is fired by a status that names Rejected (WF-E5).
    pub(crate) fn is_of_rejected(&self) -> bool {
        let rejected = [Value::text(knock_status::chat::ChatStatus::Rejected.as_str())];
        match self {
            Trigger::Field { field, to } => {
                field.name() == "chat.status" && to.iter().any(|value| value.has_any_of(&rejected))
            }
            Trigger::Signal { .. } | Trigger::Message { .. } | Trigger::Form { .. } | Trigger::Link { .. } => false,
        }
    }

    fn matches(&self, event: &Event) -> bool {
        match event.kind {
            EventKind::Signal { signal, category } => self.counts(signal, category),
            EventKind::Field { .. }
            | EventKind::Message { .. }
            | EventKind::Form { .. }
            | EventKind::Link { .. }
            | EventKind::Consent(_)
            | EventKind::Sent
            | EventKind::Standing(_)
            | EventKind::Mailable(_) => false,
        }
    }

    fn counts(&self, one: SignalType, of: Category) -> bool {
        match self {
            Trigger::Signal { signal, category, .. } => {
                signal.is_none_or(|signal| signal == one) && category.is_none_or(|category| category == of)
            }
            Trigger::Field { .. } | Trigger::Message { .. } | Trigger::Form { .. } | Trigger::Link { .. } => false,
        }
    }

    /// Whether the last signal, which matches, brings the number to `count` (WF-T2): its own window holds so many, and
    /// the window of the matching signal before it held fewer when that one arrived.
    fn is_reached(&self, count: u32, within: Option<Millis>, lead: &Lead, after: u64) -> bool {
        let counted = |signal: &&Signal| signal.number > after && self.counts(signal.signal, signal.category);
        let matching: Vec<Millis> = lead.signals.iter().filter(counted).map(|signal| signal.at).collect();
        let holds = |arrived: &[Millis]| {
            let Some(end) = arrived.last() else { return false };
            let is_within = |at: &&Millis| **at <= *end && within.is_none_or(|within| *end - **at < within);
            arrived.iter().filter(is_within).count() >= count as usize
        };
        let before = matching.split_last().map_or([].as_slice(), |(_, before)| before);
        holds(&matching) && !holds(before)
    }
}

/// Whether an event made a field one of these values, which it was none of before (WF-T4).
fn becomes(field: &Field, to: &[Value], applied: &Applied<'_>, lead: &Lead) -> bool {
    let Some((changed, former)) = &applied.change else { return false };
    let is_one = |value: Option<&Value>| value.is_some_and(|value| value.has_any_of(to));
    changed == field && is_one(lead.fields.get(field)) && !is_one(former.as_ref())
}
