//! Every lead is a contact: one record and one name, with an address or without, also after records are merged (IU-01).

use crate::chat::open_as;
use crate::support::{Knock, batch, id, identify, signal};
use serde_json::{Value, json};
use tungstenite::client::IntoClientRequest;

fn contacts(knock: &Knock, key: &str, query: &str) -> Vec<Value> {
    let reply = knock.get(&format!("/api/v1/contacts?{query}"), key);
    assert_eq!(reply.code, 200, "{}", reply.body);
    reply.body["contacts"].as_array().expect("a list").clone()
}

/// The names of the leads in the list of contacts, the conversations and the timeline.
fn names(knock: &Knock, key: &str) -> [Vec<Value>; 3] {
    let called = |path: &str, list: &str, contact: &str| -> Vec<Value> {
        let body = knock.get(path, key).body;
        let rows = body[list].as_array().expect("a list").clone();
        rows.iter().map(|row| row.pointer(contact).cloned().unwrap_or_default()).collect()
    };
    [
        called("/api/v1/contacts", "contacts", "/display_name"),
        called("/api/v1/conversations", "conversations", "/contact/display_name"),
        called("/api/v1/timeline", "entries", "/contact/display_name"),
    ]
}

fn all_are(names: &[Vec<Value>; 3], name: &str) {
    for found in names {
        assert!(!found.is_empty() && found.iter().all(|found| found == name), "{names:?}");
    }
}

#[test]
fn a_lead_has_one_record_and_one_name_before_and_after_their_address() {
    let knock = Knock::start();
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    let landing = "/pricing?utm_source=newsletter&utm_campaign=spring";
    knock.post_signals(&batch(&site, 7, now, &[signal(now - 1_000, 1, "page_view", landing)]));
    let chat = open_as(&knock, &site, 7);
    let label = "Visitor 0007";
    all_are(&names(&knock, &key), label);

    let row = contacts(&knock, &key, "").remove(0);
    assert_eq!((&row["email"], &row["signals"]), (&json!(""), &json!(2)));
    let attribution = &row["attribution"];
    assert_eq!((&attribution["source"], &attribution["campaign"]), (&json!("newsletter"), &json!("spring")));
    assert!(attribution["landing_page"].as_str().is_some_and(|page| page.ends_with(landing)), "{attribution}");
    for (query, count) in [
        ("named=false", 1),
        ("named=true", 0),
        ("q=Visitor%200007", 1),
        ("q=0007", 1),
        ("q=0008", 0),
        ("type=Unknown", 1),
        ("type=Buying", 0),
        ("score=High", 0),
        ("score=Low", 1),
    ] {
        assert_eq!(contacts(&knock, &key, query).len(), count, "{query}");
    }
    let record = knock.get(&format!("/api/v1/contacts/{}", row["id"].as_str().expect("an id")), &key).body;
    assert_eq!(record["conversations"][0]["id"], chat.record(&knock, &key)["conversation"]["id"]);

    let later = knock.now();
    knock.post_signals(&batch(&site, 7, later, &[identify(later, 2, "ann@globex.example")]));
    all_are(&names(&knock, &key), "Ann Lee");
    let after = contacts(&knock, &key, "named=true").remove(0);
    assert_eq!(after["id"], row["id"]);
    assert_eq!(contacts(&knock, &key, "named=false").len(), 0);
}

#[test]
fn a_record_that_was_merged_is_found_under_both_ids() {
    let knock = Knock::start();
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    knock.post_signals(&batch(&site, 1, now, &[identify(now, 1, "ann@globex.example")]));
    let ann = contacts(&knock, &key, "").remove(0)["id"].clone();
    let chat = open_as(&knock, &site, 2);
    let before = chat.record(&knock, &key)["conversation"]["lead"].clone();
    assert_ne!(before, ann);

    let later = knock.now();
    knock.post_signals(&batch(&site, 2, later, &[identify(later, 2, "ann@globex.example")]));
    let path = format!("/api/v1/contacts/{}", before.as_str().expect("an id"));
    let found = knock.get(&path, &key);
    assert_eq!((found.code, &found.body["contact"]["id"]), (200, &ann));
    assert_eq!(found.body["conversations"].as_array().map(Vec::len), Some(1));
    let timeline = knock.get(&format!("/api/v1/timeline?contact={}", before.as_str().expect("an id")), &key);
    assert_eq!(timeline.body["entries"].as_array().map(Vec::len), Some(3), "{}", timeline.body);
    all_are(&names(&knock, &key), "Ann Lee");
}

#[test]
fn spam_is_in_no_list_but_the_inbox_of_spam() {
    let knock = Knock::start();
    let (site, key) = (knock.site(), knock.admin_key());
    let chat = open_as(&knock, &site, 3);
    assert_eq!(contacts(&knock, &key, "").len(), 1);
    assert_eq!(chat.act(&knock, &key, &json!("mark_spam")), 204);
    assert_eq!(contacts(&knock, &key, "").len(), 0);
    assert_eq!(knock.get("/api/v1/timeline", &key).body["entries"], json!([]));
    let spam = knock.get("/api/v1/conversations?spam=true", &key).body;
    assert_eq!(spam["conversations"][0]["contact"]["display_name"], "Visitor 0003", "{spam}");
}

/// Words that only the lead wrote, their company and their names.
const TRACES: [&str; 4] = ["zebra stripes", "globex.example", "Ann Lee", "Visitor 0007"];

/// Every list and every count of the API with something of a lead, beside the Spam view of the inbox.
const LISTS: [&str; 16] = [
    "/api/v1/timeline",
    "/api/v1/contacts",
    "/api/v1/contacts.csv",
    "/api/v1/accounts",
    "/api/v1/accounts.csv",
    "/api/v1/conversations",
    "/api/v1/conversations?view=open",
    "/api/v1/conversations?view=waiting",
    "/api/v1/conversations?q=zebra",
    "/api/v1/visits",
    "/api/v1/decisions",
    "/api/v1/rules",
    "/api/v1/links",
    "/api/v1/tags",
    "/api/v1/backtest",
    "/api/v1/reports/funnel/items?metric=leads",
];

/// A new browser's page view, chat, address, message and tag.
fn is_active(knock: &Knock, site: &str, key: &str) -> knock_testing::Chat {
    let now = knock.now();
    knock.post_signals(&batch(site, 7, now, &[signal(now - 1_000, 1, "page_view", "/pricing")]));
    let chat = open_as(knock, site, 7);
    let later = knock.now();
    knock.post_signals(&batch(site, 7, later, &[identify(later, 2, "ann@globex.example")]));
    assert_eq!(chat.write(knock, 5, "A quote for zebra stripes, please").code, 201);
    let tag = knock.ask("POST", "/api/v1/tags", key, &json!({"name": "Zoo", "color": "teal"})).body["id"].clone();
    assert_eq!(chat.act(knock, key, &json!({"add_tag": {"tag": tag}})), 204);
    chat
}

/// The lists, without what changes by itself: instants and the scores that decay with them.
fn lists(knock: &Knock, key: &str) -> Vec<(&'static str, String)> {
    LISTS.iter().map(|path| (*path, knock.get(path, key).body.to_string())).collect()
}

#[test]
fn what_a_lead_did_is_in_no_list_and_no_count_while_they_are_spam() {
    let knock = Knock::start();
    let (site, key) = (knock.site(), knock.admin_key());
    let count = |path: &str, pointer: &str| knock.get(path, &key).body.pointer(pointer).and_then(Value::as_i64);
    let counts = || {
        let links = knock.get("/api/v1/links", &key).body["links"].clone();
        let clicks = links.as_array().into_iter().flatten().filter_map(|link| link["clicks"].as_i64()).sum();
        [
            ("clicks", Some(clicks)),
            ("leads with the tag", count("/api/v1/tags", "/tags/0/leads")),
            ("leads of the rule", count("/api/v1/rules", "/uses/default_chat/leads_30_days")),
            ("chats", count("/api/v1/conversations?view=open", "/counts/open")),
        ]
    };
    let chat = is_active(&knock, &site, &key);
    let before = counts();
    let has_trace = |text: &str| TRACES.iter().any(|trace| text.contains(trace));
    let shown: Vec<&str> =
        lists(&knock, &key).iter().filter(|(_, text)| has_trace(text)).map(|(path, _)| *path).collect();
    assert!(shown.len() >= 8 && shown.contains(&LISTS[0]), "{shown:?}");
    assert_eq!(before.map(|(_, count)| count), [Some(1); 4], "{before:?}");

    assert_eq!(chat.act(&knock, &key, &json!("mark_spam")), 204);
    for (path, text) in lists(&knock, &key) {
        assert!(!has_trace(&text), "{path}: {text}");
    }
    let hidden = counts();
    assert_eq!(hidden.map(|(_, count)| count), [Some(0); 4], "{hidden:?}");
    let spam = chat.record(&knock, &key).to_string();
    assert!(spam.contains("zebra"), "the inbox has it: {spam}");

    assert_eq!(chat.act(&knock, &key, &json!("unmark_spam")), 204);
    let back: Vec<&str> =
        lists(&knock, &key).iter().filter(|(_, text)| has_trace(text)).map(|(path, _)| *path).collect();
    assert_eq!((back, counts()), (shown, before), "all of it comes back");
}

#[test]
fn an_open_dashboard_hears_no_word_of_spam() {
    let knock = Knock::start();
    let (site, key) = (knock.site(), knock.admin_key());
    let spam = open_as(&knock, &site, 3);
    assert_eq!(spam.act(&knock, &key, &json!("mark_spam")), 204);
    let address = format!("{}/api/v1/live", knock.url.replace("http:", "ws:"));
    let mut request = address.into_client_request().expect("a request");
    request.headers_mut().insert("authorization", format!("Bearer {key}").parse().expect("a header"));
    let (mut socket, _) = tungstenite::connect(request).expect("it opens");
    assert_eq!(spam.write(&knock, 1, "Cheap zebra stripes").code, 201);
    let other = open_as(&knock, &site, 4);
    assert_eq!(other.write(&knock, 2, "What does a licence cost?").code, 201);
    let mut heard = Vec::new();
    loop {
        let tungstenite::Message::Text(text) = socket.read().expect("a frame") else { continue };
        let event: Value = serde_json::from_str(&text).expect("JSON");
        let is_last = event["signal"]["text"].as_str().is_some_and(|text| text.contains("licence"));
        heard.push(event);
        if is_last {
            break;
        }
    }
    // The inbox hears of the chat, under Spam.
    let beside = heard.iter().filter(|event| event.get("conversation").is_none());
    assert!(beside.clone().all(|event| !event.to_string().contains("zebra")), "{heard:?}");
}

#[test]
fn a_parameter_that_says_nothing_is_named() {
    let knock = Knock::start();
    let key = knock.admin_key();
    for (query, pointer) in [("score=Hot", "query/score"), ("type=buying", "query/type")] {
        let reply = knock.get(&format!("/api/v1/contacts?{query}"), &key);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (400, &json!(pointer)), "{}", reply.body);
    }
}

/// Sends a form; the `identify` with its address arrives in the same batch or in the next one.
fn sends_a_form(knock: &Knock, site: &str, visitor: u64, is_apart: bool) {
    let now = knock.now();
    let form = signal(now, 1, "form_submit", "/contact");
    let who = identify(now, 2, &format!("ann{visitor}@globex.example"));
    let batches = if is_apart { vec![vec![form], vec![who]] } else { vec![vec![form, who]] };
    for signals in batches {
        assert_eq!(knock.post_signals(&batch(site, visitor, now, &signals)).code, 202);
    }
}

#[test]
fn a_form_with_an_address_makes_a_contact_with_an_owner_and_no_status() {
    let knock = Knock::start();
    let (site, key) = (knock.site(), knock.admin_key());
    sends_a_form(&knock, &site, 1, false);
    sends_a_form(&knock, &site, 2, true);
    let found = contacts(&knock, &key, "");
    assert_eq!(found.len(), 2);
    for contact in &found {
        let record = knock.get(&format!("/api/v1/contacts/{}", contact["id"].as_str().expect("an id")), &key).body;
        assert_eq!(record["owner"], "admin@localhost", "{record}");
        let decisions = record["decisions"].as_array().expect("a list");
        assert_eq!(decisions.len(), 1);
        assert_eq!(decisions[0]["rule"], "Default Routing Rule");
        assert_eq!(contact["intent"]["type"], "Buying", "by the page of the form");
    }
    let links = knock.get("/api/v1/decisions", &key).body;
    assert_eq!(links["decisions"][0]["link"], "Website");
    let listed = knock.get("/api/v1/conversations", &key).body["conversations"].clone();
    let states = listed.as_array().expect("a list").iter().map(|row| row["state"]["status"].clone());
    assert_eq!(states.collect::<Vec<_>>(), ["", ""]);

    // Their first chat is routed as any other, and moves its status.
    let chat = open_as(&knock, &site, 1);
    assert_eq!(chat.write(&knock, 1, "We need a quote").code, 201);
    let record = chat.record(&knock, &key);
    assert_eq!(record["conversation"]["state"]["rep_owner"], "admin@localhost", "{record}");
    assert_eq!(record["decisions"].as_array().map(Vec::len), Some(2));
}

#[test]
fn an_address_without_a_form_has_no_owner_and_a_form_is_routed_once() {
    let knock = Knock::start();
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    knock.post_signals(&batch(&site, 1, now, &[identify(now, 1, "bo@globex.example")]));
    let decisions = || knock.get("/api/v1/decisions", &key).body["decisions"].as_array().map(Vec::len);
    assert_eq!(decisions(), Some(0));
    sends_a_form(&knock, &site, 2, true);
    sends_a_form(&knock, &site, 2, false);
    let at = knock.now();
    let again = [signal(at, 9, "form_submit", "/contact"), identify(at, 10, "ann2@globex.example")];
    assert!(id(at, 9) != id(at, 10));
    knock.post_signals(&batch(&site, 2, at, &again));
    assert_eq!(decisions(), Some(1));
}
