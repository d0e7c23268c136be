//! Changes of one meeting become few mails: what their recipient knows, what waits, and the last state decide.

use knock_model::{DeliveryState, Millis};
use knock_ports::{MeetingMail, MeetingNews, OutboxEntry};

/// After a mail about a change the further changes of this time become one mail.
const PAUSE: Millis = Millis(5 * Millis::MINUTE.0);

/// An earlier mail about the same meeting to the same recipient.
pub(super) struct Earlier {
    number: i64,
    /// Whether no attempt was made, so that it can be withdrawn.
    is_waiting: bool,
    /// The instant of its delivery; of one under way at the latest now.
    sent_at: Millis,
    mail: MeetingMail,
}

/// The mails to withdraw, and the one to send instead.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) withdrawn: Vec<i64>,
    /// The mail, and when it is due; none when the recipient knows the state.
    pub(super) mail: Option<(MeetingMail, Millis)>,
}

impl Earlier {
    /// Reads a delivery; none if it is of another meeting or was given up.
    pub(super) fn read(entry: &OutboxEntry, of: &MeetingMail, now: Millis) -> Option<Earlier> {
        let is_waiting = match entry.state {
            DeliveryState::Waiting | DeliveryState::Behind => entry.attempts == 0,
            DeliveryState::UnderWay | DeliveryState::Delivered => false,
            DeliveryState::Parked => return None,
        };
        if entry.effect.kind != MeetingMail::KIND {
            return None;
        }
        let mail: MeetingMail = serde_json::from_str(&entry.effect.data).ok()?;
        let is_same = mail.meeting == of.meeting && mail.is_to_lead == of.is_to_lead;
        is_same.then(|| Earlier { number: entry.number, is_waiting, sent_at: entry.due_at.min(now), mail })
    }
}

/// Decides about a mail by the earlier ones, the oldest first.
pub(super) fn plan(earlier: &[Earlier], next: MeetingMail, now: Millis) -> Plan {
    // A reminder that still waits is of a state that has changed.
    let withdrawn = earlier.iter().filter(|earlier| earlier.is_waiting).map(|earlier| earlier.number).collect();
    let news = |earlier: &&Earlier| earlier.mail.news != MeetingNews::Reminder;
    let known = earlier.iter().rfind(|earlier| !earlier.is_waiting && news(earlier));
    let waiting = earlier.iter().rfind(|earlier| earlier.is_waiting && news(earlier));
    Plan { withdrawn, mail: worded(known, waiting, next, now) }
}

/// The mail from the state that its recipient knows to that of `next`.
fn worded(
    known: Option<&Earlier>,
    waiting: Option<&Earlier>,
    next: MeetingMail,
    now: Millis,
) -> Option<(MeetingMail, Millis)> {
    let is_end = next.news == MeetingNews::Cancelled;
    match known {
        // It was never mailed, or a mail about its end is the last one.
        None if waiting.is_some_and(|waiting| waiting.mail.news == MeetingNews::Booked) => {
            (!is_end).then(|| (booked(next), now))
        }
        Some(known) if known.mail.news == MeetingNews::Cancelled => {
            (!is_end).then(|| (booked(next), now.max(known.sent_at + PAUSE)))
        }
        // Mails of before are forgotten, or mail was set up meanwhile.
        None => {
            let before = waiting.map_or(next.before, |waiting| waiting.mail.before);
            Some((MeetingMail { before, ..next }, now))
        }
        Some(_) if is_end => Some((next, now)),
        Some(known) if is_same(&known.mail, &next) => None,
        Some(known) => {
            let is_first = known.mail.news != MeetingNews::Changed;
            let due = if is_first { now } else { now.max(known.sent_at + PAUSE) };
            let before = (known.mail.start != next.start).then_some(known.mail.start);
            let had = known.mail.reps.first();
            let former = had.filter(|had| next.reps.first() != Some(*had)).cloned();
            Some((MeetingMail { news: MeetingNews::Changed, before, former, ..next }, due))
        }
    }
}

fn booked(next: MeetingMail) -> MeetingMail {
    MeetingMail { news: MeetingNews::Booked, before: None, ..next }
}

/// Whether two mails state the same time, the same reps and the same conference.
fn is_same(known: &MeetingMail, next: &MeetingMail) -> bool {
    let conference = |mail: &MeetingMail| mail.details.conference.clone();
    (known.start, known.end, &known.details.reps, conference(known))
        == (next.start, next.end, &next.details.reps, conference(next))
}
