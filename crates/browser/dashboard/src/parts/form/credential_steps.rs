//! The steps by which a person gets credentials.

use leptos::prelude::*;

/// The steps at the vendor; one alone is no list.
pub(crate) fn credential_steps(all: Vec<String>) -> AnyView {
    if all.len() > 1 {
        let lines = all.into_iter().map(|step| view! { <li>{step}</li> }.into_any()).collect::<Vec<_>>();
        return view! { <ol class="vendor-steps">{lines}</ol> }.into_any();
    }
    let only = all.into_iter().next();
    only.map(|step| view! { <p class="field-hint">{step}</p> }).into_any()
}
