//! The limits of a site.

use super::{Team, pointer};
use serde_json::json;

#[test]
fn a_site_has_500_answers_and_50_sources_at_most_and_no_source_twice() {
    let team = Team::start();
    for number in 0..500 {
        team.answer(&format!("Question {number}?"), "An answer");
    }
    let draft = json!({"site": team.site, "question": "One more?", "answer": "An answer"});
    assert_eq!(pointer(&team.ask("POST", "/answers", &draft)), (409, "/site".to_owned()));
    for number in 0..50 {
        team.source("page", &format!("http://127.0.0.1:9/{number}"));
    }
    let draft = |number| json!({"site": team.site, "kind": "page", "address": format!("http://127.0.0.1:9/{number}")});
    assert_eq!(pointer(&team.ask("POST", "/sources", &draft(50))), (409, "/site".to_owned()));
    let first = team.list()["sources"][0]["id"].as_str().expect("an id").to_owned();
    assert_eq!(team.ask("DELETE", &format!("/sources/{first}"), &json!(null)).code, 204);
    assert_eq!(pointer(&team.ask("POST", "/sources", &draft(1))), (422, "/address".to_owned()));
    assert_eq!(team.ask("POST", "/sources", &draft(0)).code, 201);
}
