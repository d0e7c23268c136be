//! Settings > Your account: the member's password and sessions.

use futures_util::FutureExt;
use knock_model::Millis;
use knock_wire::OpenSession;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

use crate::api::Failure;
use crate::kit::browser;
use crate::kit::reactive::derived;
use crate::kit::rows::Drawn;
use crate::kit::whole::{Whole, line_id};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::inbox::person_line::Person;
use crate::parts::page::heading::Heading;
use crate::parts::page::lazy::lazy;
use crate::parts::page::lines::Lines;
use crate::parts::page::loaded::Loaded;
use crate::parts::settings::password_panel::PasswordPanel;
use crate::state::session::{Session, use_session};
use crate::state::settings::own_password::OwnPassword;
use crate::words::instant::exact;

lazy!(settings => OwnAccountPage);

/// The state of ending a session.
#[derive(Clone, Copy)]
struct Ending {
    session: Session,
    list: Whole,
    failure: RwSignal<Option<Failure>>,
}

/// The member's own password, and sessions with a button to end each.
#[component]
pub(crate) fn OwnAccountPage() -> impl IntoView {
    let ending = Ending { session: use_session(), list: Whole::new(), failure: RwSignal::new(None) };
    ending.load();
    let own = OwnPassword::start(Callback::new(move |()| ending.load()));
    view! {
        <div class="page-head">
            <Heading text="Your account" />
        </div>
        <PasswordPanel own />
        <h2 class="panel-title account-sessions">"Sessions"</h2>
        <p class="muted">"The browsers in which you are signed in. Each session ends by itself after 30 days."</p>
        <ActionFailure of=ending.failure />
        <Loaded phase=ending.list.phase retry=move |()| ending.load()>
            <ol class="people" aria-label="Sessions">
                <Lines of=derived(move || ending.list.lines()) />
            </ol>
        </Loaded>
    }
}

/// The last use of a session.
fn used(at: Option<Millis>) -> AnyView {
    at.map(|at| view! { <span class="muted">{format!("used {}", exact(browser::local(at)))}</span> }).into_any()
}

impl Ending {
    fn load(self) {
        let client = self.session.client();
        let answer = async move {
            let sessions = client.sessions().await?.sessions;
            Ok(sessions.into_iter().map(|open| self.line(open)).collect())
        };
        self.list.load(answer.boxed_local());
    }

    fn line(self, open: OpenSession) -> Drawn {
        Drawn::new(line_id(&[&open.id]), move || {
            let ended = open.clone();
            Person {
                name: format!("Signed in {}", exact(browser::local(open.since))),
                badge: if open.is_this { "This browser" } else { "" },
                role: used(open.used_at),
                more: ().into_any(),
                button: "End",
                pressed: Arc::new(move || self.end(ended.clone())),
            }
            .draw()
        })
    }

    fn end(self, open: OpenSession) {
        self.failure.set(None);
        spawn_local(async move {
            match self.session.client().end_session(&open.id).await {
                Ok(()) if open.is_this => self.session.end(),
                Ok(()) | Err(Failure::NotFound) => self.list.remove(line_id(&[&open.id])),
                Err(reason) => drop(self.failure.try_set(Some(reason))),
            }
        });
    }
}
