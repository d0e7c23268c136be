//! A copy of a workspace sends nothing before it is released; the original goes on.

mod databases;
mod places;

use crate::support::{Knock, Reply};
use contract_slack::{Slack, seed};
use knock_store::Scratch;
use knock_testing::{Answer, Binary, Receiver, Setup, Site, found};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What a workspace sends to: Slack, and a webhook.
struct Outside {
    slack: Slack,
    receiver: Receiver,
}

impl Outside {
    fn new() -> Outside {
        Outside { slack: Slack::start(), receiver: Receiver::start(|_, _| Answer::Code(204)) }
    }

    fn setup(&self, place: Scratch) -> Setup {
        let api_url = self.slack.api_url();
        Setup::on(place).settings(&[
            ("KNOCK_SLACK_API_URL", api_url.as_str()),
            ("KNOCK_SLACK_BOT_TOKEN", seed::TOKEN),
            ("KNOCK_SLACK_SIGNING_SECRET", seed::SIGNING_SECRET),
            ("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8"),
            ("KNOCK_CHAT_OPENS_PER_IP", "0"),
        ])
    }

    /// The number of calls of Slack and of requests to the webhook.
    fn heard(&self) -> (u64, usize) {
        let calls = self.slack.state()["calls"].as_u64().expect("a number");
        (calls, self.receiver.all().len())
    }
}

/// A backup of a workspace that posts in a channel of Slack and to a webhook at this receiver.
fn backup(of: &Outside, dir: &Path) -> PathBuf {
    let knock = of.setup(Scratch::sqlite()).start();
    let key = knock.admin_key();
    let channel = json!({"monitoring_channel": seed::GENERAL, "note_mark": "//"});
    assert_eq!(knock.ask("PUT", "/api/v1/slack", &key, &channel).code, 200);
    let url = of.receiver.url("/events");
    let webhook = json!({"url": url, "events": ["chat.status_changed", "message.created"]});
    let made = knock.ask("POST", "/api/v1/webhooks", &key, &webhook);
    assert_eq!(made.code, 201, "{}", made.body);
    let file = dir.join("backup.db");
    let output = knock.command(&["backup", file.to_str().expect("text")]);
    assert!(output.status.success(), "{output:?}");
    file
}

fn restored(file: &Path) -> Scratch {
    let home = Scratch::sqlite();
    let (file, data) = (file.to_str().expect("text"), home.dir().to_str().expect("text"));
    let command = Binary::built().command(&["restore", file, "--data", data]).env_remove("KNOCK_DATABASE").output();
    let output = command.expect("the binary runs");
    assert!(output.status.success(), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("nothing is sent"), "{output:?}");
    home
}

fn outbound(knock: &Knock) -> Value {
    knock.get("/api/v1/outbound", &knock.admin_key()).body
}

fn is_held(knock: &Knock) -> bool {
    outbound(knock)["is_held"].as_bool().expect("a truth")
}

fn release(knock: &Knock, discard: bool) -> Reply {
    knock.ask("POST", "/api/v1/outbound/release", &knock.admin_key(), &json!({"discard": discard}))
}

/// The number of deliveries of a kind that wait.
fn waiting(knock: &Knock, kind: &str) -> u64 {
    let state = outbound(knock);
    let of = state["waiting"].as_array().expect("a list").iter().find(|of| of["destination"] == kind);
    of.map_or(0, |of| of["deliveries"].as_u64().expect("a number"))
}

/// Opens a chat and writes in it, so that posts and events are to be sent.
fn chat(knock: &Knock, visitor: u64, text: &str) {
    let chat = Site::new(&knock.site()).visitor(visitor).opens_chat(knock);
    let reply = chat.write(knock, visitor, text);
    assert_eq!(reply.code, 201, "{}", reply.body);
}

#[test]
fn a_restored_workspace_is_silent_and_sends_what_waited_once_it_is_released() {
    let (outside, dir) = (Outside::new(), tempfile::tempdir().expect("a directory"));
    let knock = outside.setup(restored(&backup(&outside, dir.path()))).start();
    assert!(knock.said().contains("this is a copy of a workspace"), "{}", knock.said());
    let ready = knock.send("GET", "/readyz", &[], None);
    assert_eq!(ready.code, 200);
    assert_eq!(ready.body, json!("ready\nheld: this is a copy of a workspace, nothing is sent"));
    assert_eq!(knock.metric("knock_outbound_held"), 1.0);
    assert_eq!(knock.get("/api/v1/session", &knock.admin_key()).body["is_held"], json!(true));
    let before = outside.heard();
    chat(&knock, 1, "We are 200 people and need a quote");
    // Reminders fall due, and deliveries of the original would be late.
    knock.advance(2 * 3_600_000);
    found("posts and events wait", || (waiting(&knock, "slack") > 0 && waiting(&knock, "webhook") > 0).then_some(()));
    let ready = knock.send("GET", "/readyz", &[], None).body;
    assert!(ready.as_str().is_some_and(|text| text.starts_with("ready")), "what waits on purpose is not late: {ready}");
    let knock = knock.stop_and_restart();
    assert!(is_held(&knock), "a restart releases nothing");
    assert_eq!(outside.heard(), before);

    let rep = knock.key("rep");
    assert_eq!(knock.ask("POST", "/api/v1/outbound/release", &rep, &json!({})).code, 403);
    let released = release(&knock, false);
    assert_eq!((released.code, &released.body["is_held"]), (200, &json!(false)), "{}", released.body);
    outside.slack.message(|message| message["channel"] == seed::GENERAL);
    outside.receiver.count(before.1 + 1);
    // What waited for two hours is late until it is sent.
    found("it is ready", || (knock.send("GET", "/readyz", &[], None).body == json!("ready")).then_some(()));
    let entries = knock.get("/api/v1/audit?action=outbound.released", &knock.admin_key()).body;
    assert_eq!(entries["entries"].as_array().map(Vec::len), Some(1), "{entries}");
    assert_eq!(release(&knock, true).code, 200, "nothing is held any more");
    assert_eq!(knock.get("/api/v1/audit?action=outbound.released", &knock.admin_key()).body, entries);
    let knock = knock.stop_and_restart();
    assert!(!is_held(&knock), "it is the original of its own from now on");
}

#[test]
fn what_waits_on_a_copy_can_be_discarded() {
    let (outside, dir) = (Outside::new(), tempfile::tempdir().expect("a directory"));
    let knock = outside.setup(restored(&backup(&outside, dir.path()))).start();
    chat(&knock, 1, "An old question");
    found("events wait", || (waiting(&knock, "webhook") > 0).then_some(()));
    let released = release(&knock, true);
    assert_eq!((released.code, &released.body["is_held"]), (200, &json!(false)), "{}", released.body);
    chat(&knock, 2, "A new question");
    let heard = outside.receiver.until(|all| all.iter().any(|one| one.text.contains("A new question")));
    assert!(!heard.iter().any(|one| one.text.contains("An old question")), "{heard:#?}");
}

#[test]
fn a_start_with_outbound_releases_for_good() {
    let (outside, dir) = (Outside::new(), tempfile::tempdir().expect("a directory"));
    let home = restored(&backup(&outside, dir.path()));
    let place: knock_testing::Place = home.into();
    let api_url = outside.slack.api_url();
    let settings = [("KNOCK_SLACK_API_URL", api_url.as_str())];
    let setup = || Setup::on(place.clone()).settings(&settings);
    assert!(is_held(&setup().start()), "a start without it holds");
    let knock = setup().arguments(&["--outbound"]).start();
    assert!(!is_held(&knock));
    knock.stop();
    assert!(!is_held(&setup().start()), "once is enough");
}
