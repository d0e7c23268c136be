//! Actions on a lead: reject and undo in sight, the others in a menu.

use knock_wire::{ChatState, LeadAction};
use leptos::prelude::*;

use super::acting::Acting;
use super::lead_questions::{ActionQuestion, RejectQuestion};
use super::more_actions::MoreActions;
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::kit::rows::Drawn;
use crate::parts::form::failure_line::FailureLine;
use crate::parts::page::lines::Lines;
use crate::state::inbox::chat_ownership::ChatOwnership;
use crate::state::inbox::thread::Thread;
use crate::words::offer::{Offer, offers};

/// Buttons for what is often done, if it would change something, and a menu for the rest.
#[component]
pub(crate) fn LeadActions(
    /// The conversation.
    thread: Thread,
    /// Its state.
    #[prop(into)]
    state: Signal<ChatState>,
    /// Its owner.
    owning: ChatOwnership,
) -> impl IntoView {
    let acting = Acting::new(thread);
    let offered = memo(move || state.with(offers));
    let button = move |offer: Offer| {
        view! {
            <button
                class="button"
                type="button"
                prop:disabled=acting.is_busy
                on:click=handler(move |_| acting.choose(offer))
            >
                {offer.label()}
            </button>
        }
    };
    let buttons = move || {
        let draw = |offer: Offer| Drawn::new(offer as usize, move || button(offer).into_any());
        offered.get().into_iter().filter(|offer| offer.is_first()).map(draw).collect::<Vec<_>>()
    };
    let question = move || match acting.asked.get()? {
        Offer::Reject => Some(view! { <RejectQuestion acting /> }.into_any()),
        Offer::MarkSpam => {
            Some(view! { <ActionQuestion acting offer=Offer::MarkSpam action=LeadAction::MarkSpam /> }.into_any())
        }
        Offer::OpenDeal => {
            Some(view! { <ActionQuestion acting offer=Offer::OpenDeal action=LeadAction::OpenDeal /> }.into_any())
        }
        Offer::UndoReject | Offer::UnmarkSpam => None,
    };
    let wrong = move || {
        // While a confirmation is open, the failure is shown in the dialog.
        let failure = acting.failure.get().filter(|_| acting.asked.get().is_none())?;
        Some(view! { <FailureLine failure /> })
    };
    view! {
        <div class="lead-actions" role="group" aria-label="Actions" tabindex="-1" node_ref=acting.region>
            <Lines of=derived(buttons) />
            <MoreActions acting owning offered />
            {dynamic(wrong)}
        </div>
        {dynamic(question)}
    }
}
