//! A stranger who uses every door in one day, and what they type there.

use super::heard::SECRET;
use crate::meetings::{Office, browser};
use crate::support::{batch, identify, signal};
use knock_testing::Site;
use proptest::prelude::*;
use serde_json::json;

/// A link of meetings with a question.
pub(super) const LINK: &str = "hostile";
/// Texts by which connectors were broken, or might be.
const PIECES: [&str; 22] = [
    "\r\n",
    "\n",
    "\r",
    "\u{7}",
    "\t",
    "\u{85}",
    "\u{2028}",
    "\u{202e}",
    "\u{2066}",
    "\u{200d}",
    "\"",
    "\\",
    "<",
    "&amp;",
    "\r\nBcc: all@evil.example\r\n",
    "<!channel>",
    "<@U01ANN001>",
    "<img src=x onerror=alert(1)>",
    "\r\nEND:VEVENT\r\nBEGIN:VEVENT",
    "https://evil.example/prize",
    "{{name}}",
    "4111 1111 1111 1111",
];

/// The texts of one day, by what asks for them.
#[derive(Clone, Debug)]
pub(super) struct Words {
    name: String,
    company: String,
    title: String,
    form: String,
    message: String,
    answer: String,
    reason: String,
}

/// Any texts, with more of what is dangerous than chance would put in.
pub(super) fn words() -> impl Strategy<Value = Words> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        "[ -~]{0,20}",
        proptest::sample::select(PIECES.as_slice()).prop_map(str::to_owned),
    ];
    // NUL is refused by the name of its field.
    let text = proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat().replace('\0', ""));
    proptest::collection::vec(text, 7).prop_map(|texts| {
        let [name, company, title, form, message, answer, reason] = texts.try_into().expect("seven");
        Words { name, company, title, form, message, answer, reason }
    })
}

/// A stranger of a number that no other one has.
pub(super) struct Stranger<'o> {
    office: &'o Office,
    number: u64,
    email: String,
}

impl<'o> Stranger<'o> {
    pub(super) fn new(office: &'o Office, number: u64) -> Stranger<'o> {
        Stranger { office, number, email: format!("lead{number}@lead{number}.example") }
    }

    /// Looks around, fills in a form, writes, books and cancels.
    pub(super) fn lives(&self, words: &Words) {
        self.looks(words);
        self.writes(words);
        self.books(words);
    }

    fn looks(&self, words: &Words) {
        let (now, first) = (self.office.knock.now(), 100 * self.number);
        let mut seen = signal(now, first, "page_view", "/pricing");
        seen["title"] = json!(words.title);
        let mut clicked = signal(now, first + 1, "cta", "/pricing");
        (clicked["text"], clicked["name"]) = (json!(words.title), json!(words.form));
        let mut form = signal(now, first + 2, "form_submit", "/contact");
        (form["name"], form["fields"]) = (json!(words.form), json!([words.form, words.answer]));
        let mut known = identify(now, first + 3, &self.email);
        known["props"] = json!({"email": self.email, "name": words.name, "company": words.company,
            "password": SECRET, "note": words.answer});
        let site = self.office.knock.site();
        let reply = self.office.knock.post_signals(&batch(&site, self.number, now, &[seen, clicked, form, known]));
        assert_eq!((reply.code, &reply.body["accepted"]), (202, &json!(4)), "{} {words:?}", reply.body);
    }

    fn writes(&self, words: &Words) {
        let chat = Site::new(&self.office.knock.site()).visitor(self.number).opens_chat(&self.office.knock);
        // A message needs something to read.
        let text = format!("I need help. {}", words.message);
        let reply = chat.write(&self.office.knock, 100 * self.number, &text);
        assert_eq!(reply.code, 201, "{} {words:?}", reply.body);
    }

    fn books(&self, words: &Words) {
        let start = self.office.starts(&self.email, "").remove(0);
        let booking = json!({"link": LINK, "visitor": browser(self.number), "session": browser(self.number),
            "email": self.email, "name": words.name, "start": start, "tz": "Europe/Berlin",
            "answers": {"why": format!("So: {}", words.answer)}});
        let booked = self.office.post("/v1/meetings", &booking);
        assert_eq!(booked.code, 201, "{} {words:?}", booked.body);
        let path = format!("/v1/bookings/{}/cancel", booked.text("token"));
        let cancelled = self.office.post(&path, &json!({"reason": words.reason}));
        assert_eq!(cancelled.code, 200, "{} {words:?}", cancelled.body);
    }
}
