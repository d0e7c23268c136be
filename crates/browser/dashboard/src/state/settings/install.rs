//! State of a site's card: arrival, refused signals and unlisted origins.

use futures_util::FutureExt;
use knock_wire::{LiveEvent, Refused, Site, SiteDraft};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::kit::clock::{ServerClock, use_clock};
use crate::kit::debounce::Debounce;
use crate::kit::reactive::{effect, memo};
use crate::kit::single::Single;
use crate::state::live::use_live;
use crate::state::session::{Session, use_session};
use crate::words::arrival::Arrival;
use crate::words::unlisted::unlisted;

/// The server sends at most one event of refused signals a second per site; after this delay its list has the last of them.
const SETTLED_MS: u64 = 1_500;

/// The state of a site's installation.
#[derive(Clone, Copy)]
pub(crate) struct Installation {
    session: Session,
    clock: ServerClock,
    site: Signal<Site>,
    changed: Callback<Site>,
    /// Whether signals arrive.
    pub(crate) arrival: RwSignal<Arrival>,
    /// The refused signals, by kind.
    pub(crate) refused: Single<Vec<Refused>>,
    /// Origins of refused signals that are not listed.
    pub(crate) unlisted: Memo<Vec<String>>,
    /// Whether an origin is being added.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl Installation {
    /// Follows a site; `changed` takes the site after an origin was added.
    pub(crate) fn of(site: Signal<Site>, changed: Callback<Site>) -> Installation {
        let (session, clock) = (use_session(), use_clock());
        let key = site.with_untracked(|site| site.key.clone());
        let refused = Single::new(move || {
            let (client, key) = (session.client(), key.clone());
            async move { client.refused(&key).await.map(|list| list.refused) }.boxed_local()
        });
        let arrival = RwSignal::new(Arrival::of(&site.get_untracked()));
        let missing = memo(move || {
            let has_signals =
                arrival.with(|arrival| matches!(arrival, Arrival::First { .. } | Arrival::Receiving { .. }));
            let now = clock.now();
            site.with(|site| {
                refused.value.with(|kinds| unlisted(site, kinds.as_deref().unwrap_or_default(), has_signals, now))
            })
        });
        let (is_busy, failure) = (RwSignal::new(false), RwSignal::new(None));
        let installation =
            Installation { session, clock, site, changed, arrival, refused, unlisted: missing, is_busy, failure };
        installation.follow();
        installation
    }

    fn follow(self) {
        let (site, arrival, refused) = (self.site, self.arrival, self.refused);
        let again = Debounce::new(SETTLED_MS, move || refused.load());
        let is_own = move |key: &str| site.with_untracked(|site| site.key == key);
        use_live().listen(move |event| match event {
            LiveEvent::Signal(entry) if is_own(&entry.site) => {
                arrival.update(|arrival| *arrival = arrival.after(entry));
            }
            LiveEvent::Refused(key) if is_own(key) => {
                refused.load();
                again.ask();
            }
            _ => {}
        });
        effect(move || site.with(|site| arrival.update(|arrival| *arrival = arrival.known(site))));
        refused.load();
        use_live().after_gap(move || refused.load());
    }

    /// Adds an origin to the listed ones.
    pub(crate) fn add(self, origin: String) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        self.failure.set(None);
        let (client, Site { key, name, mut origins, base, .. }) = (self.session.client(), self.site.get_untracked());
        origins.push(origin.clone());
        let draft = SiteDraft { name, origins, with_twins: false, base, categories: None, identify: None };
        let asked_at = self.clock.instant();
        spawn_local(async move {
            let answer = client.change_site(&key, &draft).await;
            // The card may have been removed.
            if self.is_busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(site) => {
                    let now = self.clock.instant();
                    self.arrival.update(|arrival| *arrival = arrival.added(origin, asked_at, now));
                    self.changed.run(site);
                }
                Err(failure) => self.failure.set(Some(failure)),
            }
        });
    }
}
