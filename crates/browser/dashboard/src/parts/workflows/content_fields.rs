//! What an action says or does, by its kind.

use futures_util::FutureExt;
use knock_wire::{Texts, WorkflowTestMail};
use knock_workflow::{Action, Audience};
use leptos::prelude::*;

use super::fields::{of_content, span_field};
use super::nudge_fields::{agent_field, buttons};
use super::preview::preview;
use super::team_fields::team_fields;
use super::texts_field::{language_choice, texts_field};
use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::kit::reactive::{derived, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::state::workflows::form::FlowForm;
use crate::words::workflows::placeholders::{HINT, NUDGE_HINT};
use crate::words::workflows::span::SpanDraft;

/// The fields of an action, with a preview where the lead sees it.
pub(super) fn content_fields(form: FlowForm, key: usize, action: Action) -> AnyView {
    match action.audience() {
        Audience::Team => team_fields(form, key, action),
        Audience::Lead => view! {
            {texts(form, key, action)} {more(form, key, action)} {expiry(form, key, action)}
            {preview(form, key, action)}
        }
        .into_any(),
    }
}

fn texts(form: FlowForm, key: usize, action: Action) -> AnyView {
    let all = of_content(form, key, |content| content.text.clone());
    let set = Callback::new(move |texts: Texts| form.change_step(key, |step| step.content.text = texts));
    let subject = (action == Action::Mail).then(|| {
        let all = of_content(form, key, |content| content.subject.clone());
        let set = Callback::new(move |texts: Texts| form.change_step(key, |step| step.content.subject = texts));
        texts_field((format!("subject-{key}"), "Subject", ""), false, all, form.language, set)
    });
    let hint = if action == Action::Nudge { NUDGE_HINT } else { HINT };
    view! {
        <p class="field-hint">
            "Each lead reads their own language; without a text in it, the English one, else the first."
        </p>
        {language_choice(&format!("language-{key}"), form.language, all)}
        {subject}
        {texts_field((format!("text-{key}"), "Text", hint), true, all, form.language, set)}
    }
    .into_any()
}

fn more(form: FlowForm, key: usize, action: Action) -> Option<AnyView> {
    match action {
        Action::Nudge => Some(view! { {buttons(form, key)} {agent_field(form, key)} }.into_any()),
        Action::Mail => Some(test_mail(form, key)),
        Action::Message
        | Action::Slack
        | Action::Assign
        | Action::Tag
        | Action::SetField
        | Action::Webhook
        | Action::Task => None,
    }
}

fn expiry(form: FlowForm, key: usize, action: Action) -> AnyView {
    let span =
        derived(move || form.of_step(key, |step| Some(step.expires.clone())).unwrap_or(SpanDraft::empty(3_600_000)));
    let set = Callback::new(move |span: SpanDraft| form.change_step(key, |step| step.expires = span));
    let usual = if action == Action::Nudge { "30 minutes" } else { "24 hours" };
    view! {
        {span_field((format!("expires-{key}"), "Left out when it is later than"), span, set)}
        <p class="field-hint">{format!("Counted from when its turn comes. Empty: {usual}.")}</p>
    }
    .into_any()
}

/// A button that sends the mail to the member.
fn test_mail(form: FlowForm, key: usize) -> AnyView {
    let (is_busy, failure, said) = (RwSignal::new(false), RwSignal::new(None::<Failure>), RwSignal::new(""));
    let send = move |_| {
        said.set("");
        let Some(draft) = form.complete() else { return };
        let (client, step) = (form.session.client(), untrack(|| form.of_step(key, |step| step.id.clone())));
        let ask = WorkflowTestMail { draft, step, language: Some(form.language.get_untracked()) };
        let work = async move {
            client.test_workflow_mail(&ask).await?;
            said.try_set("Sent to your address, with an example in place of each placeholder.");
            Ok(())
        };
        let ended = move |wrong: Option<Failure>| {
            form.take_refusal(wrong.as_ref());
            failure.set(wrong);
        };
        one_at_a_time(is_busy, failure, work.boxed_local(), Box::new(ended));
    };
    view! {
        <div class="form-actions">
            <button class="button" type="button" prop:disabled=is_busy on:click=handler(send)>
                "Send me a test"
            </button>
            <span class="muted" role="status">
                {said}
            </span>
        </div>
        <ActionFailure of=failure />
    }
    .into_any()
}
