//! The meetings to come that were booked in this browser, stored by entry point until they are over or cancelled.
//!
//! Stored is only how to ask the server for them: what is shown of a meeting is the server's answer.

use knock_model::Millis;
use knock_wire::RawSecret;

use crate::browser;
use crate::entry_point::EntryPoint;

/// The largest number of meetings that are kept: as many as a visitor may have.
const MOST: usize = 5;

/// A meeting of this browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptMeeting {
    /// The token of its page.
    pub(crate) token: RawSecret,
    /// Its end, from which on it is not shown.
    pub(crate) end: Millis,
}

impl EntryPoint {
    /// The meetings of this visitor that are not over, the next one first.
    pub(crate) fn meetings(&self) -> Vec<KeptMeeting> {
        let (visitor, now, kept) = (self.visitor(), browser::now(), browser::recall(&self.key("m")));
        let mut meetings = Vec::new();
        for line in kept.lines() {
            meetings.extend(read(line, &visitor).filter(|kept| kept.end > now));
        }
        meetings
    }

    /// Whether there is such a meeting.
    pub(crate) fn has_meeting(&self) -> bool {
        !self.meetings().is_empty()
    }

    /// Keeps a meeting, or its new time. The page of a meeting has no entry point of its own.
    pub(crate) fn keep_meeting(&self, token: &RawSecret, end: Millis) {
        if *self != EntryPoint::Link(String::new()) {
            self.replace(token, Some(KeptMeeting { token: token.clone(), end }));
        }
    }

    /// Forgets a meeting that is over or cancelled.
    pub(crate) fn forget_meeting(&self, token: &RawSecret) {
        self.replace(token, None);
    }

    fn replace(&self, token: &RawSecret, meeting: Option<KeptMeeting>) {
        let mut meetings = self.meetings();
        meetings.retain(|kept| kept.token != *token);
        if let Some(meeting) = meeting {
            // By time: the next one is shown first.
            let place = meetings.iter().position(|kept| kept.end > meeting.end).unwrap_or(meetings.len());
            meetings.insert(place, meeting);
        }
        let (visitor, mut text) = (self.visitor(), String::new());
        for kept in meetings.iter().take(MOST) {
            text += &format!("{visitor} {} {}\n", kept.token.reveal(), kept.end.0);
        }
        if text.is_empty() {
            browser::forget(&self.key("m"));
        } else {
            browser::keep(&self.key("m"), &text);
        }
    }
}

/// The meeting of a line; none for that of another visitor.
fn read(line: &str, visitor: &str) -> Option<KeptMeeting> {
    let mut words = line.split(' ');
    let (of, token, end) = (words.next()?, words.next()?, words.next()?);
    let end = Millis(end.parse().ok()?);
    (of == visitor && !token.is_empty()).then(|| KeptMeeting { token: token.to_owned().into(), end })
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_meeting_is_kept_for_its_visitor_until_it_is_over_or_forgotten() {
        let (here, other) = (EntryPoint::Site("kept".to_owned()), EntryPoint::Link("kept".to_owned()));
        here.identity(browser::now());
        let (now, token) = (browser::now(), |text: &str| RawSecret::from(text.to_owned()));
        let tokens =
            |of: &EntryPoint| of.meetings().iter().map(|kept| kept.token.reveal().to_owned()).collect::<Vec<_>>();
        here.keep_meeting(&token("late"), now + Millis::DAY + Millis::DAY);
        here.keep_meeting(&token("soon"), now + Millis::DAY);
        here.keep_meeting(&token("over"), now - Millis(1));
        assert_eq!((tokens(&here), tokens(&other)), (vec!["soon".to_owned(), "late".to_owned()], Vec::new()));
        here.keep_meeting(&token("late"), now + Millis::MINUTE);
        assert_eq!(tokens(&here), ["late", "soon"], "it was moved");
        here.forget_meeting(&token("soon"));
        here.forget_meeting(&token("soon"));
        assert_eq!(tokens(&here), ["late"]);
        browser::keep(&here.key("m"), &format!("another late {}\nx\n\n", now.0 + 1_000_000));
        assert_eq!(tokens(&here), [""; 0], "another visitor's, and what is no meeting");
        let page = EntryPoint::Link(String::new());
        page.keep_meeting(&token("own"), now + Millis::DAY);
        assert_eq!(tokens(&page), [""; 0]);
    }
}
