//! The identify settings of a site.

use knock_model::IdentifyPolicy;
use leptos::prelude::*;

use crate::kit::reactive::handler;
use crate::state::settings::site_form::SiteFields;
use crate::words::site::identify_words;

/// The policies, each with a sentence.
#[component]
pub(crate) fn IdentifyFields(fields: SiteFields) -> impl IntoView {
    let group = format!("{}-identify", fields.id());
    let choice = |policy: &IdentifyPolicy| {
        let (word, (name, meaning)) = (policy.as_str(), identify_words(*policy));
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name=group.clone()
                    value=word
                    prop:checked=fields.identify.get_untracked() == word
                    on:change=handler(move |_| fields.identify.set(word.to_owned()))
                />
                <span>
                    <strong>{name}</strong>
                    <span class="field-hint choice-meaning">{meaning}</span>
                </span>
            </label>
        }
        .into_any()
    };
    view! {
        <fieldset class="fieldset">
            <legend class="field-label">"Identification"</legend>
            {IdentifyPolicy::ALL.iter().map(choice).collect_view()}
        </fieldset>
    }
}
