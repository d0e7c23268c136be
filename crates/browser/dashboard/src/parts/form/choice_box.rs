//! Narrowing a table to one value of a few.

use crate::prelude::*;

/// A value that a table can be narrowed to.
pub(crate) struct Choice {
    /// Its name in the address of the page and of the request.
    pub(crate) name: &'static str,
    /// The label.
    pub(crate) label: &'static str,
    /// Values with what is shown for each; the first stands for all and has the empty value.
    pub(crate) options: &'static [(&'static str, &'static str)],
}

impl Choice {
    /// Intent score.
    pub(crate) const SCORE: Choice = Choice {
        name: "score",
        label: "Intent score",
        options: &[("", "Every score"), ("High", "High"), ("Medium", "Medium"), ("Low", "Low")],
    };
    /// Intent type.
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

/// A list of values; `chosen` is the one that was chosen, empty for all.
#[component]
pub(crate) fn ChoiceBox(
    /// The choices.
    choice: &'static Choice,
    /// The value that is chosen.
    chosen: RwSignal<String>,
) -> impl IntoView {
    // Words of this app alone.
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
