//! A signal in words: actor, action and page. Texts of the page are quoted, never interpreted.

use super::chat::{booked_words, opened_words};
use super::span::span_words;
use knock_model::{LinkKind, Millis, SignalType, Trust};
use knock_wire::TimelineEntry;

/// Action and object; the object is untrusted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// The action.
    pub(crate) verb: &'static str,
    /// The object; empty if unknown.
    pub(crate) object: String,
}

pub(crate) fn phrase(entry: &TimelineEntry) -> Phrase {
    let (verb, candidates): (_, [&str; 3]) = match entry.kind {
        SignalType::PageView => ("Viewed", [&entry.title, page_path(&entry.url), ""]),
        SignalType::Click => (link_verb(entry.link), [&entry.text, &entry.name, &entry.href]),
        SignalType::Cta => (link_verb(entry.link), [&entry.text, &entry.name, &entry.href]),
        SignalType::FormStart => ("Started the form", [&entry.form, &entry.name, page_path(&entry.url)]),
        SignalType::FormSubmit => ("Submitted the form", [&entry.form, &entry.name, page_path(&entry.url)]),
        SignalType::FormAbandon => ("Abandoned the form", [&entry.form, &entry.name, page_path(&entry.url)]),
        SignalType::LinkOpen => ("Opened the Knock Link", [&entry.name, &entry.title, page_path(&entry.url)]),
        SignalType::Track => ("Event", [&entry.name, &entry.text, ""]),
        SignalType::Identify => {
            (identify_verb(entry.trust), [entry.contact.as_ref().map_or("", |contact| &contact.email), &entry.name, ""])
        }
        SignalType::Engagement => ("Stayed on", [&entry.title, page_path(&entry.url), ""]),
        SignalType::LinkClick => {
            let (verb, link) = opened_words(&entry.name);
            (verb, [link, "", ""])
        }
        SignalType::ChatMessage => ("Wrote", [&entry.text, "", ""]),
        SignalType::MeetingBooked => {
            let (verb, link) = booked_words(&entry.name);
            (verb, [link, "", ""])
        }
    };
    let object = candidates.into_iter().map(str::trim).find(|text| !text.is_empty()).unwrap_or_default();
    let object = match entry.visible_ms {
        Some(ms) => format!("{object} for {}", span_words(ms.into())),
        None => object.to_owned(),
    };
    Phrase { verb, object }
}

const fn link_verb(link: Option<LinkKind>) -> &'static str {
    match link {
        None => "Clicked",
        Some(LinkKind::Outbound) => "Followed the outbound link",
        Some(LinkKind::Download) => "Downloaded",
        Some(LinkKind::Mail) => "Clicked the e-mail address",
        Some(LinkKind::Phone) => "Clicked the phone number",
    }
}

/// How far the address of a contact is to be believed.
pub(crate) const fn trust_words(trust: Trust) -> &'static str {
    match trust {
        Trust::Verified => "Verified by the site or a mailed link",
        Trust::Claimed | Trust::Unverified => "Not verified, only stated",
    }
}

const fn identify_verb(trust: Option<Trust>) -> &'static str {
    match trust {
        None | Some(Trust::Claimed) => "Identified (not verified) as",
        Some(Trust::Verified) => "Verified as",
        Some(Trust::Unverified) => "Sent an unverified address",
    }
}

pub(crate) const fn type_label(kind: SignalType) -> &'static str {
    match kind {
        SignalType::PageView => "Page view",
        SignalType::Click => "Click",
        SignalType::Cta => "Call to action",
        SignalType::FormStart => "Form start",
        SignalType::FormSubmit => "Form submit",
        SignalType::FormAbandon => "Form abandon",
        SignalType::LinkOpen => "Link open",
        SignalType::Track => "Custom event",
        SignalType::Identify => "Identify",
        SignalType::Engagement => "Engagement",
        SignalType::LinkClick => "Chat or link opened",
        SignalType::ChatMessage => "Chat message",
        SignalType::MeetingBooked => "Meeting booked",
    }
}

/// The type of a signal in a list: with what was opened, where that is known.
pub(crate) fn entry_label(entry: &TimelineEntry) -> &'static str {
    match entry.kind {
        SignalType::LinkClick if opened_words(&entry.name).1.is_empty() => "Chat opened",
        SignalType::LinkClick => "Knock Link opened",
        kind => type_label(kind),
    }
}

/// The path and the query of an address; the whole text if it is not an address.
pub(crate) fn page_path(url: &str) -> &str {
    let Some((_, rest)) = url.split_once("://") else { return url };
    rest.find(['/', '?', '#']).map_or("/", |at| &rest[at..])
}

/// The path of an address, without query and fragment: campaigns make long queries.
pub(crate) fn bare_path(url: &str) -> &str {
    let path = page_path(url);
    path.split(['?', '#']).next().unwrap_or(path)
}

/// The page of a signal; empty if the object of the action names it already.
pub(crate) fn page_of(entry: &TimelineEntry) -> String {
    let path = page_path(&entry.url);
    if phrase(entry).object.starts_with(path) { String::new() } else { path.to_owned() }
}

/// The person if known, else the visitor.
pub(crate) fn who(entry: &TimelineEntry) -> String {
    entry.contact.as_ref().map_or_else(|| entry.visitor.label(), |contact| contact.display_name.clone())
}

/// Whether a signal is recent enough to be highlighted.
pub(crate) fn is_fresh(entry: &TimelineEntry, now: Millis) -> bool {
    now - entry.received_at < Millis(3_000)
}

pub(crate) fn announcement(count: usize, newest: &TimelineEntry) -> String {
    if count > 1 {
        return format!("{count} new signals");
    }
    let phrase = phrase(newest);
    format!("New signal: {}, {} {}, {}", who(newest), phrase.verb, phrase.object, newest.category.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn each_type_says_what_was_done() {
        let mut entry = sample::entry();
        entry.title = "Pricing".into();
        entry.url = "https://acme.test/pricing?a=1".into();
        assert_eq!(phrase(&entry), Phrase { verb: "Viewed", object: "Pricing".into() });
        entry.title = " ".into();
        assert_eq!(phrase(&entry).object, "/pricing?a=1");
        entry.kind = SignalType::Cta;
        entry.text = "Book a demo".into();
        assert_eq!(phrase(&entry), Phrase { verb: "Clicked", object: "Book a demo".into() });
        entry.link = Some(LinkKind::Download);
        assert_eq!(phrase(&entry).verb, "Downloaded");
        entry.kind = SignalType::Identify;
        entry.trust = Some(Trust::Verified);
        assert_eq!(phrase(&entry).verb, "Verified as");
        entry.kind = SignalType::FormAbandon;
        entry.form = "contact".into();
        assert_eq!(phrase(&entry), Phrase { verb: "Abandoned the form", object: "contact".into() });
        entry.kind = SignalType::Engagement;
        entry.visible_ms = Some(95_000);
        assert_eq!(phrase(&entry), Phrase { verb: "Stayed on", object: "/pricing?a=1 for 1 min".into() });
        entry.visible_ms = None;
        entry.kind = SignalType::LinkClick;
        entry.name = "Website".into();
        assert_eq!(phrase(&entry), Phrase { verb: "Opened the chat", object: String::new() });
        assert_eq!(entry_label(&entry), "Chat opened");
        entry.name = "spring".into();
        assert_eq!(phrase(&entry), Phrase { verb: "Opened the Knock Link", object: "spring".into() });
        assert_eq!(entry_label(&entry), "Knock Link opened", "of a chat or of a meeting");
        entry.name = String::new();
        entry.kind = SignalType::MeetingBooked;
        assert_eq!(phrase(&entry), Phrase { verb: "Booked a meeting", object: String::new() });
        entry.name = "meeting".into();
        assert_eq!(phrase(&entry), Phrase { verb: "Booked a meeting by the Knock Link", object: "meeting".into() });
    }

    #[wasm_bindgen_test]
    fn many_signals_are_announced_as_one_count() {
        let entry = sample::entry();
        assert_eq!(announcement(1, &entry), "New signal: Visitor 3f9a, Viewed Pricing, Pricing");
        assert_eq!(announcement(3, &entry), "3 new signals");
    }

    #[wasm_bindgen_test]
    fn a_page_is_named_once() {
        let mut entry = sample::entry();
        let path = page_path(&entry.url).to_owned();
        assert_eq!(page_of(&entry), path);
        entry.title = String::new();
        assert_eq!((phrase(&entry).object, page_of(&entry)), (path, String::new()));
    }

    #[wasm_bindgen_test]
    fn the_path_of_an_address_is_found() {
        for (url, expected) in [
            ("https://a.test/b/c?d#e", "/b/c?d#e"),
            ("https://a.test", "/"),
            ("https://a.test?x", "?x"),
            ("javascript:alert(1)", "javascript:alert(1)"),
            ("", ""),
        ] {
            assert_eq!(page_path(url), expected);
        }
        assert_eq!(bare_path("https://a.test/b/c?d#e"), "/b/c");
    }

    #[wasm_bindgen_test]
    fn a_visitor_is_named_by_the_random_end_of_its_id() {
        let entry = sample::entry();
        assert_eq!(who(&entry), "Visitor 3f9a");
    }
}
