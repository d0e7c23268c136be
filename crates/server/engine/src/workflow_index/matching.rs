//! Triggers and the events that may fire them.

use knock_workflow::{EventKind, Trigger};

/// Whether an event is of the kind of a trigger. A form and a link without a name are any.
pub(super) fn may_fire(trigger: &Trigger, kind: &EventKind) -> bool {
    match (trigger, kind) {
        (Trigger::Signal { signal, category, .. }, EventKind::Signal { signal: one, category: of }) => {
            signal.is_none_or(|signal| signal == *one) && category.is_none_or(|category| category == *of)
        }
        (Trigger::Field { field, .. }, EventKind::Field { field: one, .. }) => field == one,
        (Trigger::Field { field, .. }, EventKind::Consent(_)) => field.name() == "consent",
        (Trigger::Message { by }, EventKind::Message { by: author }) => by.is_none_or(|by| by == *author),
        (Trigger::Form { form: wanted }, EventKind::Form { form: named })
        | (Trigger::Link { link: wanted }, EventKind::Link { link: named }) => {
            wanted.is_none() || named.is_none() || wanted == named
        }
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
