//! Settings > Your account: the member's name, picture, booking link, password and sessions.

use futures_util::FutureExt;
use knock_model::{Millis, Permission};
use knock_wire::OpenSession;
use leptos::html::Div;
use leptos::prelude::*;
use std::sync::Arc;

use crate::api::Failure;
use crate::kit::browser;
use crate::kit::changing::{focus_after_dialog, one_at_a_time};
use crate::kit::reactive::{derived, dynamic};
use crate::kit::rows::Drawn;
use crate::kit::whole::{Whole, line_id};
use crate::parts::form::dialog::Dialog;
use crate::parts::inbox::person_line::Person;
use crate::parts::page::heading::Heading;
use crate::parts::page::lazy::lazy;
use crate::parts::page::lines::Lines;
use crate::parts::page::loaded::Loaded;
use crate::parts::settings::booking_link_panel::BookingLinkPanel;
use crate::parts::settings::password_panel::PasswordPanel;
use crate::parts::settings::profile_panel::ProfilePanel;
use crate::state::session::{Session, use_session};
use crate::state::settings::own_password::OwnPassword;
use crate::words::instant::exact;

lazy!(settings => OwnAccountPage);

/// The state of ending a session.
#[derive(Clone, Copy)]
struct Ending {
    session: Session,
    list: Whole,
    /// The session to end, once confirmed.
    asked: RwSignal<Option<OpenSession>>,
    is_busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
    /// The element that gets the focus when a focused line is removed.
    region: NodeRef<Div>,
}

/// The member's own password, and sessions with a button to end each.
#[component]
pub(crate) fn OwnAccountPage() -> impl IntoView {
    let ending = Ending {
        session: use_session(),
        list: Whole::new(),
        asked: RwSignal::new(None),
        is_busy: RwSignal::new(false),
        failure: RwSignal::new(None),
        region: NodeRef::new(),
    };
    ending.load();
    let own = OwnPassword::start(Callback::new(move |()| ending.load()));
    view! {
        <div class="page-head">
            <Heading text="Your account" />
        </div>
        <ProfilePanel />
        {ending.session.may(Permission::UseInbox).then(|| view! { <BookingLinkPanel /> })}
        <PasswordPanel own />
        <h2 class="panel-title account-sessions">"Sessions"</h2>
        <p class="muted">"The browsers in which you are signed in. Each session ends by itself after 30 days."</p>
        <Loaded phase=ending.list.phase retry=move |()| ending.load()>
            <div tabindex="-1" node_ref=ending.region>
                <ol class="people" aria-label="Sessions">
                    <Lines of=derived(move || ending.list.lines()) />
                </ol>
            </div>
        </Loaded>
        {dynamic(move || ending.asked.get().map(|open| question(ending, open)))}
    }
}

fn question(ending: Ending, open: OpenSession) -> AnyView {
    let (title, words) = if open.is_this {
        ("End this session?", "It is the one you use now: you are signed out of this browser at once.")
    } else {
        ("End the session?", "That browser is signed out at once.")
    };
    view! {
        <Dialog
            title
            confirm="End"
            is_busy=ending.is_busy
            failure=ending.failure
            confirmed=move |()| ending.end(open.clone())
            closed=move |()| ending.keep()
        >
            <p>{words}</p>
        </Dialog>
    }
    .into_any()
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
                face: None,
                about: String::new(),
                name: format!("Signed in {}", exact(browser::local(open.since))),
                badge: if open.is_this { "This browser" } else { "" },
                role: used(open.used_at),
                more: ().into_any(),
                button: "End",
                pressed: Arc::new(move || self.asked.set(Some(ended.clone()))),
            }
            .draw()
        })
    }

    /// Closes the question.
    fn keep(self) {
        self.asked.set(None);
        self.failure.set(None);
    }

    fn end(self, open: OpenSession) {
        let (client, id) = (self.session.client(), open.id.clone());
        let work = async move { client.end_session(&id).await };
        let ended = move |failure: Option<Failure>| {
            match failure {
                None if open.is_this => return self.session.end(),
                // Already ended elsewhere.
                None | Some(Failure::NotFound) => {}
                Some(reason) => return self.failure.set(Some(reason)),
            }
            self.keep();
            self.list.remove(line_id(&[&open.id]));
            focus_after_dialog(self.region);
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }
}
