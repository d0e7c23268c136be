//! Playbooks: versions for all sites and for one, and those in use on a site.

use knock_agent::{Language, Playbook, Playbooks, Step};
use knock_model::{Millis, SiteId};
use knock_ports::{Ledger, PlaybookVersion, Store, StoreError, View};
use knock_routing::AgentKind;
use knock_store::Scratch;
use std::sync::Arc;

const SHOP: SiteId = SiteId(1);
const DOCS: SiteId = SiteId(2);
const KIND: AgentKind = AgentKind::Support;

/// A version whose first text to who asks for a person is `text`; without one, a version that restores the one beneath.
fn version(site: Option<SiteId>, language: Language, number: u32, text: Option<&str>) -> PlaybookVersion {
    let steps = text.map(|text| [(Step::Human.as_str().to_owned(), vec![text.to_owned()])]);
    PlaybookVersion {
        site,
        kind: KIND,
        language,
        version: number,
        saved_at: Millis(i64::from(number)),
        playbook: steps.map(|steps| Playbook::stored(KIND, language, steps)),
    }
}

fn write(store: &Arc<dyn Store>, work: impl Fn(&mut dyn Ledger) -> Result<(), StoreError>) {
    store.write(&mut |ledger| work(ledger)).expect("it is kept");
}

fn read<T>(store: &Arc<dyn Store>, work: impl Fn(&dyn View) -> Result<T, StoreError>) -> T {
    let mut found = None;
    let read = store.read(&mut |view| {
        found = Some(work(view)?);
        Ok(())
    });
    read.expect("it is read");
    found.expect("it was read")
}

fn human(playbooks: &Playbooks, language: Language) -> String {
    playbooks.texts(KIND, language, Step::Human).remove(0).to_owned()
}

#[test]
fn a_site_has_its_own_playbook_else_that_of_all_sites_else_the_shipped_one() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let (en, de) = (Language::En, Language::De);
    let saved = [
        version(None, en, 1, Some("All, once.")),
        version(None, en, 2, Some("All.")),
        version(None, de, 1, Some("Alle.")),
        version(Some(SHOP), en, 1, Some("Shop.")),
        version(Some(DOCS), de, 1, Some("Docs.")),
        version(Some(DOCS), de, 2, None),
    ];
    write(&store, |ledger| saved.iter().try_for_each(|version| ledger.append_playbook(version)));
    let on = |site: SiteId| read(&store, |view| view.playbooks(site));
    assert_eq!([en, de].map(|language| human(&on(SHOP), language)), ["Shop.", "Alle."]);
    assert_eq!([en, de].map(|language| human(&on(DOCS), language)), ["All.", "Alle."], "its own were taken back");
    assert_eq!(human(&on(DOCS), Language::Fr), human(&Playbooks::default(), Language::Fr));

    let sites = |language| read(&store, |view| view.sites_with_playbook(KIND, language));
    assert_eq!([en, de].map(sites), [vec![SHOP], Vec::new()], "a site that took its texts back has none");

    let versions = |site, language| read(&store, |view| view.playbook_versions(site, KIND, language));
    assert_eq!(versions(None, en), [saved[1].clone(), saved[0].clone()]);
    assert_eq!(versions(Some(DOCS), de), [saved[5].clone(), saved[4].clone()]);
    assert_eq!(versions(Some(SHOP), de), []);
    let current = |site| read(&store, |view| view.current_playbooks(site));
    assert_eq!(current(None), [saved[2].clone(), saved[1].clone()], "by language");
    assert_eq!(current(Some(SHOP)), [saved[2].clone(), saved[1].clone(), saved[3].clone()]);
}

#[test]
fn the_playbooks_of_a_site_are_deleted_without_those_of_others() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let en = Language::En;
    let saved = [Some(SHOP), Some(DOCS), None].map(|site| version(site, en, 1, Some("Hello.")));
    write(&store, |ledger| saved.iter().try_for_each(|version| ledger.append_playbook(version)));
    write(&store, |ledger| {
        ledger.drop_playbooks(SHOP)?;
        assert_eq!(ledger.current_playbooks(Some(SHOP))?, [saved[2].clone()], "seen at once");
        Ok(())
    });
    let versions = |site| read(&store, |view| view.playbook_versions(site, KIND, en)).len();
    assert_eq!([Some(SHOP), Some(DOCS), None].map(versions), [0, 1, 1]);
}
