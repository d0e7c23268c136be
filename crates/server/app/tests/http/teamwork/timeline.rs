//! The timeline of a contact: what the team, the AI agent and timers did, in one order with the signals.

use super::{REP, Team};
use crate::support::{batch, id, signal};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A line of a timeline: its instant, its id, and its kind.
type Line = (i64, String, String);

impl Team {
    fn contact(&self) -> String {
        self.record()["conversation"]["lead"].as_str().expect("an id").to_owned()
    }

    fn timeline(&self, more: &str) -> Value {
        let reply = self.knock.get(&format!("/api/v1/timeline?contact={}{more}", self.contact()), &self.key);
        assert_eq!(reply.code, 200, "{more} {}", reply.body);
        reply.body
    }

    /// The only event of a kind.
    fn event(&self, kind: &str) -> Value {
        let page = self.timeline("&limit=200");
        let mut found = list(&page, "events").into_iter().filter(|event| event["kind"] == kind);
        let event = found.next().unwrap_or_else(|| panic!("no {kind}: {page}"));
        assert_eq!(found.next(), None, "{kind}");
        event
    }

    /// A lead who wrote, a reply, a note, an assignment with a reason and a rejection, a second apart.
    fn with_a_story() -> Team {
        let team = Team::start();
        let (site, now) = (team.knock.site(), team.knock.now());
        assert_eq!(
            team.knock.post_signals(&batch(&site, 1, now, &[signal(now, 1, "page_view", "/pricing")])).code,
            202
        );
        let wait = || team.knock.advance(1_000);
        wait();
        assert_eq!(team.chat.write(&team.knock, 2, "We need a quote for 200 people").code, 201);
        wait();
        let to = team.admin.id_of(&team.knock, REP);
        let given = team.post(&team.admin, "assign", &json!({"to": to, "reason": "Speaks Danish"}));
        assert_eq!(given.code, 204, "{}", given.body);
        wait();
        let said = json!({"id": id(team.knock.now(), 3), "text": "Hello, Bo here"});
        assert_eq!(team.post(&team.rep, "messages", &said).code, 201);
        wait();
        let note = json!({"id": id(team.knock.now(), 4), "text": "Ask about the budget"});
        assert_eq!(team.post(&team.rep, "notes", &note).code, 201);
        wait();
        assert_eq!(team.post(&team.rep, "actions", &json!({"reject": "No budget"})).code, 204);
        team
    }
}

fn list(page: &Value, of: &str) -> Vec<Value> {
    page[of].as_array().cloned().unwrap_or_default()
}

/// The signals and events of a page.
fn lines(page: &Value) -> Vec<Line> {
    let line = |value: &Value, kind: &str| {
        let text = |name: &str| value[name].as_str().expect("a text").to_owned();
        (value["at"].as_i64().expect("an instant"), text("id"), text(kind))
    };
    let mut lines: Vec<Line> = list(page, "entries").iter().map(|entry| line(entry, "type")).collect();
    lines.extend(list(page, "events").iter().map(|event| line(event, "kind")));
    lines.sort_by(|one, other| other.cmp(one));
    lines
}

#[test]
fn what_was_done_about_a_contact_is_on_their_timeline_with_who_did_it() {
    let team = Team::with_a_story();
    let chat = json!(team.chat.id);
    let said = team.event("rep_message");
    assert_eq!((&said["by"], &said["text"]), (&json!("Bo"), &json!("Hello, Bo here")));
    let noted = team.event("note");
    assert_eq!((&noted["by"], &noted["text"]), (&json!("Bo"), &json!("Ask about the budget")));
    let page = team.timeline("");
    let mut given = list(&page, "events").into_iter().filter(|event| event["kind"] == "assigned");
    let given = given.find(|event| event["to"] == "Bo").unwrap_or_else(|| panic!("{page}"));
    assert_eq!(
        (&given["by"], &given["from"], &given["text"]),
        (&json!("admin@localhost"), &json!("admin@localhost"), &json!("Speaks Danish"))
    );
    let rejected = team.event("rejected");
    assert_eq!((&rejected["by"], &rejected["text"]), (&json!("Bo"), &json!("No budget")));
    for event in [said, noted, given, rejected] {
        assert_eq!(event["conversation"], chat, "{event}");
    }
    let statuses = list(&page, "events").into_iter().filter(|event| event["kind"] == "chat_status");
    let statuses: Vec<Value> = statuses.map(|event| event["to"].clone()).collect();
    assert_eq!(statuses, ["Rejected", "Rep Discovery", "AI Discovery", "New"]);
    let agent = list(&page, "events").into_iter().find(|event| event["kind"] == "agent_message");
    assert_eq!(agent.expect("the agent wrote")["by"], "AI Agent");
    let wrote = list(&page, "entries").into_iter().find(|entry| entry["type"] == "chat_message");
    assert_eq!(wrote.expect("the lead wrote")["conversation"], chat);
    assert!(list(&page, "events").iter().all(|event| event["kind"] != "lead_message"), "a message is one line: {page}");
}

#[test]
fn a_detail_that_the_team_sets_is_on_the_timeline() {
    let team = Team::with_a_story();
    let path = format!("/api/v1/contacts/{}", team.contact());
    let change = json!({"company": "Orbit Pay", "name": "Ann Lee"});
    assert_eq!(team.rep.ask(&team.knock, "PATCH", &path, &change).code, 200);
    let mut set = list(&team.timeline("&part=team"), "events");
    set.retain(|event| event["kind"] == "detail_set");
    assert_ne!(set[0]["id"], set[1]["id"], "a page ends after one of them");
    let said: Vec<_> = set.iter().map(|event| ["by", "text", "to"].map(|part| event[part].clone())).collect();
    let expected = [["Bo", "company", "Orbit Pay"], ["Bo", "name", "Ann Lee"]].map(|line| line.map(|text| json!(text)));
    assert_eq!(said.len(), 2);
    assert!(expected.iter().all(|line| said.contains(line)), "{said:?}");
}

#[test]
fn pages_of_any_size_have_every_line_once_in_one_order() {
    let team = Team::with_a_story();
    let all = lines(&team.timeline("&limit=200"));
    for limit in [1, 2, 3, 7] {
        let (mut paged, mut before) = (Vec::new(), String::new());
        loop {
            let page = team.timeline(&format!("&limit={limit}{before}"));
            let found = lines(&page);
            assert!(found.len() <= limit, "{page}");
            paged.extend(found);
            let Some(next) = page["next"].as_str() else { break };
            before = format!("&before={next}");
        }
        assert_eq!(paged, all, "{limit} a page");
    }
}

#[test]
fn the_parts_of_a_timeline_are_the_whole() {
    let team = Team::with_a_story();
    let part = |part: &str| lines(&team.timeline(&format!("&limit=200&part={part}")));
    let kinds = |lines: &[Line]| lines.iter().map(|(_, _, kind)| kind.clone()).collect::<BTreeSet<_>>();
    let parts = ["website", "conversation", "team"].map(part);
    assert_eq!(kinds(&parts[0]), BTreeSet::from(["page_view".to_owned()]));
    let of_chat = kinds(&parts[1]);
    assert!(["link_click", "chat_message", "rep_message", "chat_status"].iter().all(|kind| of_chat.contains(*kind)));
    let of_team = kinds(&parts[2]);
    assert!(["assigned", "note", "rejected"].iter().all(|kind| of_team.contains(*kind)), "{of_team:?}");
    let mut whole = parts.concat();
    whole.sort_by(|one, other| other.cmp(one));
    assert_eq!(whole, lines(&team.timeline("&limit=200")));
    for path in [format!("contact={}&part=notes", team.contact()), "part=team".to_owned()] {
        let refused = team.knock.get(&format!("/api/v1/timeline?{path}"), &team.key);
        assert_eq!((refused.code, &refused.body["errors"][0]["pointer"]), (400, &json!("query/part")), "{path}");
    }
}

#[test]
fn a_past_timeline_has_what_was_known_then() {
    let team = Team::with_a_story();
    let rejected_at = team.event("rejected")["at"].as_i64().expect("an instant");
    let then = team.timeline(&format!("&limit=200&at={}", rejected_at - 500));
    let kinds: Vec<Value> = list(&then, "events").into_iter().map(|event| event["kind"].clone()).collect();
    assert!(kinds.contains(&json!("note")) && !kinds.contains(&json!("rejected")), "{then}");
    let path = format!("/api/v1/contacts/{}", team.contact());
    let chat = |at: &str| team.knock.get(&format!("{path}{at}"), &team.key).body["chat"].clone();
    assert_eq!(chat("")["status"], "Rejected");
    assert_eq!(chat("")["since"], json!(rejected_at));
    assert_eq!(chat(&format!("?at={}", rejected_at - 500))["status"], "Rep Discovery");
}
