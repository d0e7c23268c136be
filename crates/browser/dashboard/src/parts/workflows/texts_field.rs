//! A text in several languages, one of which is shown.

use knock_wire::Texts;
use leptos::prelude::*;

use crate::kit::reactive::{derived, memo};
use crate::parts::rules::controls::labelled_choice;
use crate::parts::table::condition_line::option;
use crate::words::workflows::content::{LANGUAGES, text_of};

/// The choice of the language; those without a text say so.
pub(super) fn language_choice(id: &str, language: RwSignal<String>, texts: Signal<Texts>) -> AnyView {
    let options = derived(move || {
        let chosen = language.get();
        let one = |(code, name): (&str, &str)| {
            let is_empty = texts.with(|texts| text_of(texts, code).trim().is_empty());
            let label = if is_empty { format!("{name} (no text)") } else { name.to_owned() };
            option(code, &label, code == chosen)
        };
        LANGUAGES.map(one).concat()
    });
    labelled_choice(id, "Language", options, Box::new(move |code| language.set(code)))
}

/// The text of the shown language: a line, or several.
pub(super) fn texts_field(
    (id, label, hint): (String, &'static str, &'static str),
    is_long: bool,
    texts: Signal<Texts>,
    language: RwSignal<String>,
    set: Callback<Texts>,
) -> AnyView {
    let value = memo(move || texts.with(|texts| language.with(|code| text_of(texts, code).to_owned())));
    let write = move |text: String| {
        let mut all = texts.get_untracked();
        let code = language.get_untracked();
        if text.is_empty() {
            all.remove(&code);
        } else {
            all.insert(code, text);
        }
        set.run(all);
    };
    let name = derived(move || {
        let name = language.with(|code| LANGUAGES.iter().find(|(known, _)| known == code).map(|(_, name)| *name));
        format!("{label} ({})", name.unwrap_or_default())
    });
    let notes = format!("{id}-hint");
    let control = if is_long {
        view! {
            <textarea
                class="input agents-text"
                id=id.clone()
                rows="3"
                aria-describedby=notes.clone()
                prop:value=value
                on:input:target=move |event| write(event.target().value())
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                class="input"
                id=id.clone()
                autocomplete="off"
                aria-describedby=notes.clone()
                prop:value=value
                on:input:target=move |event| write(event.target().value())
            />
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label class="field-label" for=id>
                {name}
            </label>
            {control}
            <p class="field-hint" id=notes>
                {hint}
            </p>
        </div>
    }
    .into_any()
}
