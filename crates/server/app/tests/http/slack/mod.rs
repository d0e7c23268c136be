//! A Slack workspace beside the server: it is connected, shown every chat, and answered from.

mod settings;

use crate::support::{Knock, Reply};
use contract_slack::{Slack, seed};
use knock_testing::found;
use serde_json::{Value, json};

const SETTINGS: &str = "/api/v1/slack";

/// A server and the Slack workspace that it is connected to.
struct Office {
    knock: Knock,
    slack: Slack,
    key: String,
}

impl Office {
    /// Connected by its configuration, with a monitoring channel.
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

    /// Nothing is connected yet.
    fn bare() -> Office {
        let slack = Slack::start();
        let api_url = slack.api_url();
        Office::with(slack, Knock::start_with(&[("KNOCK_SLACK_API_URL", api_url.as_str())]))
    }

    fn with(slack: Slack, knock: Knock) -> Office {
        slack.tell(&format!("http://{}", knock.address()));
        let key = knock.admin_key();
        Office { knock, slack, key }
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Reply {
        self.knock.ask(method, path, &self.key, body)
    }

    fn settings(&self) -> Value {
        self.knock.get(SETTINGS, &self.key).body
    }

    /// Waits until the settings are so.
    fn until(&self, what: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        found(what, || Some(self.settings()).filter(|settings| is_so(settings)))
    }
}
