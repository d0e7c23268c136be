//! Filters and orders of the inbox, its follow-ups, and who is on the site now.

use crate::chat::{Chat, open_as, rep_writes};
use crate::members::Browser;
use crate::support::{Knock, signal};
use knock_model::Role;
use knock_testing::Site;
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

struct Inbox {
    knock: Knock,
    admin: Browser,
}

impl Inbox {
    fn start() -> Inbox {
        let knock = Knock::start();
        let admin = Browser::admin(&knock);
        Inbox { knock, admin }
    }

    fn writes(&self, visitor: u64, text: &str) -> Chat {
        let chat = open_as(&self.knock, &self.knock.site(), visitor);
        assert_eq!(chat.write(&self.knock, visitor, text).code, 201);
        chat
    }

    /// A visitor sees a page now; returns its id. The number is of no other signal of theirs.
    fn sees(&self, visitor: u64, n: u64) -> Value {
        self.sends(visitor, signal(self.knock.now(), n, "page_view", "/pricing"))
    }

    /// A visitor leaves the page of a page view now.
    fn leaves(&self, visitor: u64, n: u64, view: &Value) {
        let mut signal = signal(self.knock.now(), n, "engagement", "/pricing");
        (signal["view"], signal["props"]) = (view.clone(), json!({"ms": 1_000}));
        self.sends(visitor, signal);
    }

    fn sends(&self, visitor: u64, signal: Value) -> Value {
        let id = signal["id"].clone();
        let reply = Site::new(&self.knock.site()).visitor(visitor).sends(&self.knock, &[signal]);
        assert_eq!((reply.code, &reply.body["accepted"]), (202, &json!(1)), "{}", reply.body);
        id
    }

    fn page(&self, query: &str) -> Value {
        let reply = self.admin.get(&self.knock, &format!("/api/v1/conversations?{query}"));
        assert_eq!(reply.code, 200, "{query}: {}", reply.body);
        reply.body
    }

    fn ids(&self, query: &str) -> Vec<String> {
        let page = self.page(query);
        let rows = page["conversations"].as_array().expect("a list");
        rows.iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect()
    }

    fn until(&self, chat: &Chat) -> Option<i64> {
        let page = self.page("view=open");
        let rows = page["conversations"].as_array().expect("a list");
        let row = rows.iter().find(|row| row["id"] == chat.id.as_str()).expect("its line");
        row["on_site_until"].as_i64()
    }
}

#[test]
fn a_lead_who_left_a_reply_unanswered_for_12_hours_is_to_follow_up_until_they_write() {
    let inbox = Inbox::start();
    let chat = inbox.writes(1, "We need a quote for 200 people");
    inbox.writes(2, "We need a quote as well");
    assert_eq!(rep_writes(&inbox.knock, &chat, 3, "Here it is"), 201);
    inbox.knock.advance(12 * HOUR - MINUTE);
    assert_eq!(inbox.ids("view=follow_up"), [""; 0]);
    inbox.knock.advance(2 * MINUTE);
    assert_eq!(inbox.ids("view=follow_up"), std::slice::from_ref(&chat.id));
    assert_eq!(inbox.page("view=open")["counts"]["follow_up"], 1);
    assert_eq!(chat.write(&inbox.knock, 4, "Thank you, we will look at it").code, 201);
    let page = inbox.page("view=follow_up");
    assert_eq!((&page["conversations"], &page["counts"]["follow_up"]), (&json!([]), &json!(0)));
}

#[test]
fn each_filter_leaves_the_chats_that_fit_it_in_its_view() {
    let inbox = Inbox::start();
    let buyer = inbox.writes(1, "We are 200 people and need a quote");
    let job = inbox.writes(2, "I'm looking for a job, are you hiring? I want to apply with my CV");
    let german = Site::new(&inbox.knock.site()).visitor(3).opens_chat_in(&inbox.knock, "de");
    inbox.knock.advance(MINUTE);
    assert_eq!(rep_writes(&inbox.knock, &buyer, 4, "Here it is"), 201);
    let bo = Browser::member(&inbox.knock, &inbox.admin, "bo@us.example", Role::Rep);
    let team = bo.get(&inbox.knock, "/api/v1/assignees").body;
    let of = |email: &str| {
        let all = team["assignees"].as_array().expect("a list");
        all.iter().find(|member| member["email"] == email).expect("a member")["id"].as_str().expect("an id").to_owned()
    };
    let all = inbox.page("view=open");
    let row = |chat: &Chat| {
        let rows = all["conversations"].as_array().expect("a list");
        rows.iter().find(|row| row["id"] == chat.id.as_str()).expect("its line").clone()
    };
    assert_eq!(row(&buyer)["intent"]["type"], "Buying");
    let site = inbox.knock.site();
    let owner = |chat: &Chat| row(chat)["state"]["rep_owner"].as_str().unwrap_or_default().to_owned();
    let owned_by = |owners: &dyn Fn(&str) -> bool| -> Vec<String> {
        let chats = [&buyer, &job, &german].into_iter().filter(|chat| owners(&owner(chat)));
        chats.map(|chat| chat.id.clone()).collect()
    };
    let sorted = |mut ids: Vec<String>| {
        ids.sort();
        ids
    };
    let everything = sorted(inbox.ids("view=open"));
    for (query, expected) in [
        ("owner=me".to_owned(), owned_by(&|owner| owner == "admin@localhost")),
        (format!("owner={}", of("admin@localhost")), owned_by(&|owner| owner == "admin@localhost")),
        (format!("owner={}", of("bo@us.example")), Vec::new()),
        ("owner=ai_agent".to_owned(), owned_by(&|owner| owner == "AI Agent")),
        ("owner=unassigned".to_owned(), owned_by(&str::is_empty)),
        ("status=Rep%20Discovery".to_owned(), vec![buyer.id.clone()]),
        ("status=New".to_owned(), vec![german.id.clone()]),
        ("status=New,Rep%20Discovery".to_owned(), vec![german.id.clone(), buyer.id.clone()]),
        ("type=Buying".to_owned(), vec![buyer.id.clone()]),
        (format!("score={}", row(&german)["intent"]["bucket"].as_str().expect("a word")), {
            let bucket = row(&german)["intent"]["bucket"].clone();
            let same = [&buyer, &job, &german].into_iter().filter(|chat| row(chat)["intent"]["bucket"] == bucket);
            same.map(|chat| chat.id.clone()).collect()
        }),
        (format!("site={site}"), everything.clone()),
        ("language=de".to_owned(), vec![german.id.clone()]),
        ("language=en&type=Buying".to_owned(), vec![buyer.id.clone()]),
        ("waiting=true&type=Buying".to_owned(), Vec::new()),
        ("waiting=false&type=Buying".to_owned(), vec![buyer.id.clone()]),
        ("on_site=true".to_owned(), Vec::new()),
    ] {
        assert_eq!(sorted(inbox.ids(&format!("view=open&{query}"))), sorted(expected), "{query}");
    }
    assert_eq!(inbox.ids("view=spam&language=de"), [""; 0]);
}

#[test]
fn an_order_is_chosen_and_paged() {
    let inbox = Inbox::start();
    let chats: Vec<Chat> = (1..=3)
        .map(|visitor| {
            let chat = inbox.writes(visitor, "Need a quote");
            // Less than what the agent waits for an answer.
            inbox.knock.advance(10_000);
            chat
        })
        .collect();
    let order = |places: [usize; 3]| places.map(|place| chats[place].id.clone()).to_vec();
    assert_eq!(inbox.ids("view=open&order=waiting"), order([0, 1, 2]));
    assert_eq!(inbox.ids("view=open&order=active"), order([2, 1, 0]));
    assert_eq!(inbox.ids("view=open&order=urgent"), inbox.ids("view=open"));
    let first = inbox.page("view=open&order=active&limit=2");
    let next = first["next"].as_str().expect("a second page");
    assert_eq!(inbox.ids(&format!("view=open&order=active&limit=2&after={next}")), order([2, 1, 0])[2..]);
}

#[test]
fn a_lead_with_an_open_page_is_on_the_site_until_they_leave_it_or_half_an_hour_is_over() {
    let inbox = Inbox::start();
    let (chat, other) = (inbox.writes(1, "We need a quote"), inbox.writes(2, "We need a quote"));
    assert_eq!(inbox.until(&chat), None);
    let viewed_at = inbox.knock.now();
    let view = inbox.sees(1, 10);
    let until = inbox.until(&chat).expect("they are on the site");
    assert!((until - viewed_at - 30 * MINUTE).abs() < MINUTE, "{until} after {viewed_at}");
    assert_eq!(inbox.until(&other), None);
    assert_eq!(inbox.ids("view=open&on_site=true"), std::slice::from_ref(&chat.id));
    inbox.knock.advance(MINUTE);
    inbox.leaves(1, 11, &view);
    assert_eq!((inbox.until(&chat), inbox.ids("view=open&on_site=true")), (None, Vec::new()));
    inbox.knock.advance(MINUTE);
    inbox.sees(1, 12);
    assert!(inbox.until(&chat).is_some());
    inbox.knock.advance(31 * MINUTE);
    assert_eq!((inbox.until(&chat), inbox.ids("view=open&on_site=true")), (None, Vec::new()));
}

#[test]
fn a_wrong_filter_names_its_parameter() {
    let inbox = Inbox::start();
    for (query, pointer) in [
        ("view=open&owner=ann", "query/owner"),
        ("view=open&status=Lost", "query/status"),
        ("view=open&status=New,", "query/status"),
        ("view=open&type=buying", "query/type"),
        ("view=open&score=high", "query/score"),
        ("view=open&site=none", "query/site"),
        ("view=open&language=pt", "query/language"),
        ("view=open&waiting=1", "query/waiting"),
        ("view=open&on_site=yes", "query/on_site"),
        ("view=open&order=name", "query/order"),
        ("owner=me", "query/owner"),
        ("status=New", "query/status"),
        ("type=Buying", "query/type"),
        ("score=High", "query/score"),
        ("site=x", "query/site"),
        ("language=en", "query/language"),
        ("waiting=true", "query/waiting"),
        ("on_site=true", "query/on_site"),
        ("order=active", "query/order"),
    ] {
        let reply = inbox.admin.get(&inbox.knock, &format!("/api/v1/conversations?{query}"));
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (400, &json!(pointer)), "{query}");
    }
    // An API key belongs to no member.
    let key = inbox.knock.admin_key();
    let reply = inbox.knock.get("/api/v1/conversations?view=open&owner=me", &key);
    assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (400, &json!("query/owner")));
}
