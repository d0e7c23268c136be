//! A browser without a browser: it keeps what the tracker does, and tells it what the test wants.

use crate::host::Host;
use crate::tracker::Tracker;
use knock_model::Millis;
use knock_wire::{BatchEnvelope, SignalBody};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// What the page can see of the tracker.
#[derive(Default)]
pub(super) struct World {
    pub(super) storage: RefCell<BTreeMap<String, String>>,
    pub(super) is_watching: Cell<bool>,
    pub(super) takes_beacons: Cell<bool>,
    pub(super) wakes: RefCell<BTreeMap<String, i64>>,
    pub(super) posts: RefCell<Vec<String>>,
    pub(super) beacons: RefCell<Vec<String>>,
    pub(super) intents: RefCell<Vec<String>>,
    chance: Cell<u32>,
}

impl Host for World {
    fn random(&self) -> u32 {
        self.chance.set(self.chance.get().wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
        self.chance.get()
    }

    fn watch(&self, is_on: bool) {
        self.is_watching.set(is_on);
    }

    fn wake(&self, kind: &str, delay: Millis) {
        self.wakes.borrow_mut().insert(kind.into(), delay.0);
    }

    fn post(&self, body: &str) {
        self.posts.borrow_mut().push(body.into());
    }

    fn hand(&self, body: &str) -> bool {
        if self.takes_beacons.get() {
            self.beacons.borrow_mut().push(body.into());
        }
        self.takes_beacons.get()
    }

    fn intent(&self, category: &str, kind: &str) {
        self.intents.borrow_mut().push(format!("{category} {kind}"));
    }

    fn get(&self, key: &str) -> String {
        self.storage.borrow().get(key).cloned().unwrap_or_default()
    }

    fn set(&self, key: &str, text: &str) {
        self.storage.borrow_mut().insert(key.into(), text.into());
    }

    fn remove(&self, key: &str) {
        self.storage.borrow_mut().remove(key);
    }

    fn keys(&self, prefix: &str) -> String {
        let storage = self.storage.borrow();
        storage.keys().filter(|key| key.starts_with(prefix)).cloned().collect::<Vec<_>>().join("\n")
    }
}

/// A page with a tracker on it, at an address and an instant.
pub(super) struct Page {
    pub(super) world: World,
    tracker: Tracker,
    pub(super) now: i64,
    pub(super) url: String,
    pub(super) is_visible: bool,
}

impl Page {
    /// A page that is loaded, with nothing stored before.
    pub(super) fn load(path: &str) -> Page {
        Page::load_with(path, "", "", BTreeMap::new())
    }

    /// The same with `data-consent`, a word on consent said before, and what the storage has.
    pub(super) fn load_with(path: &str, needs: &str, word: &str, storage: BTreeMap<String, String>) -> Page {
        let mut page = Page::hidden(path, storage);
        page.is_visible = true;
        page.start(needs, word);
        page
    }

    /// A page that is not started yet and that nobody sees.
    pub(super) fn hidden(path: &str, storage: BTreeMap<String, String>) -> Page {
        let world = World { storage: RefCell::new(storage), ..World::default() };
        world.takes_beacons.set(true);
        world.chance.set(path.len() as u32);
        let url = format!("https://x.de{path}");
        Page { world, tracker: Tracker::default(), now: 1_780_000_000_000, url, is_visible: false }
    }

    pub(super) fn start(&mut self, needs: &str, word: &str) {
        let url = self.url.clone();
        self.tell("start", &["site", "/base", needs, "", word, "https://from.de/?q=1", &url]);
    }

    pub(super) fn tell(&mut self, kind: &str, lines: &[&str]) {
        self.now += 1;
        let head =
            [kind, &self.now.to_string(), &self.url, if self.is_visible { "1" } else { "0" }, "Title"].join("\n");
        let message = [&[head.as_str()], lines].concat().join("\n");
        self.tracker.tell(&self.world, &message);
    }

    pub(super) fn go(&mut self, kind: &str, path: &str) {
        self.url = format!("https://x.de{path}");
        self.tell(kind, &[]);
    }

    /// Lets the timers run and the server answer until nothing more is posted; returns all signals.
    pub(super) fn deliver(&mut self) -> Vec<String> {
        self.tell("settle", &[]);
        self.tell("send", &[]);
        let mut seen = Vec::new();
        loop {
            let posted = self.world.posts.take();
            if posted.is_empty() {
                return seen;
            }
            seen.extend(posted.iter().flat_map(|body| signals(body)));
            self.tell("reply", &["202", ""]);
        }
    }

    /// The storage, for the next page.
    pub(super) fn leave(&mut self) -> BTreeMap<String, String> {
        self.tell("pagehide", &[]);
        self.world.storage.take()
    }
}

/// The signals of a batch as `type page detail`.
pub(super) fn signals(body: &str) -> Vec<String> {
    read(body, |signal| {
        let detail = [&signal.name, &signal.text, &signal.form].map(|text| text.as_deref().unwrap_or("").to_owned());
        let fields = signal.fields.as_deref().unwrap_or_default().join(",");
        let props = signal.props.map_or("", |props| props.get());
        let url = signal.url.as_deref().unwrap_or("").replace("https://x.de", "");
        let parts = [signal.kind.as_ref(), &url, &detail.concat(), &fields, props];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    })
}

pub(super) fn ids(body: &str) -> Vec<String> {
    read(body, |signal| signal.id.to_string())
}

pub(super) fn read<T>(body: &str, of: impl Fn(&SignalBody<'_>) -> T) -> Vec<T> {
    let batch: BatchEnvelope<'_> = serde_json::from_str(body).expect("a batch");
    batch.signals.iter().map(|signal| of(&serde_json::from_str(signal.get()).expect("a signal"))).collect()
}
