//! From facts to an entry of the queue.

use crate::host::Host;
use crate::outbox::{Entry, Facts, Stamp, Way, members};
use crate::tracker::Tracker;
use crate::tracker::identity::{learn, new_id};
use knock_intent::{Action, categorise, strength};
use knock_model::{Millis, SignalType};

impl Tracker {
    /// Records what was done at `at`: gives it its ids and its category, and queues it.
    pub(crate) fn record(&mut self, host: &dyn Host, kind: SignalType, at: Millis, facts: &Facts<'_>) {
        let (owner, seq) = self.claim(host, at);
        let id = new_id(host, at, seq);
        if kind == SignalType::PageView {
            self.view.clone_from(&id);
            self.begun.clear();
        }
        let category = categorise(&action(kind, facts, &self.settings.base)).category;
        let intent = (category, learn(host, category, strength(kind), at));
        if self.intent != Some(intent) {
            self.intent = Some(intent);
            host.intent(category.as_str(), intent.1.as_str());
        }
        let members = members(&Stamp { kind, id: &id, at, category, view: &self.view }, facts);
        self.queue.push(Entry { at, seq, owner, members, way: Way::Waiting }, at);
        self.save(host, at);
        self.plan_soon(host);
    }
}

const fn action<'a>(kind: SignalType, facts: &Facts<'a>, base: &'a str) -> Action<'a> {
    Action {
        kind,
        url: facts.url,
        base,
        href: facts.href,
        referrer: facts.referrer,
        name: facts.name,
        label: facts.text,
        form: facts.form,
    }
}
