//! A Slack workspace connected to the server: every chat is shown in it, and reps reply from it.

mod asked;
mod buttons;
mod calls;
mod card;
mod channels;
mod corrections;
mod everyone;
mod failing;
mod files;
mod forms;
mod install;
mod kills;
mod late;
mod meetings;
mod notes;
mod owner;
mod people;
mod settings;
mod signature;
mod talk;
mod unsent;
mod workflows;

use crate::members::Browser;
use crate::support::{Knock, Reply};
use contract_slack::{Slack, seed};
use knock_model::Role;
use knock_testing::{Chat, Site, found};
use serde_json::{Value, json};

const SETTINGS: &str = "/api/v1/slack";

/// A server and its connected Slack workspace.
struct Office {
    knock: Knock,
    slack: Slack,
    key: String,
    /// Attempts of a killed server: they are not continued before their claims expire.
    left: Vec<String>,
    /// The other servers on the same database, with the same clock.
    peers: Vec<Knock>,
}

impl Office {
    /// An office connected by its configuration, with a monitoring channel.
    fn open() -> Office {
        let office = Office::configured();
        let body = json!({"monitoring_channel": seed::GENERAL, "note_mark": "//"});
        let reply = office.ask("PUT", SETTINGS, &body);
        assert_eq!(reply.code, 200, "{}", reply.body);
        office
    }

    fn configured() -> Office {
        let slack = Slack::start();
        let api_url = slack.api_url();
        let settings = [
            ("KNOCK_SLACK_API_URL", api_url.as_str()),
            ("KNOCK_SLACK_BOT_TOKEN", seed::TOKEN),
            ("KNOCK_SLACK_SIGNING_SECRET", seed::SIGNING_SECRET),
            ("KNOCK_CHAT_OPENS_PER_IP", "0"),
        ];
        Office::with(slack, Knock::start_with(&settings))
    }

    /// An office that is not connected yet.
    fn bare() -> Office {
        let slack = Slack::start();
        let api_url = slack.api_url();
        Office::with(slack, Knock::start_with(&[("KNOCK_SLACK_API_URL", api_url.as_str())]))
    }

    fn with(slack: Slack, knock: Knock) -> Office {
        slack.tell(&format!("http://{}", knock.address()));
        let key = knock.admin_key();
        Office { knock, slack, key, left: Vec::new(), peers: Vec::new() }
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Reply {
        self.knock.ask(method, path, &self.key, body)
    }

    fn settings(&self) -> Value {
        self.knock.get(SETTINGS, &self.key).body
    }

    /// An office whose rep Ann gets every chat and is a user of the Slack workspace.
    fn with_ann() -> Office {
        let office = Office::open();
        office.hires("ann@acme.example");
        let rep = office.member("ann@acme.example");
        let rule = json!({"name": "Default Routing Rule", "funnel": "chat", "segments": [],
            "fallback": {"assign": {"rep": rep}}});
        assert_eq!(office.ask("PUT", "/api/v1/rules/default_chat", &rule).code, 200);
        // So each first message is routed at once.
        assert_eq!(office.ask("PUT", "/api/v1/agent", &json!({"asks_to_clarify": false})).code, 200);
        office.until("Slack has said who its people are", |settings| settings["users_matched"] == 1);
        office
    }

    fn hires(&self, email: &str) {
        Browser::nameless(&self.knock, &Browser::admin(&self.knock), email, Role::Rep);
    }

    /// The id of a member.
    fn member(&self, email: &str) -> String {
        let list = self.knock.get("/api/v1/members", &self.key).body;
        let found = list["members"].as_array().expect("a list").iter().find(|member| member["email"] == email);
        found.expect("a member")["id"].as_str().expect("an id").to_owned()
    }

    /// Opens a chat and sends a message of a visitor.
    fn visitor_writes(&self, visitor: u64, text: &str) -> Chat {
        let chat = Site::new(&self.knock.site()).visitor(visitor).opens_chat(&self.knock);
        let reply = chat.write(&self.knock, visitor, text);
        assert_eq!(reply.code, 201, "{}", reply.body);
        chat
    }

    /// Waits for the first message of Knock whose key begins so.
    fn post(&self, key: &str) -> Value {
        self.slack.message(|message| key_of(message).starts_with(key))
    }

    /// Waits for the thread in which Ann answers a chat; its channel and its first message.
    fn thread(&self, chat: &Chat) -> (String, String) {
        let root = self.post(&format!("dm:{}:", chat.id));
        (text(&root, "channel"), text(&root, "ts"))
    }

    /// Posts a message of Ann in the thread of a chat.
    fn ann_writes(&self, chat: &Chat, text: &str) -> String {
        let (channel, thread) = self.thread(chat);
        self.slack.write(seed::ANN, &channel, Some(&thread), text)
    }

    /// Waits until a user is shown this text, which no one else sees; the number of times.
    fn until_shown_alone(&self, user: &str, wanted: &str) -> usize {
        found(&format!("{user} reads: {wanted}"), || {
            self.passes_between_attempts();
            let state = self.slack.control("GET", "state", &Value::Null);
            let shown = state["ephemeral"].as_array()?.clone();
            let to_them = shown.iter().filter(|one| one["user"] == user && one["text"].to_string().contains(wanted));
            Some(to_them.count()).filter(|count| *count > 0)
        })
    }

    /// The messages that the visitor sees, as author and text.
    fn seen(&self, chat: &Chat) -> Vec<(String, String)> {
        let messages = chat.messages(&self.knock, 0);
        messages.iter().map(|message| (text(message, "author"), text(message, "text"))).collect()
    }

    /// Waits until the visitor sees this text of a rep.
    fn until_seen(&self, chat: &Chat, wanted: &str) {
        found("the visitor sees it", || self.seen(chat).contains(&("rep".to_owned(), wanted.to_owned())).then_some(()));
    }

    fn notes(&self, chat: &Chat) -> Vec<String> {
        let record = chat.record(&self.knock, &self.key);
        record["notes"].as_array().into_iter().flatten().map(|note| text(note, "text")).collect()
    }

    /// Waits until a chat has this note.
    fn until_noted(&self, chat: &Chat, wanted: &str) {
        found("it is noted", || self.notes(chat).iter().any(|note| note.contains(wanted)).then_some(()));
    }

    /// Advances the clocks of every server and of Slack, by milliseconds.
    fn passes(&self, ms: i64) {
        self.slack.control("PUT", "clock", &json!({"advance": ms}));
        self.knock.advance(ms);
        for peer in &self.peers {
            peer.advance(ms);
        }
    }

    /// Attempts at deliveries that have not ended, by delivery and number of the attempt.
    fn under_way(&self) -> Vec<String> {
        self.knock.select("SELECT number || ':' || attempts FROM outbox WHERE state = 1")
    }

    /// Advances the clock by half a minute if no attempt is under way; whether it did. A claim holds for a minute, and
    /// would expire during an attempt if the clock were advanced meanwhile. Attempts are up to half an hour apart.
    fn passes_between_attempts(&self) -> bool {
        let is_idle = self.under_way().iter().all(|attempt| self.left.contains(attempt));
        if is_idle {
            self.passes(30_000);
        }
        is_idle
    }

    /// Waits until every effect was posted and every event delivered.
    fn settle(&self) {
        self.until("nothing waits to be posted", |settings| settings["waiting"] == 0);
        self.slack.control("POST", "quiet", &Value::Null);
    }

    /// Waits until the settings meet a condition.
    fn until(&self, what: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        found(what, || Some(self.settings()).filter(|settings| is_so(settings)))
    }
}

/// The key of a message of Knock in Slack; empty for others.
fn key_of(message: &Value) -> &str {
    message["metadata"]["event_payload"]["id"].as_str().unwrap_or_default()
}

fn text(json: &Value, name: &str) -> String {
    json[name].as_str().unwrap_or_else(|| panic!("no {name}: {json}")).to_owned()
}

/// Whether a message is a reply in the thread under another one.
fn is_reply(message: &Value, thread: &Value) -> bool {
    message["thread_ts"] == *thread && message["ts"] != *thread
}

/// A member as a card mentions them.
fn mention(user: &str) -> String {
    format!("<@{user}>")
}

/// Whether a message mentions this user, and no one else.
fn calls_only(message: &Value, user: &str) -> bool {
    let called = message["notified"].as_array().map(Vec::as_slice).unwrap_or_default();
    !called.is_empty() && called.iter().all(|called| called == user)
}

/// What the lead wrote first, as the card shows it.
fn first_message(card: &Value) -> Option<String> {
    let blocks = card["blocks"].as_array()?;
    let label = blocks.iter().position(|block| block["elements"][0]["text"] == "*First message*")?;
    Some(text(&blocks.get(label + 1)?["text"], "text"))
}

/// Checks that no message of Knock is there twice.
fn once(office: &Office) {
    let messages = office.slack.messages();
    let mut keys: Vec<_> = messages.iter().map(key_of).filter(|key| !key.is_empty()).collect();
    let all = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), all, "{messages:#?}");
}
