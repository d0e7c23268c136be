//! The buttons of a bubble, and the agent of the chat that it opens.

use knock_model::IntentType;
use knock_wire::Texts;
use leptos::prelude::*;

use super::fields::{of_content, write_content};
use super::texts_field::texts_field;
use crate::kit::changing::focus_later;
use crate::kit::reactive::{derived, dynamic, memo};
use crate::kit::rows::Drawn;
use crate::parts::page::lines::Lines;
use crate::parts::rules::controls::{fixed, labelled_choice, line, never, quiet};
use crate::parts::table::condition_line::option;
use crate::state::workflows::form::FlowForm;
use crate::words::workflows::content::{ButtonDraft, MOST_BUTTONS, OPENS};

/// The buttons, and one that adds another.
pub(super) fn buttons(form: FlowForm, key: usize) -> AnyView {
    let keys = memo(move || {
        form.of_step(key, |step| step.content.buttons.iter().map(|button| button.key).collect::<Vec<_>>())
    });
    let drawn = move || {
        let draw = |(place, of): (usize, &usize)| {
            let of = *of;
            // The number of a button is a part of its labels.
            Drawn::new(of * MOST_BUTTONS + place, move || button(form, key, (of, place)))
        };
        keys.with(|keys| keys.iter().enumerate().map(draw).collect::<Vec<_>>())
    };
    let add = move || {
        let new = ButtonDraft::new();
        focus_later(format!("button-{}", new.key));
        form.change_step(key, |step| step.content.buttons.push(new));
    };
    let is_full = derived(move || keys.with(|keys| keys.len() >= MOST_BUTTONS));
    view! {
        <ul class="known-list" aria-label="Buttons of the bubble">
            <Lines of=derived(drawn) />
        </ul>
        {quiet(add_id(key), ("Add a button", fixed("to the bubble")), is_full, Box::new(add))}
    }
    .into_any()
}

fn add_id(key: usize) -> String {
    format!("add-button-{key}")
}

fn button(form: FlowForm, key: usize, (of, place): (usize, usize)) -> AnyView {
    let read = move |part: fn(&ButtonDraft) -> String| memo(move || of_button(form, key, of, part));
    let (opens, page) = (read(|button| button.opens.clone()), read(|button| button.page.clone()));
    let label = derived(move || of_button(form, key, of, |button| button.label.clone()));
    let set = Callback::new(move |texts: Texts| change(form, key, of, |button| button.label = texts));
    let options =
        derived(move || OPENS.map(|(word, label)| option(word, label, opens.with(|opens| opens == word))).concat());
    let choose = move |word: String| change(form, key, of, |button| button.opens = word);
    let write = move |text: String| change(form, key, of, |button| button.page = text);
    let address = move || {
        (opens.get() == "page").then(|| {
            let words = ("Address of the page", "With https://. It opens in the same tab.");
            line(format!("page-{of}"), words, page.into(), Box::new(write))
        })
    };
    let remove = move || {
        form.change_step(key, |step| step.content.buttons.retain(|button| button.key != of));
        focus_later(add_id(key));
    };
    let number = place + 1;
    view! {
        <li class="known">
            <div class="target" role="group" aria-label=format!("Button {number}")>
                {texts_field((format!("button-{of}"), "Words", "Up to 40 characters."), false, label, form.language, set)}
                {labelled_choice(&format!("opens-{of}"), "Opens", options, Box::new(choose))}
                {dynamic(address)}
            </div>
            <div class="known-actions">
                {quiet(String::new(), ("Remove", fixed(format!("button {number}"))), never(), Box::new(remove))}
            </div>
        </li>
    }
    .into_any()
}

fn of_button<T: Default>(form: FlowForm, key: usize, of: usize, part: impl Fn(&ButtonDraft) -> T) -> T {
    form.of_step(key, |step| step.content.buttons.iter().find(|button| button.key == of).map(&part)).unwrap_or_default()
}

fn change(form: FlowForm, key: usize, of: usize, change: impl FnOnce(&mut ButtonDraft)) {
    form.change_step(key, |step| {
        if let Some(button) = step.content.buttons.iter_mut().find(|button| button.key == of) {
            change(button);
        }
    });
}

/// The kind whose AI agent answers, with the way to its playbook.
pub(super) fn agent_field(form: FlowForm, key: usize) -> AnyView {
    let agent = of_content(form, key, |content| content.agent.clone());
    let agent = memo(move || agent.get());
    let options = derived(move || {
        let chosen = agent.get();
        let one = |kind: &IntentType| option(kind.as_str(), kind.as_str(), kind.as_str() == chosen);
        option("", "As for any chat", chosen.is_empty()) + &IntentType::ALL.iter().map(one).collect::<String>()
    });
    let href = move || format!("/app/agents/playbooks?kind={}", agent.with(|agent| playbook_of(agent)));
    view! {
        {labelled_choice(
            &format!("agent-{key}"),
            "AI agent of a chat that it opens",
            options,
            write_content(form, key, |content| &mut content.agent),
        )}
        <p class="field-hint">
            "Each kind has its own texts: " <a class="link" href=derived(href)>"its playbook"</a> "."
        </p>
    }
    .into_any()
}

/// The playbook of a kind of leads.
fn playbook_of(kind: &str) -> &'static str {
    match IntentType::parse(kind) {
        Some(IntentType::Buying) => "buying",
        Some(IntentType::Partnership) => "partnership",
        Some(IntentType::Support) => "support",
        Some(IntentType::JobSeeker) => "hiring",
        Some(IntentType::Unknown) | None => "general",
    }
}
