//! Debounces a function.

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;

/// A debounced function; disposed with the component.
#[derive(Clone, Copy)]
pub(crate) struct Debounce {
    wait: Duration,
    act: StoredValue<Arc<dyn Fn() + Send + Sync>>,
    waiting: StoredValue<Option<TimeoutHandle>>,
}

impl Debounce {
    /// Runs `act` `wait_ms` after the last request (debounce).
    pub(crate) fn new(wait_ms: u64, act: impl Fn() + Send + Sync + 'static) -> Debounce {
        let soon = Debounce {
            wait: Duration::from_millis(wait_ms),
            act: StoredValue::new(Arc::new(act)),
            waiting: StoredValue::new(None),
        };
        on_cleanup(move || soon.cancel());
        soon
    }

    /// Requests a run.
    pub(crate) fn ask(self) {
        self.cancel();
        let handle = set_timeout_with_handle(move || self.do_now(), self.wait);
        self.waiting.set_value(handle.ok());
    }

    fn do_now(self) {
        if let Some(act) = self.act.try_get_value() {
            act();
        }
    }

    fn cancel(self) {
        if let Some(handle) = self.waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    }
}
