//! The state of the page Home: first steps and today, kept up to date by the live feed.

use futures_util::FutureExt;
use knock_model::{FirstStep, Millis};
use knock_wire::{Home, HomeStep, LiveEvent};
use leptos::prelude::*;
use std::time::Duration;

use super::live::use_live;
use super::session::{Session, use_session};
use crate::api::Failure;
use crate::kit::changing::{focus_later, one_at_a_time};
use crate::kit::reactive::effect;
use crate::kit::single::Single;
use crate::kit::zones::time_zone;
use crate::words::home::is_settled;

/// The waits before a change is looked at, since signals come many a second on a busy site: for the first signal, for
/// chats and meetings, for visitors.
const FIRST: Duration = Duration::from_secs(1);
const SOON: Duration = Duration::from_secs(3);
const LATER: Duration = Duration::from_secs(10);
/// The time after which figures and waits of the team are asked for again: a wait grows without an event.
const MINUTE: Duration = Duration::from_secs(60);
/// The id of the element that unfolds the steps.
pub(crate) const FOLDED: &str = "steps-folded";

/// What Home shows.
#[derive(Clone, Copy)]
pub(crate) struct OnHome {
    session: Session,
    pub(crate) home: Single<Home>,
    /// Whether a change is being looked at soon.
    is_asking: StoredValue<bool>,
    /// Whether a step is being changed.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl OnHome {
    /// Loads Home, and follows what changes it.
    pub(crate) fn start() -> OnHome {
        let session = use_session();
        let home = Single::new(move || {
            let client = session.client();
            async move { client.home(&time_zone()).await }.boxed_local()
        });
        let (is_busy, failure) = (RwSignal::new(false), RwSignal::new(None));
        let on_home = OnHome { session, home, is_asking: StoredValue::new(false), is_busy, failure };
        effect(move || {
            // The frame asks for a name too.
            session.name.track();
            home.load();
        });
        let live = use_live();
        live.after_gap(move || home.load());
        live.listen(move |event| on_home.hear(event));
        on_home.load_each_minute();
        on_home
    }

    fn hear(self, event: &LiveEvent) {
        match event {
            LiveEvent::Signal(_) => self.ask_in(if self.awaits_site() { FIRST } else { LATER }),
            LiveEvent::Conversation(_) | LiveEvent::Meeting(_) | LiveEvent::Knowledge(_) => self.ask_in(SOON),
            _ => {}
        }
    }

    /// Whether the first signal of a site is awaited.
    fn awaits_site(self) -> bool {
        let is_awaited = |step: &HomeStep| step.step.known() == Some(&FirstStep::Site) && !step.is_done;
        self.home.value.with_untracked(|home| home.as_ref().is_some_and(|home| home.steps.iter().any(is_awaited)))
    }

    fn ask_in(self, wait: Duration) {
        if self.is_asking.get_value() {
            return;
        }
        self.is_asking.set_value(true);
        let ask = move || {
            // The page may have been left meanwhile.
            if self.is_asking.try_set_value(false).is_none() {
                self.home.load();
            }
        };
        set_timeout(ask, wait);
    }

    /// Loads Home again each minute while it has the team.
    fn load_each_minute(self) {
        let load = move || {
            // The page may have been left meanwhile.
            if self.is_asking.try_get_value().is_none() {
                return;
            }
            if self.home.value.with_untracked(|home| home.as_ref().is_some_and(|home| home.team.is_some())) {
                self.home.load();
            }
            self.load_each_minute();
        };
        set_timeout(load, MINUTE);
    }

    /// Puts a step aside, or takes it up again; the focus stays at the step.
    pub(crate) fn put_aside(self, step: FirstStep, is_put_aside: bool) {
        let (client, home) = (self.session.client(), self.home);
        let work = async move {
            client.put_step_aside(step, is_put_aside).await?;
            home.outdate();
            let fresh = client.home(&time_zone()).await?;
            let is_over = fresh.steps.iter().all(is_settled);
            home.value.try_set(Some(fresh));
            focus_later(if is_over { FOLDED.to_owned() } else { step_id(step) });
            Ok(())
        };
        one_at_a_time(
            self.is_busy,
            self.failure,
            work.boxed_local(),
            Box::new(move |wrong| {
                self.failure.try_set(wrong);
            }),
        );
    }

    /// The server's time.
    pub(crate) fn instant(self) -> Millis {
        self.session.instant()
    }
}

/// The id of the element that has the focus after a change of a step.
pub(crate) fn step_id(step: FirstStep) -> String {
    format!("step-{}", step.as_str())
}
