//! The state of the actions on a lead: confirmed, executed, failed.

use knock_wire::LeadAction;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::kit::browser;
use crate::state::inbox::thread::Thread;
use crate::state::session::{Session, use_session};
use crate::words::offer::Offer;

/// The action to confirm or under way.
#[derive(Clone, Copy)]
pub(crate) struct Acting {
    session: Session,
    pub(super) thread: Thread,
    /// The element that takes the focus after an action.
    pub(crate) region: NodeRef<Div>,
    /// The action to confirm.
    pub(crate) asked: RwSignal<Option<Offer>>,
    /// Whether an action is under way.
    pub(crate) is_busy: RwSignal<bool>,
    /// The last failure.
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl Acting {
    /// No action yet.
    pub(crate) fn new(thread: Thread) -> Acting {
        Acting {
            session: use_session(),
            thread,
            region: NodeRef::new(),
            asked: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

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

    /// Executes an offered action, or asks for its confirmation first.
    pub(crate) fn choose(self, offer: Offer) {
        self.failure.set(None);
        match offer {
            Offer::UndoReject => self.act(LeadAction::UndoReject),
            Offer::UnmarkSpam => self.act(LeadAction::UnmarkSpam),
            Offer::Reject | Offer::MarkSpam | Offer::OpenDeal => self.asked.set(Some(offer)),
        }
    }
}
