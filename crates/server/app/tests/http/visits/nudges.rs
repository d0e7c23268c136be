//! Nudges of workflows: the pages that show them, what became of them, and the chat that they open.

use super::{Events, Scene};
use crate::support::{ORIGIN, Reply};
use knock_testing::{Chat, visitor_id};
use serde_json::{Value, json};

const HALF_A_MINUTE: i64 = 30_000;
const MINUTE: i64 = 60_000;
const WEEK: i64 = 7 * 24 * 3_600_000;

impl Scene {
    /// Switches on a workflow that nudges who views Pricing twice, half a minute later; returns its id.
    fn nudges(&self, more: &Value) -> String {
        let trigger = json!({"on": "signal", "category": "Pricing", "count": 2, "within_ms": WEEK});
        let wait = json!({"id": "wait", "wait": {"for_ms": HALF_A_MINUTE}});
        let definition = json!({"id": "pricing", "trigger": trigger, "stop_when": [{"on": "message", "by": "lead"}],
            "steps": [wait, {"id": "nudge", "do": "nudge"}]});
        let mut nudge = json!({"do": "nudge", "text": {"en": "Questions?", "de": "Fragen?"},
            "buttons": [{"label": {"en": "Ask us"}, "opens": "chat"}]});
        for (name, value) in more.as_object().expect("an object") {
            nudge[name] = value.clone();
        }
        let draft = json!({"name": "Pricing viewers", "definition": definition, "contents": {"nudge": nudge}});
        let made = self.admin.ask(&self.knock, "POST", "/api/v1/workflows", &draft);
        assert_eq!(made.code, 201, "{}", made.body);
        let path = format!("/api/v1/workflows/{}", made.text("id"));
        let on = self.admin.ask(&self.knock, "PUT", &format!("{path}/state"), &json!({"enabled": true}));
        assert!((200..300).contains(&on.code), "{}", on.body);
        path
    }

    /// Two views of Pricing by a visitor.
    fn views_pricing(&self, visitor: u64) {
        for view in 0..2 {
            self.views(visitor, 100 * visitor + view, "/pricing");
            self.advance(1_000);
        }
    }

    /// What a page of a visitor did with a nudge.
    fn notes_nudge(&self, visitor: u64, nudge: &Value, what: &str) -> Reply {
        let path = format!("/v1/visits/nudges/{}", nudge["id"].as_str().expect("an id"));
        let note = json!({"site": self.site, "visitor": visitor_id(visitor), "what": what,
            "url": format!("{}/pricing?mail=x", ORIGIN)});
        let headers = [("content-type", "text/plain"), ("origin", ORIGIN)];
        self.knock.send("POST", &path, &headers, Some(note.to_string().as_bytes()))
    }

    /// The contact of a visitor who is on the site.
    fn contact(&self, visitor: u64) -> String {
        let row = self.visits("").into_iter().find(|row| row["visitor"] == visitor_id(visitor)).expect("a row");
        row["contact"]["id"].as_str().expect("an id").to_owned()
    }

    /// The events of nudges on the timeline of a contact, oldest first: kind, workflow, page, and whether a conversation is
    /// named.
    fn story(&self, contact: &str) -> Vec<(String, String, String, bool)> {
        let page = self.admin.get(&self.knock, &format!("/api/v1/timeline?contact={contact}&limit=200")).body;
        let events = page["events"].as_array().cloned().unwrap_or_default();
        let text = |event: &Value, name: &str| event[name].as_str().unwrap_or_default().to_owned();
        let of_nudges = events.iter().rev().filter(|event| text(event, "kind").starts_with("nudge_"));
        of_nudges
            .map(|event| {
                let has_chat = event["conversation"].is_string();
                (text(event, "kind"), text(event, "text"), text(event, "to"), has_chat)
            })
            .collect()
    }
}

impl Events {
    /// The nudge that comes next.
    fn nudge(&mut self) -> Value {
        let (name, shown) = self.next().expect("an event");
        assert_eq!(name, "nudge", "{shown}");
        shown
    }

    /// The id of what is withdrawn next.
    fn withdrawn(&mut self) -> Value {
        let (name, withdrawn) = self.next().expect("an event");
        assert_eq!(name, "withdrawn", "{withdrawn}");
        withdrawn["id"].clone()
    }
}

fn named(kind: &str, page: &str, has_chat: bool) -> (String, String, String, bool) {
    (kind.to_owned(), "Pricing viewers".to_owned(), page.to_owned(), has_chat)
}

#[test]
fn a_nudge_that_is_due_comes_to_the_pages_of_its_visitor_until_one_of_them_closes_it() {
    let scene = Scene::start();
    let workflow = scene.nudges(&json!({}));
    let mut early = scene.listens(1);
    scene.views_pricing(1);
    scene.advance(HALF_A_MINUTE);
    let shown = early.nudge();
    assert_eq!(shown["text"], json!({"en": "Questions?", "de": "Fragen?"}));
    assert_eq!(shown["buttons"], json!([{"label": {"en": "Ask us"}, "opens": "chat"}]));
    let mut late = scene.listens(1);
    assert_eq!(late.nudge(), shown, "the next page has it too");
    for what in ["shown", "shown", "closed", "clicked"] {
        assert_eq!(scene.notes_nudge(1, &shown, what).code, 204, "{what}");
    }
    assert_eq!([early.withdrawn(), late.withdrawn()], [shown["id"].clone(), shown["id"].clone()]);
    let page = format!("{}/pricing", ORIGIN);
    assert_eq!(scene.story(&scene.contact(1)), [named("nudge_shown", &page, false), named("nudge_closed", "", false)]);
    let steps = scene.admin.get(&scene.knock, &workflow).body["steps"]["nudge"]["nudges"].clone();
    assert_eq!(steps, json!({"shown": 1, "clicked": 0, "closed": 1, "not_shown": 0}));
    // It is over: what comes first on another page is what comes later.
    let mut next = scene.listens(1);
    scene.invited(1, 9, "Hello");
    assert_eq!(next.invitation()["text"], "Hello");
}

#[test]
fn one_that_no_page_shows_in_time_or_whose_lead_writes_before_is_not_shown() {
    let scene = Scene::start();
    scene.nudges(&json!({}));
    let mut streams = [1, 2, 3].map(|visitor| scene.listens(visitor));
    for visitor in [1, 2, 3] {
        scene.views_pricing(visitor);
    }
    let contacts = [1, 2, 3].map(|visitor| scene.contact(visitor));
    // The third one writes before theirs is due.
    let chats = [2, 3].map(|visitor| crate::chat::open_as(&scene.knock, &scene.site, visitor));
    scene.advance(HALF_A_MINUTE / 2);
    assert_eq!(chats[1].write(&scene.knock, 31, "Hello").code, 201);
    scene.advance(HALF_A_MINUTE);
    let [one, two, three] = &mut streams;
    let shown = [one.nudge(), two.nudge()];
    assert_eq!(chats[0].write(&scene.knock, 21, "Hello").code, 201);
    assert_eq!(two.withdrawn(), shown[1]["id"]);
    scene.invited(3, 9, "I am here");
    assert_eq!(three.invitation()["text"], "I am here", "and no nudge before it");
    scene.advance(30 * MINUTE);
    assert_eq!(one.withdrawn(), shown[0]["id"]);
    assert_eq!(scene.notes_nudge(1, &shown[0], "shown").code, 204, "too late");
    assert!(contacts.iter().all(|contact| scene.story(contact).is_empty()));
}

#[test]
fn a_lead_who_writes_is_not_shown_what_was_shown_before() {
    let scene = Scene::start();
    scene.nudges(&json!({"buttons": []}));
    let mut stream = scene.listens(1);
    scene.views_pricing(1);
    scene.advance(HALF_A_MINUTE);
    let shown = stream.nudge();
    assert_eq!(shown.get("buttons"), None);
    assert_eq!(scene.notes_nudge(1, &shown, "shown").code, 204);
    let chat = crate::chat::open_as(&scene.knock, &scene.site, 1);
    scene.advance(1_000);
    assert_eq!(chat.write(&scene.knock, 11, "Hello").code, 201);
    assert_eq!(stream.withdrawn(), shown["id"]);
}

#[test]
fn the_chat_that_a_nudge_opens_has_the_agent_that_it_names() {
    let scene = Scene::start();
    // What this agent alone says.
    let path = "/api/v1/playbooks/hiring/en";
    let mut steps = scene.admin.get(&scene.knock, path).body["versions"][0]["steps"].clone();
    let steps = steps.as_array_mut().expect("a list");
    steps.iter_mut().for_each(|step| drop(step.as_object_mut().expect("a step").remove("places")));
    steps.retain(|step| step["step"] != "hello");
    steps.push(json!({"step": "hello", "texts": ["Which job brings you here?"]}));
    let saved = scene.admin.ask(&scene.knock, "PUT", path, &json!({"version": 0, "steps": steps}));
    assert_eq!(saved.code, 200, "{}", saved.body);
    scene.nudges(&json!({"agent": "Job seeker"}));
    let mut streams = [1, 2].map(|visitor| scene.listens(visitor));
    for visitor in [1, 2] {
        scene.views_pricing(visitor);
    }
    scene.advance(HALF_A_MINUTE);
    let shown = streams.each_mut().map(Events::nudge);
    assert_eq!(scene.notes_nudge(1, &shown[0], "shown").code, 204);
    let chat = scene.opens(1, &shown[0], Some('a'));
    assert_eq!(streams[0].withdrawn(), shown[0]["id"], "it was clicked");
    let reloaded = scene.opens(1, &shown[0], Some('a'));
    assert_eq!(reloaded.id, chat.id, "once more, after a reload");
    let page = format!("{}/pricing", ORIGIN);
    assert_eq!(scene.story(&scene.contact(1)), [named("nudge_shown", &page, false), named("nudge_clicked", "", true)]);
    // The nudge of another one opens an ordinary chat.
    let other = scene.opens(2, &shown[0], Some('b'));
    for (chat, n, is_hiring) in [(&reloaded, 41, true), (&other, 42, false)] {
        assert_eq!(chat.write(&scene.knock, n, "Hello there").code, 201);
        let said = last_of_agent(&scene, chat);
        assert_eq!(said == "Which job brings you here?", is_hiring, "{said}");
    }
    let record = scene.record(&chat.id);
    let last = record["decisions"].as_array().and_then(|all| all.last()).cloned().unwrap_or_default();
    assert_eq!(last["assignee"], "AI Agent (hiring)", "{last}");
    assert_eq!(record["conversation"]["intent"]["type"], "Unknown", "a click is no word of theirs");
}

fn last_of_agent(scene: &Scene, chat: &Chat) -> String {
    let messages = chat.messages(&scene.knock, 0);
    let last = messages.iter().rev().find(|message| message["author"] == "ai_agent").expect("a message");
    last["text"].as_str().expect("a text").to_owned()
}

#[test]
fn a_nudge_is_of_the_browsers_of_its_lead_alone() {
    let scene = Scene::start();
    scene.nudges(&json!({}));
    let mut stream = scene.listens(1);
    scene.views_pricing(1);
    scene.views(2, 21, "/pricing");
    scene.advance(HALF_A_MINUTE);
    let shown = stream.nudge();
    assert_eq!(scene.notes_nudge(2, &shown, "closed").code, 404);
    assert_eq!(scene.notes_nudge(1, &json!({"id": visitor_id(1)}), "shown").code, 404);
    assert_eq!(scene.notes_nudge(1, &shown, "eaten").code, 400);
    let path = format!("/v1/visits/nudges/{}", shown["id"].as_str().expect("an id"));
    let note = json!({"site": scene.site, "visitor": visitor_id(1), "what": "shown"});
    let headers = [("content-type", "text/plain"), ("origin", "https://evil.example")];
    assert_eq!(scene.knock.send("POST", &path, &headers, Some(note.to_string().as_bytes())).code, 403);
    // The words of a member take its place.
    scene.advance(1_000);
    scene.invited(1, 9, "Hello");
    assert_eq!(stream.invitation()["text"], "Hello");
    assert_eq!(stream.withdrawn(), shown["id"]);
}
