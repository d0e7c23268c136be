//! The bars of the form: the language of its texts above, and the buttons below; both stay visible while scrolling.

use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::form::dialog::Dialog;
use crate::parts::form::failure_line::FailureLine;
use crate::parts::form::save_bar::SaveBar;
use crate::parts::page::when::When;
use crate::state::settings::look_form::LookForm;
use crate::words::look::language_name;

/// The language of all texts, and the way to the preview where it is below the form.
pub(crate) fn language_bar(form: LookForm) -> AnyView {
    view! {
        <div class="look-bar">
            {languages(form)}
            <a class="link look-jump" href="#look-preview">"Preview"</a>
        </div>
    }
    .into_any()
}

/// The language of all texts in the form.
fn languages(form: LookForm) -> AnyView {
    let codes = memo(move || form.draft.with(|look| look.languages.clone()));
    let options = move || {
        let chosen = form.language.get();
        let option = |code: &String| {
            let is_chosen = *code == chosen;
            view! { <option value=code.clone() prop:selected=is_chosen>{language_name(code)}</option> }.into_any()
        };
        codes.get().iter().map(option).collect_view()
    };
    view! {
        <label class="agents-site">
            <span class="field-label">"Texts in"</span>
            <select class="input" on:change:target=move |event| form.language.set(event.target().value())>
                {dynamic(options)}
            </select>
        </label>
    }
    .into_any()
}

/// Buttons that save, discard and reset, with the failure beside them.
pub(crate) fn look_bar(form: LookForm) -> AnyView {
    let wrong = move || {
        let failure = form.unplaced().filter(|_| !form.is_asking());
        failure.map(|failure| view! { <FailureLine failure /> })
    };
    let is_at_fields = move || form.failure.get().is_some() && form.unplaced().is_none();
    view! {
        <SaveBar
            is_changed=derived(move || form.is_changed())
            is_busy=form.is_busy
            said=form.said
            discard=move |()| form.discard()
        >
            <button
                class="button button-quiet"
                type="button"
                prop:disabled=form.is_busy
                on:click=handler(move |_| form.is_resetting.set(true))
            >
                "Reset to Knock\u{2019}s look"
            </button>
            {dynamic(wrong)}
            <When is=derived(is_at_fields)>
                <p class="form-error" role="alert">"Not saved: see the fields with an error."</p>
            </When>
        </SaveBar>
    }
    .into_any()
}

#[component]
pub(crate) fn ResetQuestion(form: LookForm) -> impl IntoView {
    view! {
        <When is=form.is_resetting>
            <Dialog
                title="Reset to Knock\u{2019}s look?"
                confirm="Reset"
                is_busy=form.is_busy
                failure=form.failure
                confirmed=move |()| form.reset()
                closed=move |()| form.is_resetting.set(false)
            >
                <p>
                    "All settings of this page are lost at once, on all pages of the site: colours, pictures, texts, and what the chat asks and offers."
                </p>
            </Dialog>
        </When>
    }
}

/// Asks before a picture is removed, which is done at once.
#[component]
pub(crate) fn RemovalQuestion(form: LookForm) -> impl IntoView {
    let question = move || {
        let (which, name) = form.removing.get()?;
        Some(view! {
            <Dialog
                title=format!("Remove the {name}?")
                confirm="Remove"
                is_busy=form.is_busy
                failure=form.failure
                confirmed=move |()| form.remove_picture(which)
                closed=move |()| form.removing.set(None)
            >
                <p>"It goes from all pages and mails of the site at once. Unsaved changes of this page stay as they are."</p>
            </Dialog>
        })
    };
    view! { {dynamic(question)} }
}
