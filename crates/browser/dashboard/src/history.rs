//! Moves through the browser's history, heard before the router hears of them.

use leptos::prelude::*;
use leptos::web_sys::Event;
use std::sync::Arc;

use crate::browser;

/// May keep a move from the router.
type Keeper = Arc<dyn Fn(&Event) + Send + Sync>;

/// The moves, and the page that may keep them from the router.
#[derive(Clone, Copy)]
pub(crate) struct History(StoredValue<Option<Keeper>>);

impl History {
    /// Begins to hear moves. The window calls its listeners in the order in which they came, so this has to be before
    /// the router starts.
    pub(crate) fn start() -> History {
        let keeper: StoredValue<Option<Keeper>> = StoredValue::new(None);
        let heard = browser::before_others("popstate", move |event| {
            if let Some(keeper) = keeper.try_get_value().flatten() {
                keeper(event);
            }
        });
        // It goes with the app.
        StoredValue::new_local(heard);
        History(keeper)
    }

    /// Has moves looked at while the page is open.
    pub(crate) fn look_at(self, keeper: impl Fn(&Event) + Send + Sync + 'static) {
        self.0.set_value(Some(Arc::new(keeper)));
        on_cleanup(move || drop(self.0.try_set_value(None)));
    }
}
