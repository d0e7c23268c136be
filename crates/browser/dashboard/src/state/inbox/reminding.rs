//! The member's reminders about the lead of an open conversation: a form for one, the list, and a removal.

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use knock_model::{LeadId, Millis};
use knock_wire::{LiveEvent, PersonalNoticeKind, Reminder, ReminderDraft, ReminderList};
use leptos::prelude::*;

use super::snooze::{Snooze, typed_until};
use crate::api::Failure;
use crate::kit::browser;
use crate::kit::changing::one_at_a_time;
use crate::kit::clock::{ServerClock, use_clock};
use crate::kit::reactive::effect;
use crate::kit::single::Single;
use crate::state::live::use_live;
use crate::state::session::{Session, use_session};
use crate::words::instant::input_value;

/// The instant that is chosen in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// One of those of a snooze.
    Of(Snooze),
    /// The typed date and time.
    Typed,
}

/// Reminders about one lead.
#[derive(Clone, Copy)]
pub(crate) struct Reminding {
    session: Session,
    clock: ServerClock,
    lead: Memo<LeadId>,
    pub(crate) list: Single<ReminderList>,
    /// Whether the form is open.
    pub(crate) is_asked: RwSignal<bool>,
    pub(crate) choice: RwSignal<Choice>,
    /// The typed date and time, in the reader's local time.
    pub(crate) typed: RwSignal<String>,
    pub(crate) text: RwSignal<String>,
    /// Whether the typed instant is none to come.
    pub(crate) is_wrong: RwSignal<bool>,
    /// The reminder that is about to be removed.
    pub(crate) removing: RwSignal<Option<Reminder>>,
    pub(crate) is_busy: RwSignal<bool>,
    pub(crate) failure: RwSignal<Option<Failure>>,
}

impl Reminding {
    /// Loads the reminders about a lead, and follows them.
    pub(crate) fn start(lead: Memo<LeadId>) -> Reminding {
        let session = use_session();
        let list = Single::new(move || {
            let (client, lead) = (session.client(), lead.get_untracked());
            async move { client.reminders(lead).await }.boxed_local()
        });
        effect(move || {
            lead.track();
            list.load();
        });
        use_live().after_gap(move || list.load());
        use_live().listen(move |event| match event {
            LiveEvent::Personal(notice) if notice.what == PersonalNoticeKind::Reminder => list.load(),
            _ => {}
        });
        Reminding {
            session,
            clock: use_clock(),
            lead,
            list,
            is_asked: RwSignal::new(false),
            choice: RwSignal::new(Choice::Of(Snooze::Hours)),
            typed: RwSignal::new(String::new()),
            text: RwSignal::new(String::new()),
            is_wrong: RwSignal::new(false),
            removing: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    /// Opens the form.
    pub(crate) fn ask(self) {
        let tomorrow = self.clock.now_untracked() + Millis::DAY;
        self.choice.set(Choice::Of(Snooze::Hours));
        self.typed.set(input_value(browser::local(tomorrow)));
        self.text.set(String::new());
        self.close();
        self.is_asked.set(true);
    }

    /// Closes the form and the question.
    pub(crate) fn close(self) {
        self.is_asked.set(false);
        self.removing.set(None);
        self.is_wrong.set(false);
        self.failure.set(None);
    }

    /// Sets the reminder of the form; `done` gets its instant once the server has stored it.
    pub(crate) fn set(self, done: impl FnOnce(Millis) + 'static) {
        let now = self.clock.instant();
        let due_at = match self.choice.get_untracked() {
            Choice::Of(snooze) => snooze.until(now),
            Choice::Typed => self.typed.with_untracked(|typed| typed_until(typed, now)),
        };
        self.is_wrong.set(due_at.is_none());
        let Some(due_at) = due_at else { return };
        let (client, lead) = (self.session.client(), self.lead.get_untracked());
        let draft = ReminderDraft { due_at, text: self.text.get_untracked() };
        let work = async move { client.add_reminder(lead, &draft).await };
        self.change(work.boxed_local(), Box::new(move || done(due_at)));
    }

    /// Removes the confirmed reminder.
    pub(crate) fn remove(self) {
        let (client, removing) = (self.session.client(), self.removing.get_untracked());
        let work = async move {
            let Some(reminder) = removing else { return Ok(()) };
            match client.remove_reminder(reminder.id).await {
                // It came due meanwhile, or was removed in another tab.
                Ok(()) | Err(Failure::NotFound) => Ok(()),
                Err(failure) => Err(failure),
            }
        };
        self.change(work.boxed_local(), Box::new(|| {}));
    }

    fn change(self, work: LocalBoxFuture<'static, Result<(), Failure>>, done: Box<dyn FnOnce()>) {
        let ended = move |failure: Option<Failure>| {
            if failure.is_none() {
                self.close();
                self.list.load();
                done();
            } else {
                self.failure.set(failure);
            }
        };
        one_at_a_time(self.is_busy, self.failure, work, Box::new(ended));
    }
}

/// The reminders of the open conversation.
pub(crate) fn use_reminding() -> Option<Reminding> {
    use_context()
}
