//! Notifications about a calendar that cannot be read, by push notification and mail: its member has to mend it, and the
//! admins if the app of its provider is the cause. No switch ends them, since nothing is offered meanwhile.

use super::personal::key;
use crate::changes::Changes;
use crate::effects::Letter;
use crate::notice::Notice;
use crate::quiet::quiet_until;
use knock_model::{
    CalendarAccountId, DeliveryState, Destination, MemberState, Millis, Permission, RepId, UnreachableCalendar,
};
use knock_ports::{
    CalendarMail, ConnectedCalendar, Effect, Ledger, Member, NewDelivery, OutboxEntry, PushAlert, StoreError,
};

/// Characters of a failure that are shown: a push service takes 4 kB.
const SHOWN: usize = 300;
/// The number of waiting deliveries of a destination among which those about a calendar are looked for.
const LOOKED_AT: u32 = 500;
/// The page where accounts are mended.
const PATH: &str = "/app/settings/calendars";

/// Notifies the member of an account and the admins, those in quiet hours at the end of these.
pub(super) fn notify_unreadable(
    ledger: &mut dyn Ledger,
    (account, name): (CalendarAccountId, &str),
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    let mut team = ledger.members()?;
    team.retain(|member| member.state == MemberState::Active);
    let Some(calendar) = ledger.calendar(account)? else { return Ok(()) };
    let Some(owner) = team.iter().find(|member| member.id == calendar.member) else { return Ok(()) };
    let offered = ledger.meeting_settings()?.unreachable_calendar;
    let failure = Failure { calendar: &calendar, name, owner, offered };
    let is_notified = |member: &&Member| member.id == owner.id || member.role.may(Permission::ManageTeam);
    for member in team.iter().filter(is_notified) {
        let due = quiet_until(&ledger.notifications(member.id)?, now).unwrap_or(now);
        failure.push(ledger, member.id, (now, due), changes)?;
        if ledger.settings()?.sends_mail {
            failure.mail(ledger, member, (now, due), changes)?;
        }
    }
    Ok(())
}

/// Withdraws what waits until the end of quiet hours: the calendar can be read again.
pub(super) fn withdraw_unreadable(
    ledger: &mut dyn Ledger,
    account: CalendarAccountId,
    now: Millis,
) -> Result<(), StoreError> {
    let mut destinations = vec![Destination::MAIL];
    destinations.extend(ledger.devices(now)?.iter().map(|device| Destination::push(device.id)));
    let waiting = [DeliveryState::Waiting, DeliveryState::Behind];
    for to in destinations {
        let entries = ledger.deliveries_in(to, &waiting, i64::MAX, LOOKED_AT)?;
        for entry in entries.iter().filter(|entry| is_about(entry, account)) {
            ledger.withdraw(entry.number, now)?;
        }
    }
    Ok(())
}

fn is_about(entry: &OutboxEntry, account: CalendarAccountId) -> bool {
    let data = &entry.effect.data;
    if entry.effect.kind == CalendarMail::KIND {
        return serde_json::from_str::<CalendarMail>(data).is_ok_and(|mail| mail.account == account);
    }
    entry.effect.kind == PushAlert::KIND
        && serde_json::from_str::<PushAlert>(data).is_ok_and(|alert| alert.tag == account.to_string())
}

/// An account that cannot be read.
struct Failure<'f> {
    calendar: &'f ConnectedCalendar,
    /// The display name of the account; empty if this version does not know its provider.
    name: &'f str,
    owner: &'f Member,
    /// What the workspace offers of the owner meanwhile.
    offered: UnreachableCalendar,
}

impl Failure<'_> {
    /// Sends a notification to the browsers of a member. It comes also while a dashboard is looked at: no page but Home and
    /// Settings shows the failure.
    fn push(
        &self,
        ledger: &mut dyn Ledger,
        member: RepId,
        (now, due): (Millis, Millis),
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        let (tag, title) = (self.calendar.id.to_string(), self.title(member));
        let alert = PushAlert { tag, title, body: self.text(member), path: PATH.to_owned() };
        let data = serde_json::to_string(&alert).map_err(|error| StoreError::Broken(error.to_string()))?;
        let mut devices = ledger.devices(now)?;
        devices.retain(|device| device.member == member);
        for device in devices {
            let effect = Effect { kind: PushAlert::KIND, data: data.clone(), at: now };
            // A key of its own: what waits for the end of quiet hours delays no other notification.
            let (to, ordering_key) = (Destination::push(device.id), *self.calendar.id.as_bytes());
            ledger.enqueue(&NewDelivery { to, effect, lead: None, ordering_key, stored_at: due })?;
            changes.push(Notice::Outbox);
        }
        Ok(())
    }

    fn mail(
        &self,
        ledger: &mut dyn Ledger,
        member: &Member,
        (now, due): (Millis, Millis),
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        let data = &CalendarMail {
            to: member.email.clone(),
            account: self.calendar.id,
            subject: self.title(member.id).into(),
            text: self.text(member.id),
        };
        let ordering_key = key(*self.calendar.id.as_bytes(), member.id);
        Letter { kind: CalendarMail::KIND, data, lead: None, ordering_key, now }.enqueue_for(due, ledger, changes)
    }

    fn title(&self, recipient: RepId) -> String {
        if recipient == self.owner.id {
            return "Your calendar cannot be read".to_owned();
        }
        format!("The calendar of {} cannot be read", self.owner.display_name())
    }

    /// Which calendar, why, and what follows. The admins do not need the address of the account.
    fn text(&self, recipient: RepId) -> String {
        let is_own = recipient == self.owner.id;
        let with = if is_own { "you".to_owned() } else { self.owner.display_name() };
        let calendar = match (is_own, self.name) {
            (true, "") => "Your calendar".to_owned(),
            (true, name) => format!("Your calendar ({name})"),
            (false, _) => format!("The calendar of {with}"),
        };
        let reason: String = self.calendar.problem.chars().take(SHOWN).collect();
        let meanwhile = match self.offered {
            UnreachableCalendar::Block => "are not offered meanwhile",
            UnreachableCalendar::Offer => "are offered meanwhile by working hours and meetings in Knock alone",
        };
        format!("{calendar} cannot be read: {reason}. Meetings with {with} {meanwhile}.")
    }
}
