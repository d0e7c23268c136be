//! A workspace with everything connected: Slack, HubSpot, a webhook, a mail server, and answers by mail.

use super::places::Places;
use crate::mail::FROM;
use crate::members::Browser;
use crate::support::{Knock, Reply, batch};
use contract_hubspot::Server as HubSpot;
use contract_slack::{Slack, seed};
use knock_model::{EventType, Role};
use knock_testing::{Answer, MailServer, Receiver, Site, eventually, found, now, visitor_id};
use serde_json::{Value, json};

/// The start, a Monday; meetings are on Wednesday and Thursday.
const MONDAY: &str = "2030-01-07T09:00:00Z";
const ANN: &str = "ann@acme.example";
/// Longer than what waits to be summed up: writes to the CRM, changes of cards; in ms.
const SETTLING: i64 = 10_000;
const SECOND: i64 = 1_000;

pub(super) struct Scene {
    pub(super) knock: Knock,
    pub(super) key: String,
    pub(super) admin: Browser,
    pub(super) site: Site,
    pub(super) slack: Slack,
    pub(super) hubspot: HubSpot,
    pub(super) mails: MailServer,
    pub(super) receiver: Receiver,
    /// The path that the mail provider posts answers to.
    pub(super) hook: String,
    places: Places,
}

impl Scene {
    pub(super) fn open() -> Scene {
        let (mails, slack) = (MailServer::start(), Slack::start());
        let hubspot = HubSpot::start("127.0.0.1:0").expect("a server");
        let receiver = Receiver::start(|_, _| Answer::Code(204));
        let settings = [
            ("KNOCK_SMTP_URL", mails.url()),
            ("KNOCK_SMTP_FROM", FROM.to_owned()),
            ("KNOCK_CHAT_OPENS_PER_IP", "0".to_owned()),
            ("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8".to_owned()),
            ("KNOCK_HUBSPOT_API_URL", hubspot.url()),
            ("KNOCK_SLACK_API_URL", slack.api_url()),
            ("KNOCK_SLACK_BOT_TOKEN", seed::TOKEN.to_owned()),
            ("KNOCK_SLACK_SIGNING_SECRET", seed::SIGNING_SECRET.to_owned()),
        ];
        let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let knock = Knock::start_with(&settings);
        slack.tell(&format!("http://{}", knock.address()));
        // All clocks begin on Monday.
        assert_eq!(knock.set_clock(&json!({"now": MONDAY})).code, 200);
        let ahead = json!({"advance": knock.now() - now().0});
        hubspot.control("PUT", "clock", &ahead);
        slack.control("PUT", "clock", &ahead);
        let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
        let site = Site::new(&knock.site());
        let hook = String::new();
        let places = Places::default();
        let mut scene = Scene { knock, key, admin, site, slack, hubspot, mails, receiver, hook, places };
        scene.hires_ann();
        scene.connects();
        scene
    }

    /// Ann gets every chat and every meeting, and is a user of the Slack workspace.
    fn hires_ann(&self) {
        let ann = Browser::member(&self.knock, &self.admin, ANN, Role::Rep);
        let day = json!([["09:00", "17:00"]]);
        let hours = json!({"zone": "Europe/Berlin", "mon": day, "tue": day, "wed": day, "thu": day, "fri": day});
        self.done(&ann.ask(
            &self.knock,
            "PUT",
            "/api/v1/availability",
            &json!({"hours": hours, "hours_for": "meetings"}),
        ));
        let id = self.admin.id_of(&self.knock, ANN);
        for (rule, assign) in [("chat", json!({"rep": id})), ("meeting", json!({"calendar": "single", "reps": [id]}))] {
            let draft = json!({"name": rule, "funnel": rule, "segments": [], "fallback": {"assign": assign}});
            self.put(&format!("/api/v1/rules/default_{rule}"), &draft);
        }
        // So each first message is routed at once.
        self.put("/api/v1/agent", &json!({"asks_to_clarify": false}));
    }

    fn connects(&mut self) {
        self.put("/api/v1/slack", &json!({"monitoring_channel": seed::GENERAL, "note_mark": "//"}));
        found("Slack has listed its users", || Some(self.of("slack")).filter(|slack| slack["users_matched"] == 1));
        self.done(&self.ask("POST", "/api/v1/crm/hubspot/connect", &json!({"token": "pat-eu1-contract"})));
        for object in ["contact", "company"] {
            self.done(&self.ask("POST", &format!("/api/v1/crm/hubspot/fields?object={object}"), &Value::Null));
        }
        for name in ["first", "second", "third", "fourth", "fifth"] {
            let company = json!({"name": name, "domain": format!("{name}.example")});
            self.hubspot.control("POST", "records", &json!({"object": "companies", "properties": company}));
        }
        let settings = self.of("crm/hubspot");
        let mut draft = json!({"enabled": true, "other_sources": true, "create_contact": "form"});
        for name in ["accept", "mapping"] {
            draft[name] = settings[name].clone();
        }
        self.put("/api/v1/crm/hubspot", &draft);
        let events: Vec<&str> = EventType::ALL.iter().map(|event| event.as_str()).collect();
        let made = self.ask("POST", "/api/v1/webhooks", &json!({"url": self.receiver.url("/"), "events": events}));
        self.done(&made);
        let draft = json!({"way": "hook", "address": "replies@acme.example", "has_tags": true});
        let saved = self.ask("PUT", "/api/v1/mail/inbound", &draft);
        self.done(&saved);
        self.hook = saved.text("hook_url").strip_prefix(&self.knock.url).expect("this server").to_owned();
        self.settle();
    }

    pub(super) fn ask(&self, method: &str, path: &str, body: &Value) -> Reply {
        self.knock.ask(method, path, &self.key, body)
    }

    /// What the API has under a path.
    pub(super) fn of(&self, path: &str) -> Value {
        self.knock.get(&format!("/api/v1/{path}"), &self.key).body
    }

    /// Asks as the admin.
    pub(super) fn put(&self, path: &str, body: &Value) {
        self.done(&self.admin.ask(&self.knock, "PUT", path, body));
    }

    #[track_caller]
    pub(super) fn done(&self, reply: &Reply) {
        assert!(reply.code < 300, "{}", reply.body);
    }

    /// Sends signals of a browser.
    pub(super) fn sends(&self, visitor: u64, signals: &[Value]) {
        let sent = batch(&self.knock.site(), visitor, self.knock.now(), signals);
        self.done(&self.knock.post_signals(&sent));
    }

    /// The body of a request of a browser about the shipped link for meetings.
    pub(super) fn booking(&self, visitor: u64, email: &str, more: &Value) -> Value {
        let browser = visitor_id(visitor);
        let mut body = json!({"link": "meeting", "visitor": browser, "session": browser, "email": email});
        body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        body
    }

    /// Advances all clocks by milliseconds.
    pub(super) fn passes(&self, ms: i64) {
        self.slack.control("PUT", "clock", &json!({"advance": ms}));
        self.hubspot.control("PUT", "clock", &json!({"advance": ms}));
        self.knock.advance(ms);
    }

    /// Waits until nothing waits to be sent anywhere.
    pub(super) fn settle(&self) {
        self.passes(SETTLING);
        eventually("everything was sent", || {
            let waiting = self.waiting();
            // A claim holds for a minute, and would expire during an attempt if the clock were advanced meanwhile.
            if !waiting.is_empty() && self.knock.select("SELECT number FROM outbox WHERE state = 1").is_empty() {
                self.passes(SECOND);
            }
            waiting.is_empty()
        });
        self.slack.control("POST", "quiet", &Value::Null);
    }

    /// The effects that wait to be sent.
    fn waiting(&self) -> Vec<String> {
        self.knock.select("SELECT effect FROM outbox WHERE settled_at IS NULL")
    }

    /// Another lead is followed from now on.
    pub(super) fn follows(&mut self, email: &'static str) {
        self.settle();
        let mut places = std::mem::take(&mut self.places);
        places.follow(self, email);
        self.places = places;
    }

    /// What a step changed, in every place.
    pub(super) fn step(&mut self, name: &str) -> Value {
        self.settle();
        let mut places = std::mem::take(&mut self.places);
        let changed = places.changed(self);
        self.places = places;
        json!({"step": name, "places": changed})
    }
}
