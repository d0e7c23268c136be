//! Entering a meeting by hand: the form, and its one request.

use futures_util::FutureExt;
use knock_model::{ConversationId, LeadId, MeetingId, Millis, RepId};
use knock_wire::{Assignee, MeetingDraft, MeetingRow};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Failure;
use crate::kit::browser;
use crate::kit::changing::one_at_a_time;
use crate::kit::clock::{ServerClock, use_clock};
use crate::state::session::{Session, use_session};
use crate::words::instant::input_value;

/// What is known of the lead before the form is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MeetingFor {
    /// The lead; none: the form asks for an address.
    pub(crate) lead: Option<LeadId>,
    /// Whether the lead has an address.
    pub(crate) has_email: bool,
    pub(crate) conversation: Option<ConversationId>,
    pub(crate) zone: Option<String>,
}

/// Why the time was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It was not.
    No,
    /// Something is in the calendar of the owner then.
    Busy,
    /// Another meeting of Knock is at that time.
    Meeting,
}

/// The form of a meeting that is entered by hand.
#[derive(Clone, Copy)]
pub(crate) struct Adding {
    session: Session,
    clock: ServerClock,
    pub(crate) of: Signal<MeetingFor>,
    /// Whether the form is open.
    pub(crate) is_asked: RwSignal<bool>,
    /// The id of the meeting: one for each form, so that a repeated request enters one meeting.
    id: StoredValue<MeetingId>,
    pub(crate) email: RwSignal<String>,
    pub(crate) name: RwSignal<String>,
    /// The id of the chosen owner; empty: the member.
    pub(crate) owner: RwSignal<String>,
    /// The typed date and time, in the reader's local time.
    pub(crate) at: RwSignal<String>,
    /// The duration, in minutes.
    pub(crate) duration: RwSignal<String>,
    pub(crate) title: RwSignal<String>,
    pub(crate) place: RwSignal<String>,
    pub(crate) members: RwSignal<Vec<Assignee>>,
    /// Whether the typed instant is none to come.
    pub(crate) is_past: RwSignal<bool>,
    pub(crate) taken: RwSignal<Taken>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
    /// The meeting that was entered last.
    pub(crate) added: RwSignal<Option<MeetingRow>>,
}

impl Adding {
    /// The closed form; nothing is requested yet.
    pub(crate) fn new(of: Signal<MeetingFor>) -> Adding {
        let text = || RwSignal::new(String::new());
        Adding {
            session: use_session(),
            clock: use_clock(),
            of,
            is_asked: RwSignal::new(false),
            id: StoredValue::new(new_id()),
            email: text(),
            name: text(),
            owner: text(),
            at: text(),
            duration: text(),
            title: text(),
            place: text(),
            members: RwSignal::new(Vec::new()),
            is_past: RwSignal::new(false),
            taken: RwSignal::new(Taken::No),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            added: RwSignal::new(None),
        }
    }

    /// Opens an empty form: tomorrow at the full hour, for the member.
    pub(crate) fn ask(self) {
        self.id.set_value(new_id());
        for text in [self.email, self.name, self.owner, self.duration, self.title, self.place] {
            text.set(String::new());
        }
        let mut at = input_value(browser::local(self.clock.now_untracked() + Millis::DAY));
        at.truncate(at.len() - 2);
        self.at.set(at + "00");
        self.is_past.set(false);
        self.taken.set(Taken::No);
        self.failure.set(None);
        self.added.set(None);
        self.load();
        self.is_asked.set(true);
    }

    pub(crate) fn close(self) {
        self.is_asked.set(false);
    }

    /// Loads the possible owners, and the usual duration.
    fn load(self) {
        let (client, settings) = (self.session.client(), self.session.client());
        spawn_local(async move {
            if let Ok(found) = client.assignees().await {
                self.members.try_set(found.assignees);
            }
        });
        spawn_local(async move {
            let Ok(found) = settings.meeting_settings().await else { return };
            // What was typed meanwhile stays.
            if self.duration.try_with_untracked(String::is_empty) == Some(true) {
                self.duration.set(found.duration_min.to_string());
            }
        });
    }

    /// The address of the member, who comes first among the owners.
    pub(crate) fn own_email(self) -> String {
        self.session.email_untracked()
    }

    /// Notes another date and time.
    pub(crate) fn type_time(self, text: String) {
        self.at.set(text);
        self.is_past.set(false);
        self.taken.set(Taken::No);
    }

    /// The typed start.
    pub(crate) fn start(self) -> Option<Millis> {
        self.at.with(|at| browser::instant(at))
    }

    /// Enters the meeting, with `despite_busy` also where the calendar of the owner is busy.
    pub(crate) fn add(self, despite_busy: bool, done: Callback<MeetingRow>) {
        let now = self.clock.instant();
        let start = untrack(move || self.start()).filter(|start| *start > now);
        self.is_past.set(start.is_none());
        let Some(start_at) = start else { return };
        let (client, draft) = (self.session.client(), self.draft(start_at, despite_busy));
        let work = async move {
            let row = client.add_meeting(&draft).await?;
            self.added.try_set(Some(row));
            Ok(())
        };
        let ended = move |failure: Option<Failure>| match failure {
            None => {
                self.close();
                if let Some(row) = self.added.get_untracked() {
                    done.run(row);
                }
            }
            Some(Failure::Refused(problem)) if problem.status_code == 409 => {
                self.taken.set(if despite_busy { Taken::Meeting } else { Taken::Busy });
            }
            failure => self.failure.set(failure),
        };
        self.taken.set(Taken::No);
        one_at_a_time(self.is_busy, self.failure, work.boxed_local(), Box::new(ended));
    }

    fn draft(self, start_at: Millis, despite_busy: bool) -> MeetingDraft {
        let given = |text: RwSignal<String>| text.with_untracked(|text| text.trim().to_owned());
        let MeetingFor { lead, has_email, conversation, zone } = self.of.get_untracked();
        let duration = given(self.duration);
        MeetingDraft {
            id: self.id.get_value().to_string(),
            lead,
            email: (!has_email).then(|| given(self.email)),
            name: given(self.name),
            start_at,
            // The server names the bounds of what is no number.
            duration_min: (!duration.is_empty()).then(|| duration.parse().unwrap_or(0)),
            owner: RepId::parse(&given(self.owner)).ok(),
            title: given(self.title),
            location: given(self.place),
            zone,
            conversation,
            despite_busy,
        }
    }
}

/// The form of the open conversation.
pub(crate) fn use_adding() -> Option<Adding> {
    use_context()
}

fn new_id() -> MeetingId {
    let (first, second) = (browser::random(), browser::random());
    let mut bytes = [0; 16];
    bytes[..10].copy_from_slice(&first);
    bytes[10..].copy_from_slice(&second[..6]);
    MeetingId::new(bytes)
}
