//! Done, snoozed, reopened: what was said about work on a conversation, in words.

use knock_model::Millis;
use knock_status::chat::{EventKind, Folder};
use knock_wire::{Author, ConversationRecord, LeadAction, Word, WorkChange};

use super::instant::{day_and_time, time_of_day};
use super::number::counted;
use crate::kit::civil::Civil;

/// A clock on the wall of the reader: local times, and the current one.
#[derive(Clone, Copy)]
pub(crate) struct Wall {
    /// The local time of an instant.
    pub(crate) local: fn(Millis) -> Civil,
    pub(crate) now: Millis,
}

impl Wall {
    /// `today, 09:00`, else `Tue 1 Dec, 09:00`.
    pub(crate) fn words(self, at: Millis) -> String {
        day_and_time((self.local)(at), (self.local)(self.now).day)
    }
}

/// `snoozed until Tue 1 Dec, 09:00`, for the middle of a sentence.
pub(crate) fn snoozed_phrase(until: Millis, wall: Wall) -> String {
    format!("snoozed until {}", wall.words(until))
}

/// `Snoozed until Tue 1 Dec, 09:00`.
pub(crate) fn snoozed_words(until: Millis, wall: Wall) -> String {
    format!("Snoozed until {}", wall.words(until))
}

/// What was done to one conversation, for the member who did it.
pub(crate) fn acted_on_one(action: &LeadAction, wall: Wall) -> String {
    match action {
        LeadAction::Snooze { until } => format!("{}.", snoozed_words(*until, wall)),
        _ => "Marked as done.".to_owned(),
    }
}

/// `12 conversations are done.`; `what` is what they are now.
pub(crate) fn acted_on_many(count: u32, what: &str) -> String {
    let are = if count == 1 { "is" } else { "are" };
    format!("{} {are} {what}.", counted(count.into(), "conversation"))
}

/// `Done by Lena · 10:42` or `Snoozed until Tue 1 Dec, 09:00`; `None` for a conversation that is neither.
pub(crate) fn work_words(record: &ConversationRecord, wall: Wall) -> Option<String> {
    let row = &record.conversation;
    match row.folder.as_ref()?.known()? {
        Folder::Snoozed => row.snoozed_until.map(|until| snoozed_words(until, wall)),
        Folder::Done => Some(done_words(record, wall)),
        Folder::Open | Folder::Closed | Folder::Rejected | Folder::Spam => None,
    }
}

/// A conversation is done by a member's word, as long as the lead has not written since, else by its deal.
fn done_words(record: &ConversationRecord, wall: Wall) -> String {
    let is_of_lead = |message: &&knock_wire::Message| message.author == Author::Lead;
    let wrote_at = record.messages.iter().rfind(is_of_lead).map(|message| message.at);
    let counts = |change: &&WorkChange| {
        change.what.known() == Some(&EventKind::Done) && wrote_at.is_none_or(|wrote_at| wrote_at <= change.at)
    };
    match record.work.last().filter(counts) {
        Some(done) => {
            let is_end = record.acts.iter().any(|act| act.what == "ended" && act.at == done.at);
            let what = if is_end { "Ended by the visitor".to_owned() } else { by("Done", &done.by) };
            format!("{what} \u{b7} {}", past_words(done.at, wall))
        }
        None => "Done: a deal is open and the lead does not wait".to_owned(),
    }
}

/// `10:42` for today, else with the day.
fn past_words(at: Millis, wall: Wall) -> String {
    let (local, now) = ((wall.local)(at), (wall.local)(wall.now));
    if local.day == now.day { time_of_day(local) } else { wall.words(at) }
}

/// A line of the history: `Snoozed until Tue 1 Dec, 09:00 by Lena`.
pub(crate) fn change_words(change: &WorkChange, wall: Wall) -> String {
    let what = match (&change.what, change.until) {
        (Word::Known(EventKind::Done), _) => "Done".to_owned(),
        (Word::Known(EventKind::Reopened), _) => "Reopened".to_owned(),
        (Word::Known(EventKind::Snoozed), Some(until)) => snoozed_words(until, wall),
        (Word::Known(EventKind::Snoozed), None) => "Snoozed".to_owned(),
        (word, _) => word.spelling().into_owned(),
    };
    by(&what, &change.by)
}

/// A program with an API key has no name.
fn by(what: &str, name: &str) -> String {
    if name.is_empty() { what.to_owned() } else { format!("{what} by {name}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::civil::civil;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    /// 20 November 2026, 09:38 in Berlin.
    const WALL: Wall = Wall { local: |at| civil(at, 60), now: sample::AT };

    fn change(what: EventKind, by: &str, until: Option<Millis>) -> WorkChange {
        WorkChange { at: sample::AT + Millis(60_000), what: what.into(), by: by.to_owned(), until }
    }

    fn in_folder(folder: Folder, work: Vec<WorkChange>) -> ConversationRecord {
        let mut record = ConversationRecord { work, ..sample::record() };
        record.conversation.folder = Some(folder.into());
        record
    }

    #[wasm_bindgen_test]
    fn each_change_says_who_made_it() {
        let until = Some(sample::AT + Millis::days(3));
        for (change, expected) in [
            (change(EventKind::Done, "Lena", None), "Done by Lena"),
            (change(EventKind::Snoozed, "Lena", until), "Snoozed until Mon 23 Nov, 09:38 by Lena"),
            (change(EventKind::Reopened, "", None), "Reopened"),
        ] {
            assert_eq!(change_words(&change, WALL), expected);
        }
        let unknown = WorkChange { what: Word::parse("archived"), ..change(EventKind::Done, "Bo", None) };
        assert_eq!(change_words(&unknown, WALL), "archived by Bo");
    }

    #[wasm_bindgen_test]
    fn the_state_is_said_only_where_there_is_one() {
        let done = || vec![change(EventKind::Done, "Lena", None)];
        assert_eq!(work_words(&in_folder(Folder::Open, done()), WALL), None);
        let words = |record: &ConversationRecord| work_words(record, WALL).unwrap_or_default();
        assert_eq!(words(&in_folder(Folder::Done, done())), "Done by Lena \u{b7} 09:39");
        let deal = "Done: a deal is open and the lead does not wait";
        assert_eq!(words(&in_folder(Folder::Done, Vec::new())), deal);
        let mut since = in_folder(Folder::Done, done());
        since.messages.push(sample::message(100));
        assert_eq!(words(&since), deal, "the lead wrote after it");
        let mut snoozed = in_folder(Folder::Snoozed, Vec::new());
        snoozed.conversation.snoozed_until = Some(sample::AT + Millis(3 * 3_600_000));
        assert_eq!(words(&snoozed), "Snoozed until today, 12:38");
    }

    #[wasm_bindgen_test]
    fn numbers_and_verbs_agree() {
        assert_eq!(acted_on_many(1, "done"), "1 conversation is done.");
        let until = sample::AT + Millis::days(1);
        let what = snoozed_phrase(until, WALL);
        assert_eq!(acted_on_many(12, &what), "12 conversations are snoozed until Sat 21 Nov, 09:38.");
        assert_eq!(acted_on_one(&LeadAction::Done, WALL), "Marked as done.");
        assert_eq!(acted_on_one(&LeadAction::Snooze { until }, WALL), "Snoozed until Sat 21 Nov, 09:38.");
    }
}
