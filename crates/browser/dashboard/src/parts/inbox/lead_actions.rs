//! Actions on a lead: reject, mark as spam, record a deal, and undo.

use knock_wire::{ChatState, LeadAction};
use leptos::prelude::*;

use super::acting::Acting;
use super::lead_questions::{ActionQuestion, RejectQuestion};
use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::kit::rows::Drawn;
use crate::parts::form::failure_line::FailureLine;
use crate::parts::page::lines::Lines;
use crate::state::inbox::thread::Thread;
use crate::words::offer::{Offer, offers};

/// A button for each action that would change something.
#[component]
pub(crate) fn LeadActions(
    /// The conversation.
    thread: Thread,
    /// Its state.
    #[prop(into)]
    state: Signal<ChatState>,
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
        offered.get().into_iter().map(draw).collect::<Vec<_>>()
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
            {dynamic(wrong)}
        </div>
        {dynamic(question)}
    }
}
