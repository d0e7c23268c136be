//! Booking cards in chats: sent by the agent and by reps, opened, used for a booking, and erased with their lead.

use crate::chat::open_as;
use crate::meetings::{Office, TUESDAY_TEN};
use crate::support::{Reply, batch, id, signal};
use knock_testing::{Chat, JSON, ORIGIN, visitor_id};
use serde_json::{Value, json};

const QUOTE: &str = "We are 200 people and need a quote";
const GRACE: &str = "grace@navy.example";

/// The chat of a visitor with page views of the prices.
fn buyer(office: &Office, visitor: u64) -> Chat {
    let now = office.knock.now();
    let viewed = (0..3).map(|n| signal(now - 1_000 + n, visitor * 100 + n.unsigned_abs(), "page_view", "/pricing"));
    let sent = batch(&office.knock.site(), visitor, now, &viewed.collect::<Vec<_>>());
    assert_eq!(office.knock.post_signals(&sent).code, 202);
    open_as(&office.knock, &office.knock.site(), visitor)
}

/// Sends a message; the replies of the agent.
fn answers(office: &Office, chat: &Chat, n: u64, text: &str) -> Vec<Value> {
    let before = chat.messages(&office.knock, 0).len() as u64;
    assert_eq!(chat.write(&office.knock, n, text).code, 201, "{text}");
    chat.messages(&office.knock, before + 1)
}

fn cards(messages: &[Value]) -> usize {
    messages.iter().filter(|message| !message["card"].is_null()).count()
}

/// The last card of a chat, as the lead sees it.
fn card(office: &Office, chat: &Chat) -> Value {
    let all = chat.messages(&office.knock, 0);
    all.iter().rev().find(|message| !message["card"].is_null()).expect("a card")["card"].clone()
}

/// Sends a message of the admin.
fn rep_sends(office: &Office, chat: &Chat, body: &Value) -> Reply {
    office.admin.ask(&office.knock, "POST", &format!("/api/v1/conversations/{}/messages", chat.id), body)
}

/// Sends a request of the visitor of a chat, with its token.
pub(crate) fn in_chat(office: &Office, chat: &Chat, visitor: u64, path: &str, more: &Value) -> Reply {
    let own = visitor_id(visitor);
    let mut body = json!({"site": office.knock.site(), "visitor": own, "session": own, "conversation": chat.id});
    body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    let headers = [JSON, ("authorization", chat.token()), ("origin", ORIGIN)];
    office.knock.send("POST", path, &headers, Some(body.to_string().as_bytes()))
}

fn booking() -> Value {
    json!({"email": GRACE, "name": "Grace Hopper", "start": TUESDAY_TEN, "tz": "Europe/Berlin"})
}

#[test]
fn the_agent_offers_a_meeting_to_a_buyer_with_a_high_score_once_and_again_when_asked() {
    let office = Office::open();
    let chat = buyer(&office, 1);
    let said = answers(&office, &chat, 1, QUOTE);
    assert_eq!((cards(&said), said.len()), (1, 2), "{said:?}");
    let offer = said.last().expect("an answer");
    assert_eq!((&offer["author"], &offer["card"]), (&json!("ai_agent"), &json!({"kind": "meeting"})));
    assert!(offer["text"].as_str().is_some_and(|text| text.contains("meeting")), "a text for other clients: {offer}");
    let record = chat.record(&office.knock, &office.key);
    assert_eq!(record["conversation"]["intent"]["bucket"], "High");
    assert_eq!(record["messages"].as_array().and_then(|all| all.last()), Some(offer));
    let found = office.knock.get("/api/v1/conversations?view=open&q=time%20for%20a%20meeting", &office.key).body;
    assert_eq!(found["conversations"].as_array().map(Vec::len), Some(1), "it is found by its text");

    assert_eq!(cards(&answers(&office, &chat, 2, "We use spreadsheets today")), 0, "once");
    assert_eq!(cards(&answers(&office, &chat, 3, "Can we book a demo for next week?")), 1, "again when asked");
    let state = chat.record(&office.knock, &office.key)["conversation"]["state"].clone();
    assert_eq!((&state["status"], &state["responding_rep"]), (&json!("AI Discovery"), &Value::Null));
    office.knock.advance(200_000);
    assert_eq!(chat.status(&office.knock, &office.key), "Rep Reply Needed", "an offer is no answer of a human");
    assert_eq!(chat.rep_writes(&office.knock, 4, "Hello!"), 201);
    assert_eq!(cards(&answers(&office, &chat, 5, "Can we book a demo?")), 0, "a rep answers");
}

#[test]
fn who_is_not_ready_to_buy_is_offered_a_meeting_when_they_ask_for_one() {
    let office = Office::open();
    let site = office.knock.site();
    let medium = open_as(&office.knock, &site, 1);
    assert_eq!(cards(&answers(&office, &medium, 1, QUOTE)), 0, "Medium");
    let broken = buyer(&office, 2);
    answers(&office, &broken, 2, "My login is broken and the password reset mail never arrives");
    assert_eq!(cards(&broken.messages(&office.knock, 0)), 0, "Support");
    let stranger = open_as(&office.knock, &site, 3);
    let said = answers(&office, &stranger, 3, "Können wir einen Termin vereinbaren?");
    assert_eq!(cards(&said), 1);
    assert!(said.iter().all(|message| message["choices"].is_null()), "and is not asked what it is about: {said:?}");
    assert!(said.last().is_some_and(|offer| offer["text"].as_str().is_some_and(|text| text.contains("Termin"))));
}

#[test]
fn nothing_is_offered_where_there_is_no_time_for_it() {
    let office = Office::open();
    let asks = |visitor: u64| {
        let chat = buyer(&office, visitor);
        cards(&answers(&office, &chat, visitor * 10, QUOTE))
            + cards(&answers(&office, &chat, visitor * 10 + 1, "a demo please"))
    };
    assert_eq!(asks(1), 2);
    let disqualify = json!({"name": "Meetings", "funnel": "meeting", "segments": [], "fallback": {"disqualify": true}});
    office.rule(&disqualify);
    assert_eq!(asks(2), 0, "the rules offer no one");
    let member = office.admin.id_of(&office.knock, "admin@localhost");
    office.offers("single", &[member]);
    assert_eq!(asks(3), 2);
    let reply = office.admin.ask(&office.knock, "PUT", "/api/v1/availability", &json!({}));
    assert_eq!(reply.code, 200, "{}", reply.body);
    assert_eq!(asks(4), 0, "no rep has hours");
}

#[test]
fn an_address_that_the_rules_refuse_is_offered_nothing() {
    let office = Office::open();
    let member = office.admin.id_of(&office.knock, "admin@localhost");
    office.rule(&json!({"name": "Meetings", "funnel": "meeting", "segments": [], "reject_private_email": true,
        "fallback": {"assign": {"calendar": "single", "reps": [member]}}}));
    let chat = buyer(&office, 1);
    let said = answers(&office, &chat, 1, "We need a quote for 200 people, write to grace.hopper@gmail.com");
    assert_eq!(cards(&said), 0, "{said:?}");
    let other = buyer(&office, 2);
    assert_eq!(cards(&answers(&office, &other, 2, &format!("We need a quote for 200 people, write to {GRACE}"))), 1);
}

#[test]
fn a_rep_sends_a_card_with_a_text_or_without_one() {
    let office = Office::open();
    let chat = open_as(&office.knock, &office.knock.site(), 1);
    answers(&office, &chat, 1, "Guten Tag, wir brauchen ein Angebot für 20 Personen");
    let now = office.knock.now();
    let sent = rep_sends(&office, &chat, &json!({"id": id(now, 2), "card": "meeting"}));
    assert_eq!(sent.code, 201, "{}", sent.body);
    let again = rep_sends(&office, &chat, &json!({"id": id(now, 2), "card": "meeting"}));
    assert_eq!((again.code, &again.body["seq"]), (200, &sent.body["seq"]));
    let with_text = json!({"id": id(now, 3), "text": "Passt Ihnen Dienstag?", "card": "meeting"});
    assert_eq!(rep_sends(&office, &chat, &with_text).code, 201);
    let all = chat.messages(&office.knock, 0);
    let [plain, own] = &all[all.len() - 2..] else { panic!("{all:?}") };
    assert_eq!((&plain["author"], &plain["card"]["kind"]), (&json!("rep"), &json!("meeting")));
    assert!(
        plain["text"].as_str().is_some_and(|text| text.starts_with("Termin buchen")),
        "as the lead writes: {plain}"
    );
    assert_eq!((&own["text"], &own["card"]["kind"]), (&json!("Passt Ihnen Dienstag?"), &json!("meeting")));
    assert_eq!(chat.status(&office.knock, &office.key), "Rep Discovery", "a rep's card is an answer");

    for (body, code, pointer) in [
        (json!({"id": id(now, 4), "card": "moon"}), 400, "/card"),
        (json!({"id": id(now, 4), "text": " "}), 422, "/text"),
        (json!({"id": "x", "card": "meeting"}), 422, "/id"),
        (json!({"id": id(now, 4), "card": "meeting", "calendar": "yours"}), 400, "/calendar"),
        (json!({"id": id(now, 4), "text": "x", "calendar": "mine"}), 422, "/calendar"),
    ] {
        let reply = rep_sends(&office, &chat, &body);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (code, &json!(pointer)), "{}", reply.body);
    }
    let by_lead = chat.post(&office.knock, &json!({"id": id(now, 5), "text": "x", "card": "meeting"}).to_string());
    assert_eq!((by_lead.code, &by_lead.body["errors"][0]["pointer"]), (400, &json!("/card")), "{}", by_lead.body);
    office.rule(&json!({"name": "Meetings", "funnel": "meeting", "segments": [], "fallback": {"disqualify": true}}));
    let none = rep_sends(&office, &chat, &json!({"id": id(now, 6), "card": "meeting", "calendar": "rule"}));
    assert_eq!((none.code, &none.body["errors"][0]["pointer"]), (422, &json!("/card")), "{}", none.body);
    let mine = json!({"id": id(now, 6), "card": "meeting"});
    assert_eq!(rep_sends(&office, &chat, &mine).code, 201, "the rules do not decide about an own calendar");
    assert_eq!(card(&office, &chat)["own"], true, "which is offered where nothing else is said");
    assert_eq!(office.admin.ask(&office.knock, "PUT", "/api/v1/availability", &json!({})).code, 200);
    let none = rep_sends(&office, &chat, &json!({"id": id(now, 7), "card": "meeting"}));
    assert_eq!((none.code, &none.body["errors"][0]["pointer"]), (422, &json!("/card")), "{}", none.body);
    assert!(none.body["errors"][0]["reason"].as_str().is_some_and(|why| why.contains("your own calendar")));
}

#[test]
fn a_card_leads_to_a_meeting_and_says_what_became_of_it() {
    let office = Office::open();
    let chat = buyer(&office, 1);
    let said = answers(&office, &chat, 1, &format!("We need a quote for 200 people, write to {GRACE}"));
    assert_eq!(cards(&said), 1);
    assert_eq!(office.contact(GRACE)["meetings"], Value::Null, "an offer is no click");

    let opened = in_chat(&office, &chat, 1, "/v1/meetings/open", &json!({}));
    assert_eq!((opened.code, &opened.body["email"]), (201, &json!(GRACE)), "{}", opened.body);
    let flow = office.contact(GRACE)["meetings"].clone();
    assert_eq!((&flow["status"], &flow["history"][0]["cause"]), (&json!("New"), &json!("link_clicked")), "{flow}");

    let offered = office.knock.now();
    office.knock.advance(60_000);
    let booked = in_chat(&office, &chat, 1, "/v1/meetings", &booking());
    assert_eq!(booked.code, 201, "{}", booked.body);
    let start = json!(1_780_387_200_000_i64);
    let mut meeting = card(&office, &chat)["meeting"].clone();
    let manage = meeting.as_object_mut().expect("an object").remove("manage");
    assert_eq!(manage.as_ref(), Some(&booked.body["manage"]), "the lead alone has the way to move it");
    assert_eq!((&meeting["start_at"], &meeting["state"]), (&start, &json!("booked")), "{meeting}");
    assert_eq!(meeting["id"], booked.body["meeting"]);
    let of_record = |at: Option<i64>| {
        let at = at.map_or_else(String::new, |at| format!("?at={at}"));
        let path = format!("/api/v1/conversations/{}{at}", chat.id);
        let record = office.knock.get(&path, &office.key).body;
        let messages = record["messages"].as_array().expect("a list").clone();
        messages.iter().find(|message| !message["card"].is_null()).expect("a card")["card"].clone()
    };
    assert_eq!(of_record(None)["meeting"], meeting, "the team sees the same");
    assert_eq!(office.contact(GRACE)["meetings"]["status"], "Meeting Booked");
    assert_eq!(cards(&answers(&office, &chat, 2, "Can we book a demo?")), 0, "they have one");

    let token = booked.text("token");
    let was_booked = office.knock.now();
    office.knock.advance(60_000);
    let moved = office.post(&format!("/v1/bookings/{token}/reschedule"), &json!({"start": "2026-06-03T12:00:00Z"}));
    assert_eq!(moved.code, 200, "{}", moved.body);
    assert_eq!(card(&office, &chat)["meeting"]["start_at"], json!(1_780_488_000_000_i64));
    assert_eq!(office.post(&format!("/v1/bookings/{token}/cancel"), &json!({})).code, 200);
    assert_eq!(card(&office, &chat)["meeting"]["state"], "cancelled");
    assert_eq!(of_record(Some(was_booked))["meeting"], meeting, "as it was then");
    assert_eq!(of_record(Some(offered))["meeting"], Value::Null);

    office.knock.advance(60_000);
    assert_eq!(cards(&answers(&office, &chat, 3, "Can we book a demo then?")), 1);
    assert_eq!(card(&office, &chat), json!({"kind": "meeting"}), "another card stands for what comes after it");
    assert_eq!(of_record(None)["meeting"]["state"], "cancelled");
}

#[test]
fn the_chat_of_a_link_leads_to_a_meeting_by_the_meeting_rules() {
    let office = Office::open();
    let own = visitor_id(1);
    let opened = office.post("/v1/chat", &json!({"link": "chat", "visitor": own, "session": own}));
    assert_eq!(opened.code, 201, "{}", opened.body);
    let chat = Chat::new(&opened);
    assert_eq!(cards(&answers(&office, &chat, 1, "I would like a demo")), 1);
    let more = json!({"link": "chat", "visitor": own, "session": own, "conversation": chat.id});
    let headers = [JSON, ("authorization", chat.token()), ("origin", ORIGIN)];
    let send = |path: &str, body: &Value| office.knock.send("POST", path, &headers, Some(body.to_string().as_bytes()));
    assert_eq!(send("/v1/meetings/open", &more).code, 201);
    let mut book = more;
    book.as_object_mut().expect("an object").extend(booking().as_object().expect("an object").clone());
    assert_eq!(send("/v1/meetings", &book).code, 201);
    assert_eq!(card(&office, &chat)["meeting"]["state"], "booked");
}

#[test]
fn a_card_is_delivered_exported_and_erased() {
    let office = Office::open();
    let made = office.admin.ask(
        &office.knock,
        "POST",
        "/api/v1/webhooks",
        &json!({"url": "https://example.com/hook", "events": ["message.created"]}),
    );
    assert_eq!(made.code, 201, "{}", made.body);
    let chat = buyer(&office, 1);
    answers(&office, &chat, 1, &format!("We need a quote for 200 people, write to {GRACE}"));
    assert_eq!(in_chat(&office, &chat, 1, "/v1/meetings", &booking()).code, 201);
    let path = format!("/api/v1/webhooks/{}/deliveries?limit=200", made.text("id"));
    let page = office.knock.get(&path, &office.key).body;
    let of_card = page["deliveries"].as_array().expect("a list").iter().find(|one| !one["data"]["card"].is_null());
    assert_eq!(of_card.map(|one| &one["data"]["card"]), Some(&json!("meeting")), "{page}");

    let ask = |what: &str| {
        office.knock.ask("POST", &format!("/api/v1/persons/{what}"), &office.key, &json!({"email": GRACE}))
    };
    let exported = ask("export").body;
    let messages = exported["conversations"][0]["messages"].as_array().expect("a list");
    let cards: Vec<&Value> = messages.iter().map(|message| &message["card"]).filter(|card| !card.is_null()).collect();
    assert_eq!((cards.len(), &cards[0]["meeting"]["state"]), (1, &json!("booked")), "{exported}");
    assert_eq!(ask("erase").code, 200);
    assert_eq!(office.knock.get(&format!("/api/v1/conversations/{}", chat.id), &office.key).code, 404);
    assert_eq!(office.meetings().len(), 0);
}

#[test]
fn a_preview_offers_a_meeting_where_there_are_times() {
    let office = Office::open();
    let ask = json!({"site": office.knock.site(), "language": "en", "messages": ["I would like a demo"]});
    let said = || {
        let reply = office.admin.ask(&office.knock, "POST", "/api/v1/playbooks/preview", &ask);
        assert_eq!(reply.code, 200, "{}", reply.body);
        reply.body["messages"].as_array().and_then(|all| all.last()).expect("a message")["text"].to_string()
    };
    assert!(said().contains("meeting"), "{}", said());
    office.rule(&json!({"name": "Meetings", "funnel": "meeting", "segments": [], "fallback": {"disqualify": true}}));
    assert!(!said().contains("meeting"), "{}", said());
}
