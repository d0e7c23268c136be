//! What was just done in the inbox, said for some seconds, with a way back.

use knock_model::{ConversationId, LeadId};
use knock_wire::LeadAction;
use leptos::prelude::*;
use std::time::Duration;

use crate::kit::browser::keys;

const SHOWN: Duration = Duration::from_secs(10);
/// The interval at which a toast with the pointer or the focus on it is looked at again.
const AGAIN: Duration = Duration::from_secs(1);
/// A toast that is being read or used.
const HELD: &str = ".toast:hover, .toast:focus-within";

/// How to take something back.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Undo {
    /// Reopens a conversation and returns to this address.
    One { on: ConversationId, back: String },
    /// Does the opposite on these leads.
    Many { leads: Vec<LeadId>, action: LeadAction },
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Toast {
    pub(crate) words: String,
    pub(crate) undo: Option<Undo>,
}

/// The current toast: at most one.
#[derive(Clone, Copy)]
pub(crate) struct Toasts {
    pub(crate) shown: RwSignal<Option<Toast>>,
    /// The number of the current toast, so that the time of an earlier one does not end it.
    number: StoredValue<u64>,
}

impl Toasts {
    pub(crate) fn new() -> Toasts {
        Toasts { shown: RwSignal::new(None), number: StoredValue::new(0) }
    }

    /// Shows a toast in place of the current one, for some seconds, and while the pointer or the focus is on it.
    pub(crate) fn show(self, words: String, undo: Option<Undo>) {
        // The inbox may have been left meanwhile.
        let Some(number) = self.number.try_get_value() else { return };
        self.number.set_value(number + 1);
        self.shown.set(Some(Toast { words, undo }));
        self.end_after(number + 1, SHOWN);
    }

    pub(crate) fn clear(self) {
        self.shown.try_set(None);
    }

    fn end_after(self, number: u64, wait: Duration) {
        let look = move || {
            if self.number.try_get_value() != Some(number) {
                return;
            }
            if keys::has(HELD) { self.end_after(number, AGAIN) } else { self.clear() }
        };
        set_timeout(look, wait);
    }
}
