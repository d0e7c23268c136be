//! The views of the inbox over HTTP.

use crate::chat::{Chat, open_as, rep_writes};
use crate::members::Browser;
use crate::support::{Knock, id};
use knock_model::Role;
use knock_testing::Site;
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;
const VIEWS: [&str; 7] = ["mine", "unassigned", "waiting", "open", "closed", "rejected", "spam"];

struct Inbox {
    knock: Knock,
    key: String,
    admin: Browser,
}

impl Inbox {
    fn start() -> Inbox {
        let knock = Knock::start();
        let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
        Inbox { knock, key, admin }
    }

    /// The list as the admin sees it.
    fn view(&self, query: &str) -> Value {
        let reply = self.admin.get(&self.knock, &format!("/api/v1/conversations?view={query}"));
        assert_eq!(reply.code, 200, "{query}: {}", reply.body);
        reply.body
    }

    fn ids(&self, query: &str) -> Vec<String> {
        let page = self.view(query);
        let rows = page["conversations"].as_array().expect("a list");
        rows.iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect()
    }

    /// Opens a chat and sends a message of its lead.
    fn writes(&self, visitor: u64, text: &str) -> Chat {
        let chat = open_as(&self.knock, &self.knock.site(), visitor);
        assert_eq!(chat.write(&self.knock, visitor, text).code, 201);
        chat
    }

    fn counts(&self, expected: [u32; 7]) {
        let counts = self.view("open")["counts"].clone();
        let found = VIEWS.map(|view| counts[view].as_u64().expect("a count"));
        assert_eq!(found, expected.map(u64::from), "{counts}");
        for (view, count) in VIEWS.iter().zip(expected) {
            assert_eq!(self.ids(view).len(), count as usize, "{view}");
        }
    }
}

#[test]
fn a_chat_goes_from_view_to_view_and_is_counted_where_it_is() {
    let inbox = Inbox::start();
    inbox.counts([0; 7]);
    let chat = open_as(&inbox.knock, &inbox.knock.site(), 1);
    inbox.counts([0, 1, 0, 1, 0, 0, 0]);
    assert_eq!(chat.write(&inbox.knock, 1, "We need a quote for 200 people").code, 201);
    // The default rule gives it to the admin, who did not reply yet.
    inbox.counts([1, 0, 1, 1, 0, 0, 0]);
    let row = inbox.view("waiting")["conversations"][0].clone();
    assert_eq!((&row["folder"], &row["state"]["rep_owner"]), (&json!("open"), &json!("admin@localhost")));
    let since = row["waiting_since"].as_i64().expect("an instant");
    assert!((since - inbox.knock.now()).abs() < MINUTE, "{row}");
    assert_eq!(rep_writes(&inbox.knock, &chat, 2, "Hello!"), 201);
    inbox.counts([1, 0, 0, 1, 0, 0, 0]);
    assert_eq!(chat.act(&inbox.knock, &inbox.key, &json!("mark_spam")), 204);
    inbox.counts([0, 0, 0, 0, 0, 0, 1]);
    assert_eq!(chat.act(&inbox.knock, &inbox.key, &json!("unmark_spam")), 204);
    assert_eq!(chat.act(&inbox.knock, &inbox.key, &json!({"reject": ""})), 204);
    inbox.counts([0, 0, 0, 0, 0, 1, 0]);
    assert_eq!(chat.act(&inbox.knock, &inbox.key, &json!("undo_reject")), 204);
    inbox.counts([1, 0, 0, 1, 0, 0, 0]);
    inbox.knock.advance(13 * 24 * 60 * MINUTE);
    inbox.counts([0, 0, 0, 0, 1, 0, 0]);
}

#[test]
fn who_waits_longest_comes_first_page_by_page_and_a_search_stays_in_the_view() {
    let inbox = Inbox::start();
    let chats: Vec<Chat> = (1..=5)
        .map(|visitor| {
            let chat = inbox.writes(visitor, &format!("Need a quote for crate {visitor}"));
            inbox.knock.advance(MINUTE);
            chat
        })
        .collect();
    assert_eq!(rep_writes(&inbox.knock, &chats[1], 9, "Here it is"), 201);
    let order = |places: [usize; 5]| places.map(|place| chats[place].id.clone()).to_vec();
    // The conversation with a reply comes last.
    assert_eq!(inbox.ids("open"), order([0, 2, 3, 4, 1]));
    assert_eq!(inbox.ids("waiting"), order([0, 2, 3, 4, 1])[..4]);
    let (mut paged, mut after) = (Vec::new(), String::new());
    loop {
        let page = inbox.view(&format!("open&limit=2{after}"));
        paged.extend(page["conversations"].as_array().expect("a list").iter().map(|row| row["id"].clone()));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(paged, order([0, 2, 3, 4, 1]));
    assert_eq!(inbox.ids("open&q=CRATE%204"), [chats[3].id.clone()]);
    assert_eq!(inbox.ids("closed&q=crate"), [""; 0]);
}

#[test]
fn a_search_says_where_its_words_are_and_looks_in_all_views_but_spam() {
    let inbox = Inbox::start();
    let chats = [(1, "We need a quote, Coupa and SSO are a must"), (2, "We use Çoupa"), (3, "Coupa spam")]
        .map(|(n, text)| inbox.writes(n, text));
    let path = |chat: &Chat, of: &str| format!("/api/v1/conversations/{}/{of}", chat.id);
    let note = json!({"id": id(inbox.knock.now(), 9), "text": "They want sso by May"});
    assert_eq!(inbox.admin.ask(&inbox.knock, "POST", &path(&chats[1], "notes"), &note).code, 201);
    assert_eq!(chats[2].act(&inbox.knock, &inbox.key, &json!("mark_spam")), 204);
    let found = |query: &str| inbox.admin.get(&inbox.knock, &format!("/api/v1/conversations?q={query}")).body;
    let lines = |query: &str| found(query)["conversations"].as_array().expect("a list").clone();
    let ids = |query: &str| lines(query).iter().map(|line| line["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids("COUPA"), [json!(chats[0].id), json!(chats[1].id)]);
    assert_eq!(ids("sso%20coupa"), [json!(chats[0].id), json!(chats[1].id)]);
    assert_eq!(ids("%22coupa%20sso%22"), [Value::Null; 0]);
    assert_eq!(ids("coupa&spam=true"), [json!(chats[2].id)]);
    assert_eq!(inbox.ids("waiting&q=sso%20may"), [chats[1].id.clone()]);
    let hits = lines("may%20coupa")[0]["hits"].clone();
    let said: Vec<_> = hits.as_array().expect("hits").iter().map(|hit| (&hit["found_in"], &hit["text"])).collect();
    let piece = |text: &str, is_hit: bool| match is_hit {
        true => json!({"text": text, "is_hit": true}),
        false => json!({"text": text}),
    };
    let note = json!([piece("They want sso by ", false), piece("May", true)]);
    let message = json!([piece("We use ", false), piece("Çoupa", true)]);
    assert_eq!(said, [(&json!("note"), &note), (&json!("message"), &message)]);
    assert_eq!(hits[1]["conversation"], json!(chats[1].id));
    assert_eq!((&hits[1]["author"], &hits[1]["seq"]), (&json!("lead"), &json!(2)));
    assert!(inbox.view("open")["conversations"][0].get("hits").is_none(), "without a search there are none");
}

#[test]
fn a_rep_sees_all_views_and_others_their_own() {
    let inbox = Inbox::start();
    inbox.writes(1, "We need a quote");
    let rep = Browser::member(&inbox.knock, &inbox.admin, "bo@us.example", Role::Rep);
    for (view, count) in VIEWS.iter().zip([0, 0, 1, 1, 0, 0, 0]) {
        let page = rep.get(&inbox.knock, &format!("/api/v1/conversations?view={view}"));
        assert_eq!(page.code, 200, "{view}");
        assert_eq!(page.body["conversations"].as_array().map(Vec::len), Some(count), "{view}");
        assert_eq!(page.body["counts"]["mine"], 0);
    }
}

#[test]
fn a_wrong_question_names_its_field() {
    let inbox = Inbox::start();
    let long = "x".repeat(201);
    for (query, pointer) in [
        ("view=all", "query/view"),
        (&format!("view=open&q={long}"), "query/q"),
        ("view=open&after=x", "query/after"),
        ("view=open&limit=0", "query/limit"),
    ] {
        let reply = inbox.admin.get(&inbox.knock, &format!("/api/v1/conversations?{query}"));
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (400, &json!(pointer)), "{query}");
    }
    // An API key belongs to no member, so it has no chats.
    let reply = inbox.knock.get("/api/v1/conversations?view=mine", &inbox.key);
    assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (400, &json!("query/view")));
    let others = inbox.knock.get("/api/v1/conversations?view=open", &inbox.key).body;
    assert_eq!(others["counts"]["mine"], 0);
}

#[test]
fn what_a_member_has_not_read_is_counted_for_them_alone() {
    let inbox = Inbox::start();
    let chat = inbox.writes(1, "We need a quote");
    let rep = Browser::member(&inbox.knock, &inbox.admin, "bo@us.example", Role::Rep);
    let unread = |browser: &Browser| {
        let page = browser.get(&inbox.knock, "/api/v1/conversations?view=open").body;
        let row = &page["conversations"][0];
        (row["unread"].clone(), row["lead_messages"].clone())
    };
    let read = |browser: &Browser, seq: u64| {
        browser.ask(&inbox.knock, "POST", &format!("/api/v1/conversations/{}/read", chat.id), &json!({"seq": seq})).code
    };
    assert_eq!(unread(&inbox.admin), (json!(1), json!(1)));
    // Messages from before they joined are not unread for them.
    assert_eq!(unread(&rep), (json!(0), json!(1)));
    inbox.knock.advance(1_000);
    assert_eq!(chat.write(&inbox.knock, 2, "For 200 people").code, 201);
    assert_eq!((unread(&inbox.admin).0, unread(&rep).0), (json!(2), json!(1)));
    let last = chat.messages(&inbox.knock, 0).len() as u64;
    assert_eq!(read(&inbox.admin, last + 50), 204);
    assert_eq!((unread(&inbox.admin).0, unread(&rep).0), (json!(0), json!(1)));
    // One more than the number of the last message: no future message was marked as read.
    assert_eq!(chat.write(&inbox.knock, 3, "Are you there?").code, 201);
    assert_eq!(unread(&inbox.admin).0, json!(1));
    assert_eq!(rep_writes(&inbox.knock, &chat, 4, "Yes"), 201);
    assert_eq!((unread(&inbox.admin).0, unread(&rep).0), (json!(0), json!(0)), "what a colleague answered is not new");
    assert_eq!(read(&inbox.admin, 0), 204);
    assert_eq!((unread(&inbox.admin).0, unread(&rep).0), (json!(3), json!(0)), "marked as unread after the answer");
    assert_eq!(rep_writes(&inbox.knock, &chat, 5, "Anything else?"), 201);
    assert_eq!(chat.write(&inbox.knock, 6, "No, thanks").code, 201);
    assert_eq!((unread(&inbox.admin).0, unread(&rep).0), (json!(1), json!(1)), "what comes after an answer is new");
    // An API key has no unread messages.
    let row = inbox.knock.get("/api/v1/conversations?view=open", &inbox.key).body["conversations"][0].clone();
    assert_eq!((&row["unread"], &row["lead_messages"]), (&Value::Null, &json!(4)));
}

#[test]
fn a_mark_of_reading_is_checked() {
    let inbox = Inbox::start();
    let chat = inbox.writes(1, "We need a quote");
    let path = |id: &str| format!("/api/v1/conversations/{id}/read");
    let mark = json!({"seq": 1});
    let unknown = "00000000-0000-4000-8000-000000000000";
    for id in [unknown, "x"] {
        assert_eq!(inbox.admin.ask(&inbox.knock, "POST", &path(id), &mark).code, 404, "{id}");
    }
    for wrong in [json!({"seq": -1}), json!({"seq": "1"}), json!({}), json!({"seq": 1, "member": "x"})] {
        let reply = inbox.admin.ask(&inbox.knock, "POST", &path(&chat.id), &wrong);
        assert!(
            (400..=422).contains(&reply.code) && reply.body["errors"][0]["pointer"].is_string(),
            "{wrong}: {}",
            reply.body
        );
    }
    assert_eq!(inbox.knock.ask("POST", &path(&chat.id), &inbox.key, &mark).code, 403);
}

#[test]
fn the_record_of_a_chat_has_the_time_zone_of_its_browser_if_it_is_one() {
    let Inbox { knock, key, .. } = Inbox::start();
    for (visitor, said, shown) in [(1, "Europe/Lisbon", json!("Europe/Lisbon")), (2, "Mars/Base", Value::Null)] {
        let more = json!({"language": "en", "time_zone": said});
        let chat = Site::new(&knock.site()).visitor(visitor).opens_chat_with(&knock, &more);
        assert_eq!(chat.record(&knock, &key)["time_zone"], shown);
    }
}
