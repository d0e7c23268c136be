//! The presence in the open conversation: colleagues who view it or type, and the lead who types. It is not stored.

use futures_util::FutureExt;
use knock_model::Millis;
use knock_wire::{Assignee, Author, Doing, LiveEvent, Message, Presence};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

use super::thread::Thread;
use crate::kit::browser;
use crate::state::live::use_live;
use crate::state::session::{Session, use_session};

/// The validity of a report of viewing or typing.
const LOOKING: Millis = Millis(45_000);
const WRITING: Millis = Millis(6_000);
/// The interval of these reports.
const LOOK_EVERY: Duration = Duration::from_secs(20);
const WRITE_EVERY: Millis = Millis(3_000);

/// A colleague in the conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Colleague {
    member: Assignee,
    looks_until: Millis,
    writes_until: Millis,
}

#[derive(Clone, Copy)]
pub(crate) struct Present {
    session: Session,
    thread: Thread,
    colleagues: RwSignal<Vec<Colleague>>,
    lead_until: RwSignal<Millis>,
    /// The instant of this member's last report of typing.
    wrote_at: StoredValue<Millis>,
}

impl Present {
    /// Reports presence in the conversation while the page is visible, and receives that of others.
    pub(crate) fn start(thread: Thread) -> Present {
        let present = Present {
            session: use_session(),
            thread,
            colleagues: RwSignal::new(Vec::new()),
            lead_until: RwSignal::new(Millis(0)),
            wrote_at: StoredValue::new(Millis(0)),
        };
        use_live().listen(move |event| match event {
            LiveEvent::Presence(presence) if presence.conversation == thread.id => present.update(presence),
            LiveEvent::Conversation(row) if row.id == thread.id => {
                row.last.as_ref().inspect(|last| present.written(last));
            }
            _ => {}
        });
        use_live().after_gap(move || present.look());
        present.look();
        // Removed with the component.
        StoredValue::new_local(browser::before_others("visibilitychange", move |_| {
            present.tell(if browser::is_visible() { Doing::Looking } else { Doing::Gone });
        }));
        if let Ok(ticking) = set_interval_with_handle(move || present.look(), LOOK_EVERY) {
            on_cleanup(move || ticking.clear());
        }
        on_cleanup(move || present.tell(Doing::Gone));
        present
    }

    /// Reports that this member types a reply.
    pub(crate) fn write(self) {
        let now = browser::clock();
        if now - self.wrote_at.get_value() >= WRITE_EVERY {
            self.wrote_at.set_value(now);
            self.tell(Doing::Writing);
        }
    }

    /// Resets the interval after a reply was sent: the next typing is reported at once.
    pub(crate) fn wrote(self) {
        self.wrote_at.set_value(Millis(0));
    }

    /// The other members present, in words; empty without any.
    pub(crate) fn words(self) -> String {
        let now = browser::clock();
        let said = |colleague: &Colleague| {
            let name = &colleague.member.name;
            if colleague.writes_until > now {
                format!("{name} is writing a reply")
            } else {
                format!("{name} is here too")
            }
        };
        self.colleagues.with(|all| all.iter().map(said).collect::<Vec<_>>().join(", "))
    }

    /// A notice while the lead types; empty otherwise.
    pub(crate) fn lead_words(self) -> &'static str {
        if self.lead_until.get() > browser::clock() { "The lead is typing\u{2026}" } else { "" }
    }

    /// Ends the typing of the author of a new message.
    fn written(self, last: &Message) {
        match last.author {
            Author::Lead => self.lead_until.set(Millis(0)),
            Author::Rep => self.colleagues.update(|all| {
                let writers = all.iter_mut().filter(|colleague| colleague.member.name == last.name);
                writers.for_each(|colleague| colleague.writes_until = Millis(0));
            }),
            Author::AiAgent => {}
        }
    }

    fn look(self) {
        if browser::is_visible() {
            self.tell(Doing::Looking);
        }
    }

    fn tell(self, doing: Doing) {
        let (client, on) = (untrack(|| self.session.client()), self.thread.id);
        // A lost report is repeated, or expires soon.
        spawn_local(async move { client.tell_presence(on, doing).map(drop).await });
    }

    fn update(self, presence: &Presence) {
        let now = browser::clock();
        let Some(member) = &presence.member else {
            self.lead_until.set(now + WRITING);
            self.expire(WRITING);
            return;
        };
        if untrack(|| self.session.email()) == member.email {
            return;
        }
        let is_new = self.colleagues.try_update(|all| take(all, member, presence.doing, now)).unwrap_or(false);
        if is_new {
            // A new member: reports presence to them.
            self.look();
        }
        self.expire(if presence.doing == Doing::Writing { WRITING } else { LOOKING });
    }

    /// Redraws once a report has expired.
    fn expire(self, after: Millis) {
        let wait = Duration::from_millis(after.0.unsigned_abs() + 50);
        let look_again = move || {
            let now = browser::clock();
            self.colleagues.try_update(|all| all.retain(|colleague| colleague.looks_until > now));
            self.lead_until.try_update(|_| {});
        };
        set_timeout(look_again, wait);
    }
}

/// Takes the action of a colleague; returns whether they were absent before.
fn take(all: &mut Vec<Colleague>, member: &Assignee, doing: Doing, now: Millis) -> bool {
    let known = all.iter().position(|colleague| colleague.member.id == member.id);
    if let Some(known) = known {
        all.remove(known);
    }
    let writes_until = match doing {
        Doing::Gone => return false,
        Doing::Looking => Millis(0),
        Doing::Writing => now + WRITING,
    };
    all.push(Colleague { member: member.clone(), looks_until: now + LOOKING, writes_until });
    all.sort_by(|one, other| one.member.email.cmp(&other.member.email));
    known.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::RepId;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_colleague_is_new_once_and_leaves() {
        let member = |number: u8, name: &str| Assignee {
            id: RepId::new([number; 16]),
            email: format!("{name}@us.test"),
            name: name.to_owned(),
            picture: String::new(),
        };
        let (bo, cy) = (member(1, "bo"), member(2, "cy"));
        let mut all = Vec::new();
        assert!(take(&mut all, &cy, Doing::Looking, Millis(0)));
        assert!(take(&mut all, &bo, Doing::Writing, Millis(0)));
        assert!(!take(&mut all, &bo, Doing::Looking, Millis(1)));
        assert_eq!(
            all.iter().map(|one| (&*one.member.name, one.writes_until.0)).collect::<Vec<_>>(),
            [("bo", 0), ("cy", 0)]
        );
        assert!(!take(&mut all, &bo, Doing::Gone, Millis(2)));
        assert!(!take(&mut all, &member(3, "di"), Doing::Gone, Millis(2)), "who leaves did not come");
        assert_eq!(all.len(), 1);
    }
}
