//! Notifications of one member about what concerns them alone: a note that names them, and their own reminders.

use super::alert::{About, SHOWN, chat_alert, push_to};
use crate::changes::Changes;
use crate::effects::{Letter, enqueue_push};
use crate::notice::{Notice, Personal, PersonalFact};
use crate::own_reminders::set_reminder_timer;
use crate::quiet::quiet_until;
use knock_model::{LeadId, MemberState, Millis, RepId};
use knock_ports::{
    InternalNote, Ledger, Member, MentionMail, PushAlert, Reminder, ReminderMail, StoreError, TeamAuthor,
};

/// Notifies the members whom a note names.
pub(super) fn notify_mentioned(
    ledger: &mut dyn Ledger,
    (lead, note): (LeadId, &InternalNote),
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let Some(about) = About::load(ledger, lead)? else { return Ok(()) };
    let author = match note.author {
        TeamAuthor::Member(member) => ledger.member(member)?.map(|author| author.display_name()),
        TeamAuthor::Integration(id) => ledger.integration(id)?.map(|author| author.display_name()),
    };
    let author = author.unwrap_or_default();
    for member in &note.mentions {
        let Some(member) = active(ledger, *member)? else { continue };
        let what = PersonalFact::Mention(note.id);
        changes.push(Notice::Personal(Personal { member: member.id, what }));
        let settings = ledger.notifications(member.id)?;
        if settings.mention.push {
            let body = format!("About {}", about.name);
            let said: String = note.text.chars().take(SHOWN).collect();
            let body = if settings.shows_text { format!("{body}: {}", said.trim_end()) } else { body };
            let alert = chat_alert(note.conversation, format!("{author} mentions you"), body);
            for device in own_devices(ledger, member.id, now)? {
                push_to(ledger, (&device, &settings), (lead, &alert), now, changes)?;
            }
        }
        if settings.mention_mail && ledger.settings()?.sends_mail {
            let (to, lead_name) = (member.email.clone(), about.name.clone().into());
            let (conversation, text) = (note.conversation, note.text.clone());
            let data = &MentionMail { to, author: author.clone().into(), lead: lead_name, conversation, text };
            let due = quiet_until(&settings, now).unwrap_or(now);
            let ordering_key = key(*note.id.as_bytes(), member.id);
            Letter { kind: MentionMail::KIND, data, lead: Some(lead), ordering_key, now }
                .enqueue_for(due, ledger, changes)?;
        }
    }
    Ok(())
}

/// Reminds the members whose reminders about a lead are due: each once, as it is stored in the same transaction.
pub(crate) fn fire_own_reminders(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    for reminder in ledger.reminders_about(lead)? {
        if reminder.fired_at.is_none() && reminder.due_at <= now {
            ledger.save_reminder(&Reminder { fired_at: Some(now), ..reminder.clone() })?;
            remind(ledger, &reminder, now, changes)?;
        }
    }
    set_reminder_timer(ledger, lead)?;
    changes.push(Notice::Timer);
    Ok(())
}

/// Reminds a member, also in their quiet hours: they chose the instant.
fn remind(ledger: &mut dyn Ledger, reminder: &Reminder, now: Millis, changes: &mut Changes) -> Result<(), StoreError> {
    let Some(member) = active(ledger, reminder.member)? else { return Ok(()) };
    let about = About::load(ledger, reminder.lead)?;
    let name = about.as_ref().map(|about| about.name.clone());
    let name = name.map_or_else(|| name_of(ledger, reminder.lead), Ok)?;
    let what = PersonalFact::Reminder(reminder.id);
    changes.push(Notice::Personal(Personal { member: member.id, what }));
    let settings = ledger.notifications(member.id)?;
    let is_looking = ledger.presence(member.id)?.is_some_and(|until| now < until);
    if settings.reminder.push && !is_looking {
        let has_text = settings.shows_text && !reminder.text.is_empty();
        let body = if has_text { format!("{name}: {}", reminder.text) } else { name.clone() };
        let title = "Reminder".to_owned();
        let alert = match &about {
            Some(about) => chat_alert(about.conversation, title, body),
            None => contact_alert(reminder.lead, title, body),
        };
        for device in own_devices(ledger, member.id, now)? {
            enqueue_push(ledger, device.id, Some(reminder.lead), &alert, now, changes)?;
        }
    }
    if settings.reminder_mail && ledger.settings()?.sends_mail {
        let conversation = about.map(|about| about.conversation);
        let (to, text) = (member.email.clone(), reminder.text.clone());
        let data = &ReminderMail { to, lead: name.into(), about: reminder.lead, conversation, text };
        let ordering_key = key(*reminder.id.as_bytes(), member.id);
        let kind = ReminderMail::KIND;
        Letter { kind, data, lead: Some(reminder.lead), ordering_key, now }.enqueue(ledger, changes)?;
    }
    Ok(())
}

/// A member who is on the team.
fn active(ledger: &dyn Ledger, member: RepId) -> Result<Option<Member>, StoreError> {
    Ok(ledger.member(member)?.filter(|member| member.state == MemberState::Active))
}

fn own_devices(ledger: &dyn Ledger, member: RepId, now: Millis) -> Result<Vec<knock_ports::Device>, StoreError> {
    let mut devices = ledger.devices(now)?;
    devices.retain(|device| device.member == member);
    Ok(devices)
}

/// The display name of a lead without a conversation.
fn name_of(ledger: &dyn Ledger, lead: LeadId) -> Result<String, StoreError> {
    let Some(lead) = ledger.lead(lead)? else { return Ok(String::new()) };
    let is_known = lead.email.is_some() || !lead.name.is_empty();
    let first_seen_in = if is_known { None } else { ledger.first_visitor_of(lead.id)? };
    Ok(knock_model::display_name(&lead.name, lead.email.as_ref(), first_seen_in))
}

/// A notification that leads to the record of a contact.
fn contact_alert(lead: LeadId, title: String, body: String) -> PushAlert {
    let tag = lead.to_string();
    PushAlert { path: format!("/app/contacts/{tag}"), tag, title, body }
}

/// The ordering key of a mail to a member: a retried one delays neither mails to others nor about other things.
pub(super) fn key(mut id: [u8; 16], member: RepId) -> [u8; 16] {
    id.iter_mut().zip(member.as_bytes()).for_each(|(byte, other)| *byte ^= other);
    id
}
