//! Leads by form: routing, their place in the inbox, notifications, and the mail that opens a conversation (7.4).

use crate::chat::Chat;
use crate::mail::{PATIENCE, advance};
use crate::office::{Office, hours};
use crate::support::{batch, id, identify, signal};
use knock_testing::{Mail, visitor_id};
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const ANN: &str = "ann@first.example";

/// Sends the form "Book a demo" as a visitor who has looked at the prices; the only conversation then.
fn sends_form(office: &Office, visitor: u64, email: &str) -> Value {
    let (site, now) = (office.knock.site(), office.knock.now());
    let mut form = signal(now, visitor + 20, "form_submit", "/book-a-demo");
    form["form"] = json!("Book a demo");
    form["fields"] = json!(["email", "company"]);
    let said = identify(now, visitor + 30, email);
    let view = signal(now, visitor + 10, "page_view", "/pricing");
    office.knock.post_signals(&batch(&site, visitor, now, &[view, form, said]));
    let page = office.admin.get(&office.knock, "/api/v1/conversations?view=open").body;
    let all = page["conversations"].as_array().expect("a list");
    let of_lead = all.iter().find(|row| row["contact"]["email"] == json!(email));
    of_lead.unwrap_or_else(|| panic!("no line: {page}")).clone()
}

fn record(office: &Office, row: &Value) -> Value {
    let path = format!("/api/v1/conversations/{}", row["id"].as_str().expect("an id"));
    office.admin.get(&office.knock, &path).body
}

fn views(office: &Office, row: &Value) -> Vec<&'static str> {
    let is_in = |view: &&str| {
        let page = office.admin.get(&office.knock, &format!("/api/v1/conversations?view={view}")).body;
        page["conversations"].as_array().expect("a list").iter().any(|line| line["id"] == row["id"])
    };
    ["unassigned", "waiting", "open", "done", "spam"].into_iter().filter(is_in).collect()
}

fn writes(office: &Office, row: &Value, n: u64, text: &str) -> u16 {
    let path = format!("/api/v1/conversations/{}/messages", row["id"].as_str().expect("an id"));
    let message = json!({"id": id(office.knock.now(), n), "text": text});
    office.bo.ask(&office.knock, "POST", &path, &message).code
}

#[test]
fn a_lead_by_form_is_routed_waits_is_answered_by_mail_and_chats_by_its_link() {
    let office = Office::open("2030-01-08T09:00:00Z");
    let row = sends_form(&office, 1, ANN);
    let form = json!({"at": row["waiting_since"], "name": "Book a demo", "fields": ["email", "company"],
        "page": "http://127.0.0.1:4000/demo/book-a-demo"});
    assert_eq!((&row["form"], &row["state"]["status"]), (&form, &json!("")));
    assert_eq!((&row["state"]["rep_owner"], form["at"].is_number()), (&json!("bo@us.example"), true));
    assert_eq!((&row["intent"]["type"], &row["intent"]["bucket"]), (&json!("Buying"), &json!("High")));
    assert_eq!(views(&office, &row), ["waiting", "open"]);
    advance(&office.knock, 2 * MINUTE);
    assert_eq!(office.mailed(), ["bo@us.example"]);
    let mail: &Mail = &office.server.all()[office.invitations];
    assert_eq!(mail.header("Subject"), "Ann Lee is waiting for an answer (High, Buying)");
    let text = mail.part("text/plain");
    assert!(text.contains("Ann Lee sent the form \"Book a demo\" 2 minutes ago"), "{text}");
    advance(&office.knock, 28 * MINUTE);
    assert_eq!(office.mailed(), ["admin@localhost", "bo@us.example", "cy@us.example"]);

    assert_eq!(record(&office, &row)["mail_to"], ANN);
    assert_eq!(writes(&office, &row, 9, "Would Thursday at ten suit you?"), 201);
    assert_eq!(views(&office, &row), ["open"]);
    assert_eq!(record(&office, &row)["conversation"]["state"]["status"], "", "it has no status before the lead chats");
    advance(&office.knock, PATIENCE + 1);
    let mails = office.server.until(office.invitations + 4);
    let mail = mails.last().expect("a mail");
    assert_eq!((&mail.0["rcpt"], mail.header("Subject")), (&json!([ANN]), "Bo of Tareline about your request"));
    let text = mail.part("text/plain");
    assert!(text.contains("wrote to you about the form you sent:") && text.contains("Thursday at ten"), "{text}");
    assert!(text.contains("The page of the form: http://127.0.0.1:4000/demo/book-a-demo"), "{text}");
    let (_, token) = text.split_whitespace().find_map(|word| word.split_once("#c=")).expect("a link");
    let browser = visitor_id(50);
    let start = json!({"site": office.knock.site(), "visitor": browser, "session": browser, "secret": "0".repeat(64),
        "resume": token});
    let opened = office.knock.post("/v1/chat", &start);
    assert_eq!((opened.code, &opened.body["conversation"]), (201, &row["id"]), "{}", opened.body);
    let chat = Chat::new(&opened);
    assert_eq!(office.record(&chat).0["state"]["status"], "New", "the link is a click");
    assert_eq!(chat.write(&office.knock, 2, "Thursday is fine. What does it cost?").code, 201);
    let (state, _) = office.record(&chat);
    assert_eq!((&state["state"]["rep_owner"], state.get("form")), (&json!("bo@us.example"), None));
    assert_eq!((&state["state"]["status"], state["waiting_since"].is_number()), (&json!("AI Discovery"), true));
    assert_eq!(office.said(&chat), "", "a person has written, so the agent does not answer");
    advance(&office.knock, 2 * MINUTE);
    assert_eq!(office.record(&chat).0["state"]["status"], "Rep Reply Needed");
    assert_eq!(office.mailed().iter().filter(|to| *to == "bo@us.example").count(), 2);
}

#[test]
fn a_form_at_night_waits_and_goes_to_the_first_at_work() {
    let office = Office::open("2030-01-07T20:00:00Z");
    office.sets(&office.bo, &hours(&[("09:00", "17:00")]));
    office.sets(&office.cy, &hours(&[("10:00", "17:00")]));
    let row = sends_form(&office, 1, ANN);
    assert_eq!((&row["state"]["is_queued"], &row["state"]["rep_owner"]), (&json!(true), &json!("AI Agent")));
    assert_eq!(views(&office, &row), ["unassigned", "waiting", "open"]);
    advance(&office.knock, 2 * MINUTE);
    assert_eq!(office.mailed(), ["admin@localhost", "bo@us.example", "cy@us.example"]);
    advance(&office.knock, 12 * HOUR);
    let row = record(&office, &row)["conversation"].clone();
    assert_eq!((&row["state"]["rep_owner"], row["waiting_since"].is_number()), (&json!("bo@us.example"), true));
    assert_eq!(office.mailed().iter().filter(|to| *to == "bo@us.example").count(), 2, "it is theirs now");
}

#[test]
fn the_mix_decides_the_segment_and_a_lead_left_to_the_agent_waits_for_everybody() {
    let office = Office::open("2030-01-08T09:00:00Z");
    let buyers = json!({"id": "buyers", "name": "Buyers", "enabled": true,
        "when": {"field": "intent.type", "op": "eq", "value": "Buying"},
        "assign": {"rep": office.id("cy@us.example")}});
    let rule = json!({"name": "Pool", "funnel": "chat", "segments": [buyers],
        "fallback": {"assign": {"ai_agent": "general"}}});
    let saved = office.admin.ask(&office.knock, "PUT", "/api/v1/rules/default_chat", &rule);
    assert_eq!(saved.code, 200, "{}", saved.body);
    assert_eq!(sends_form(&office, 1, ANN)["state"]["rep_owner"], "cy@us.example");
    let (site, now) = (office.knock.site(), office.knock.now());
    let jobs = (1..16).map(|n| signal(now, 200 + n, "page_view", "/careers"));
    office.knock.post_signals(&batch(&site, 2, now, &jobs.collect::<Vec<_>>()));
    let row = sends_form(&office, 2, "jo@second.example");
    assert_eq!((&row["intent"]["type"], row["state"].get("rep_owner")), (&json!("Job seeker"), Some(&Value::Null)));
    assert_eq!(views(&office, &row), ["unassigned", "waiting", "open"]);
    advance(&office.knock, 2 * MINUTE);
    assert_eq!(office.mailed().len(), 4, "cy of theirs, and all three of the other");
}

#[test]
fn a_form_is_done_spam_or_sent_again_and_one_of_a_chatting_lead_joins_the_chat() {
    let office = Office::open("2030-01-08T09:00:00Z");
    let row = sends_form(&office, 1, ANN);
    let acts = |action: &str| {
        let path = format!("/api/v1/conversations/{}/actions", row["id"].as_str().expect("an id"));
        office.bo.ask(&office.knock, "POST", &path, &json!(action)).code
    };
    assert_eq!((acts("done"), views(&office, &row)), (204, vec!["done"]));
    advance(&office.knock, HOUR);
    assert_eq!(office.mailed(), [""; 0]);
    let again = sends_form(&office, 1, ANN);
    assert_eq!((&again["id"], &again["waiting_since"]), (&row["id"], &again["form"]["at"]));
    assert_eq!(record(&office, &row)["forms"].as_array().map(Vec::len), Some(2));
    assert_eq!((acts("mark_spam"), views(&office, &row)), (204, vec!["spam"]));
    assert_eq!((acts("unmark_spam"), views(&office, &row)), (204, vec!["waiting", "open"]));

    let chat = office.writes(5, "Is there a trial?");
    let joined = sends_form(&office, 5, "cem@third.example");
    assert_eq!((&joined["id"], &joined["state"]["status"]), (&json!(chat.id), &json!("AI Discovery")));
    assert_eq!(record(&office, &joined)["mail_to"], "cem@third.example");
}
