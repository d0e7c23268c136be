//! The booking card of a rep's own calendar books that rep and no one else, whatever the rules say.

use super::{Office, TUESDAY_TEN};
use crate::cards::in_chat;
use crate::chat::open_as;
use crate::mail;
use crate::members::Browser;
use crate::support::{Knock, ORIGIN, Reply, id};
use knock_model::Role;
use knock_testing::{Chat, MailServer, visitor_id};
use serde_json::{Value, json};

const PRIVATE: &str = "grace@gmail.com";
const WORK: &str = "grace@navy.example";
const VISITOR: u64 = 1;

/// Tom and Lena take turns by the rule, which refuses private addresses; Lena answers a chat.
struct Scene {
    office: Office,
    lena: Browser,
    chat: Chat,
    rule: Value,
}

impl Scene {
    fn open(knock: Knock) -> Scene {
        let office = Office::of(knock);
        let tom = office.rep("tom");
        let lena = Browser::member(&office.knock, &office.admin, "lena@us.example", Role::Rep);
        office.works(&lena);
        let pool = [tom, office.admin.id_of(&office.knock, "lena@us.example")];
        let fallback = json!({"assign": {"calendar": "round_robin", "reps": pool}});
        let rule = json!({"name": "Meetings", "funnel": "meeting", "reject_private_email": true, "segments": [],
            "fallback": fallback});
        office.rule(&rule);
        let chat = open_as(&office.knock, &office.knock.site(), VISITOR);
        assert_eq!(chat.write(&office.knock, 1, "Guten Tag, haben Sie auch blaue?").code, 201);
        Scene { office, lena, chat, rule }
    }

    /// Kills the server like a power cut, and starts it again.
    fn restarted(self) -> Scene {
        let Scene { office: Office { knock, key, admin }, lena, chat, rule } = self;
        Scene { office: Office { knock: knock.kill_and_restart(), key, admin }, lena, chat, rule }
    }

    /// Lena sends a card; the id of its message.
    fn sends(&self, n: u64, calendar: &str) -> String {
        let card = id(self.office.knock.now(), n);
        let body = json!({"id": card, "card": "meeting", "calendar": calendar});
        let path = format!("/api/v1/conversations/{}/messages", self.chat.id);
        let sent = self.lena.ask(&self.office.knock, "POST", &path, &body);
        assert_eq!(sent.code, 201, "{}", sent.body);
        card
    }

    fn lists(&self, card: &str, email: &str) -> Reply {
        let (site, own) = (self.office.knock.site(), visitor_id(VISITOR));
        let path = format!(
            "/v1/meetings/slots?site={site}&visitor={own}&session={own}&card={card}&email={email}&tz=Europe/Berlin"
        );
        self.office.knock.send("GET", &path, &[("origin", ORIGIN)], None)
    }

    /// The verdict for an address, and with whom its meeting is.
    fn offers(&self, card: &str, email: &str) -> Value {
        let reply = self.lists(card, email);
        assert_eq!(reply.code, 200, "{}", reply.body);
        json!([reply.body["verdict"], reply.body["with"]])
    }

    fn asks(&self, what: &str, card: &str, more: &Value) -> Reply {
        let mut body = json!({"card": card});
        body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        in_chat(&self.office, &self.chat, VISITOR, &format!("/v1/meetings{what}"), &body)
    }

    /// Gives an address, which needs no token of a chat.
    fn gives(&self, card: &str, email: &str) -> Reply {
        let own = visitor_id(VISITOR);
        let body =
            json!({"site": self.office.knock.site(), "visitor": own, "session": own, "card": card, "email": email});
        self.office.knock.post("/v1/meetings/email", &body)
    }

    fn books(&self, card: &str, email: &str) -> Reply {
        self.asks("", card, &slot(email))
    }

    /// The owners of all meetings.
    fn owners(&self) -> Vec<Value> {
        self.office.meetings().iter().map(|meeting| meeting["owner_name"].clone()).collect()
    }

    fn lena_id(&self) -> String {
        self.office.admin.id_of(&self.office.knock, "lena@us.example")
    }
}

fn slot(email: &str) -> Value {
    json!({"email": email, "name": "Grace Hopper", "start": TUESDAY_TEN, "tz": "Europe/Berlin"})
}

#[test]
fn an_own_card_books_its_rep_and_a_card_by_the_rules_whom_they_name() {
    let scene = Scene::open(Knock::start());
    let own = scene.sends(2, "mine");
    let by_rule = scene.sends(3, "rule");
    let cards: Vec<Value> =
        scene.chat.messages(&scene.office.knock, 0).into_iter().map(|one| one["card"].clone()).collect();
    let last = &cards[cards.len() - 2..];
    assert_eq!(last, [json!({"kind": "meeting", "own": true}), json!({"kind": "meeting"})], "the visitor knows");

    assert_eq!(scene.offers(&by_rule, PRIVATE), json!(["unqualified", null]), "as the rule says");
    assert_eq!(scene.offers(&by_rule, WORK), json!(["ok", ["Tom"]]), "whose turn it is");
    assert_eq!(scene.offers(&own, WORK), json!(["ok", ["Lena"]]));
    assert_eq!(scene.offers(&own, PRIVATE), json!(["ok", ["Lena"]]), "she gave her calendar away");
    let said = scene.gives(&own, PRIVATE);
    assert_eq!((said.code, &said.body["verdict"], &said.body["with"]), (200, &json!("ok"), &json!(["Lena"])));
    let booked = scene.books(&own, PRIVATE);
    assert_eq!(booked.code, 201, "{}", booked.body);
    assert_eq!(scene.owners(), ["Lena"]);
    let decisions = scene.office.knock.get("/api/v1/decisions?limit=100", &scene.office.key).body;
    let all = decisions["decisions"].as_array().expect("a list");
    let own = all.iter().find(|row| row["decision"]["reason"] == "own_calendar").expect("the reason is shown");
    assert_eq!(own["decision"]["assignee"], "lena@us.example", "{own}");
    let mut draft = scene.rule.clone();
    (draft["id"], draft["is_default"]) = (json!("default_meeting"), json!(true));
    let ask = json!({"rule": draft, "days": 7});
    let tried = scene.office.admin.ask(&scene.office.knock, "POST", "/api/v1/rules/what-if", &ask).body;
    assert_eq!(
        (&tried["changed"], &tried["after"]),
        (&json!([]), &json!({"lena@us.example": 1})),
        "no rule decided it"
    );
}

#[test]
fn an_own_card_offers_nothing_to_spam_and_no_one_else_for_a_rep_who_is_away() {
    let scene = Scene::open(Knock::start());
    let own = scene.sends(2, "mine");
    assert_eq!(scene.gives(&own, "joe@mailinator.com").body["verdict"], "spam");
    let path = format!("/api/v1/members/{}/availability", scene.lena_id());
    let away = scene.office.admin.ask(&scene.office.knock, "PUT", &path, &json!({"state": "away"}));
    assert_eq!(away.code, 200, "{}", away.body);
    let said = scene.gives(&own, WORK).body;
    assert_eq!((&said["verdict"], &said["reason"]), (&json!("unbookable"), &json!("no_calendar")), "{said}");
    assert_eq!(scene.offers(&own, WORK)[0], "unbookable");
    let booked = scene.books(&own, WORK);
    assert_eq!((booked.code, &booked.body["slots"]), (409, &json!([])), "no time of anybody else is offered");
    assert_eq!(scene.owners(), Vec::<Value>::new());
}

#[test]
fn only_the_id_of_a_message_with_a_card_opens_a_calendar() {
    let scene = Scene::open(Knock::start());
    let now = scene.office.knock.now();
    let plain = json!({"id": id(now, 2), "text": "Hello!"});
    let path = format!("/api/v1/conversations/{}/messages", scene.chat.id);
    assert_eq!(scene.lena.ask(&scene.office.knock, "POST", &path, &plain).code, 201);
    for card in [id(now, 2), id(now, 99), "moon".to_owned()] {
        let codes = [
            scene.lists(&card, WORK).code,
            scene.gives(&card, WORK).code,
            scene.asks("/holds", &card, &slot(WORK)).code,
            scene.books(&card, WORK).code,
        ];
        assert_eq!(codes, [404; 4], "{card}");
    }
    assert_eq!(scene.owners(), Vec::<Value>::new());
}

#[test]
fn a_booking_by_an_own_card_outlives_a_kill_between_hold_and_booking() {
    let scene = Scene::open(Knock::start());
    let own = scene.sends(2, "mine");
    assert_eq!(scene.asks("/holds", &own, &slot(WORK)).code, 201);
    let scene = scene.restarted();
    let booked = scene.books(&own, WORK);
    assert_eq!(booked.code, 201, "{}", booked.body);
    assert_eq!(scene.owners(), ["Lena"]);
}

#[test]
fn a_first_booking_by_an_own_card_is_of_its_rep_after_it_is_confirmed_by_mail() {
    let server = MailServer::start();
    let scene = Scene::open(mail::start(&server));
    let confirms = json!({"confirm_first_bookings": true});
    let saved = scene.office.admin.ask(&scene.office.knock, "PUT", "/api/v1/settings/meetings", &confirms);
    assert_eq!(saved.code, 200, "{}", saved.body);
    let own = scene.sends(2, "mine");
    let asked = scene.books(&own, WORK);
    assert_eq!(asked.code, 202, "{}", asked.body);
    let mails = server.until_to(WORK, 1);
    let text = mails[0].part("text/plain");
    let link = text.split_whitespace().find(|word| word.contains("/m/confirm/")).expect("a link");
    let path = link.strip_prefix(&scene.office.knock.url).expect("a page of ours");
    let scene = scene.restarted();
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let confirmed = scene.office.knock.send("POST", path, &form, Some(b""));
    assert_eq!(confirmed.code, 303, "{}", confirmed.body);
    assert_eq!(scene.owners(), ["Lena"]);
}

#[test]
fn a_meeting_by_an_own_card_goes_to_the_pool_of_the_rule_when_its_rep_leaves() {
    let scene = Scene::open(Knock::start());
    let own = scene.sends(2, "mine");
    assert_eq!(scene.books(&own, WORK).code, 201);
    let path = format!("/api/v1/members/{}", scene.lena_id());
    assert_eq!(scene.office.admin.ask(&scene.office.knock, "DELETE", &path, &Value::Null).code, 204);
    assert_eq!(scene.owners(), ["Tom"]);
    assert_eq!(scene.offers(&own, "bo@globex.example")[0], "unbookable", "the card is still hers alone");
}
