//! Other ways to ask a known question.

use super::{Team, pointer};
use crate::members::Browser;
use knock_model::Role;
use serde_json::{Value, json};

#[test]
fn wordings_are_kept_with_their_question_and_changed_as_a_whole() {
    let team = Team::start();
    let draft = json!({
        "site": team.site, "question": "Do you ship to Norway?", "answer": "Yes.",
        "wordings": [" Delivery to Oslo? ", "Norway\nshipping"],
    });
    let made = team.ask("POST", "/answers", &draft);
    assert_eq!((made.code, &made.body["wordings"]), (201, &json!(["Delivery to Oslo?", "Norway shipping"])));
    let path = format!("/answers/{}", made.text("id"));
    let kept = team.ask("PATCH", &path, &json!({"answer": "Yes, in a week."}));
    assert_eq!(kept.body["wordings"], made.body["wordings"], "what is absent stays");
    let changed = team.ask("PATCH", &path, &json!({"wordings": ["Fjord delivery?"]}));
    assert_eq!((changed.code, &changed.body["wordings"]), (200, &json!(["Fjord delivery?"])));
    assert_eq!(team.list()["answers"][0], changed.body);
    for (change, expected) in [
        (json!({"wordings": ["a", "do you ship to norway?"]}), "/wordings/1"),
        (json!({"question": "fjord delivery?"}), "/question"),
    ] {
        assert_eq!(pointer(&team.ask("PATCH", &path, &change)), (422, expected.to_owned()), "{change}");
    }
    let log = team.knock.get("/api/v1/audit?action=answer.changed", &team.key);
    let newest = &log.body["entries"][0];
    assert_eq!(newest["after"]["wordings"], json!(["Fjord delivery?"]), "{newest}");
}

#[test]
fn a_wording_is_added_by_itself_once_and_up_to_twenty() {
    let team = Team::start();
    let path = format!("/answers/{}/wordings", team.answer("Do you ship to Norway?", "Yes."));
    let add = |text: &str| team.ask("POST", &path, &json!({"text": text}));
    let first = add(" Delivery to Oslo? ");
    assert_eq!((first.code, &first.body["wordings"]), (200, &json!(["Delivery to Oslo?"])));
    for known in ["delivery to oslo?", "Do you ship to Norway?"] {
        let again = add(known);
        assert_eq!((again.code, &again.body), (200, &first.body), "{known}");
    }
    for number in 2..=20 {
        assert_eq!(add(&format!("Wording {number}")).code, 200);
    }
    let full = add("One more");
    assert_eq!(pointer(&full), (409, "/text".to_owned()));
    for text in [" ".to_owned(), "a".repeat(301)] {
        assert_eq!(pointer(&add(&text)), (422, "/text".to_owned()));
    }
    assert_eq!(team.ask("DELETE", &format!("{path}?text=One%20more"), &Value::Null).code, 404, "it is not suggested");
    let gone = "/answers/00000000-0000-7000-8000-000000000000/wordings";
    assert_eq!(team.ask("POST", gone, &json!({"text": "a"})).code, 404);
}

#[test]
fn a_rep_adds_no_wording() {
    let team = Team::start();
    let id = team.answer("Do you ship to Norway?", "Yes.");
    let admin = Browser::admin(&team.knock);
    let rep = Browser::member(&team.knock, &admin, "rep@us.example", Role::Rep);
    let path = format!("/api/v1/knowledge/answers/{id}/wordings");
    assert_eq!(rep.ask(&team.knock, "POST", &path, &json!({"text": "Oslo?"})).code, 403);
    assert_eq!(team.list()["answers"][0]["wordings"], json!([]));
}
