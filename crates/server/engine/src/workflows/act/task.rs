//! A follow-up: a reminder of a member about the lead.

use super::acting::{Acting, is_here};
use super::placeholders::Values;
use crate::changes::Changes;
use crate::commands::{AddReminder, ReminderAdded};
use crate::writer::Command;
use knock_model::{Millis, ReminderId, RepId};
use knock_ports::{Ledger, StoreError};
use knock_wire::LONGEST_REMINDER;
use knock_workflow::Failure;

pub(super) fn set(
    ledger: &mut dyn Ledger,
    acting: &Acting<'_>,
    (text, due_in, member): (&str, Millis, Option<RepId>),
    changes: &mut Changes,
) -> Result<Option<Failure>, StoreError> {
    let member = match member {
        Some(id) => match ledger.member(id)?.filter(is_here) {
            Some(member) => member,
            None => return Ok(Some(Failure::MemberGone)),
        },
        None => match acting.owner(ledger)? {
            Some(owner) => owner,
            None => return Ok(Some(Failure::NoOwner)),
        },
    };
    let text = Values::load(ledger, acting, [text])?.fill(text);
    let reminder = AddReminder {
        id: ReminderId::new(acting.id()),
        lead: acting.lead.id,
        member: member.id,
        due_at: acting.effect.at + due_in,
        text: said(&text, acting.name),
        now: acting.now,
    };
    Ok(match reminder.run(ledger, changes)? {
        ReminderAdded::Added(_) => None,
        ReminderAdded::UnknownLead => Some(Failure::LeadGone),
        ReminderAdded::TooMany => Some(Failure::TooMany),
    })
}

/// The text with the name of the workflow: the member did not set it themselves.
fn said(text: &str, workflow: &str) -> String {
    let by = format!(" (workflow {workflow})");
    let room = LONGEST_REMINDER.saturating_sub(by.chars().count());
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(room).collect();
    (text + &by).chars().take(LONGEST_REMINDER).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_follow_up_names_its_workflow_and_stays_short() {
        assert_eq!(said("Call\nAnn", "Follow Up"), "Call Ann (workflow Follow Up)");
        let long = said(&"é".repeat(500), "Follow Up");
        assert_eq!(long.chars().count(), LONGEST_REMINDER);
        assert!(long.ends_with("é (workflow Follow Up)"), "{long}");
        assert_eq!(said("Call", &"x".repeat(500)).chars().count(), LONGEST_REMINDER);
    }
}
