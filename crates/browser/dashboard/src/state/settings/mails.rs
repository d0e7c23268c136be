//! Mails of the outbox: a paginated list, sending failed ones again, and a test mail.

use futures_util::FutureExt;
use knock_model::DeliveryState;
use knock_wire::{Mail, MailPage};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::HtmlElement;

use crate::api::Failure;
use crate::kit::browser;
use crate::kit::debounce::Debounce;
use crate::kit::paged::Paged;
use crate::kit::reactive::effect;
use crate::state::live::use_live;
use crate::state::session::{Session, use_session};

/// Whether the server sends mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Setup {
    /// Not loaded yet.
    Unknown,
    /// No SMTP server is configured.
    Missing,
    /// An SMTP server is configured.
    Ready {
        from: String,
        /// Host and port of the SMTP server.
        server: String,
    },
}

/// The mails to retry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// The mail with this number.
    One(i64),
    /// All parked mails.
    All,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Resending {
    /// Not requested.
    Idle,
    Asked(Which),
    /// Done; the rows show the current state.
    Done(Which),
    Failed(Which, Failure),
}

/// The progress of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Testing {
    /// Not requested.
    Idle,
    Asked,
    /// In the outbox, behind the mail with this number.
    Behind(i64),
    /// Ended: whether it was sent, and the response of the SMTP server.
    Ended(bool, String),
    Failed(Failure),
}

/// The kind of a test mail.
const TEST: &str = "mail.test";
/// The name of the state filter in the page's address.
const STATE: &str = "state";
/// The interval between checks for the outcome of a test mail, in ms.
const LOOK_MS: u64 = 700;

/// The shown mails and the state of their actions.
#[derive(Clone, Copy)]
pub(crate) struct Mails {
    session: Session,
    /// Newest first.
    pub(crate) list: Paged<Mail>,
    /// Whether the server sends mail.
    pub(crate) setup: RwSignal<Setup>,
    pub(crate) resending: RwSignal<Resending>,
    /// The state by which the list is filtered, by its word; empty for all.
    pub(crate) state: RwSignal<String>,
    pub(crate) testing: RwSignal<Testing>,
}

impl Mails {
    /// Loads the first page, and again after each gap of the live feed.
    pub(crate) fn start() -> Mails {
        let (session, setup) = (use_session(), RwSignal::new(Setup::Unknown));
        let state = RwSignal::new(browser::query(STATE));
        let list = Paged::new(move |before| {
            let (client, state) = (session.client(), state.get_untracked());
            async move {
                let MailPage { is_set_up, from, server, mails, next } = client.mails(&state, before.as_deref()).await?;
                setup.try_set(if is_set_up { Setup::Ready { from, server } } else { Setup::Missing });
                Ok((mails, next.map(|next| next.to_string())))
            }
            .boxed_local()
        });
        list.start();
        // States change on every page: older lines would be outdated.
        use_live().after_gap(move || list.ask_anew());
        let (resending, testing) = (RwSignal::new(Resending::Idle), RwSignal::new(Testing::Idle));
        let mails = Mails { session, list, setup, resending, state, testing };
        let look = Debounce::new(LOOK_MS, move || mails.look_for_test());
        effect(move || {
            if matches!(testing.get(), Testing::Behind(_)) {
                look.ask();
            }
        });
        mails
    }

    /// Filters the list by a state, empty for all, and puts it into the page's address.
    pub(crate) fn narrow(self, state: &str) {
        self.state.set(state.to_owned());
        let query = if state.is_empty() { String::new() } else { format!("{STATE}={state}") };
        browser::replace_query(&query);
        self.list.ask_anew();
    }

    /// Sends a test mail to the signed-in member, and checks for its outcome.
    pub(crate) fn test(self) {
        if matches!(self.testing.get_untracked(), Testing::Asked | Testing::Behind(_)) {
            return;
        }
        self.testing.set(Testing::Asked);
        let client = self.session.client();
        spawn_local(async move {
            let asked = async {
                let before = client.mails("", None).await?;
                client.test_mail().await?;
                Ok(before.mails.first().map_or(0, |mail| mail.number))
            };
            self.testing.try_set(asked.await.map_or_else(Testing::Failed, Testing::Behind));
        });
    }

    fn look_for_test(self) {
        let Testing::Behind(before) = self.testing.get_untracked() else { return };
        let (client, to) = (self.session.client(), self.session.email());
        spawn_local(async move {
            let found = client.mails("", None).await.ok().map(|page| page.mails);
            let is_own = |mail: &&Mail| mail.number > before && mail.kind == TEST && mail.to == to;
            let ended = found.iter().flatten().find(is_own).and_then(test_ended);
            let is_ended = ended.is_some();
            // Setting the same value again schedules the next check.
            let is_gone = self.testing.try_set(ended.unwrap_or(Testing::Behind(before))).is_some();
            if is_ended && !is_gone {
                self.list.ask_anew();
            }
        });
    }

    pub(crate) fn has_parked(self) -> bool {
        self.list.rows.all().iter().any(|row| row.value.with(|mail| mail.state == DeliveryState::Parked.into()))
    }

    /// Retries parked mails, then shows their state; `focus` gets the focus, as the pressed button is removed.
    pub(crate) fn send_again(self, which: Which, focus: Option<HtmlElement>) {
        if matches!(self.resending.get_untracked(), Resending::Asked(_)) {
            return;
        }
        self.resending.set(Resending::Asked(which));
        spawn_local(async move {
            let outcome = match self.ask_again(which).await {
                Ok(()) => Resending::Done(which),
                Err(failure) => Resending::Failed(which, failure),
            };
            let is_done = matches!(outcome, Resending::Done(_));
            // Nothing to focus once the page was left.
            let is_gone = self.resending.try_set(outcome).is_some();
            if let Some(element) = focus.filter(|_| is_done && !is_gone) {
                browser::focus(&element);
            }
        });
    }

    async fn ask_again(self, which: Which) -> Result<(), Failure> {
        let client = self.session.client();
        let Which::One(number) = which else {
            client.send_again(None).await?;
            self.list.ask_anew();
            return Ok(());
        };
        match client.send_again(Some(number)).await {
            // Retried by another member, or expired: its line shows the current state.
            Ok(()) | Err(Failure::NotFound) => {}
            Err(failure) => return Err(failure),
        }
        let Some(mail) = client.mail(number).await? else {
            self.list.rows.remove(&number);
            return Err(Failure::NotFound);
        };
        self.list.rows.update(mail);
        Ok(())
    }
}

/// The result of a test so far; none before its first attempt has ended.
fn test_ended(mail: &Mail) -> Option<Testing> {
    let is_tried = !mail.answer.is_empty() && mail.state != DeliveryState::UnderWay.into();
    is_tried.then(|| Testing::Ended(mail.state == DeliveryState::Delivered.into(), mail.answer.clone()))
}
