//! A workspace with two reps in the pool of the default rule, an admin beside it, and a mail server.

use crate::chat::Chat;
use crate::mail::{start, until_ended};
use crate::members::Browser;
use crate::support::Knock;
use knock_model::Role;
use knock_testing::{Mail, MailServer, Site};
use serde_json::{Value, json};

const AVAILABILITY: &str = "/api/v1/availability";

pub(crate) struct Office {
    pub(crate) knock: Knock,
    pub(crate) key: String,
    pub(crate) admin: Browser,
    pub(crate) bo: Browser,
    pub(crate) cy: Browser,
    pub(crate) server: MailServer,
    /// The number of mails before the first lead.
    pub(crate) invitations: usize,
}

impl Office {
    /// A workspace with two reps in the pool of the default rule, and an admin beside it.
    pub(crate) fn open(instant: &str) -> Office {
        let server = MailServer::start();
        let knock = start(&server);
        assert_eq!(knock.set_clock(&json!({"now": instant})).code, 200);
        let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
        let [bo, cy] =
            ["bo@us.example", "cy@us.example"].map(|email| Browser::member(&knock, &admin, email, Role::Rep));
        let mut office = Office { knock, key, admin, bo, cy, server, invitations: 0 };
        let pool = ["bo@us.example", "cy@us.example"].map(|email| office.id(email));
        office.rule(&json!({"pool": pool}));
        until_ended(&office.knock, &office.key);
        office.invitations = office.server.all().len();
        office
    }

    pub(crate) fn rule(&self, fallback: &Value) {
        let rule = json!({"name": "Pool", "funnel": "chat", "segments": [], "fallback": {"assign": fallback}});
        assert_eq!(self.admin.ask(&self.knock, "PUT", "/api/v1/rules/default_chat", &rule).code, 200);
    }

    /// The pool of the default rule now.
    pub(crate) fn pool(&self) -> Value {
        let rules = self.admin.get(&self.knock, "/api/v1/rules").body["rules"].clone();
        let found = rules.as_array().expect("a list").iter().find(|rule| rule["id"] == "default_chat");
        found.expect("the rule")["fallback"]["assign"]["pool"].clone()
    }

    pub(crate) fn id(&self, email: &str) -> String {
        self.admin.id_of(&self.knock, email)
    }

    pub(crate) fn sets(&self, who: &Browser, availability: &Value) {
        let reply = who.ask(&self.knock, "PUT", AVAILABILITY, availability);
        assert_eq!(reply.code, 200, "{}", reply.body);
    }

    pub(crate) fn writes(&self, visitor: u64, text: &str) -> Chat {
        let site = self.knock.site();
        let zone = json!({"language": "en", "time_zone": "Europe/Lisbon"});
        let chat = Site::new(&site).visitor(visitor).opens_chat_with(&self.knock, &zone);
        assert_eq!(chat.write(&self.knock, visitor, text).code, 201);
        chat
    }

    /// The conversation with its last decision.
    pub(crate) fn record(&self, chat: &Chat) -> (Value, Value) {
        let record = chat.record(&self.knock, &self.key);
        let last = record["decisions"].as_array().and_then(|decisions| decisions.last());
        (record["conversation"].clone(), last.cloned().unwrap_or_default())
    }

    pub(crate) fn owner(&self, chat: &Chat) -> Value {
        self.record(chat).0["state"]["rep_owner"].clone()
    }

    pub(crate) fn is_in(&self, chat: &Chat, view: &str) -> bool {
        let page = self.admin.get(&self.knock, &format!("/api/v1/conversations?view={view}")).body;
        page["conversations"].as_array().expect("a list").iter().any(|row| row["id"] == json!(chat.id))
    }

    /// The recipients of the mails about leads so far, sorted.
    pub(crate) fn mailed(&self) -> Vec<String> {
        until_ended(&self.knock, &self.key);
        let all = self.server.all();
        let to = |mail: &Mail| mail.0["rcpt"][0].as_str().expect("one").to_owned();
        let mut recipients: Vec<String> = all.iter().skip(self.invitations).map(to).collect();
        recipients.sort();
        recipients
    }

    pub(crate) fn said(&self, chat: &Chat) -> String {
        let messages = chat.messages(&self.knock, 0);
        let of_agent = messages.iter().filter(|message| message["author"] == "ai_agent");
        of_agent.map(|message| message["text"].as_str().expect("text")).collect::<Vec<_>>().join("\n")
    }
}

/// Hours of every day in Berlin.
pub(crate) fn hours(ranges: &[(&str, &str)]) -> Value {
    let mut hours = json!({"zone": "Europe/Berlin"});
    for day in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
        hours[day] = json!(ranges);
    }
    json!({"hours": hours})
}
