//! Notifications of members about leads who wait: each member when their turn is ([`Recipients`]), outside their quiet hours.

use super::alert::{About, push};
use super::escalation::Recipients;
use crate::changes::Changes;
use crate::effects::Letter;
use crate::notice::Notice;
use crate::quiet::quiet_until;
use knock_model::{Label, LeadId, Millis};
use knock_ports::{Ledger, Member, StoreError, Subject, View, Wait, WaitMail};
use knock_routing::Decision;
use knock_wire::NotificationSettings;

/// Sets the timer for the next notification of a wait; clears it if no notification is pending.
pub(super) fn set_wait_timer(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    (wait, decision): (Option<&Wait>, Option<&Decision>),
    now: Millis,
) -> Result<(), StoreError> {
    let mut next: Option<Millis> = None;
    for (_, _, due) in wait.map(|wait| unnotified(ledger, wait, decision, now)).transpose()?.unwrap_or_default() {
        next = Some(next.map_or(due, |next| next.min(due)));
    }
    ledger.set_timer(Subject::Wait(lead), next)
}

/// Notifies each member of a wait after the delay that the member set; members in quiet hours at the end of these.
pub(crate) fn fire_wait(
    ledger: &mut dyn Ledger,
    lead: LeadId,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let Some(wait) = ledger.wait_of(lead)? else { return set_wait_timer(ledger, lead, (None, None), now) };
    let decided = ledger.last_decision(lead)?;
    let decision = decided.as_ref().map(|decided| &decided.decision);
    for (member, settings, _) in unnotified(ledger, &wait, decision, now)?.into_iter().filter(|(.., due)| *due <= now) {
        tell_of_wait(ledger, &member, &settings, &wait, now, changes)?;
        ledger.note_wait_told(lead, member.id, wait.since)?;
    }
    set_wait_timer(ledger, lead, (Some(&wait), decision), now)?;
    changes.push(Notice::Timer);
    Ok(())
}

/// Returns the members not yet notified of a wait, with their settings and the instant when the notification is due.
fn unnotified(
    view: &dyn View,
    wait: &Wait,
    decision: Option<&Decision>,
    now: Millis,
) -> Result<Vec<(Member, NotificationSettings, Millis)>, StoreError> {
    let (sent, recipients) = (view.told_of_wait(wait.lead)?, Recipients::load(view, wait, decision)?);
    let mut unnotified = Vec::new();
    for member in &recipients.members {
        let settings = view.notifications(member.id)?;
        let due = recipients.due_at(member, &settings, wait).filter(|_| !sent.contains(&(member.id, wait.since)));
        let Some(due) = due else { continue };
        let due = if due <= now { quiet_until(&settings, now).unwrap_or(due) } else { due };
        unnotified.push((member.clone(), settings, due));
    }
    Ok(unnotified)
}

fn tell_of_wait(
    ledger: &mut dyn Ledger,
    member: &Member,
    settings: &NotificationSettings,
    wait: &Wait,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let Some(about) = About::load(ledger, wait.lead)? else { return Ok(()) };
    if settings.waiting.push {
        let devices = ledger.devices(now)?;
        for device in devices.iter().filter(|device| device.member == member.id) {
            push(ledger, device, settings, &about, "A lead is waiting", now, changes)?;
        }
    }
    if !settings.mail || !ledger.settings()?.sends_mail {
        return Ok(());
    }
    let owner = wait.rep.filter(|rep| *rep != member.id).map(|rep| ledger.member(rep)).transpose()?.flatten();
    let waited = (now - wait.since).0.div_euclid(Millis::MINUTE.0);
    let data = &WaitMail {
        to: member.email.clone(),
        lead: about.name.into(),
        conversation: about.conversation,
        minutes: u32::try_from(waited).unwrap_or(u32::MAX),
        is_mine: wait.rep == Some(member.id),
        owner: owner.map(|owner| owner.display_name()).unwrap_or_default().into(),
        is_queued: wait.is_queued,
        form: about.form.map(Label::from),
        intent: about.intent,
        page: about.page,
        text: if settings.shows_text { about.text } else { String::new() },
    };
    // A retried mail delays neither mails to other members nor mails about other leads.
    let mut ordering_key = *wait.lead.as_bytes();
    ordering_key.iter_mut().zip(member.id.as_bytes()).for_each(|(byte, other)| *byte ^= other);
    Letter { kind: WaitMail::KIND, data, lead: Some(wait.lead), ordering_key, now }.enqueue(ledger, changes)
}
