//! The choice of a CRM, where more than one can be connected.

use knock_model::CrmSystem;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler};
use crate::state::crm::choice::CrmChoice;

/// A button for each CRM; the one of the shown CRM is pressed.
pub(crate) fn crm_choice(choice: CrmChoice) -> AnyView {
    let tab = move |(system, name): (CrmSystem, String)| {
        view! {
            <button
                class="tab"
                type="button"
                aria-pressed=derived(move || (choice.shown() == Some(system)).to_string())
                on:click=handler(move |_| choice.choose(system))
            >
                {name}
            </button>
        }
        .into_any()
    };
    let tabs = move || {
        let offered = choice.offered();
        (offered.len() > 1).then(|| {
            let tabs = offered.into_iter().map(tab).collect::<Vec<_>>();
            view! { <div class="tabs mail-states" role="group" aria-label="CRM">{tabs}</div> }
        })
    };
    dynamic(tabs).into_any()
}
