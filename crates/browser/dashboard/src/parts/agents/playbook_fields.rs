//! The form of a playbook's steps.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::step_fields::StepFields;
use crate::kit::changing::focus_later;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::kit::rows::Drawn;
use crate::kit::whole::line_id;
use crate::parts::form::failure_line::FailureLine;
use crate::parts::page::lines::Lines;
use crate::parts::page::when::When;
use crate::state::agents::playbook::PlaybookForm;
use crate::state::agents::playbook_steps::StepLines;
use crate::words::playbook::{beneath_words, own_sites_words};

/// The id of the button that begins the own texts of a site.
const BEGIN: &str = "begin-own";

/// All steps; unsaved changes are marked.
#[component]
pub(crate) fn PlaybookFields(form: PlaybookForm) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !form.is_outdated() {
            form.save();
        }
    };
    // The names of the steps only: typing redraws no step.
    let names = memo(move || {
        let name = |step: &StepLines| (step.step.clone(), step.places.clone());
        form.steps.with(|steps| steps.iter().map(name).collect::<Vec<_>>())
    });
    let may_write = memo(move || form.may_write());
    let drawn = move || {
        let may_write = may_write.get().to_string();
        let draw = |(step, places): (String, Vec<String>)| {
            let id = line_id(&[&step, &places.join(" "), &may_write]);
            Drawn::new(id, move || view! { <StepFields form step=step.clone() places=places.clone() /> }.into_any())
        };
        names.get().into_iter().map(draw).collect::<Vec<_>>()
    };
    let is_partial = derived(move || form.kind.with(|kind| kind != "general"));
    view! {
        <form class="panel agents-part" aria-labelledby="texts" on:submit=handler(submit) novalidate>
            <h2 class="unseen" id="texts">
                "Texts"
            </h2>
            {use_note(form)}
            {bar(form)}
            <ol class="steps">
                <Lines of=derived(drawn) />
            </ol>
            <When is=is_partial>
                <p class="muted">"For all other steps this agent uses the texts of the General agent."</p>
            </When>
        </form>
    }
}

/// Whose texts are shown for a site without own ones; for all sites, which of them do not use the texts.
fn use_note(form: PlaybookForm) -> AnyView {
    let words = memo(move || {
        let words = form.base.with(|base| base.as_ref().and_then(beneath_words));
        let beneath = words.filter(|_| !form.is_begun.get()).map(str::to_owned);
        let sites = form.agents.sites.value.get().unwrap_or_default();
        let own = form.versions.value.with(|all| all.as_ref().and_then(|all| own_sites_words(&all.own_sites, &sites)));
        beneath.or(own)
    });
    view! { {dynamic(move || words.get().map(|words| view! { <p class="note">{words}</p> }))} }.into_any()
}

/// Begins the own texts of a site.
fn begin(form: PlaybookForm) -> AnyView {
    let begin = handler(move |_| form.begin());
    let is_unknown = derived(move || form.base.with(Option::is_none));
    view! {
        <button class="button" type="button" id=BEGIN prop:disabled=is_unknown on:click=begin>
            "Write own texts for this site"
        </button>
    }
    .into_any()
}

/// The buttons that save and discard.
fn buttons(form: PlaybookForm, is_changed: Memo<bool>) -> AnyView {
    let discard = move |_| {
        let was_begun = form.is_begun.get_untracked();
        form.discard();
        if was_begun && !untrack(|| form.may_write()) {
            focus_later(BEGIN.to_owned());
        }
    };
    view! {
        <button
            class="button button-strong"
            type="submit"
            prop:disabled=derived(move || form.is_busy.get() || !is_changed.get())
        >
            {derived(move || if form.is_busy.get() { "Saving\u{2026}" } else { "Save" })}
        </button>
        <button
            class="button"
            type="button"
            prop:disabled=derived(move || !is_changed.get() && !form.is_begun.get())
            on:click=handler(discard)
        >
            "Discard changes"
        </button>
    }
    .into_any()
}

/// The bar with message, failure and buttons; stays visible while scrolling.
fn bar(form: PlaybookForm) -> AnyView {
    let is_changed = memo(move || form.is_changed());
    let wrong = move || {
        let failure = form.failure.get().filter(|_| !form.is_outdated() && !form.is_setting_back.get())?;
        // An error shown at its text is not repeated.
        let is_placed = form.faults().iter().any(|fault| !fault.step.is_empty());
        Some(if is_placed {
            view! { <p class="form-error" role="alert">"Not saved: see the errors at the texts."</p> }.into_any()
        } else {
            view! { <FailureLine failure /> }.into_any()
        })
    };
    let mark = move || is_changed.get().then(|| view! { <span class="badge badge-medium">"Unsaved changes"</span> });
    view! {
        <div class="playbook-bar" hidden=!form.agents.may_edit>
            <When is=derived(move || form.may_write()) fallback=move || begin(form)>
                {buttons(form, is_changed)}
            </When>
            <p role="status">{dynamic(mark)} <span class="muted">{form.said}</span></p>
        </div>
        {dynamic(wrong)}
        <When is=derived(move || form.is_outdated())>
            <div class="note" role="alert">
                <p>
                    "Another member has saved a newer version. Load it, and repeat your change there: the form is replaced."
                </p>
                <button class="button" type="button" on:click=handler(move |_| form.load_newest())>
                    "Load the newer version"
                </button>
            </div>
        </When>
    }
    .into_any()
}
