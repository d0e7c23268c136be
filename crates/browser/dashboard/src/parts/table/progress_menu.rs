//! Filters of contacts by the owner and the status of their chat, by meetings, deals and rejections.

use knock_status::chat::ChatStatus;
use knock_status::meeting::MeetingStatus;
use knock_wire::{Assignee, TagRow};
use leptos::prelude::*;

use super::condition_line::option;
use super::menu::Menu;
use crate::kit::reactive::{derived, handler};
use crate::state::records::owners::Owners;
use crate::state::records::table_state::{PROGRESS, TableState};

/// A menu with a field for each of these filters, which is applied at once.
#[component]
pub(crate) fn ProgressMenu(state: TableState) -> impl IntoView {
    let owners = Owners::new();
    let parts = PROGRESS.map(|name| state.part(name));
    let label = derived(move || match parts.iter().filter(|part| part.with(|part| !part.is_empty())).count() {
        0 => "Owner and status".to_owned(),
        count => format!("Owner and status ({count})"),
    });
    let chats = ChatStatus::ALL.iter().map(|status| (status.as_str(), status.as_str()));
    let flows = MeetingStatus::ALL.iter().map(|status| (status.as_str(), status.as_str()));
    let (chats, flows) = (options("Every status", chats), options("Every status", flows));
    let deals = options("With and without a deal", [("true", "Deal opened"), ("false", "No deal")].into_iter());
    let owner = state.part("owner");
    let members =
        derived(move || owners.members.with(|members| owner.with_untracked(|owner| owner_options(members, owner))));
    let tag = state.part("tag");
    let tags = derived(move || owners.tags.with(|tags| tag.with_untracked(|tag| tag_options(tags, tag))));
    let reasons = derived(move || {
        owners.reasons.with(|reasons| reasons.iter().map(|reason| option(reason, "", false)).collect::<String>())
    });
    let reason = state.part("reject_reason");
    let clear = move |_| parts.iter().for_each(|part| part.set(String::new()));
    view! {
        <Menu id="table-progress" label pressed=move |()| owners.load()>
            <div class="menu-group">
                {choice("owner", "Owner", members, owner)}
                {choice("tag", "Tag", tags, tag)}
                {choice("chat-status", "Chat Status", Signal::stored(chats), state.part("chat_status"))}
                {choice("meeting-status", "Meeting Status", Signal::stored(flows), state.part("meeting_status"))}
                {choice("deal", "Deal", Signal::stored(deals), state.part("deal"))}
                <label class="field-label" for="table-reject-reason">
                    "Reject reason"
                </label>
                <input
                    class="input"
                    id="table-reject-reason"
                    autocomplete="off"
                    maxlength="200"
                    list="table-reject-reasons"
                    placeholder="In the same words"
                    prop:value=reason
                    on:change:target=move |event| reason.set(event.target().value())
                />
                <datalist id="table-reject-reasons" inner_html=reasons></datalist>
                <button class="button button-quiet" type="button" on:click=handler(clear)>
                    "Clear"
                </button>
            </div>
        </Menu>
    }
}

/// A select control with its label.
fn choice(name: &'static str, label: &'static str, options: Signal<String>, chosen: RwSignal<String>) -> AnyView {
    let id = format!("table-{name}");
    view! {
        <label class="field-label" for=id.clone()>
            {label}
        </label>
        <select
            class="input"
            id=id
            inner_html=options
            prop:value=chosen
            on:change:target=move |event| chosen.set(event.target().value())
        ></select>
    }
    .into_any()
}

/// The owners; one who is not among the members, as before they are loaded, has no name.
fn owner_options(members: &[Assignee], chosen: &str) -> String {
    let fixed = [("", "Every owner"), ("me", "Me"), ("ai_agent", "AI agent"), ("unassigned", "No owner")];
    let mut all: Vec<(String, String)> = fixed.map(|(value, label)| (value.to_owned(), label.to_owned())).to_vec();
    all.extend(members.iter().map(|member| (member.id.to_string(), member.name.clone())));
    if !all.iter().any(|(value, _)| value == chosen) {
        all.push((chosen.to_owned(), "Another member".to_owned()));
    }
    all.iter().map(|(value, label)| option(value, label, value == chosen)).collect()
}

/// The tags; one that is not among them, as before they are loaded, has no name.
fn tag_options(tags: &[TagRow], chosen: &str) -> String {
    let mut all = vec![(String::new(), "With and without tags".to_owned())];
    all.extend(tags.iter().map(|tag| (tag.id.to_string(), tag.name.clone())));
    if !all.iter().any(|(value, _)| value == chosen) {
        all.push((chosen.to_owned(), "Another tag".to_owned()));
    }
    all.iter().map(|(value, label)| option(value, label, value == chosen)).collect()
}

/// Options with one for all of them before.
fn options(all: &'static str, values: impl Iterator<Item = (&'static str, &'static str)>) -> String {
    std::iter::once(("", all)).chain(values).map(|(value, label)| option(value, label, false)).collect()
}
