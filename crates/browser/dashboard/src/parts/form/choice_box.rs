//! A filter of a table by one of a few values.

use leptos::prelude::*;

/// A filter of a table.
pub(crate) struct Choice {
    /// Its name in the address of the page and in the request.
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    /// Values and labels; the first has the empty value and means all.
    pub(crate) options: &'static [(&'static str, &'static str)],
}

impl Choice {
    pub(crate) const SCORE: Choice = Choice {
        name: "score",
        label: "Intent score",
        options: &[("", "Every score"), ("High", "High"), ("Medium", "Medium"), ("Low", "Low")],
    };
    pub(crate) const TYPE: Choice = Choice {
        name: "type",
        label: "Intent type",
        options: &[
            ("", "Every type"),
            ("Buying", "Buying"),
            ("Partnership", "Partnership"),
            ("Support", "Support"),
            ("Job seeker", "Job seeker"),
            ("Unknown", "Unknown"),
        ],
    };
}

/// A select control; `chosen` is the selected value, empty for all.
#[component]
pub(crate) fn ChoiceBox(choice: &'static Choice, chosen: RwSignal<String>) -> impl IntoView {
    // The options are words of this app.
    let options: String =
        choice.options.iter().map(|(value, text)| format!("<option value=\"{value}\">{text}</option>")).collect();
    view! {
        <select
            class="input table-choice"
            aria-label=choice.label
            inner_html=options
            prop:value=chosen
            on:change:target=move |event| chosen.set(event.target().value())
        ></select>
    }
}
