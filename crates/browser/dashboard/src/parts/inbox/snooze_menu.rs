//! The choices of a snooze.

use knock_model::Millis;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::clock::use_clock;
use crate::kit::reactive::{derived, handler};
use crate::parts::table::menu::Menu;
use crate::state::inbox::snooze::{Snooze, typed_until};
use crate::words::instant::input_value;

/// A button that opens the choices, and a field for any other time of the next year.
#[component]
pub(crate) fn SnoozeMenu(
    /// The id of the menu.
    id: &'static str,
    /// Called with the end of the snooze.
    #[prop(into)]
    chosen: Callback<Millis>,
) -> impl IntoView {
    let clock = use_clock();
    let choose = move |until: Millis| {
        browser::close_popover(id);
        chosen.run(until);
    };
    let line = move |snooze: Snooze| {
        let pressed = move |_| {
            if let Some(until) = snooze.until(clock.instant()) {
                choose(until);
            }
        };
        view! {
            <li class="menu-line">
                <button class="menu-link" type="button" on:click=handler(pressed)>
                    {snooze.label()}
                </button>
            </li>
        }
        .into_any()
    };
    view! {
        <Menu id label=Signal::stored("Snooze".to_owned())>
            <ul class="menu-list" aria-label="Snooze until">
                {Snooze::ALL.map(line).into_iter().collect::<Vec<_>>()}
            </ul>
            <AnyTime id choose=Callback::new(choose) />
        </Menu>
    }
}

#[component]
fn AnyTime(id: &'static str, choose: Callback<Millis>) -> impl IntoView {
    let clock = use_clock();
    let tomorrow = clock.now_untracked() + Millis::DAY;
    let typed = RwSignal::new(input_value(browser::local(tomorrow)));
    let is_wrong = RwSignal::new(false);
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        let until = typed.with_untracked(|typed| typed_until(typed, clock.instant()));
        is_wrong.set(until.is_none());
        if let Some(until) = until {
            choose.run(until);
        }
    };
    let (field, notes) = (format!("{id}-at"), format!("{id}-notes"));
    view! {
        <form class="menu-group" on:submit=handler(submitted) novalidate>
            <label class="field-label" for=field.clone()>
                "Date and time"
            </label>
            <input
                class="input"
                id=field
                type="datetime-local"
                aria-describedby=notes.clone()
                aria-invalid=derived(move || is_wrong.get().to_string())
                bind:value=typed
            />
            <p class="field-error" id=notes role="status">
                {derived(move || if is_wrong.get() { "Choose a time to come, within a year." } else { "" })}
            </p>
            <button class="button" type="submit">
                "Snooze until then"
            </button>
        </form>
    }
}
