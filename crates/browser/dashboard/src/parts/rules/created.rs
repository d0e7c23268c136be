//! The form that creates a rule.

use knock_routing::Funnel;
use leptos::prelude::*;

use super::controls::labelled_choice;
use crate::kit::reactive::derived;
use crate::parts::form::field::Field;
use crate::parts::table::condition_line::option;
use crate::state::rules::list::{Rules, STARTS};

/// The name, the funnel, and the start of the rule.
#[component]
pub(crate) fn NewRule(rules: Rules) -> impl IntoView {
    let errors = derived(move || rules.name_errors());
    let funnels = derived(move || {
        let chosen = rules.chosen_funnel();
        [(Funnel::Chat, "Chats"), (Funnel::Meeting, "Meetings")]
            .map(|(funnel, label)| option(funnel.as_str(), label, funnel == chosen))
            .concat()
    });
    let starts = derived(move || {
        let chosen = rules.from.get();
        let known = rules.of(rules.chosen_funnel());
        let copies = known
            .iter()
            .map(|line| option(&line.rule.id, &format!("Copy of {}", line.rule.name), line.rule.id == chosen));
        STARTS.iter().map(|(word, label)| option(word, label, *word == chosen)).chain(copies).collect::<String>()
    });
    let choose_funnel = move |funnel: String| {
        // A rule of the other funnel cannot be copied.
        rules.from.set(String::new());
        rules.funnel.set(funnel);
    };
    view! {
        <Field id="new-rule-name".to_owned() label="Name" hint="For your team only." errors>
            <input
                class="input"
                id="new-rule-name"
                autocomplete="off"
                aria-describedby="new-rule-name-notes"
                aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                bind:value=rules.name
            />
        </Field>
        {labelled_choice("new-rule-funnel", "Routes", funnels, Box::new(choose_funnel))}
        {labelled_choice("new-rule-from", "Begins with", starts, Box::new(move |word| rules.from.set(word)))}
        <p class="field-hint">
            "No link uses it until you give it to one. Its fallback is that of the default rule, until you change it."
        </p>
    }
}
