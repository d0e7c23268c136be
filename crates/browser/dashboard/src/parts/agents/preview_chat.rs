//! Preview of a chat with the AI agent.

use knock_wire::{Author, Preview, PreviewMessage};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::found::FoundLine;
use super::playbook_choice::select;
use super::site_choice::SiteChoice;
use crate::api::Failure;
use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::form::failure_line::FailureLine;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::agents::playbook::PlaybookForm;
use crate::state::agents::preview::Rehearsal;
use crate::words::playbook::{PLAYBOOK_LANGUAGES, step_words};

const FIELD: &str = "preview-text";

/// The member writes as the lead and sees the replies of the agent, with unsaved texts.
#[component]
pub(crate) fn PreviewChat(form: PlaybookForm) -> impl IntoView {
    let rehearsal = Rehearsal::start(form);
    let played = rehearsal.played;
    let shown = move || match played.value.get() {
        Some(Ok(preview)) => chat(&preview, rehearsal),
        Some(Err(failure)) => refusal(form, failure),
        None => ().into_any(),
    };
    let is_chosen = derived(move || form.agents.site.with(|site| !site.is_empty()));
    let nothing = || view! { <p class="muted">"Choose a site to preview its AI agent."</p> };
    view! {
        <section class="panel agents-try preview" aria-labelledby="preview">
            <header class="site-head">
                <h2 class="panel-title" id="preview">
                    "Preview"
                </h2>
                <button class="button" type="button" on:click=handler(move |_| rehearsal.start_over())>
                    "Start over"
                </button>
            </header>
            <p class="field-hint">"Write as a lead would. Unsaved texts are used, and nothing is stored."</p>
            {choices(form, rehearsal)}
            <When is=is_chosen fallback=nothing>
                <Loaded phase=played.phase retry=move |()| played.load()>
                    {dynamic(shown)}
                </Loaded>
                <Writing rehearsal />
            </When>
        </section>
    }
}

fn choices(form: PlaybookForm, rehearsal: Rehearsal) -> AnyView {
    const AGENTS: [(&str, &str); 2] = [("kind", "The agent of this playbook"), ("rep", "Handed over to a rep")];
    let agent = derived(move || if rehearsal.is_of_agent.get() { "kind" } else { "rep" }.to_owned());
    view! {
        <div class="preview-choices">
            <When is=derived(move || form.site.with(String::is_empty))>
                <SiteChoice agents=form.agents />
            </When>
            {select(
                "Page in",
                &PLAYBOOK_LANGUAGES,
                rehearsal.language.into(),
                Box::new(move |control| {
                    rehearsal.start_over();
                    rehearsal.language.set(control.value());
                }),
            )}
            {select(
                "Chat with",
                &AGENTS,
                agent,
                Box::new(move |control| {
                    rehearsal.start_over();
                    rehearsal.is_of_agent.set(control.value() == "kind");
                }),
            )}
        </div>
    }
    .into_any()
}

/// The messages, the offered answers, and the intent of the chat.
fn chat(preview: &Preview, rehearsal: Rehearsal) -> AnyView {
    let offered = preview.messages.last().map(|last| last.choices.clone()).unwrap_or_default();
    let choose = move |text: String| {
        let said = text.clone();
        let press = move |_| {
            rehearsal.write(said.clone());
            browser::focus_on(FIELD);
        };
        view! {
            <button class="button" type="button" on:click=handler(press)>
                {text}
            </button>
        }
        .into_any()
    };
    let messages = preview.messages.iter().map(message).collect_view();
    view! {
        <div class="preview-log" role="log" aria-label="Preview chat" tabindex="0">
            <ol class="message-list">{messages}</ol>
        </div>
        <div class="preview-offered">{offered.into_iter().map(choose).collect_view()}</div>
        <p class="field-hint">"Knock: Intent Type: " {preview.intent_type.as_str()}</p>
    }
    .into_any()
}

fn message(message: &PreviewMessage) -> AnyView {
    let (class, author) = match message.author {
        Author::Lead => ("message message-lead", "You as the lead"),
        Author::AiAgent | Author::Rep => ("message message-agent", "AI agent"),
    };
    let source = message.source.clone().map(|source| {
        let confidence = source.confidence;
        view! { <FoundLine source=source.source confidence /> }
    });
    view! {
        <li class=class>
            <p class="message-meta">
                <span class="message-author">{author}</span>
            </p>
            <p class="message-text" dir="auto">
                {message.text.clone()}
            </p>
            {source}
        </li>
    }
    .into_any()
}

/// The reason for which there is no preview: an invalid text of the form, in most cases.
fn refusal(form: PlaybookForm, failure: Failure) -> AnyView {
    let faults = form.faults_of_draft(&failure);
    if faults.is_empty() {
        return view! { <FailureLine failure /> }.into_any();
    }
    let line = |(step, reason): (String, String)| {
        let label = step_words(&step).0.to_owned();
        view! { <li>{label} {if step.is_empty() { "" } else { ": " }} {reason}</li> }.into_any()
    };
    view! {
        <div class="form-error" role="alert">
            <p>"Cannot be previewed:"</p>
            <ul>{faults.into_iter().map(line).collect_view()}</ul>
        </div>
    }
    .into_any()
}

#[component]
fn Writing(rehearsal: Rehearsal) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        rehearsal.write(text.get_untracked());
        text.set(String::new());
    };
    view! {
        <form class="preview-write" on:submit=handler(submit)>
            <input
                class="input"
                id=FIELD
                aria-label="Message of the lead"
                autocomplete="off"
                dir="auto"
                maxlength="2000"
                bind:value=text
            />
            <button class="button button-strong" type="submit">
                "Send"
            </button>
        </form>
    }
}
