//! The outcome of a consent, where the browser comes back from the provider.

use leptos::html::P;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::reactive::effect;
use crate::words::calendar_consent::consent_words;

/// The outcome in words, with the focus; it is not shown again after a reload.
pub(crate) fn consent_outcome() -> Option<AnyView> {
    let said = |name| browser::query(name);
    let (is_wrong, words) = consent_words(&said("calendar"), &said("install"), &said("why"))?;
    browser::replace_query("");
    let class = if is_wrong { "note note-wrong" } else { "note note-good" };
    let note = NodeRef::<P>::new();
    effect(move || note.get().inspect(|note| browser::focus(note)));
    let view = view! {
        <p class=class role="status" tabindex="-1" node_ref=note>
            {words}
        </p>
    };
    Some(view.into_any())
}
