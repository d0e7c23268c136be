//! Announces new signals to screen readers, in batches.

use knock_wire::TimelineEntry;
use leptos::prelude::*;

use crate::kit::debounce::Debounce;
use crate::words::signal::announcement;

const WAIT_MS: u64 = 1_500;

/// Collects new signals until there is a pause, then announces them in one sentence.
#[derive(Clone, Copy)]
pub(crate) struct Announcer {
    /// The sentence that was announced last.
    pub(crate) text: RwSignal<String>,
    count: StoredValue<usize>,
    newest: StoredValue<Option<TimelineEntry>>,
    speak: Debounce,
}

impl Announcer {
    /// An announcer without a message.
    pub(crate) fn new() -> Announcer {
        let (text, count, newest) = (RwSignal::new(String::new()), StoredValue::new(0), StoredValue::new(None));
        let speak = Debounce::new(WAIT_MS, move || {
            let said =
                newest.with_value(|newest| newest.as_ref().map(|newest| announcement(count.get_value(), newest)));
            text.set(said.unwrap_or_default());
            count.set_value(0);
        });
        Announcer { text, count, newest, speak }
    }

    /// Adds a signal that the page shows.
    pub(crate) fn tell(self, entry: &TimelineEntry) {
        self.count.update_value(|count| *count += 1);
        self.newest.set_value(Some(entry.clone()));
        self.speak.ask();
    }
}

pub(crate) fn use_announcer() -> Announcer {
    expect_context()
}
