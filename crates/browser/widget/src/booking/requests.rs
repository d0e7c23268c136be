//! Bodies of the requests of a booking.
//!
//! One shape for all: empty fields are left out, so that each request has its own fields. The shapes of `wire`
//! would each be compiled to a function of their own, and their maps to a tree.

use serde::{Serialize, Serializer};

use super::entry::Entry;
use super::origin::Origin;

/// All fields of the requests.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Request {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) site: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) link: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) visitor: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) session: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) conversation: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) card: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) contact: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) email: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) email_is_right: bool,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) name: String,
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    pub(super) answers: Vec<(String, String)>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) start: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) tz: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) language: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) reason: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) what: String,
}

fn as_map<S: Serializer>(answers: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(answers.iter().map(|(question, answer)| (question, answer)))
}

impl Request {
    /// Opens the booking ([`BookingStart`](knock_wire::BookingStart)).
    pub(super) fn open(origin: Origin, entry: &Entry, language: &str) -> Request {
        let conversation = entry.chat.as_ref().map(|chat| chat.conversation.to_string());
        let contact = entry.contact.as_ref().map(|contact| contact.reveal().to_owned());
        let (conversation, contact) = (conversation.unwrap_or_default(), contact.unwrap_or_default());
        Request { conversation, contact, language: language.to_owned(), ..Request::default() }.of(origin)
    }

    /// Adds the visitor and the entry point.
    pub(super) fn of(self, origin: Origin) -> Request {
        let Origin { site, link, visitor, session } = origin;
        Request { site: site.unwrap_or_default(), link: link.unwrap_or_default(), visitor, session, ..self }
    }

    /// The part that submits the address and the answers ([`BookingEmail`](knock_wire::BookingEmail)); the whole
    /// request holds or books a slot ([`BookingRequest`](knock_wire::BookingRequest)).
    pub(super) fn address_only(self) -> Request {
        let Request { email, email_is_right, name, answers, card, .. } = self;
        Request { email, email_is_right, name, answers, card, ..Request::default() }
    }

    /// Reports activity or leaving ([`BookingActivity`](knock_wire::BookingActivity)).
    pub(super) fn activity(origin: Origin, what: &str) -> Request {
        let origin = Origin { session: String::new(), ..origin };
        Request { what: what.to_owned(), ..Request::default() }.of(origin)
    }

    /// Reschedules a meeting ([`RescheduleDraft`](knock_wire::RescheduleDraft)).
    pub(super) fn reschedule(start: String) -> Request {
        Request { start, ..Request::default() }
    }

    /// Cancels a meeting ([`CancelDraft`](knock_wire::CancelDraft)).
    pub(super) fn cancel(reason: String) -> Request {
        Request { reason, ..Request::default() }
    }

    /// The JSON form: a map with texts as keys can always be serialized.
    #[inline(never)]
    pub(super) fn body(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_wire::{BookingActivity, BookingEmail, BookingRequest, BookingStart, CancelDraft, RescheduleDraft};
    use serde::de::DeserializeOwned;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn text(text: &str) -> String {
        text.to_owned()
    }

    fn origin() -> Origin {
        Origin { site: Some(text("key")), link: None, visitor: text("v"), session: text("s") }
    }

    fn draft() -> Request {
        Request {
            email: text("grace@navy.example"),
            email_is_right: true,
            name: text("Grace"),
            answers: vec![(text("size"), text("200")), (text("a"), text("b"))],
            start: text("2026-11-24T17:00:00Z"),
            tz: text("UTC"),
            language: text("en"),
            conversation: text("c"),
            card: text("m"),
            ..Request::default()
        }
    }

    /// Parses a request like the server, which refuses unknown fields.
    fn read<T: DeserializeOwned>(request: &Request) -> T {
        serde_json::from_str(&request.body()).expect("the shape of the wire")
    }

    #[wasm_bindgen_test]
    fn every_request_is_what_the_server_reads() {
        let email: BookingEmail = read(&draft().address_only().of(origin()));
        assert_eq!((email.site.as_deref(), email.link, email.session.as_deref()), (Some("key"), None, Some("s")));
        assert_eq!((&*email.email, &*email.name, &*email.answers["size"]), ("grace@navy.example", "Grace", "200"));
        assert_eq!((email.card.as_deref(), email.email_is_right), (Some("m"), true));
        let booked: BookingRequest = read(&draft().of(origin()));
        assert_eq!(
            (&*booked.start, &*booked.tz, booked.language.as_deref()),
            ("2026-11-24T17:00:00Z", "UTC", Some("en"))
        );
        assert_eq!((booked.conversation.as_deref(), booked.answers.len()), (Some("c"), 2));
        assert_eq!((booked.card.as_deref(), booked.email_is_right), (Some("m"), true));
        let left: BookingActivity = read(&Request::activity(origin(), "abandoned"));
        assert_eq!((&*left.visitor, &*left.what), ("v", "abandoned"));
        assert_eq!(read::<RescheduleDraft>(&Request::reschedule(text("x"))).start, "x");
        assert_eq!(read::<CancelDraft>(&Request::cancel(text("ill"))).reason, "ill");
        assert_eq!(read::<CancelDraft>(&Request::cancel(String::new())).reason, "");
        let opened: BookingStart = read(&Request { conversation: text("c"), ..Request::default() }.of(origin()));
        assert_eq!(
            (&*opened.session, opened.conversation.as_deref(), opened.contact.is_none()),
            ("s", Some("c"), true)
        );
    }
}
