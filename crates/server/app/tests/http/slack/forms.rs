//! Leads by form in Slack: a card in the monitoring channel and a message to their rep, without any chat.

use super::{Office, key_of, text};
use crate::support::{id, identify, signal};
use contract_slack::seed;
use knock_testing::{Site, eventually, found};
use serde_json::{Value, json};

impl Office {
    fn sends_form(&self, visitor: u64, email: &str) {
        let now = self.knock.now();
        let mut form = signal(now, 20 * visitor, "form_submit", "/book-a-demo");
        (form["form"], form["fields"]) = (json!("Book a demo"), json!(["email", "company"]));
        let sent = [form, identify(now, 20 * visitor + 1, email)];
        assert_eq!(Site::new(&self.knock.site()).visitor(visitor).sends(&self.knock, &sent).code, 202);
    }

    fn is_there(&self, key: &str) -> bool {
        self.slack.messages().iter().any(|message| key_of(message).starts_with(key))
    }
}

#[test]
fn a_lead_by_form_is_a_card_in_the_channel_and_a_message_to_the_rep() {
    let office = Office::with_ann();
    office.sends_form(1, "lee@globex.example");
    let card = office.post("monitor:");
    assert_eq!(card["channel"], seed::GENERAL);
    let shown = card["blocks"].to_string();
    for wanted in ["Ann Lee", "lee@globex.example", "Book a demo", "/book-a-demo", "email, company"] {
        assert!(shown.contains(wanted), "{wanted}: {shown}");
    }
    assert!(text(&card, "text").contains("sent the form Book a demo"), "{card}");
    let direct = office.post("dm:");
    assert!(direct["channel"] != card["channel"] && direct["blocks"].to_string().contains("Book a demo"), "{direct}");
    office.settle();
    super::once(&office);
}

#[test]
fn a_lead_by_form_while_the_team_is_away_is_a_card_and_a_message_to_the_rep_who_is_back() {
    let office = Office::with_ann();
    let ann = office.member("ann@acme.example");
    let rule = json!({"name": "Pool", "funnel": "chat", "segments": [], "fallback": {"assign": {"pool": [ann]}}});
    assert_eq!(office.ask("PUT", "/api/v1/rules/default_chat", &rule).code, 200);
    let path = format!("/api/v1/members/{ann}/availability");
    assert_eq!(office.ask("PUT", &path, &json!({"state": "away"})).code, 200);
    office.sends_form(1, "lee@globex.example");
    office.post("monitor:");
    office.settle();
    assert!(!office.is_there("dm:"), "she is away");
    assert_eq!(office.ask("PUT", &path, &json!({"state": "active"})).code, 200);
    office.passes(1_000);
    assert!(office.post("dm:")["blocks"].to_string().contains("Book a demo"));
}

#[test]
fn a_rep_is_reminded_of_a_form_after_two_minutes_and_the_channel_later() {
    let office = Office::with_ann();
    office.sends_form(1, "lee@globex.example");
    office.post("dm:");
    office.settle();
    assert!(!office.is_there("nudge:"));
    office.passes(2 * 60_000);
    let nudge = office.post("nudge:");
    assert_eq!(nudge["notified"], json!([seed::ANN]), "{nudge}");
    assert!(text(&nudge, "text").contains("Ann Lee is waiting for your answer."), "{nudge}");
    let of_channel = |message: &Value| key_of(message).contains(":channel:");
    assert!(!office.slack.messages().iter().any(of_channel));
    // Another form while they wait is no other wait.
    office.sends_form(1, "lee@globex.example");
    office.passes(8 * 60_000);
    let later = office.slack.message(of_channel);
    assert_eq!((&later["channel"], &later["thread_ts"]), (&json!(seed::GENERAL), &office.post("monitor:")["ts"]));
    eventually("nothing waits", || office.settings()["waiting"] == 0);
    let nudges = office.slack.messages().iter().filter(|message| key_of(message).starts_with("nudge:")).count();
    assert_eq!(nudges, 2);
    super::once(&office);
}

#[test]
fn a_form_that_was_done_in_time_reminds_of_nothing() {
    let office = Office::with_ann();
    office.sends_form(1, "lee@globex.example");
    office.post("dm:");
    office.settle();
    let open = office.knock.get("/api/v1/conversations?view=open", &office.key).body;
    let path = format!("/api/v1/conversations/{}/actions", open["conversations"][0]["id"].as_str().expect("an id"));
    assert_eq!(office.ask("POST", &path, &json!("done")).code, 204);
    office.passes(10 * 60_000);
    office.settle();
    assert!(!office.is_there("nudge:"));
    // The next one begins another wait.
    office.sends_form(1, "lee@globex.example");
    office.passes(2 * 60_000);
    office.post("nudge:");
}

#[test]
fn a_reply_that_would_arrive_nowhere_is_refused_and_the_lead_waits_on() {
    let office = Office::with_ann();
    office.sends_form(1, "lee@globex.example");
    let direct = office.post("dm:");
    let (channel, ts) = (text(&direct, "channel"), text(&direct, "ts"));
    office.slack.write(seed::ANN, &channel, Some(&ts), "// They called twice");
    office.slack.write(seed::ANN, &channel, Some(&ts), "Would Thursday suit you?");
    assert_eq!(office.until_shown_alone(seed::ANN, "Their address is lee@globex.example"), 1);

    let page = office.knock.get("/api/v1/conversations?view=waiting", &office.key).body;
    let path = format!("/api/v1/conversations/{}", text(&page["conversations"][0], "id"));
    let draft = json!({"id": id(office.knock.now(), 9), "text": "Would Thursday suit you?"});
    let integration = json!({"name": "zap", "role": "rep", "author": {"integration": "Zapier"}});
    let member = json!({"name": "ann", "role": "rep", "author": {"member": office.member("ann@acme.example")}});
    for author in [member, integration] {
        let key = office.ask("POST", "/api/v1/keys", &author).text("key");
        let refused = office.knock.ask("POST", &format!("{path}/messages"), &key, &draft);
        assert_eq!((refused.code, &refused.body["type"]), (409, &json!("urn:knock:problem:out-of-reach")));
    }
    let record = office.knock.get(&path, &office.key).body;
    assert_eq!(record["messages"], json!([]), "{record}");
    assert!(text(&record["notes"][0], "text").contains("They called twice"), "{record}");
    assert!(record["conversation"]["waiting_since"].is_number(), "{record}");
}

#[test]
fn a_card_follows_what_no_status_says() {
    let office = Office::with_ann();
    office.sends_form(1, "lee@globex.example");
    office.post("monitor:");
    let page = office.knock.get("/api/v1/conversations?view=waiting", &office.key).body;
    let path = format!("/api/v1/conversations/{}/actions", text(&page["conversations"][0], "id"));
    let does = |action: &Value| assert_eq!(office.ask("POST", &path, action).code, 204, "{action}");
    let until = |what: &str, is_so: &dyn Fn(&str) -> bool| {
        found(what, || {
            office.passes_between_attempts();
            is_so(&office.post("monitor:")["blocks"].to_string()).then_some(())
        });
    };
    until("they wait", &|card| card.contains("Waits for"));
    does(&json!("done"));
    until("they wait no more", &|card| !card.contains("Waits for"));
    does(&json!("reopen"));
    until("they wait again", &|card| card.contains("Waits for"));
    does(&json!({"snooze": {"until": office.knock.now() + 3_600_000}}));
    until("they wait later", &|card| !card.contains("Waits for"));
    office.passes(3_600_000);
    until("the snooze has ended", &|card| card.contains("Waits for"));
    does(&json!("mark_spam"));
    until("they are spam", &|card| card.contains("Lead by form, spam") && !card.contains("Waits for"));
    super::once(&office);
}
