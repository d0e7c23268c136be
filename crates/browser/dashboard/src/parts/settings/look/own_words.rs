//! Texts in place of the standard ones: a search, and a field for each text that it finds.

use leptos::prelude::*;

use super::fields::{error_lines, group};
use crate::api::Failure;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::search_box::SearchBox;
use crate::parts::page::loaded::Loaded;
use crate::state::settings::look_form::LookForm;
use crate::state::settings::look_words::{LookWordSearch, SHOWN};
use crate::words::look::word_errors;

pub(super) fn own_words(form: LookForm) -> AnyView {
    let words = LookWordSearch::start(form);
    let errors = derived(move || {
        form.failure.with(|failure| match failure {
            Some(Failure::Refused(problem)) => word_errors(problem),
            _ => Vec::new(),
        })
    });
    let fields = view! {
        <p class="field-hint">
            "Every text of the launcher, the chat, the booking and the pages can be replaced. Parts in braces, such as {name}, are filled in: your text needs the same ones."
        </p>
        <SearchBox label="Search all texts" text=words.search />
        {error_lines(errors)}
        <Loaded phase=words.all.phase retry=move |()| words.all.load()>
            <Found words />
        </Loaded>
    };
    group("look-words", "Own words", fields.into_any())
}

#[component]
fn Found(words: LookWordSearch) -> impl IntoView {
    let found = memo(move || words.found());
    let lines = move || {
        let shown = found.get().into_iter().take(SHOWN);
        shown.map(|(key, standard)| own_word(words.form, key, standard)).collect_view()
    };
    let count = move || {
        let (count, is_searching) = (found.with(Vec::len), words.search.with(|search| !search.trim().is_empty()));
        match count {
            0 if is_searching => "No text matches.".to_owned(),
            0 => "No text is replaced in this language.".to_owned(),
            count if count > SHOWN => {
                format!("The first {SHOWN} of {count} texts. Search for more of the text to find fewer.")
            }
            1 if is_searching => "1 text matches.".to_owned(),
            count if is_searching => format!("{count} texts match."),
            1 => "1 text is replaced in this language.".to_owned(),
            count => format!("{count} texts are replaced in this language."),
        }
    };
    view! {
        <p class="muted" role="status">{derived(count)}</p>
        <div class="look-words">{dynamic(lines)}</div>
    }
}

fn own_word(form: LookForm, key: String, standard: String) -> AnyView {
    let id = format!("word-{key}");
    let own = {
        let key = key.clone();
        derived(move || form.own_word(&key))
    };
    let set = {
        let key = key.clone();
        move |text: String| form.set_own_word(&key, text)
    };
    let back = {
        let key = key.clone();
        move |_| form.set_own_word(&key, String::new())
    };
    view! {
        <div class="field">
            <label class="field-label" for=id.clone() lang=form.language>{standard.clone()}</label>
            <span class="look-word">
                <input
                    class="input"
                    id=id.clone()
                    lang=form.language
                    autocomplete="off"
                    placeholder=standard
                    aria-describedby=format!("{id}-key")
                    prop:value=own
                    on:input:target=move |event| set(event.target().value())
                />
                <button
                    class="button button-quiet"
                    type="button"
                    hidden=derived(move || own.with(String::is_empty))
                    on:click=handler(back)
                >
                    "Standard text"
                    <span class="unseen">{format!(" for {key}")}</span>
                </button>
            </span>
            <code class="field-hint" id=format!("{id}-key")>{key.clone()}</code>
        </div>
    }
    .into_any()
}
