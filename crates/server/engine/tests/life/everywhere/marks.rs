//! What the team keeps about Ann beside her chats: a tag, a reminder, her words for a known question.

use super::BUDGET;
use crate::story::{Story, rep};
use knock_engine::commands::{AddReminder, ReminderAdded, SaveTag, TagLead, TagSaved, Tagged};
use knock_model::{AnswerId, LeadId, Millis, ReminderId, TagColor, TagId};
use knock_ports::Tag;

/// What Ann asked before she chose a known question.
pub(super) const ASKED: &str = "Does the glockenspiel come along?";

/// Gives Ann a tag.
pub(super) fn tag(story: &Story, lead: LeadId) {
    let tag = Tag { id: TagId::new([6; 16]), name: "Brass".into(), color: TagColor::Teal };
    let set = TagLead { lead, tag: tag.id, is_set: true, member: Some(rep()), now: story.now };
    assert_eq!(story.change(SaveTag { tag, is_known: false }), TagSaved::Saved);
    assert_eq!(story.change(set), Tagged::Done);
}

/// Sets a reminder about Ann.
pub(super) fn remind(story: &Story, lead: LeadId) {
    let (id, text, due_at) = (ReminderId::new([5; 16]), BUDGET.to_owned(), story.now + Millis::DAY);
    let added = story.commit(AddReminder { id, lead, member: rep(), due_at, text, now: story.now });
    assert!(matches!(added, ReminderAdded::Added(_)), "{added:?}");
}

/// Suggests Ann's words for a known question.
pub(super) fn suggest(story: &mut Story, lead: LeadId) {
    let (answer, at) = (AnswerId::new(story.now, &[3; 10]), story.now);
    story.while_stopped(|store, _| {
        store.write(&mut |ledger| ledger.suggest_wording(answer, ASKED, lead, at)).expect("it is kept");
    });
}
