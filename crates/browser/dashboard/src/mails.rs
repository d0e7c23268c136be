//! The mails of the outbox: loaded page by page, and sent again where they were given up.

use futures_util::FutureExt;
use knock_model::DeliveryState;
use knock_wire::Mail;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::HtmlElement;

use crate::api::Failure;
use crate::browser;
use crate::live::use_live;
use crate::paged::Paged;
use crate::session::{Session, use_session};

/// Whether the server sends mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Setup {
    /// It has not said so yet.
    Unknown,
    /// It has no SMTP server.
    Missing,
    /// It does, with this sender.
    From(String),
}

/// What is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// The mail with this number.
    One(i64),
    /// All that were given up.
    All,
}

/// How sending again goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Resending {
    /// It was not asked for.
    Idle,
    /// The server was asked.
    Asked(Which),
    /// It was, and the lines say how they stand now.
    Done(Which),
    /// The server was not reached, or refused.
    Failed(Which, Failure),
}

/// The mails that the page shows.
#[derive(Clone, Copy)]
pub(crate) struct Mails {
    session: Session,
    /// Newest first.
    pub(crate) list: Paged<Mail>,
    /// Whether the server sends mail.
    pub(crate) setup: RwSignal<Setup>,
    /// How sending again goes.
    pub(crate) resending: RwSignal<Resending>,
}

impl Mails {
    /// Loads the first page, and again after each gap of the live feed.
    pub(crate) fn start() -> Mails {
        let (session, setup) = (use_session(), RwSignal::new(Setup::Unknown));
        let list = Paged::new(move |before| {
            let client = session.client();
            async move {
                let page = client.mails(before.as_deref()).await?;
                setup.try_set(if page.is_set_up { Setup::From(page.from) } else { Setup::Missing });
                Ok((page.mails, page.next.map(|next| next.to_string())))
            }
            .boxed_local()
        });
        list.start();
        // States change on every page: lines of older ones would say what is no longer so.
        use_live().after_gap(move || list.ask_anew());
        Mails { session, list, setup, resending: RwSignal::new(Resending::Idle) }
    }

    /// Whether a mail that is shown was given up.
    pub(crate) fn has_parked(self) -> bool {
        self.list.rows.all().iter().any(|row| row.value.with(|mail| mail.state == DeliveryState::Parked.into()))
    }

    /// Sends again, then shows how it stands; the focus goes where it stays when the button leaves.
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
            // Nothing is left to focus once the page is gone.
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
            // Somebody was faster, or it is no longer kept: its line says what is so now.
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
