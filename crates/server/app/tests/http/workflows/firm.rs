//! A firm with a mail server, a Slack workspace and a webhook: its workflows, and what each lead got of them.

use super::PATH;
use crate::mail::FROM;
use crate::members::Browser;
use crate::support::{Knock, batch, identify, signal};
use contract_slack::{Slack, seed};
use knock_store::Scratch;
use knock_testing::{Answer, Heard, JSON, Mail, MailServer, Place, Receiver, eventually};
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub(super) const HOUR: i64 = 3_600_000;
pub(super) const DAY: i64 = 24 * HOUR;
/// Longer than a claim of a delivery holds.
pub(super) const PAST_CLAIMS: i64 = 61_000;
const SUBJECT: &str = "Our prices";

/// The firm, with an API key of its admin.
pub(super) struct Firm {
    pub(super) knock: Knock,
    /// The other servers on the same database, with the same clock.
    pub(super) peers: Vec<Knock>,
    pub(super) key: String,
    admin: String,
    hook: String,
    pub(super) mails: MailServer,
    pub(super) slack: Slack,
    pub(super) receiver: Receiver,
}

fn start_in(place: impl Into<Place>, mails: &MailServer, slack: &Slack, faults: &str) -> Knock {
    let (smtp, api) = (mails.url(), slack.api_url());
    let settings = [
        ("KNOCK_FAULTS", faults),
        ("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8"),
        ("KNOCK_SLACK_API_URL", &api),
        ("KNOCK_SLACK_BOT_TOKEN", seed::TOKEN),
        ("KNOCK_SLACK_SIGNING_SECRET", seed::SIGNING_SECRET),
        ("KNOCK_SMTP_FROM", FROM),
        ("KNOCK_SMTP_URL", &smtp),
    ];
    Knock::start_in(place, &settings)
}

impl Firm {
    /// A firm whose webhook answers so.
    pub(super) fn open(answers: impl Fn(&Heard, usize) -> Answer + Send + Sync + 'static) -> Firm {
        let (mails, slack, receiver) = (MailServer::start(), Slack::start(), Receiver::start(answers));
        slack.control("PUT", "limits", &json!({"on": false}));
        let knock = start_in(Scratch::new(), &mails, &slack, "");
        let (key, admin) = (knock.admin_key(), Browser::admin(&knock).id_of(&knock, "admin@localhost"));
        let hook = json!({"url": receiver.url("/"), "events": ["webhook.test"]});
        let hook = knock.ask("POST", "/api/v1/webhooks", &key, &hook).text("id");
        Firm { knock, peers: Vec::new(), key, admin, hook, mails, slack, receiver }
    }

    /// What a step of this kind does here.
    pub(super) fn content(&self, action: &str) -> Value {
        let mut content = match action {
            "mail" => json!({"subject": {"en": SUBJECT}, "body": {"en": "Hello {{first_name|there}}"}}),
            "nudge" => super::nudge(),
            "slack" => json!({"channel": seed::LEADS, "channel_name": "leads", "text": "Saw our prices"}),
            "webhook" => json!({"webhook": self.hook}),
            "task" => json!({"text": "Call", "due_in_ms": 30 * DAY, "member": self.admin}),
            "message" => json!({"text": {"en": "Any questions?"}}),
            "assign" => json!({"agent": true}),
            other => panic!("no content for {other}"),
        };
        content["do"] = json!(action);
        content
    }

    /// Switches on a workflow of the views of Pricing: the id of a step is its kind, and each wait (`wait1`) is an hour.
    pub(super) fn begin(&self, name: &str, steps: &[&str]) {
        let is_wait = |step: &&str| step.starts_with("wait");
        let step = |step: &&str| {
            if is_wait(step) { json!({"id": step, "wait": {"for_ms": HOUR}}) } else { json!({"id": step, "do": step}) }
        };
        let actions = steps.iter().filter(|step| !is_wait(step));
        let contents: serde_json::Map<String, Value> =
            actions.map(|action| ((*action).to_owned(), self.content(action))).collect();
        let draft = json!({
            "name": name,
            "definition": {"trigger": {"on": "signal", "signal": "page_view", "category": "Pricing"},
                "steps": steps.iter().map(step).collect::<Vec<_>>()},
            "contents": contents,
        });
        let saved = self.knock.ask("POST", PATH, &self.key, &draft);
        assert_eq!(saved.code, 201, "{}", saved.body);
        let state = format!("{PATH}/{}/state", saved.text("id"));
        assert_eq!(self.knock.ask("PUT", &state, &self.key, &json!({"enabled": true})).code, 200);
    }

    /// A visitor with an address views Pricing; the id of the lead.
    pub(super) fn views(&self, server: &Knock, visitor: u64, email: &str) -> String {
        let (site, now) = (server.site(), server.now());
        for sent in [identify(now, 10 * visitor, email), signal(now, 10 * visitor + 1, "page_view", "/pricing")] {
            assert_eq!(server.post_signals(&batch(&site, visitor, now, &[sent])).code, 202);
        }
        let found = server.get(&format!("/api/v1/contacts?q={email}"), &self.key).body;
        found["contacts"][0]["id"].as_str().unwrap_or_else(|| panic!("no {email}: {found}")).to_owned()
    }

    /// The firm after its server was killed, with a server that has these faults.
    pub(super) fn killed(mut self, faults: &str) -> Firm {
        self.knock.kill();
        self.started_again(faults)
    }

    /// The firm after its server, which has died or is about to, was started again.
    pub(super) fn started_again(self, faults: &str) -> Firm {
        let (_, place) = self.knock.stopped();
        Firm { knock: start_in(place, &self.mails, &self.slack, faults), ..self }
    }

    /// The firm after a time without a server.
    pub(super) fn away(mut self, ms: i64) -> Firm {
        self.knock.kill();
        let file = self.knock.data().join("test-clock");
        let offset = std::fs::read_to_string(&file).map_or(0, |kept| kept.trim().parse::<i64>().expect("a number"));
        std::fs::write(&file, (offset + ms).to_string()).expect("it is written");
        self.started_again("")
    }

    /// Advances the clocks of all servers at once.
    pub(super) fn passes(&self, ms: i64) {
        std::thread::scope(|scope| {
            for server in self.peers.iter().chain([&self.knock]) {
                scope.spawn(move || server.advance(ms));
            }
        });
    }

    /// Advances the clock of a server that dies of what is due then.
    pub(super) fn passes_deadly(&self, ms: i64) {
        let change = json!({"advance_ms": ms}).to_string();
        drop(self.knock.try_send("POST", "/test/clock", &[JSON], Some(change.as_bytes())));
    }

    /// The effects that are being delivered.
    pub(super) fn under_way(&self) -> Vec<String> {
        self.knock.select("SELECT effect FROM outbox WHERE state = 1")
    }

    /// Waits until nothing waits to be sent anywhere.
    pub(super) fn settles(&self) {
        eventually("everything was sent", || {
            let waiting = self.knock.select("SELECT effect FROM outbox WHERE settled_at IS NULL");
            // A claim holds for a minute, and would expire during an attempt if the clock were advanced meanwhile.
            if !waiting.is_empty() && self.under_way().is_empty() {
                self.passes(30_000);
            }
            waiting.is_empty()
        });
    }

    /// The workflows of a lead, each by its name with its log: step, outcome and reason of each entry.
    pub(super) fn logs(&self, lead: &str) -> Vec<(String, Vec<[String; 3]>)> {
        let shown = self.knock.get(&format!("/api/v1/contacts/{lead}/workflows"), &self.key).body;
        let text = |of: &Value, name: &str| of[name].as_str().unwrap_or_default().to_owned();
        let log = |run: &Value| {
            let entries = run["log"].as_array().cloned().unwrap_or_default();
            entries.iter().map(|entry| ["step", "outcome", "reason"].map(|name| text(entry, name))).collect()
        };
        let workflows = shown["workflows"].as_array().cloned().unwrap_or_default();
        workflows.iter().map(|one| (text(one, "name"), log(&one["runs"][0]))).collect()
    }

    /// The mails of workflows to an address, each once however often it was sent.
    pub(super) fn mailed(&self, email: &str) -> usize {
        let to_them = |mail: &&Mail| mail.0["rcpt"] == json!([email]) && mail.header("Subject") == SUBJECT;
        let mails = self.mails.all();
        mails.iter().filter(to_them).map(|mail| mail.header("Message-ID")).collect::<BTreeSet<_>>().len()
    }

    /// The posts of workflows in Slack.
    pub(super) fn posted(&self) -> usize {
        let key = |message: &Value| message["metadata"]["event_payload"]["id"].as_str().map(str::to_owned);
        let keys = self.slack.messages().iter().filter_map(key).collect::<Vec<_>>();
        keys.iter().filter(|key| key.starts_with("workflow:")).count()
    }

    /// The leads that the webhook was called for, each event once however often it was sent.
    pub(super) fn called(&self) -> Vec<String> {
        let mut ids = BTreeSet::new();
        let heard = self.receiver.all();
        let events = heard.iter().filter(|one| ids.insert(one.header("webhook-id")));
        events.map(|one| one.body()["data"]["lead"]["id"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The follow-ups of the admin about a lead.
    pub(super) fn tasks(&self, lead: &str) -> usize {
        let admin = Browser::admin(&self.knock);
        let reminders = admin.get(&self.knock, &format!("/api/v1/contacts/{lead}/reminders")).body;
        reminders["reminders"].as_array().map_or(0, Vec::len)
    }

    /// Erases the person with an address.
    pub(super) fn erases(&self, email: &str) {
        let erased = self.knock.ask("POST", "/api/v1/persons/erase", &self.key, &json!({"email": email}));
        assert_eq!(erased.code, 200, "{}", erased.body);
    }
}

/// A log as it is expected.
pub(super) fn log(entries: &[[&str; 3]]) -> Vec<[String; 3]> {
    entries.iter().map(|entry| entry.map(str::to_owned)).collect()
}
