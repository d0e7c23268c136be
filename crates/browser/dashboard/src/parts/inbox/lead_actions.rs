//! Actions on a lead: reject, mark as spam, record a deal, and undo.

use knock_wire::{ChatState, LeadAction};
use leptos::html::Div;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::browser;
use crate::parts::{ActionQuestion, FailureLine, Lines, RejectQuestion};
use crate::prelude::*;
use crate::reactive::{derived, dynamic, handler, memo};
use crate::rows::Drawn;
use crate::session::{Session, use_session};
use crate::thread::Thread;
use crate::words::{Offer, offers};

/// The action to confirm or under way.
#[derive(Clone, Copy)]
pub(crate) struct Acting {
    session: Session,
    thread: Thread,
    region: NodeRef<Div>,
    /// The action to confirm.
    pub(crate) asked: RwSignal<Option<Offer>>,
    /// Whether an action is under way.
    pub(crate) is_busy: RwSignal<bool>,
    /// The last failure.
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl Acting {
    /// Executes an action on the lead; closes its confirmation once it has succeeded.
    pub(crate) fn act(self, action: LeadAction) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        self.failure.set(None);
        let (client, on) = (self.session.client(), self.thread.id);
        spawn_local(async move {
            let answer = client.act(on, &action).await;
            // The page was left: nothing to update.
            if self.is_busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => self.done(),
                Err(reason) => self.failure.set(Some(reason)),
            }
        });
    }

    /// Closes the confirmation.
    pub(crate) fn close(self) {
        self.asked.set(None);
        self.failure.set(None);
    }

    fn done(self) {
        self.close();
        self.thread.changed();
        // The pressed button is removed: the focus must not be lost with it.
        request_animation_frame(move || {
            if let Some(region) = self.region.try_get_untracked().flatten() {
                browser::focus(&region);
            }
        });
    }

    fn choose(self, offer: Offer) {
        self.failure.set(None);
        match offer {
            Offer::UndoReject => self.act(LeadAction::UndoReject),
            Offer::UnmarkSpam => self.act(LeadAction::UnmarkSpam),
            Offer::Reject | Offer::MarkSpam | Offer::OpenDeal => self.asked.set(Some(offer)),
        }
    }
}

/// A button for each action that would change something.
#[component]
pub(crate) fn LeadActions(
    /// The conversation.
    thread: Thread,
    /// Its state.
    #[prop(into)]
    state: Signal<ChatState>,
) -> impl IntoView {
    let acting = Acting {
        session: use_session(),
        thread,
        region: NodeRef::new(),
        asked: RwSignal::new(None),
        is_busy: RwSignal::new(false),
        failure: RwSignal::new(None),
    };
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
