//! The booking card of a reply: whose calendar it offers.

use knock_model::CardCalendar;
use leptos::prelude::*;

use crate::kit::browser;
use crate::kit::reactive::handler;
use crate::parts::page::icon::{Icon, IconMark};
use crate::state::inbox::composing::Composing;

/// The id of the menu.
const MENU: &str = "booking-card";

/// A button that opens the choice; a choice sends the card.
pub(super) fn card_menu(composing: Composing) -> AnyView {
    let line = move |calendar: CardCalendar, name: &'static str, hint: &'static str| {
        let pressed = move |_| {
            browser::close_popover(MENU);
            composing.send_card(calendar);
        };
        let notes = format!("{MENU}-{}", calendar.as_str());
        view! {
            <li class="menu-line card-choice">
                <button class="menu-link" type="button" aria-describedby=notes.clone() on:click=handler(pressed)>
                    {name}
                </button>
                <span class="muted" id=notes>{hint}</span>
            </li>
        }
        .into_any()
    };
    view! {
        <button
            class="button button-quiet composer-card"
            type="button"
            aria-label="Send booking card"
            title="Send booking card"
            popovertarget=MENU
        >
            <IconMark icon=Icon::Booked />
            <span>"Send booking card"</span>
        </button>
        <div class="menu-panel" popover="auto" id=MENU>
            <ul class="menu-list" aria-label="Whose calendar">
                {line(CardCalendar::Mine, "My calendar", "The lead books you.")}
                {line(CardCalendar::Rule, "The team's calendars", "By the meeting rules.")}
            </ul>
        </div>
    }
    .into_any()
}
