//! The mail with the figures of the week before, every Monday.

use futures_util::FutureExt;
use knock_wire::ReportMail;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::state::session::Session;

/// Whether the member gets it.
#[derive(Clone, Copy)]
pub(crate) struct Monday {
    session: Session,
    /// What the server says; none before that.
    pub(crate) mail: RwSignal<Option<ReportMail>>,
    /// What the box shows.
    pub(crate) is_on: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// While a change is under way the box takes no other one.
    pub(crate) is_busy: RwSignal<bool>,
}

impl Monday {
    /// Loads it; where that fails nothing is offered.
    pub(super) fn start(session: Session) -> Monday {
        let monday = Monday {
            session,
            mail: RwSignal::new(None),
            is_on: RwSignal::new(false),
            failure: RwSignal::new(None),
            is_busy: RwSignal::new(false),
        };
        let client = session.client();
        spawn_local(async move {
            if let Ok(mail) = client.report_mail().await {
                monday.show(mail);
            }
        });
        monday
    }

    /// Turns it on or off.
    pub(crate) fn set(self, is_on: bool) {
        self.is_on.set(is_on);
        let client = self.session.client();
        let work = async move {
            let mail = client.set_report_mail(is_on).await?;
            self.show(mail);
            Ok::<(), Failure>(())
        };
        let ended = move |outcome: Option<Failure>| {
            if outcome.is_some() {
                self.is_on.set(!is_on);
            }
            self.failure.set(outcome);
        };
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }

    /// The page may have been left during the request.
    fn show(self, mail: ReportMail) {
        self.is_on.try_set(mail.is_on);
        self.mail.try_set(Some(mail));
    }
}
