//! The budget of a mailbox: how many mails about meetings and of workflows it gets in an hour and in a day.
//!
//! A stranger chooses the address of a booking. A mail beyond the budget waits until it is free; what was sent is a
//! stored fact, so that a restart frees nothing.

use knock_model::{EffectKind, Millis};
use knock_ports::{ConfirmationMail, Ledger, MeetingMail, OutboxEntry, StoreError, TranscriptMail, View, WorkflowMail};
use sha2::{Digest, Sha256};

const HOUR: Millis = Millis(3_600_000);
const DAY: Millis = Millis::days(1);

/// The most mails of an hour and of a day, in windows that slide.
#[derive(Clone, Copy)]
struct Budget {
    hourly: usize,
    daily: usize,
}

/// Of a lead, whose address anybody can give.
const OF_LEAD: Budget = Budget { hourly: 6, daily: 20 };
/// Of a member, whom all leads of a busy day may book.
const OF_MEMBER: Budget = Budget { hourly: 30, daily: 100 };

impl Budget {
    /// The instant from which on another mail may be sent, if that is not now; `sent` are those of the last day, oldest
    /// first.
    fn free_at(self, sent: &[Millis], now: Millis) -> Option<Millis> {
        let free = |most: usize, window: Millis| {
            let oldest = sent.len().checked_sub(most).map(|place| sent[place] + window);
            oldest.filter(|free| *free > now)
        };
        free(self.hourly, HOUR).max(free(self.daily, DAY))
    }
}

/// The state of a mail that waits, as the team reads it.
pub(in crate::commands) const WHY: &str = "waits: this address got as many mails as it may for now";

/// Takes the first attempt of a mail from the budget of its mailbox; the instant to wait for if that is used up.
///
/// A further attempt is of a mail that was counted.
pub(in crate::commands) fn take(
    ledger: &mut dyn Ledger,
    entry: &OutboxEntry,
    now: Millis,
) -> Result<Option<Millis>, StoreError> {
    if entry.attempts > 1 {
        return Ok(None);
    }
    let Some((mailbox, budget)) = recipient(&entry.effect.kind, &entry.effect.data) else { return Ok(None) };
    ledger.forget_mails(now - DAY, now)?;
    let sent = ledger.mails_sent(&mailbox)?;
    let wait = budget.free_at(&sent, now);
    if wait.is_none() {
        ledger.note_sent(&mailbox, entry.number, now)?;
    }
    Ok(wait)
}

/// Whether a mail to the address of a lead can be sent now.
pub(in crate::commands) fn is_free(view: &dyn View, address: &str, now: Millis) -> Result<bool, StoreError> {
    let sent = view.mails_sent(&hash("lead", &mailbox(address)))?;
    Ok(OF_LEAD.free_at(&sent, now).is_none())
}

/// The mailbox of a mail that a stranger can cause, and its budget.
fn recipient(kind: &EffectKind, data: &str) -> Option<([u8; 16], Budget)> {
    if *kind == ConfirmationMail::KIND {
        let mail: ConfirmationMail = serde_json::from_str(data).ok()?;
        return Some((hash("lead", &mailbox(&mail.to.email)), OF_LEAD));
    }
    if *kind == WorkflowMail::KIND {
        let mail: WorkflowMail = serde_json::from_str(data).ok()?;
        return mail.lead.map(|_| (hash("lead", &mailbox(&mail.to)), OF_LEAD));
    }
    if *kind == TranscriptMail::KIND {
        // Only leads who ask for their own choose the address.
        let mail: TranscriptMail = serde_json::from_str(data).ok()?;
        return mail.from.email.is_empty().then(|| (hash("lead", &mailbox(&mail.to)), OF_LEAD));
    }
    if *kind != MeetingMail::KIND {
        return None;
    }
    // A mail that cannot be read is refused by its connector.
    let mail: MeetingMail = serde_json::from_str(data).ok()?;
    let (who, budget) = if mail.is_to_lead { ("lead", OF_LEAD) } else { ("member", OF_MEMBER) };
    Some((hash(who, &mailbox(&mail.to.email)), budget))
}

/// The mailbox behind an address: most servers deliver `ann+1@` to `ann@`, and some ignore dots.
fn mailbox(address: &str) -> String {
    let address = address.to_lowercase();
    let (local, domain) = address.rsplit_once('@').unwrap_or((&address, ""));
    let local = local.split('+').next().unwrap_or_default();
    match domain {
        "gmail.com" | "googlemail.com" => format!("{}@gmail.com", local.replace('.', "")),
        domain => format!("{local}@{domain}"),
    }
}

fn hash(who: &str, mailbox: &str) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(who);
    hash.update([0]);
    hash.update(mailbox);
    let mut short = [0; 16];
    short.copy_from_slice(&hash.finalize()[..16]);
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sent: &[i64], now: i64, expected: Option<i64>) {
        let minutes = |at: i64| Millis(at * Millis::MINUTE.0);
        let sent: Vec<_> = sent.iter().map(|at| minutes(*at)).collect();
        let budget = Budget { hourly: 2, daily: 4 };
        assert_eq!(budget.free_at(&sent, minutes(now)), expected.map(minutes), "{sent:?} {now:?}");
    }

    #[test]
    fn a_budget_is_free_again_when_its_windows_have_passed() {
        check(&[], 0, None);
        check(&[0], 0, None);
        check(&[0, 10], 20, Some(60));
        check(&[0, 10], 60, None);
        check(&[0, 10, 60], 65, Some(70));
        check(&[0, 10, 100, 110], 300, Some(1_440));
        check(&[0, 10, 100, 1_430], 1_435, Some(1_440));
        check(&[0, 10, 1_420, 1_430], 1_435, Some(1_480));
    }

    #[test]
    fn addresses_of_one_mailbox_share_a_budget() {
        let cases = [
            ("Ann@First.example", "ann@first.example"),
            ("ann+1@first.example", "ann@first.example"),
            ("a.nn+x@gmail.com", "ann@gmail.com"),
            ("ann@googlemail.com", "ann@gmail.com"),
            ("a.nn@first.example", "a.nn@first.example"),
            ("nobody", "nobody@"),
        ];
        for (address, expected) in cases {
            assert_eq!(mailbox(address), expected);
        }
        assert_ne!(hash("lead", "ann@first.example"), hash("member", "ann@first.example"));
    }
}
