//! Records as of a past instant.

use crate::chat::{Chat, open_as, rep_writes};
use crate::support::{Knock, batch, identify, signal};
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000;

/// The records of one person, their company and their conversation.
#[derive(Debug, PartialEq)]
struct Shown {
    contact: Value,
    account: Value,
    conversation: Value,
    timeline: Value,
}

struct Story {
    knock: Knock,
    key: String,
    contact: String,
    account: String,
    chat: Chat,
}

impl Story {
    fn page(&self, path: &str, at: Option<i64>) -> Value {
        let joint = if path.contains('?') { '&' } else { '?' };
        let at = at.map_or_else(String::new, |at| format!("{joint}at={at}"));
        let reply = self.knock.get(&format!("{path}{at}"), &self.key);
        assert_eq!(reply.code, 200, "{path}{at} {}", reply.body);
        reply.body
    }

    /// Each page with its instant, as of which it is requested again later.
    fn shown(&self, asked: Option<[i64; 4]>) -> ([i64; 4], Shown) {
        let at = |page: usize| asked.map(|asked| asked[page]);
        let contact = self.page(&format!("/api/v1/contacts/{}", self.contact), at(0));
        let account = self.page(&format!("/api/v1/accounts/{}", self.account), at(1));
        let conversation = self.page(&format!("/api/v1/conversations/{}", self.chat.id), at(2));
        let timeline = self.page(&format!("/api/v1/timeline?contact={}", self.contact), at(3));
        let instant = |page: &Value, place: &str| page.pointer(place).and_then(Value::as_i64).expect("an instant");
        let instants = [
            instant(&contact, "/contact/intent/at"),
            instant(&account, "/account/intent/at"),
            instant(&conversation, "/conversation/intent/at"),
            instant(&contact, "/contact/intent/at"),
        ];
        (instants, Shown { contact, account, conversation, timeline })
    }
}

#[test]
fn asked_later_the_past_is_what_was_shown_then() {
    let knock = Knock::start();
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    let first = [signal(now - HOUR, 1, "page_view", "/pricing"), identify(now, 2, "ann@hollis.example")];
    knock.post_signals(&batch(&site, 1, now, &first));
    let chat = open_as(&knock, &site, 1);
    let contact = knock.get("/api/v1/contacts", &key).body["contacts"][0].clone();
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let (contact, account) = (text(&contact["id"]), text(&contact["account"]["id"]));
    let story = Story { knock, key, contact, account, chat };
    let Story { knock, key, chat, .. } = &story;

    let mut noted = Vec::new();
    let mut note = |hours: i64| {
        noted.push(story.shown(None));
        knock.set_clock(&json!({"advance_ms": hours * HOUR + 1_000}));
    };
    note(1);
    let now = knock.now();
    // A signal of two days ago that arrives now.
    knock.post_signals(&batch(&site, 1, now, &[signal(now - 48 * HOUR, 3, "form_submit", "/contact")]));
    note(0);
    assert_eq!(chat.write(knock, 4, "We need a quote").code, 201);
    note(1);
    assert_eq!(rep_writes(knock, chat, 5, "Hello"), 201);
    note(13);
    assert_eq!(chat.act(knock, key, &json!("mark_spam")), 204);
    note(0);
    assert_eq!(chat.act(knock, key, &json!("unmark_spam")), 204);
    note(13 * 24);
    assert_eq!(chat.act(knock, key, &json!("open_deal")), 204);
    note(1);

    let statuses: Vec<_> =
        noted.iter().map(|(_, shown)| text(&shown.conversation["conversation"]["state"]["status"])).collect();
    let expected =
        ["New", "New", "AI Discovery", "Rep Discovery", "Spam", "Follow Up Needed", "Qualified"].map(str::to_owned);
    assert_eq!(statuses, expected);
    for (instants, then) in noted {
        assert_eq!(story.shown(Some(instants)).1, then, "{instants:?}");
    }
}

#[test]
fn an_instant_is_past_and_has_something_to_show() {
    let knock = Knock::start();
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    knock.post_signals(&batch(&site, 1, now, &[identify(now, 1, "ann@hollis.example")]));
    let chat = open_as(&knock, &site, 1);
    let contact = knock.get("/api/v1/contacts", &key).body["contacts"][0].clone();
    let id = |value: &Value| value.as_str().expect("text").to_owned();
    let (contact, account) = (id(&contact["id"]), id(&contact["account"]["id"]));
    let paths = [
        format!("/api/v1/contacts/{contact}?"),
        format!("/api/v1/accounts/{account}?"),
        format!("/api/v1/conversations/{}?", chat.id),
        format!("/api/v1/timeline?contact={contact}&"),
    ];
    let (later, earlier) = (knock.now() + HOUR, now - HOUR);
    for path in paths {
        for (at, code) in [("soon".to_owned(), 400), (later.to_string(), 400), (String::new(), 400)] {
            let reply = knock.get(&format!("{path}at={at}"), &key);
            assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (code, &json!("query/at")), "{path}{at}");
        }
        let reply = knock.get(&format!("{path}at={earlier}"), &key);
        assert_eq!(reply.code, 404);
        assert!(reply.body["detail"].as_str().is_some_and(|detail| detail.contains("by that instant")), "{path}");
        assert_eq!(knock.get(&format!("{path}at={}", knock.now()), &key).code, 200, "{path}");
    }
    let document = knock.send("GET", "/api/openapi.json", &[], None).body;
    for path in ["contacts/{id}", "accounts/{id}", "conversations/{id}", "timeline"] {
        let parameters = document["paths"][format!("/api/v1/{path}")]["get"]["parameters"].clone();
        let at = parameters.as_array().expect("a list").iter().find(|parameter| parameter["name"] == "at");
        assert!(at.is_some_and(|at| at["in"] == "query" && at["required"] == false), "{path} {parameters}");
    }
}
