//! Intercepts history navigation before the router.

use leptos::prelude::*;
use leptos::web_sys::Event;
use std::sync::Arc;

use super::browser;

/// Decides whether the router gets a navigation.
type Keeper = Arc<dyn Fn(&Event) + Send + Sync>;

/// History navigation, and the page that may intercept it.
#[derive(Clone, Copy)]
pub(crate) struct History(StoredValue<Option<Keeper>>);

impl History {
    /// Starts listening. The window calls listeners in the order of registration, so this has to be before
    /// the router starts.
    pub(crate) fn start() -> History {
        let keeper: StoredValue<Option<Keeper>> = StoredValue::new(None);
        let listener = browser::before_others("popstate", move |event| {
            if let Some(keeper) = keeper.try_get_value().flatten() {
                keeper(event);
            }
        });
        // Removed with the app.
        StoredValue::new_local(listener);
        History(keeper)
    }

    /// Intercepts navigation while the page is open.
    pub(crate) fn look_at(self, keeper: impl Fn(&Event) + Send + Sync + 'static) {
        self.0.set_value(Some(Arc::new(keeper)));
        on_cleanup(move || drop(self.0.try_set_value(None)));
    }
}
