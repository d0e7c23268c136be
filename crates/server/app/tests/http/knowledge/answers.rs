//! Questions with answers of the team.

use super::{Team, pointer};
use crate::members::Browser;
use knock_model::Role;
use serde_json::{Value, json};

#[test]
fn an_answer_is_given_from_the_next_message_on_and_no_longer_than_it_is_there() {
    let team = Team::start();
    assert_eq!(team.list(), json!({"answers": [], "sources": [], "suggested": []}), "a new site begins empty");
    let id = team.answer("  Do you ship to Norway? ", "Yes, in three days.");
    let found = team.tried("do you ship to norway");
    let expected = json!({"question": {"id": id, "question": "Do you ship to Norway?"}});
    assert_eq!((&found["text"], &found["source"]), (&json!("Yes, in three days."), &expected), "{found}");
    assert!(team.said(1, "Do you ship to Norway?").contains("Yes, in three days."));

    let changed = team.ask("PATCH", &format!("/answers/{id}"), &json!({"answer": "Yes, in two days."}));
    assert_eq!((changed.code, &changed.body["question"]), (200, &json!("Do you ship to Norway?")));
    assert!(team.said(2, "Do you ship to Norway?").contains("Yes, in two days."));
    assert_eq!(team.list()["answers"][0], changed.body);

    let demo = team.ask("POST", "/try", &json!({"site": team.knock.site(), "question": "do you ship to norway"}));
    assert_eq!(demo.body["found"], Value::Null, "it is of one site alone");

    assert_eq!(team.ask("DELETE", &format!("/answers/{id}"), &Value::Null).code, 204);
    assert_eq!(team.tried("do you ship to norway"), Value::Null);
    for method in ["PATCH", "DELETE"] {
        assert_eq!(team.ask(method, &format!("/answers/{id}"), &json!({})).code, 404, "{method}");
    }
}

#[test]
fn what_is_wrong_is_refused_by_its_field() {
    let team = Team::start();
    let site = &team.site;
    let many: Vec<String> = (0..21).map(|number| format!("wording {number}")).collect();
    for (path, body, expected) in [
        ("/answers", json!({"site": "nothing", "question": "a", "answer": "b"}), (422, "/site")),
        ("/answers", json!({"site": site, "question": " ", "answer": "b"}), (422, "/question")),
        ("/answers", json!({"site": site, "question": "a".repeat(301), "answer": "b"}), (422, "/question")),
        ("/answers", json!({"site": site, "question": "a", "answer": ""}), (422, "/answer")),
        ("/answers", json!({"site": site, "question": "a", "answer": "b".repeat(2_001)}), (422, "/answer")),
        ("/answers", json!({"site": site, "question": "a", "answer": "b", "x": 1}), (400, "/x")),
        (
            "/answers",
            json!({"site": site, "question": "a", "answer": "b", "wordings": ["c", " "]}),
            (422, "/wordings/1"),
        ),
        (
            "/answers",
            json!({"site": site, "question": "a", "answer": "b", "wordings": ["c", "A"]}),
            (422, "/wordings/1"),
        ),
        (
            "/answers",
            json!({"site": site, "question": "a", "answer": "b", "wordings": ["c", "d", "C "]}),
            (422, "/wordings/2"),
        ),
        (
            "/answers",
            json!({"site": site, "question": "a", "answer": "b", "wordings": ["c".repeat(301)]}),
            (422, "/wordings/0"),
        ),
        ("/answers", json!({"site": site, "question": "a", "answer": "b", "wordings": many}), (422, "/wordings")),
        ("/sources", json!({"site": site, "kind": "file", "address": "example.com"}), (422, "/kind")),
        ("/sources", json!({"site": site, "kind": "folder", "address": "example.com"}), (422, "/kind")),
        ("/sources", json!({"site": site, "kind": "page", "address": ""}), (422, "/address")),
        ("/sources", json!({"site": site, "kind": "page", "address": "ftp://example.com/"}), (422, "/address")),
        ("/sources", json!({"site": site, "kind": "page", "address": "https://a:b@example.com/"}), (422, "/address")),
        ("/sources", json!({"site": site, "kind": "page", "address": "http://10.0.0.1/"}), (422, "/address")),
        ("/sources", json!({"site": "nothing", "kind": "page", "address": "example.com"}), (422, "/site")),
        ("/try", json!({"site": site, "question": ""}), (422, "/question")),
        ("/try", json!({"site": "nothing", "question": "a"}), (422, "/site")),
        ("/try", json!({"site": site, "question": "a", "language": "it"}), (422, "/language")),
    ] {
        let reply = team.ask("POST", path, &body);
        assert_eq!(pointer(&reply), (expected.0, expected.1.to_owned()), "{path} {body} {}", reply.body);
    }
    assert_eq!(team.list(), json!({"answers": [], "sources": [], "suggested": []}));
    let unknown = team.knock.get("/api/v1/knowledge?site=nothing", &team.key);
    assert_eq!(pointer(&unknown), (422, "query/site".to_owned()));
}

#[test]
fn a_rep_reads_what_is_known_and_a_manager_changes_it() {
    let team = Team::start();
    let admin = Browser::admin(&team.knock);
    let rep = Browser::member(&team.knock, &admin, "rep@us.example", Role::Rep);
    let manager = Browser::member(&team.knock, &admin, "manager@us.example", Role::Manager);
    let draft = json!({"site": team.site, "question": "Is there an API?", "answer": "Yes"});
    assert_eq!(rep.ask(&team.knock, "POST", "/api/v1/knowledge/answers", &draft).code, 403);
    assert_eq!(manager.ask(&team.knock, "POST", "/api/v1/knowledge/answers", &draft).code, 201);
    assert_eq!(rep.get(&team.knock, &format!("/api/v1/knowledge?site={}", team.site)).code, 200);
    let ask = json!({"site": team.site, "question": "is there an api"});
    assert_eq!(rep.ask(&team.knock, "POST", "/api/v1/knowledge/try", &ask).body["found"]["text"], "Yes");
}

#[test]
fn a_removed_site_is_known_no_more() {
    let team = Team::start();
    team.answer("Is there an API?", "Yes");
    team.source("page", "http://127.0.0.1:9/help");
    assert_eq!(team.knock.ask("DELETE", &format!("/api/v1/sites/{}", team.site), &team.key, &Value::Null).code, 204);
    let list = team.knock.get(&format!("/api/v1/knowledge?site={}", team.site), &team.key);
    assert_eq!(pointer(&list), (422, "query/site".to_owned()));
    let metrics = team.knock.metric("knock_knowledge_sources{state=\"waiting\"}");
    assert_eq!(metrics, 0.0);
}
