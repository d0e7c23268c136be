//! Whatever text a stranger sends through any door: every connector sends it, and sends it clean.

mod heard;
mod stranger;

use crate::mail::FROM;
use crate::meetings::Office;
use crate::support::Knock;
use contract_hubspot::Server;
use contract_slack::{Slack, seed};
use heard::check;
use knock_testing::{Answer, MailServer, Receiver, found};
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use stranger::Stranger;

/// Each does in one day what others do in weeks; all of it is delivered once, since connectors take their time.
const STRANGERS: usize = 8;
const EVENTS: [&str; 6] = [
    "chat.assigned",
    "chat.status_changed",
    "contact.created",
    "contact.score_changed",
    "contact.type_changed",
    "message.created",
];

/// A workspace with every connector that texts of visitors reach.
struct Town {
    office: Office,
    mail: MailServer,
    slack: Slack,
    hubspot: Server,
    webhook: Receiver,
}

impl Town {
    fn open() -> Town {
        let (mail, slack, webhook) = (MailServer::start(), Slack::start(), Receiver::start(|_, _| Answer::Code(200)));
        let hubspot = Server::start("127.0.0.1:0").expect("a server");
        // One message a second in a channel would take minutes.
        slack.control("PUT", "limits", &json!({"on": false}));
        let knock = Knock::start_with(&[
            ("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8"),
            ("KNOCK_CHAT_OPENS_PER_IP", "0"),
            ("KNOCK_MEETINGS_BOOKINGS_PER_IP", "0"),
            ("KNOCK_SMTP_URL", &mail.url()),
            ("KNOCK_SMTP_FROM", FROM),
            ("KNOCK_SLACK_API_URL", &slack.api_url()),
            ("KNOCK_SLACK_BOT_TOKEN", seed::TOKEN),
            ("KNOCK_SLACK_SIGNING_SECRET", seed::SIGNING_SECRET),
            ("KNOCK_HUBSPOT_API_URL", &hubspot.url()),
        ]);
        let town = Town { office: Office::of(knock), mail, slack, hubspot, webhook };
        town.connect();
        town
    }

    fn connect(&self) {
        self.does("PUT", "/api/v1/slack", &json!({"monitoring_channel": seed::GENERAL, "note_mark": "//"}));
        self.does("POST", "/api/v1/webhooks", &json!({"url": self.webhook.url("/"), "events": EVENTS}));
        self.does("POST", "/api/v1/crm/hubspot/connect", &json!({"token": "pat-eu1-contract"}));
        self.does("POST", "/api/v1/crm/hubspot/fields", &Value::Null);
        let settings = self.office.knock.get("/api/v1/crm/hubspot", &self.office.key).body;
        let mut draft = json!({"enabled": true, "timeline": true});
        for name in ["other_sources", "accept", "create_contact", "mapping"] {
            draft[name] = settings[name].clone();
        }
        self.does("PUT", "/api/v1/crm/hubspot", &draft);
        let question = json!({"id": "why", "label": "Why?", "kind": "text"});
        let link = json!({"slug": stranger::LINK, "name": "Demo", "funnel": "meeting", "questions": [question]});
        self.does("POST", "/api/v1/links", &link);
    }

    fn does(&self, method: &str, path: &str, body: &Value) {
        let reply = self.office.knock.ask(method, path, &self.office.key, body);
        assert!(reply.code < 300, "{method} {path}: {}", reply.body);
    }

    /// Waits until nothing is left to be delivered.
    fn settle(&self) {
        found("all is delivered", || {
            self.office.knock.advance(60_000);
            let waiting = self.office.knock.select("SELECT effect FROM outbox WHERE settled_at IS NULL");
            waiting.is_empty().then_some(())
        });
        let failed = self.office.knock.select("SELECT effect, answer FROM outbox WHERE state = 4");
        assert!(failed.is_empty(), "{failed:?}");
    }

    /// Everything that the connectors have sent.
    fn sent(&self) -> Vec<(&'static str, Value)> {
        let webhook = self.webhook.all().into_iter().map(|heard| ("webhook", heard.body()));
        let hubspot = self.hubspot.control("GET", "calls", &Value::Null);
        let hubspot = hubspot.as_array().cloned().unwrap_or_default().into_iter().map(|call| ("hubspot", call));
        let slack = ["chat.postMessage", "chat.update"].into_iter().flat_map(|method| self.slack.calls(method));
        let slack = slack.map(|call| ("slack", call["arguments"].clone()));
        let mail = self.mail.all().into_iter().map(|mail| ("mail", mail.0));
        webhook.chain(hubspot).chain(slack).chain(mail).collect()
    }
}

#[test]
fn texts_of_strangers_are_clean_in_every_connector() {
    let town = Town::open();
    let config = Config { cases: 1, failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
    let strangers = proptest::collection::vec(stranger::words(), STRANGERS);
    let lived = TestRunner::new(config).run(&strangers, |strangers| {
        for (number, words) in (1..).zip(&strangers) {
            Stranger::new(&town.office, number).lives(words);
        }
        town.settle();
        town.sent().iter().try_for_each(|(connector, what)| check(connector, what))
    });
    if let Err(failed) = lived {
        panic!("{failed}");
    }
    for connector in ["webhook", "hubspot", "slack", "mail"] {
        assert!(town.sent().iter().any(|(by, _)| *by == connector), "nothing by {connector}");
    }
}
