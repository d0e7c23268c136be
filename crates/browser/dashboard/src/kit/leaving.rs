//! Confirms leaving a page with unsaved changes.

use leptos::ev;
use leptos::prelude::*;
use leptos_router::NavigateOptions;

use super::browser;
use super::history::History;
use crate::api::playbooks::PlaybookKey;

/// The destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Nowhere,
    /// The address of a link.
    Link(String),
    /// A history navigation, back or forward.
    History,
    Playbook(PlaybookKey),
}

/// The destination to confirm while changes are unsaved.
#[derive(Clone, Copy)]
pub(crate) struct Leaving {
    /// Whether it is being confirmed, and for what.
    pub(crate) wanted: RwSignal<Wanted>,
    is_free: StoredValue<bool>,
}

impl Leaving {
    /// Watches links, the history and the window while the page is open. `is_changed` returns whether changes would be
    /// lost, `address` returns the address of the page.
    pub(crate) fn watch(
        is_changed: impl Fn() -> bool + Copy + Send + Sync + 'static,
        address: impl Fn() -> String + Send + Sync + 'static,
    ) -> Leaving {
        let leaving = Leaving { wanted: RwSignal::new(Wanted::Nowhere), is_free: StoredValue::new(false) };
        let asks = move || !leaving.is_free.get_value() && untrack(is_changed);
        let clicked = browser::before_others("click", move |event| {
            if let Some(href) = browser::link_of(event).filter(|_| asks()) {
                event.prevent_default();
                event.stop_immediate_propagation();
                leaving.wanted.set(Wanted::Link(href));
            }
        });
        expect_context::<History>().look_at(move |event| {
            if asks() {
                // The router does not see the event, and the page's own address is restored.
                event.stop_immediate_propagation();
                browser::push_address(&untrack(&address));
                leaving.wanted.set(Wanted::History);
            }
        });
        // Removed with the page.
        StoredValue::new_local(clicked);
        let closed = window_event_listener(ev::beforeunload, move |event| {
            if asks() {
                event.prevent_default();
            }
        });
        on_cleanup(move || closed.remove());
        leaving
    }

    pub(crate) fn stay(self) {
        self.wanted.set(Wanted::Nowhere);
    }

    /// Goes to the confirmed destination and drops the changes; `choose` shows another playbook.
    pub(crate) fn go(self, navigate: impl Fn(&str, NavigateOptions), choose: impl Fn(PlaybookKey)) {
        let wanted = self.wanted.get_untracked();
        self.wanted.set(Wanted::Nowhere);
        match wanted {
            Wanted::Nowhere => {}
            Wanted::Link(href) => {
                self.is_free.set_value(true);
                navigate(&href, NavigateOptions::default());
            }
            Wanted::History => {
                self.is_free.set_value(true);
                browser::go_back();
            }
            Wanted::Playbook(playbook) => choose(playbook),
        }
    }
}
