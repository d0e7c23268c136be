//! The less used actions on an open conversation, in a menu.

use leptos::prelude::*;

use super::acting::Acting;
use super::mark_unread::MarkUnread;
use super::transcript::{TranscriptForm, transcript_lines};
use crate::kit::browser;
use crate::kit::reactive::{derived, dynamic, handler};
use crate::parts::page::when::When;
use crate::parts::table::menu::Menu;
use crate::state::inbox::chat_ownership::ChatOwnership;
use crate::state::inbox::reminding::use_reminding;
use crate::state::inbox::transcribing::Transcribing;
use crate::state::meetings::adding::use_adding;
use crate::words::offer::Offer;

/// The id of the menu.
const MENU: &str = "more-actions";

/// Handing the chat to the AI agent, a reminder, a meeting entered by hand, marking it as unread, and the actions on the lead that need no button of their own.
#[component]
pub(crate) fn MoreActions(
    acting: Acting,
    owning: ChatOwnership,
    /// All actions on the lead that would change something.
    offered: Memo<Vec<Offer>>,
) -> impl IntoView {
    let line = move |name: &'static str, is_busy: RwSignal<bool>, act: Callback<()>| {
        let pressed = move |_| {
            browser::close_popover(MENU);
            act.run(());
        };
        view! {
            <li class="menu-line">
                <button class="menu-link" type="button" prop:disabled=is_busy on:click=handler(pressed)>
                    {name}
                </button>
            </li>
        }
        .into_any()
    };
    let hand_back =
        move || line("Hand back to the AI agent", owning.is_busy, Callback::new(move |()| owning.hand_back()));
    let transcribing = Transcribing::new(acting.thread);
    let reminding = use_reminding();
    let remind = move || {
        let reminding = reminding?;
        let pressed = move |_| {
            browser::close_popover(MENU);
            reminding.ask();
        };
        Some(view! {
            <li class="menu-line">
                <button class="menu-link remind-me" type="button" on:click=handler(pressed)>
                    "Remind me\u{2026}"
                </button>
            </li>
        })
    };
    let adding = use_adding();
    let add = move || {
        let adding = adding?;
        Some(line("Add a meeting\u{2026}", adding.is_busy, Callback::new(move |()| adding.ask())))
    };
    let offer = move |offer: Offer| line(offer.label(), acting.is_busy, Callback::new(move |()| acting.choose(offer)));
    let offers = move || {
        let later = offered.get().into_iter().filter(|offer| !offer.is_first());
        later.map(offer).collect::<Vec<_>>()
    };
    view! {
        <Menu id=MENU label=Signal::stored("More".to_owned())>
            <ul class="menu-list" aria-label="More actions">
                <When is=derived(move || owning.can_hand_back())>{dynamic(hand_back)}</When>
                {remind()}
                {add()}
                <MarkUnread thread=acting.thread menu=MENU />
                {transcript_lines(transcribing, MENU)}
                {dynamic(offers)}
            </ul>
        </Menu>
        <TranscriptForm transcribing />
    }
}
