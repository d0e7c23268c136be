//! The confirmation before unsaved changes are lost.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::dialog::Dialog;
use crate::api::playbooks::PlaybookKey;
use crate::kit::leaving::{Leaving, Wanted};
use crate::kit::reactive::derived;
use crate::parts::page::when::When;

/// A dialog that confirms leaving a page with unsaved changes.
#[component]
pub(crate) fn LeaveQuestion<F: Fn(PlaybookKey) + Copy + Send + Sync + 'static>(
    /// The destination.
    leaving: Leaving,
    /// A sentence about the unsaved changes.
    lost: &'static str,
    /// Shows another playbook.
    choose: F,
) -> impl IntoView {
    let navigate = StoredValue::new(use_navigate());
    let go = move |()| {
        let navigate = navigate.get_value();
        leaving.go(&navigate, choose);
    };
    view! {
        <When is=derived(move || leaving.wanted.get() != Wanted::Nowhere)>
            <Dialog
                title="Leave without saving?"
                confirm="Leave"
                is_busy=Signal::stored(false)
                failure=Signal::stored(None)
                confirmed=go
                closed=move |()| leaving.stay()
            >
                <p>{lost}</p>
            </Dialog>
        </When>
    }
}
