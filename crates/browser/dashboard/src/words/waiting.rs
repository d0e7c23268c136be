//! Waiting chats of the member and unassigned ones, and the notifications of their changes. Pure: no calls of the
//! browser.

use knock_model::{AI_AGENT, ConversationId, Millis};
use knock_wire::{Author, Channels, ConversationRow, NotificationSettings};

/// A reason to notify.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alert {
    /// An unassigned chat begins to wait.
    NewChat,
    /// A chat was assigned to the member.
    Assigned,
    /// A lead wrote in a chat of the member.
    Message,
    /// A lead has waited long enough.
    Waiting,
}

impl Alert {
    /// The channels set for it.
    pub(crate) const fn channels(self, settings: &NotificationSettings) -> Channels {
        match self {
            Alert::NewChat => settings.new_chat,
            Alert::Assigned => settings.assigned,
            Alert::Message => settings.message,
            Alert::Waiting => settings.waiting,
        }
    }
}

/// The effect of a change of a chat for the member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Alert(Alert),
    /// The wait has ended, or is another rep's: its notification is withdrawn.
    Left,
    None,
}

#[derive(Clone, Debug)]
struct Wait {
    row: ConversationRow,
    is_mine: bool,
    /// Whether a long wait was already notified.
    is_reminded: bool,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Waiting {
    waits: Vec<Wait>,
    is_loaded: bool,
}

impl Waiting {
    pub(crate) fn count(&self) -> usize {
        self.waits.len()
    }

    /// Takes the current state of a chat; `me` is the member's address.
    pub(crate) fn take(&mut self, row: &ConversationRow, me: &str) -> Change {
        let place = self.waits.iter().position(|wait| wait.row.id == row.id);
        if place.is_some_and(|place| self.waits[place].row.intent.at > row.intent.at) {
            return Change::None;
        }
        let owner = row.state.rep_owner.as_deref().filter(|owner| *owner != AI_AGENT);
        let is_for_me = row.waiting_since.is_some() && !row.state.is_spam && owner.is_none_or(|owner| owner == me);
        if !is_for_me {
            return place.map_or(Change::None, |place| {
                self.waits.swap_remove(place);
                Change::Left
            });
        }
        let is_mine = owner.is_some();
        let before = place.map(|place| self.waits.swap_remove(place));
        let alert = alert(before.as_ref(), row, is_mine, me);
        let is_same_wait = |before: &Wait| before.row.waiting_since == row.waiting_since;
        let is_reminded = before.is_some_and(|before| before.is_reminded && is_same_wait(&before));
        self.waits.push(Wait { row: row.clone(), is_mine, is_reminded });
        alert.map_or(Change::None, Change::Alert)
    }

    /// Takes all waiting chats from the server and returns each change with its chat; the first load notifies of none.
    pub(crate) fn take_all(&mut self, rows: &[ConversationRow], me: &str) -> Vec<(ConversationId, Change)> {
        let mut changes = Vec::new();
        self.waits.retain(|wait| {
            let stays = rows.iter().any(|row| row.id == wait.row.id);
            if !stays {
                changes.push((wait.row.id, Change::Left));
            }
            stays
        });
        for row in rows {
            let change = self.take(row, me);
            if self.is_loaded {
                changes.push((row.id, change));
            }
        }
        self.is_loaded = true;
        changes
    }

    /// The chats that have waited long enough by `now`, each once; those that already had at `since`, when the page was
    /// opened, are left out.
    pub(crate) fn remind(
        &mut self,
        settings: &NotificationSettings,
        since: Millis,
        now: Millis,
    ) -> Vec<ConversationId> {
        if settings.wait_minutes == 0 {
            return Vec::new();
        }
        let span = Millis(Millis::MINUTE.0 * i64::from(settings.wait_minutes));
        let mut due = Vec::new();
        for wait in self.waits.iter_mut().filter(|wait| wait.is_mine || settings.covers_unassigned) {
            let due_at = wait.row.waiting_since.map(|at| at + span);
            if !wait.is_reminded && due_at.is_some_and(|at| at <= now) {
                wait.is_reminded = true;
                due.extend(due_at.filter(|at| *at >= since).map(|_| wait.row.id));
            }
        }
        due
    }

    pub(crate) fn row(&self, id: ConversationId) -> Option<&ConversationRow> {
        self.waits.iter().map(|wait| &wait.row).find(|row| row.id == id)
    }
}

/// The notification for a change of a waiting chat to `row`.
fn alert(before: Option<&Wait>, row: &ConversationRow, is_mine: bool, me: &str) -> Option<Alert> {
    // A message or a form: forms have no numbers.
    let news = |row: &ConversationRow| {
        let last = row.last.as_ref().filter(|last| last.author == Author::Lead);
        (last.map(|last| last.seq), row.form.as_ref().map(|form| form.at))
    };
    let was_mine = before.map(|before| before.is_mine);
    let has_answered = row.state.responding_rep.as_deref() == Some(me);
    match (was_mine, is_mine) {
        (None, false) => Some(Alert::NewChat),
        (None, true) if has_answered => Some(Alert::Message),
        (None | Some(false), true) => Some(Alert::Assigned),
        (Some(true), true) => before.filter(|before| news(row) > news(&before.row)).map(|_| Alert::Message),
        (Some(_), false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{sample, sample_form};
    use knock_wire::FormShown;
    use wasm_bindgen_test::wasm_bindgen_test;

    const ME: &str = "ann@acme.test";

    /// The sample's chat with its message `seq`, which waits for `owner`.
    fn row(owner: Option<&str>, seq: u64) -> ConversationRow {
        let mut row = sample::conversation();
        row.last = Some(sample::message(seq));
        row.waiting_since = Some(sample::AT);
        row.state.rep_owner = owner.map(str::to_owned);
        row.intent.at = sample::AT + Millis(i64::from(seq as u32));
        row
    }

    fn answered(seq: u64) -> ConversationRow {
        ConversationRow { waiting_since: None, ..row(Some(ME), seq) }
    }

    #[wasm_bindgen_test]
    fn each_change_notifies_of_what_it_is() {
        let mut waiting = Waiting::default();
        let mut returning = row(Some(ME), 7);
        returning.state.responding_rep = Some(ME.to_owned());
        for (row, expected, count) in [
            (row(Some("bo@acme.test"), 1), Change::None, 0),
            (row(None, 2), Change::Alert(Alert::NewChat), 1),
            (row(None, 3), Change::None, 1),
            (row(Some(ME), 4), Change::Alert(Alert::Assigned), 1),
            (row(Some(ME), 5), Change::Alert(Alert::Message), 1),
            (answered(6), Change::Left, 0),
            (answered(6), Change::None, 0),
            (returning, Change::Alert(Alert::Message), 1),
            (row(Some("bo@acme.test"), 8), Change::Left, 0),
        ] {
            assert_eq!(waiting.take(&row, ME), expected, "{:?}", row.last);
            assert_eq!(waiting.count(), count);
        }
    }

    #[wasm_bindgen_test]
    fn another_form_of_a_waiting_lead_is_news() {
        let mut waiting = Waiting::default();
        let mut by_form = sample_form::conversation();
        by_form.state.rep_owner = Some(ME.to_owned());
        assert_eq!(waiting.take(&by_form, ME), Change::Alert(Alert::Assigned));
        assert_eq!(waiting.take(&by_form, ME), Change::None);
        by_form.form = by_form.form.map(|form| Box::new(FormShown { at: form.at + Millis(1), ..*form }));
        assert_eq!(waiting.take(&by_form, ME), Change::Alert(Alert::Message));
    }

    #[wasm_bindgen_test]
    fn spam_the_agent_and_old_rows_notify_no_one() {
        let mut waiting = Waiting::default();
        let mut spam = row(None, 1);
        spam.state.is_spam = true;
        assert_eq!(waiting.take(&spam, ME), Change::None);
        assert_eq!(waiting.take(&row(None, 3), ME), Change::Alert(Alert::NewChat));
        assert_eq!((waiting.take(&answered(2), ME), waiting.count()), (Change::None, 1));
    }

    #[wasm_bindgen_test]
    fn what_waited_already_is_no_news_and_what_came_during_a_gap_is() {
        let mut waiting = Waiting::default();
        assert_eq!(waiting.take_all(&[row(None, 1)], ME), []);
        let mut other = row(None, 2);
        other.id = ConversationId::new([9; 16]);
        let changes = waiting.take_all(&[other.clone()], ME);
        assert_eq!(changes, [(row(None, 1).id, Change::Left), (other.id, Change::Alert(Alert::NewChat))]);
    }

    #[wasm_bindgen_test]
    fn a_wait_is_reminded_of_once_and_after_its_minutes() {
        let mut waiting = Waiting::default();
        let settings = NotificationSettings::default();
        let (at, after) = (sample::AT, sample::AT + Millis(2 * Millis::MINUTE.0));
        waiting.take(&row(None, 1), ME);
        assert_eq!(waiting.remind(&settings, at, after - Millis(1)), []);
        let never = NotificationSettings { wait_minutes: 0, ..settings.clone() };
        let mine = NotificationSettings { covers_unassigned: false, ..settings.clone() };
        assert_eq!((waiting.remind(&never, at, after), waiting.remind(&mine, at, after)), (vec![], vec![]));
        assert_eq!(waiting.remind(&settings, at, after), [row(None, 1).id]);
        assert_eq!(waiting.remind(&settings, at, after), []);
        let mut late = Waiting::default();
        late.take(&row(None, 1), ME);
        assert_eq!(
            late.remind(&settings, after + Millis(1), after + Millis(2)),
            [],
            "it was so when the page was opened"
        );
    }
}
