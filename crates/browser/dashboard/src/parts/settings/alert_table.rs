//! The table of events and their notification channels.

use leptos::prelude::*;

use crate::kit::reactive::derived;
use crate::state::settings::notification_form::{NotificationForm, Switch};

/// An event, with its switches for sound, notification and push.
const EVENTS: [(&str, [Switch; 3]); 7] = [
    (
        "A new unassigned chat",
        [|all| &mut all.new_chat.sound, |all| &mut all.new_chat.browser, |all| &mut all.new_chat.push],
    ),
    (
        "A chat is assigned to you",
        [|all| &mut all.assigned.sound, |all| &mut all.assigned.browser, |all| &mut all.assigned.push],
    ),
    (
        "A message in one of your chats",
        [|all| &mut all.message.sound, |all| &mut all.message.browser, |all| &mut all.message.push],
    ),
    ("A lead waits", [|all| &mut all.waiting.sound, |all| &mut all.waiting.browser, |all| &mut all.waiting.push]),
    (
        "A meeting is booked, moved or cancelled",
        [|all| &mut all.meeting.sound, |all| &mut all.meeting.browser, |all| &mut all.meeting.push],
    ),
    (
        "Somebody mentions you in a note",
        [|all| &mut all.mention.sound, |all| &mut all.mention.browser, |all| &mut all.mention.push],
    ),
    ("Your reminders", [|all| &mut all.reminder.sound, |all| &mut all.reminder.browser, |all| &mut all.reminder.push]),
];
const CHANNELS: [&str; 3] = ["Sound", "Notification", "Push"];

/// A table of switches.
#[component]
pub(crate) fn AlertTable(form: NotificationForm) -> impl IntoView {
    let line = move |(name, switches): (&'static str, [Switch; 3])| {
        let cell = move |(switch, channel): (Switch, &'static str)| {
            let label = format!("{channel}: {name}");
            view! { <td>{control(form, Some(label), switch)}</td> }.into_any()
        };
        let cells = switches.into_iter().zip(CHANNELS).map(cell).collect::<Vec<_>>();
        view! {
            <tr>
                <th scope="row">{name}</th>
                {cells}
            </tr>
        }
        .into_any()
    };
    view! {
        <table class="alerts-table">
            <thead>
                <tr>
                    <th scope="col">"Event"</th>
                    {Vec::from(CHANNELS.map(|channel| view! { <th scope="col">{channel}</th> }.into_any()))}
                </tr>
            </thead>
            <tbody>{Vec::from(EVENTS.map(line))}</tbody>
        </table>
    }
}

pub(crate) fn switch_box(form: NotificationForm, label: &'static str, switch: Switch) -> AnyView {
    view! { <label class="choice">{control(form, None, switch)} {label}</label> }.into_any()
}

fn control(form: NotificationForm, label: Option<String>, switch: Switch) -> AnyView {
    view! {
        <input
            type="checkbox"
            aria-label=label
            prop:checked=derived(move || form.is_on(switch))
            on:change:target=move |event| {
                let is_on = event.target().checked();
                form.change(|draft| *switch(draft) = is_on);
            }
        />
    }
    .into_any()
}
