//! State of the notice about the demo site.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_wire::{Site, SiteList};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::kit::changing::one_at_a_time;
use crate::state::session::{Session, use_session};
use crate::words::site::host_words;

/// Whether the demo site is superfluous, and the choice about it.
#[derive(Clone, Copy)]
pub(crate) struct Demo {
    session: Session,
    removed: Callback<()>,
    /// The key of the demo site.
    key: RwSignal<String>,
    /// The site that sends signals; empty while there is nothing to choose.
    pub(crate) sender: RwSignal<String>,
    /// Whether the removal waits for its confirmation.
    pub(crate) is_asking: RwSignal<bool>,
    /// Whether a change is being made.
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl Demo {
    /// Loads the sites; `removed` runs after the removal.
    pub(crate) fn start(removed: Callback<()>) -> Demo {
        let session = use_session();
        let text = || RwSignal::new(String::new());
        let (is_asking, is_busy, failure) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(None));
        let demo = Demo { session, removed, key: text(), sender: text(), is_asking, is_busy, failure };
        let client = session.client();
        spawn_local(async move {
            // Without the list there is no notice.
            let list = client.sites().await;
            if let Some((key, sender)) = list.ok().as_ref().and_then(superfluous) {
                demo.key.try_set(key);
                demo.sender.try_set(sender);
            }
        });
        demo
    }

    pub(crate) fn close(self) {
        self.is_asking.set(false);
        self.failure.set(None);
    }

    /// Keeps the demo site, for all members.
    pub(crate) fn keep(self) {
        let (client, key) = (self.session.client(), self.key.get_untracked());
        let work = async move {
            client.keep_demo(&key).await?;
            self.sender.try_set(String::new());
            Ok(())
        };
        self.change(work.boxed_local());
    }

    pub(crate) fn remove(self) {
        let (client, key) = (self.session.client(), self.key.get_untracked());
        let work = async move {
            match client.remove_site(&key).await {
                // Already removed by another admin.
                Ok(()) | Err(Failure::NotFound) => {}
                Err(failure) => return Err(failure),
            }
            self.session.has_demo.set(false);
            self.is_asking.try_set(false);
            self.sender.try_set(String::new());
            self.removed.run(());
            Ok(())
        };
        self.change(work.boxed_local());
    }

    fn change(self, work: LocalBoxFuture<'static, Result<(), Failure>>) {
        let ended = move |failure| drop(self.failure.try_set(failure));
        one_at_a_time(self.is_busy, self.failure, work, Box::new(ended));
    }
}

/// The key of the demo site and the host of the first other site with signals, unless the team keeps the demo.
fn superfluous(list: &SiteList) -> Option<(String, String)> {
    let in_use = || list.sites.iter().filter(|site| site.removed_at.is_none());
    let demo = in_use().find(|site| site.demo)?;
    let sender: &Site = in_use().find(|site| !site.demo && site.last_signal_at.is_some())?;
    (!list.keeps_demo).then(|| (demo.key.clone(), host_words(sender)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use knock_model::Millis;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn the_demo_is_superfluous_once_another_site_sends_unless_it_is_kept_or_removed() {
        let site = |key: &str, demo, last_signal_at: Option<i64>| Site {
            key: key.to_owned(),
            demo,
            last_signal_at: last_signal_at.map(Millis),
            origins: vec!["https://acme.test".to_owned()],
            removed_at: None,
            ..sample::site()
        };
        let named = Some(("d".to_owned(), "acme.test".to_owned()));
        let removed = Site { removed_at: Some(Millis(1)), ..site("a", false, Some(1)) };
        for (sites, keeps_demo, expected) in [
            (vec![site("d", true, Some(1)), site("a", false, Some(1))], false, named),
            (vec![site("d", true, Some(1)), site("a", false, Some(1))], true, None),
            (vec![site("d", true, Some(1)), site("a", false, None)], false, None),
            (vec![site("d", true, Some(1)), removed], false, None),
            (vec![site("a", false, Some(1))], false, None),
        ] {
            assert_eq!(superfluous(&SiteList { sites, keeps_demo }), expected);
        }
    }
}
