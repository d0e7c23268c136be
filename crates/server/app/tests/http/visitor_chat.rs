//! What a visitor does in a chat beside writing: the form, the end, the rating, the transcript, other chats.

use crate::chat::{Chat, open_as};
use crate::mail::{advance, start};
use crate::support::{Knock, ORIGIN, Reply, id};
use knock_testing::{JSON, MailServer, Site};
use serde_json::{Value, json};

const DAY: i64 = 86_400_000;
const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// Sets the look of the site; what is left out is as Knock comes.
fn dress(knock: &Knock, look: &Value) {
    let reply = knock.ask("PUT", &format!("/api/v1/sites/{}/look", knock.site()), &knock.admin_key(), look);
    assert_eq!(reply.code, 200, "{}", reply.body);
}

/// Makes a request of the visitor about their chat.
fn asks(knock: &Knock, chat: &Chat, what: &str, body: &Value) -> Reply {
    let headers = [JSON, ("authorization", chat.token()), ("origin", ORIGIN)];
    knock.send("POST", &format!("{}/{what}", chat.path()), &headers, Some(body.to_string().as_bytes()))
}

fn state(knock: &Knock, chat: &Chat) -> Value {
    knock.send("GET", &format!("{}/state", chat.path()), &[("authorization", chat.token())], None).body
}

fn acts(knock: &Knock, chat: &Chat) -> Vec<Value> {
    chat.record(knock, &knock.admin_key())["acts"].as_array().cloned().unwrap_or_default()
}

fn field(name: &str, is_required: bool) -> Value {
    json!({"field": name, "is_required": is_required})
}

/// A server whose site asks name, e-mail, company and a custom field before the chat, with a consent.
fn with_form() -> Knock {
    let knock = Knock::start();
    let custom =
        json!({"fields": [{"name": "seats", "label": "Seats", "value_type": "number", "sources": ["identify"]}]});
    let saved = knock.ask("PUT", "/api/v1/custom-fields", &knock.admin_key(), &custom);
    assert_eq!(saved.code, 200, "{}", saved.body);
    let fields = [field("name", false), field("email", true), field("company", false), field("custom.seats", false)];
    let form = json!({"when": "before", "fields": fields});
    dress(&knock, &json!({"form": form, "consent": {"en": "I agree"}, "languages": ["en", "de"]}));
    knock
}

#[test]
fn the_form_states_who_the_lead_is_and_the_agent_does_not_ask_again() {
    let knock = with_form();
    let (site, key) = (knock.site(), knock.admin_key());
    let chat = open_as(&knock, &site, 1);
    let values = json!({"name": "Ann Lee", "email": "ann@globex.example", "company": "Globex", "custom.seats": "200"});
    let body = json!({"values": values, "consent": true});
    let answered = asks(&knock, &chat, "form", &body);
    assert_eq!((answered.code, &answered.body["has_form"]), (200, &json!(true)), "{}", answered.body);
    assert_eq!(asks(&knock, &chat, "form", &body).code, 200, "sent again");
    let acts = acts(&knock, &chat);
    assert_eq!((acts.len(), &acts[0]["what"], &acts[0]["consent"]), (1, &json!("form"), &json!("I agree")));
    assert_eq!(acts[0]["values"][1], json!({"field": "email", "value": "ann@globex.example"}));
    assert_eq!(acts[0]["values"][3], json!({"field": "custom.seats", "label": "Seats", "value": "200"}));
    let record = chat.record(&knock, &key);
    let contact = &record["conversation"]["contact"];
    assert_eq!((&contact["email"], &contact["display_name"]), (&json!("ann@globex.example"), &json!("Ann Lee")));
    assert_eq!((&record["trust"], &record["conversation"]["state"]["status"]), (&json!("claimed"), &json!("New")));
    let page =
        knock.get(&format!("/api/v1/contacts/{}", contact["id"].as_str().expect("an id")), &key).body.to_string();
    assert!(page.contains("Globex") && page.contains("200"), "{page}");
    chat.write(&knock, 1, "We need a quote for our whole company");
    let said = chat.messages(&knock, 0).iter().map(|message| message["text"].to_string()).collect::<String>();
    assert!(!said.contains("e-mail"), "{said}");
    // The consent is in the export of the person.
    let export = knock.ask("POST", "/api/v1/persons/export", &key, &json!({"email": "ann@globex.example"}));
    assert_eq!(export.body.pointer("/conversations/0/acts/0/consent"), Some(&json!("I agree")));
}

#[test]
fn a_form_is_refused_by_its_first_wrong_field_and_changes_nothing() {
    let knock = with_form();
    let site = knock.site();
    let (chat, other) = (open_as(&knock, &site, 1), open_as(&knock, &site, 2));
    let right = json!({"email": "ann@globex.example"});
    for (values, consent, pointer) in [
        (json!({}), true, "/values/email"),
        (json!({"email": "ann"}), true, "/values/email"),
        (json!({"email": "noreply@globex.example"}), true, "/values/email"),
        (right.clone(), false, "/consent"),
        (json!({"email": "ann@globex.example", "custom.seats": "many"}), true, "/values/custom.seats"),
        (json!({"email": "ann@globex.example", "name": "x".repeat(500)}), true, "/values/name"),
        (json!({"email": "ann@globex.example", "phone": "1"}), true, "/values/phone"),
    ] {
        let reply = asks(&knock, &chat, "form", &json!({"values": values, "consent": consent}));
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!(pointer)), "{values}");
    }
    let typo = json!({"values": {"email": "ann@gmial.com"}, "consent": true});
    let doubted = asks(&knock, &chat, "form", &typo);
    assert_eq!((doubted.code, &doubted.body["suggestion"]), (422, &json!("ann@gmail.com")));
    assert_eq!(acts(&knock, &chat), [] as [Value; 0]);
    let foreign = chat.with_token_of(&other);
    for (what, body) in [
        ("form", json!({"values": right})),
        ("rating", json!({"rating": 5})),
        ("end", json!({})),
        ("transcript", right.clone()),
    ] {
        assert_eq!(asks(&knock, &foreign, what, &body).code, 401, "{what}");
    }
    let sure = json!({"values": {"email": "ann@gmial.com"}, "consent": true, "email_is_right": true});
    assert_eq!(asks(&knock, &chat, "form", &sure).code, 200);
}

#[test]
fn an_ended_chat_is_done_until_the_visitor_writes_again() {
    let knock = Knock::start();
    let (site, key) = (knock.site(), knock.admin_key());
    let chat = open_as(&knock, &site, 1);
    chat.write(&knock, 1, "We need a quote for 200 people");
    let before = chat.status(&knock, &key);
    knock.advance(1_000);
    let ended = asks(&knock, &chat, "end", &json!({}));
    assert_eq!((ended.code, &ended.body["is_ended"], &ended.body["is_over"]), (200, &json!(true), &json!(true)));
    assert_eq!(asks(&knock, &chat, "end", &json!({})).code, 200);
    let record = chat.record(&knock, &key);
    assert_eq!((&record["conversation"]["folder"], record["acts"].as_array().map(Vec::len)), (&json!("done"), Some(1)));
    assert_eq!(record["work"][0]["by"], "the visitor");
    let lead = record["conversation"]["lead"].as_str().expect("an id");
    let timeline = knock.get(&format!("/api/v1/timeline?contact={lead}"), &key).body.to_string();
    assert!(timeline.contains("\"by\":\"the visitor\""), "{timeline}");
    assert_eq!(chat.status(&knock, &key), before, "the end is no status");
    knock.advance(1_000);
    chat.write(&knock, 2, "One more thing");
    let state = state(&knock, &chat);
    assert_eq!((&state["is_ended"], &state["is_over"]), (&json!(false), &json!(false)));
    assert_eq!(chat.record(&knock, &key)["conversation"]["folder"], "open");
    knock.advance(1_000);
    assert_eq!(chat.act(&knock, &key, &json!("done")), 204);
    let state = self::state(&knock, &chat);
    assert_eq!((&state["is_ended"], &state["is_over"]), (&json!(false), &json!(true)), "done by a member");
}

#[test]
fn a_rating_names_the_member_who_answered_and_can_be_changed_for_a_day() {
    let knock = Knock::start();
    let site = knock.site();
    let chat = open_as(&knock, &site, 1);
    assert_eq!(asks(&knock, &chat, "rating", &json!({"rating": 5})).code, 409, "nothing is written");
    chat.write(&knock, 1, "We need a quote");
    assert_eq!(chat.rep_writes(&knock, 2, "Hello, here it is"), 201);
    for (body, pointer) in [
        (json!({"rating": 0}), "/rating"),
        (json!({"rating": 6}), "/rating"),
        (json!({"rating": 5, "comment": "x".repeat(1_001)}), "/comment"),
    ] {
        let reply = asks(&knock, &chat, "rating", &body);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!(pointer)));
    }
    let rated = asks(&knock, &chat, "rating", &json!({"rating": 4, "comment": "Quick <b>and</b> clear"}));
    assert_eq!((rated.code, &rated.body["rating"]), (200, &json!(4)));
    knock.advance(1_000);
    assert_eq!(asks(&knock, &chat, "rating", &json!({"rating": 5})).code, 200, "changed");
    knock.advance(DAY);
    let late = asks(&knock, &chat, "rating", &json!({"rating": 1}));
    assert_eq!((late.code, &late.body["errors"][0]["pointer"]), (409, &json!("/rating")));
    let acts = acts(&knock, &chat);
    let shown: Vec<_> = acts.iter().map(|act| (act["rating"].as_u64(), act["rep"].as_str())).collect();
    assert_eq!(shown, [(Some(4), Some("admin@localhost")), (Some(5), Some("admin@localhost"))]);
    assert_eq!(acts[0]["comment"], "Quick <b>and</b> clear");
}

#[test]
fn a_browser_lists_and_opens_the_chats_of_its_secret_only() {
    let knock = Knock::start();
    let site = knock.site();
    dress(&knock, &json!({"history": true}));
    let ann = Site::new(&site).visitor(1);
    let opens = |more: Value| ann.opens_chat_with(&knock, &more);
    let first = opens(json!({"secret": SECRET}));
    first.write(&knock, 1, "The first chat");
    knock.advance(1_000);
    let second = opens(json!({"secret": SECRET, "conversation": "new"}));
    assert_ne!(first.id, second.id);
    second.write(&knock, 2, "The second chat");
    let visitor = id(1_700_000_000_000, 1);
    let list = |secret: &str| {
        let ask = json!({"site": site, "visitor": visitor, "secret": secret});
        let reply = knock.post("/v1/chat/list", &ask);
        assert_eq!(reply.code, 200, "{}", reply.body);
        let chats = reply.body["chats"].as_array().expect("a list").clone();
        chats.iter().map(|chat| chat["first"].as_str().expect("a text").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(list(SECRET), ["The second chat", "The first chat"]);
    assert_eq!(list(&"f".repeat(32)), [] as [String; 0], "ids of visitors are not secret");
    assert_eq!(opens(json!({"secret": SECRET})).id, second.id, "the last opened");
    let again = opens(json!({"secret": SECRET, "conversation": first.id}));
    assert_eq!((&again.id, again.messages(&knock, 0)[1]["text"].as_str()), (&first.id, Some("The first chat")));
    let foreign = opens(json!({"secret": "f".repeat(32), "conversation": first.id}));
    assert!(![&first.id, &second.id].contains(&&foreign.id), "another secret opens none of them");
    dress(&knock, &json!({}));
    assert_eq!(list(SECRET), [] as [String; 0], "the site shows no earlier chats");
}

#[test]
fn a_transcript_goes_to_the_address_of_the_chat_once_in_ten_minutes() {
    let server = MailServer::start();
    let knock = start(&server);
    dress(&knock, &json!({"transcript": true}));
    let chat = open_as(&knock, &knock.site(), 1);
    let mails = |body: Value| asks(&knock, &chat, "transcript", &body);
    assert_eq!(mails(json!({"email": "ann@first.example"})).code, 409, "nothing is written");
    chat.write(&knock, 1, "Where is my order?");
    let without = mails(json!({}));
    assert_eq!((without.code, &without.body["errors"][0]["pointer"]), (409, &json!("/email")));
    assert_eq!(mails(json!({"email": "ann"})).code, 422);
    let sent = mails(json!({"email": "ann@first.example"}));
    assert_eq!((sent.code, &sent.body["to"]), (202, &json!("ann@first.example")), "{}", sent.body);
    assert_eq!(mails(json!({})).code, 429);
    let mail = &server.until_to("ann@first.example", 1)[0];
    let text = mail.part("text/plain");
    assert!(text.contains("You asked for your conversation") && text.contains("Where is my order?"), "{text}");
    advance(&knock, 600_000);
    assert_eq!(mails(json!({})).code, 202, "the address is theirs by now");
    assert_eq!(acts(&knock, &chat).last().expect("one")["to"], "ann@first.example");
}

#[test]
fn without_a_mail_server_no_transcript_is_mailed() {
    let knock = Knock::start();
    dress(&knock, &json!({"transcript": true}));
    let chat = open_as(&knock, &knock.site(), 1);
    chat.write(&knock, 1, "Where is my order?");
    let refused = asks(&knock, &chat, "transcript", &json!({"email": "ann@first.example"}));
    assert_eq!((refused.code, refused.body["type"].as_str().is_some()), (409, true), "{}", refused.body);
}
