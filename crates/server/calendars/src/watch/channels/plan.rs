//! What is to be done about the channels of an account.

use knock_model::Millis;
use knock_ports::{CalendarChannel, CalendarDetails, ConnectedCalendar};
use std::collections::{BTreeMap, BTreeSet};

/// The time for which the answer to a request for a channel is waited for: one without it may be open or not.
const ANSWER: Millis = Millis(2 * Millis::MINUTE.0);
/// The time after which a channel of which its provider has said nothing is given up: there is nothing to close it by.
const GIVEN_UP: Millis = Millis::DAY;
/// The longest time before its end at which a channel is renewed.
const EARLY: Millis = Millis::DAY;

/// A step towards the channels that ought to be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Opens one for a calendar.
    Open(String),
    Renew(CalendarChannel),
    Close(CalendarChannel),
    /// Forgets one that has ended.
    Forget(String),
}

/// The calendars of an account whose changes count.
pub(super) fn used(details: &CalendarDetails) -> BTreeSet<String> {
    details.reads.iter().chain([&details.events_in]).filter(|id| !id.is_empty()).cloned().collect()
}

/// The steps after which each of these calendars has one channel, and no other one has any.
pub(super) fn steps(
    channels: &[CalendarChannel],
    calendars: &BTreeSet<String>,
    ending: &BTreeSet<String>,
    now: Millis,
) -> Vec<Step> {
    let (mut steps, mut open) = (Vec::new(), BTreeMap::<&str, &CalendarChannel>::new());
    let mut asked = BTreeSet::new();
    for channel in channels {
        let is_used = calendars.contains(&channel.calendar);
        if channel.expires_at == Millis(0) {
            let age = now - channel.opened_at;
            match (channel.remote.is_empty(), is_used) {
                (_, true) if age < ANSWER => {
                    asked.insert(&*channel.calendar);
                }
                (false, _) => steps.push(Step::Close(channel.clone())),
                (true, _) if age < GIVEN_UP => {}
                (true, _) => steps.push(Step::Forget(channel.id.clone())),
            }
        } else if channel.expires_at <= now {
            steps.push(Step::Forget(channel.id.clone()));
        } else if !is_used {
            steps.push(Step::Close(channel.clone()));
        } else {
            // Of two, the one that lives longer stays: the other one was to be closed after it was opened.
            let other = open.get(&*channel.calendar).copied();
            match other.filter(|other| other.expires_at >= channel.expires_at) {
                Some(_) => steps.push(Step::Close(channel.clone())),
                None => {
                    steps.extend(other.map(|other| Step::Close(other.clone())));
                    open.insert(&channel.calendar, channel);
                }
            }
        }
    }
    for calendar in calendars {
        match open.get(&**calendar) {
            Some(channel) if ending.contains(&channel.id) || is_early(channel, now) => {
                steps.push(Step::Renew((*channel).clone()));
            }
            None if !asked.contains(&**calendar) => steps.push(Step::Open(calendar.clone())),
            Some(_) | None => {}
        }
    }
    steps
}

/// Whether a channel has less than a quarter of its life left, or less than a day where that is shorter.
fn is_early(channel: &CalendarChannel, now: Millis) -> bool {
    let quarter = Millis((channel.expires_at - channel.opened_at).0 / 4);
    channel.expires_at - now < quarter.min(EARLY)
}

/// The instant until which a calendar has an open channel.
fn open_until(channels: &[CalendarChannel], calendar: &str, now: Millis) -> Option<Millis> {
    let open = channels.iter().filter(|channel| channel.calendar == calendar && now < channel.expires_at);
    open.map(|channel| channel.expires_at).max()
}

/// Whether the provider says when a calendar changes.
pub(crate) fn is_pushed(channels: &[CalendarChannel], calendar: &str, now: Millis) -> bool {
    open_until(channels, calendar, now).is_some()
}

/// The instant until which the provider says when an account changes; none if it does not for all of its calendars that
/// are used.
pub fn pushed_until(calendar: &ConnectedCalendar, now: Millis) -> Option<Millis> {
    let open = |used: &String| open_until(&calendar.channels, used, now);
    let ends: Option<Vec<Millis>> = used(&calendar.details).iter().map(open).collect();
    ends?.into_iter().min()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_780_000_000_000);

    fn channel(id: &str, calendar: &str, opened: Millis, left: Millis) -> CalendarChannel {
        let (opened_at, expires_at) = (NOW - opened, NOW + left);
        let [id, calendar, remote] = [id, calendar, "remote"].map(str::to_owned);
        CalendarChannel { id, calendar, remote, opened_at, expires_at, ..CalendarChannel::default() }
    }

    fn plan(channels: &[CalendarChannel], calendars: &[&str], ending: &[&str]) -> Vec<Step> {
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        steps(channels, &set(calendars), &set(ending), NOW)
    }

    #[test]
    fn each_calendar_that_is_used_has_one_channel_that_is_renewed_in_time() {
        let open = channel("a", "work", Millis::DAY, Millis::days(6));
        assert_eq!(plan(&[], &["work"], &[]), [Step::Open("work".into())]);
        assert_eq!(plan(std::slice::from_ref(&open), &["work"], &[]), Vec::<Step>::new());
        assert_eq!(plan(std::slice::from_ref(&open), &["work"], &["a"]), [Step::Renew(open.clone())]);
        assert_eq!(plan(std::slice::from_ref(&open), &[], &[]), [Step::Close(open.clone())]);
        // A day before its end, or a quarter of its life.
        for (opened, left, is_early) in [
            (Millis::days(6), Millis::DAY, false),
            (Millis::days(6), Millis::DAY - Millis(1), true),
            (Millis(3 * 60_000), Millis(60_000), false),
            (Millis(3 * 60_000), Millis(59_000), true),
        ] {
            let channel = channel("a", "work", opened, left);
            let renewed = if is_early { vec![Step::Renew(channel.clone())] } else { Vec::new() };
            assert_eq!(plan(&[channel], &["work"], &[]), renewed, "{opened:?} {left:?}");
        }
        let ended = channel("a", "work", Millis::days(7), Millis(0));
        assert_eq!(plan(&[ended], &["work"], &[]), [Step::Forget("a".into()), Step::Open("work".into())]);
    }

    #[test]
    fn of_two_channels_the_one_that_lives_longer_stays() {
        let old = channel("a", "work", Millis::days(6), Millis::DAY);
        let new = channel("b", "work", Millis(0), Millis::days(7));
        for channels in [[old.clone(), new.clone()], [new, old.clone()]] {
            assert_eq!(plan(&channels, &["work"], &[]), [Step::Close(old.clone())]);
        }
    }

    #[test]
    fn a_channel_without_an_answer_is_waited_for_then_closed_or_given_up() {
        let asked = |ago: Millis, remote: &str| {
            let channel = channel("a", "work", ago, Millis(0));
            CalendarChannel { remote: remote.to_owned(), expires_at: Millis(0), ..channel }
        };
        let open = Step::Open("work".to_owned());
        assert_eq!(plan(&[asked(Millis(0), "")], &["work"], &[]), Vec::<Step>::new());
        assert_eq!(plan(&[asked(ANSWER, "")], &["work"], &[]), std::slice::from_ref(&open));
        let known = asked(ANSWER, "remote");
        assert_eq!(plan(std::slice::from_ref(&known), &["work"], &[]), [Step::Close(known), open.clone()]);
        assert_eq!(plan(&[asked(GIVEN_UP, "")], &["work"], &[]), [Step::Forget("a".into()), open]);
    }

    #[test]
    fn an_account_is_pushed_as_long_as_all_of_its_calendars_are() {
        let details = CalendarDetails {
            provider: knock_model::CalendarProvider::ALL[0],
            account: BTreeMap::new(),
            secret: String::new(),
            grant: String::new(),
            found: Vec::new(),
            reads: vec!["work".to_owned()],
            events_in: "own".to_owned(),
            written: Vec::new(),
            policy: knock_ports::BusyPolicy::default(),
            has_conferences: false,
        };
        let mut calendar = ConnectedCalendar {
            id: knock_model::CalendarAccountId::from_bytes([1; 16]),
            member: knock_model::RepId::from_bytes([2; 16]),
            details,
            problem: String::new(),
            problem_at: None,
            reported_at: None,
            unread: knock_ports::UnreadEvents::default(),
            channels: vec![channel("a", "work", Millis(0), Millis::DAY)],
            connected_at: NOW,
        };
        assert_eq!(pushed_until(&calendar, NOW), None);
        calendar.channels.push(channel("b", "own", Millis(0), Millis::days(2)));
        assert_eq!(pushed_until(&calendar, NOW), Some(NOW + Millis::DAY));
        assert_eq!(pushed_until(&calendar, NOW + Millis::DAY), None);
    }
}
