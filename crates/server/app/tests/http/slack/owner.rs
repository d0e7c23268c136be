//! The owner of a lead in the CRM is asked to join a chat of another rep, and replies in a thread of their own.

use super::{Office, SETTINGS, first_message, is_reply, key_of, mention, once, text};
use crate::support::identify;
use contract_hubspot::Server;
use contract_slack::{Slack, seed};
use knock_testing::{Chat, Site, found};
use serde_json::{Value, json};

const LEAD: &str = "lee@first.example";
const HUBSPOT: &str = "/api/v1/crm/hubspot";

/// An office whose chats are Ann's, with a lead that is Bob's in HubSpot.
fn open() -> (Office, Server) {
    let (slack, hubspot) = (Slack::start(), Server::start("127.0.0.1:0").expect("a server"));
    let (api_url, hubspot_url) = (slack.api_url(), hubspot.url());
    let settings = [
        ("KNOCK_SLACK_API_URL", api_url.as_str()),
        ("KNOCK_SLACK_BOT_TOKEN", seed::TOKEN),
        ("KNOCK_SLACK_SIGNING_SECRET", seed::SIGNING_SECRET),
        ("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8"),
        ("KNOCK_CHAT_OPENS_PER_IP", "0"),
        ("KNOCK_HUBSPOT_API_URL", hubspot_url.as_str()),
    ];
    let office = Office::with(slack, crate::support::Knock::start_with(&settings));
    let ask = |method: &str, path: &str, body: &Value| {
        let reply = office.ask(method, path, body);
        assert_eq!(reply.code, 200, "{path}: {}", reply.body);
    };
    ask("PUT", SETTINGS, &json!({"monitoring_channel": seed::GENERAL, "note_mark": "//"}));
    office.hires("ann@acme.example");
    office.hires("bob@acme.example");
    let rule = json!({"name": "Default Routing Rule", "funnel": "chat", "crm_aware": "notify", "segments": [],
        "fallback": {"assign": {"rep": office.member("ann@acme.example")}}});
    ask("PUT", "/api/v1/rules/default_chat", &rule);
    ask("PUT", "/api/v1/agent", &json!({"asks_to_clarify": false}));
    ask("POST", &format!("{HUBSPOT}/connect"), &json!({"token": "pat-eu1-contract"}));
    ask("POST", &format!("{HUBSPOT}/fields"), &Value::Null);
    let known = office.knock.get(HUBSPOT, &office.key).body;
    let mut draft = json!({"enabled": true});
    for name in ["other_sources", "accept", "create_contact", "mapping"] {
        draft[name] = known[name].clone();
    }
    ask("PUT", HUBSPOT, &draft);
    let owner = hubspot.control("POST", "owners", &json!({"email": "bob@acme.example"}))["id"].clone();
    let properties = json!({"email": LEAD, "hubspot_owner_id": owner});
    hubspot.control("POST", "records", &json!({"object": "contacts", "properties": properties}));
    office.until("both are members", |settings| settings["users_matched"] == 2);
    (office, hubspot)
}

/// Opens a chat and sends a message of the lead, who has a contact in HubSpot.
fn writes(office: &Office) -> Chat {
    let site = Site::new(&office.knock.site());
    let identified = identify(office.knock.now(), 1, LEAD);
    assert_eq!(site.visitor(1).sends(&office.knock, &[identified]).code, 202);
    let chat = site.visitor(1).opens_chat(&office.knock);
    found("HubSpot has answered", || (!office.knock.select("SELECT fields FROM crm_known").is_empty()).then_some(()));
    assert_eq!(chat.write(&office.knock, 1, "We are 200 people and need a quote").code, 201);
    chat
}

fn assignee(office: &Office, chat: &Chat) -> Value {
    chat.record(&office.knock, &office.key)["conversation"]["state"]["rep_owner"].clone()
}

#[test]
fn with_notify_the_owner_is_asked_and_can_join_and_the_assignee_stays() {
    let (office, _hubspot) = open();
    let chat = writes(&office);
    assert_eq!(assignee(&office, &chat), "ann@acme.example");
    let bob = office.member("bob@acme.example");
    let asked = office.post(&format!("owner:{}:{bob}", chat.id));
    let blocks = asked["blocks"].to_string();
    for part in ["Join", "You are the owner of this contact", &format!("assigned to {}", mention(seed::ANN))] {
        assert!(blocks.contains(part), "{part}: {blocks}");
    }
    let (channel, thread) = (text(&asked, "channel"), text(&asked, "ts"));
    assert_ne!(channel, office.thread(&chat).0, "it is no message to Ann");
    // Before they join, their messages there are not sent.
    office.slack.write(seed::BOB, &channel, Some(&thread), "Too early");
    assert_eq!(office.until_shown_alone(seed::BOB, "Press Join on the card above"), 1);
    let pressed = office.slack.press(seed::BOB, &channel, &thread, "join");
    assert_eq!(pressed["status"], 200, "{pressed}");
    office.until_noted(&chat, "Joined the chat from Slack.");
    assert!(first_message(&asked).is_some_and(|first| first.contains("200 people")), "{asked}");
    office.slack.write(seed::BOB, &channel, Some(&thread), "Bob here, your account manager");
    office.until_seen(&chat, "Bob here, your account manager");
    assert_eq!(assignee(&office, &chat), "ann@acme.example");
    assert!(office.seen(&chat).iter().all(|(_, text)| text != "Too early"));
    // Each reads the other's messages, and notes stay internal.
    office.ann_writes(&chat, "Ann too");
    office.until_seen(&chat, "Ann too");
    office.slack.write(seed::BOB, &channel, Some(&thread), "// secret discount");
    office.until_noted(&chat, "secret discount");
    let (_, of_ann) = office.thread(&chat);
    let says = |thread: &str, part: &str| {
        office.slack.message(|message| is_reply(message, &json!(thread)) && text(message, "text").contains(part));
    };
    says(&thread, "Ann too");
    says(&of_ann, "Bob here");
    says(&of_ann, "secret discount");
    office.settle();
    assert_eq!(assignee(&office, &chat), "ann@acme.example");
    assert!(office.seen(&chat).iter().all(|(_, text)| !text.contains("secret")), "{:?}", office.seen(&chat));
    let messages = office.slack.messages();
    let card = messages.iter().find(|message| message["ts"] == thread.as_str()).expect("the card");
    assert!(!card["blocks"].to_string().contains("\"join\""), "{card}");
    once(&office);
}

#[test]
fn who_was_not_asked_joins_nothing_and_an_owner_who_gets_the_chat_has_a_thread() {
    let (office, _hubspot) = open();
    let chat = writes(&office);
    let bob = office.member("bob@acme.example");
    let asked = office.post(&format!("owner:{}:{bob}", chat.id));
    let (channel, ts) = (text(&asked, "channel"), text(&asked, "ts"));
    office.slack.press(seed::ANN, &channel, &ts, "join");
    office.slack.control("POST", "quiet", &Value::Null);
    assert!(office.notes(&chat).is_empty());
    let given = json!({"user": seed::ANN, "channel": seed::GENERAL, "ts": text(&office.post("monitor:"), "ts"),
        "action_id": "assign", "value": bob});
    assert_eq!(office.slack.control("POST", "press", &given)["status"], 200);
    let root = office.post(&format!("dm:{}:{bob}", chat.id));
    office.slack.write(seed::BOB, &text(&root, "channel"), root["ts"].as_str(), "It is mine now");
    office.until_seen(&chat, "It is mine now");
    office.settle();
    let messages = office.slack.messages();
    let card = messages.iter().find(|message| key_of(message).starts_with("owner:")).expect("the card");
    assert!(!card["blocks"].to_string().contains("\"join\""), "{card}");
    once(&office);
}

#[test]
fn who_joined_and_left_the_team_reads_no_more_of_the_chat() {
    let (office, _hubspot) = open();
    let chat = writes(&office);
    let bob = office.member("bob@acme.example");
    let asked = office.post(&format!("owner:{}:{bob}", chat.id));
    let (channel, thread) = (text(&asked, "channel"), text(&asked, "ts"));
    assert_eq!(office.slack.press(seed::BOB, &channel, &thread, "join")["status"], 200);
    let says = |thread: &str, part: &str| {
        office.slack.message(|message| is_reply(message, &json!(thread)) && text(message, "text").contains(part))
    };
    assert!(first_message(&asked).is_some_and(|first| first.contains("200 people")), "{asked}");
    let removed = office.ask("DELETE", &format!("/api/v1/members/{bob}"), &Value::Null);
    assert_eq!(removed.code, 204, "{}", removed.body);
    assert_eq!(chat.write(&office.knock, 2, "And at what price?").code, 201);
    says(&office.thread(&chat).1, "at what price");
    office.slack.write(seed::BOB, &channel, Some(&thread), "Still here");
    office.settle();
    let messages = office.slack.messages();
    let to_bob = |message: &&Value| is_reply(message, &json!(thread)) && text(message, "text").contains("what price");
    assert_eq!(messages.iter().filter(to_bob).count(), 0);
    assert!(office.seen(&chat).iter().all(|(_, text)| text != "Still here"));
}
