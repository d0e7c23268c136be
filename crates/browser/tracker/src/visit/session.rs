//! The session: signals with less than 30 minutes between them, whatever the tab.

use crate::outbox::{number, push_number};
use alloc::borrow::ToOwned;
use alloc::string::String;
use knock_model::Millis;

/// Inactivity that ends a session.
const IDLE: i64 = 30 * 60_000;

/// A session, as all tabs share it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    /// Its id.
    pub(crate) id: String,
    /// Its last signal.
    pub(crate) last: Millis,
    /// The number of that signal.
    pub(crate) seq: i64,
}

impl Session {
    /// The session in which something happens at `at`: the one before with its next number, or a new one.
    pub(crate) fn next(before: Option<Session>, at: Millis, new_id: impl FnOnce() -> String) -> Session {
        match before.filter(|session| session.is_open(at)) {
            Some(session) => {
                let last = Millis(session.last.0.max(at.0));
                Session { last, seq: session.seq.saturating_add(1), ..session }
            }
            None => Session { id: new_id(), last: at, seq: 1 },
        }
    }

    /// Whether something at `at` still belongs to it. Signals may arrive a little out of order; a last
    /// signal far in the future was stamped by a clock that has been put right since.
    pub(crate) fn is_open(&self, at: Millis) -> bool {
        (at - self.last).0.saturating_abs() < IDLE
    }

    /// The text to store.
    pub(crate) fn to_text(&self) -> String {
        let mut out = self.id.clone();
        out.push(' ');
        push_number(&mut out, self.last.0);
        out.push(' ');
        push_number(&mut out, self.seq);
        out
    }

    /// Reads a stored text.
    pub(crate) fn parse(text: &str) -> Option<Session> {
        let (id, rest) = text.split_once(' ')?;
        let (last, seq) = rest.split_once(' ')?;
        is_id(id).then(|| Session { id: id.to_owned(), last: Millis(number(last)), seq: number(seq) })
    }
}

/// Whether a stored text is an id of ours: a UUID of version 7.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, c)| match at {
            8 | 13 | 18 | 23 => c == b'-',
            14 => c == b'7',
            19 => matches!(c, b'8' | b'9' | b'a' | b'b'),
            _ => matches!(c, b'0'..=b'9' | b'a'..=b'f'),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::SessionId;

    const START: Millis = Millis(1_780_000_000_000);

    fn new_id(random: u8) -> String {
        SessionId::new(START, &[random; 10]).to_string()
    }

    fn first() -> Session {
        Session::next(None, START, || new_id(1))
    }

    fn after(session: &Session, idle: i64) -> Session {
        Session::next(Some(session.clone()), session.last + Millis(idle), || new_id(2))
    }

    #[test]
    fn a_session_ends_after_thirty_minutes_without_a_signal() {
        assert_eq!(first().seq, 1);
        let second = after(&first(), IDLE - 1);
        assert_eq!((&second.id, second.seq), (&first().id, 2));
        let third = after(&second, IDLE);
        assert_ne!(third.id, second.id);
        assert_eq!(third.seq, 1);
    }

    #[test]
    fn late_signals_belong_to_it_and_a_clock_put_right_ends_it() {
        let late = after(&first(), -5_000);
        assert_eq!(late, Session { seq: 2, ..first() });
        assert_ne!(after(&first(), -86_400_000).id, first().id);
    }

    #[test]
    fn the_stored_text_reads_back_and_nonsense_is_none() {
        let session = Session { seq: 42, ..first() };
        assert_eq!(Session::parse(&session.to_text()), Some(session));
        let other_version = "018f0000-0000-4000-8000-000000000000 1 1";
        for text in ["", "x", "x 1 2", "018f0000-0000-7000-8000-000000000000", other_version] {
            assert_eq!(Session::parse(text), None, "{text}");
        }
    }
}
