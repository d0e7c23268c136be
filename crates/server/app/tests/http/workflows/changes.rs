//! A changed workflow is a new version; leads inside are asked about. Runs are listed, and one is stopped.

use super::{PATH, Scene, pricing};
use serde_json::{Value, json};

/// A workspace whose workflow has one lead inside, who waits for an hour.
fn with_a_lead_inside() -> (Scene, String, String) {
    let scene = Scene::start();
    let id = scene.save(&pricing(3_600_000));
    scene.switch_on(&id);
    let (_, lead) = scene.chat(1);
    scene.views_pricing_twice(1);
    assert_eq!(scene.get(&format!("{PATH}/{id}"))["counts"]["active"], 1);
    (scene, id, lead)
}

fn runs(scene: &Scene, id: &str, query: &str) -> Vec<Value> {
    scene.get(&format!("{PATH}/{id}/runs{query}"))["runs"].as_array().cloned().unwrap_or_default()
}

#[test]
fn a_change_with_leads_inside_asks_and_carries_out_the_answer() {
    for (inside, state, version) in [("finish", "active", 1), ("move", "active", 2), ("stop", "stopped", 1)] {
        let (scene, id, lead) = with_a_lead_inside();
        let path = format!("{PATH}/{id}");
        let draft = pricing(7_200_000);
        let refused = scene.ask("PUT", &path, &json!({"draft": draft}));
        assert_eq!(refused.code, 409, "{}", refused.body);
        assert_eq!(refused.body["type"], "urn:knock:problem:leads-inside");
        assert!(refused.body["detail"].as_str().is_some_and(|text| text.starts_with("1 lead is inside")));
        assert_eq!(scene.get(&path)["version"], 1);
        let saved = scene.ask("PUT", &path, &json!({"draft": draft, "inside": inside}));
        assert_eq!((saved.code, &saved.body["version"]), (200, &json!(2)), "{}", saved.body);
        let run = &runs(&scene, &id, "")[0];
        assert_eq!((&run["state"], &run["version"]), (&json!(state), &json!(version)), "{inside}: {run}");
        assert_eq!(run["contact"]["id"], json!(lead));
        if inside == "stop" {
            assert_eq!(run["by"], "by admin@localhost");
        }
        let versions = scene.get(&format!("{path}/versions"));
        let active: Vec<_> =
            versions["versions"].as_array().expect("a list").iter().map(|one| &one["active"]).collect();
        let expected = match inside {
            "finish" => [0, 1],
            "move" => [1, 0],
            _ => [0, 0],
        };
        assert_eq!(active, expected.map(|number| json!(number)).iter().collect::<Vec<_>>(), "{inside}");
    }
}

#[test]
fn another_name_asks_nothing_and_the_same_text_is_no_version() {
    let (scene, id, _) = with_a_lead_inside();
    let path = format!("{PATH}/{id}");
    let mut renamed = pricing(3_600_000);
    assert_eq!(scene.ask("PUT", &path, &json!({"draft": renamed})).body["version"], 1);
    renamed["name"] = json!("Looked at Pricing");
    let saved = scene.ask("PUT", &path, &json!({"draft": renamed}));
    assert_eq!(
        (saved.code, &saved.body["version"], &saved.body["name"]),
        (200, &json!(2), &json!("Looked at Pricing"))
    );
    assert_eq!(saved.body["counts"]["active"], 1);
}

#[test]
fn an_earlier_version_is_restored_as_a_new_one() {
    let scene = Scene::start();
    let id = scene.save(&pricing(60_000));
    let path = format!("{PATH}/{id}");
    assert_eq!(scene.ask("PUT", &path, &json!({"draft": pricing(120_000)})).code, 200);
    let restored = scene.ask("POST", &format!("{path}/versions/1/restore"), &json!({}));
    assert_eq!((restored.code, &restored.body["version"]), (200, &json!(3)), "{}", restored.body);
    assert_eq!(restored.body["draft"]["definition"]["steps"][0]["wait"]["for_ms"], 60_000);
    assert_eq!(scene.ask("POST", &format!("{path}/versions/9/restore"), &json!({})).code, 404);
    let versions = scene.get(&format!("{path}/versions"));
    let numbers: Vec<_> =
        versions["versions"].as_array().expect("a list").iter().map(|one| one["version"].as_i64()).collect();
    assert_eq!(numbers, [Some(3), Some(2), Some(1)]);
}

#[test]
fn switched_off_it_enrols_nobody_and_those_inside_go_on_or_stop() {
    let (scene, id, lead) = with_a_lead_inside();
    let state = format!("{PATH}/{id}/state");
    let off = scene.ask("PUT", &state, &json!({"enabled": false}));
    assert_eq!((off.code, &off.body["state"], &off.body["counts"]["active"]), (200, &json!("off"), &json!(1)));
    scene.views_pricing_twice(2);
    assert_eq!(scene.get(&format!("{PATH}/{id}"))["counts"]["enrolled"], 1);
    let stopped = scene.ask("PUT", &state, &json!({"enabled": false, "inside": "stop"}));
    assert_eq!(stopped.body["counts"]["stopped"], 1, "{}", stopped.body);
    let of_lead = scene.get(&format!("/api/v1/contacts/{lead}/workflows"));
    assert_eq!(of_lead["workflows"][0]["runs"][0]["state"], "stopped");
}

#[test]
fn runs_are_listed_by_state_and_lead_and_one_is_stopped() {
    let (scene, id, lead) = with_a_lead_inside();
    let run = &runs(&scene, &id, &format!("?state=active&lead={lead}"))[0];
    assert_eq!(
        (&run["cause"], &run["waits"]["step"]),
        (&json!("page view of Pricing, 2 times within 7 days"), &json!("s1"))
    );
    assert_eq!(run["waits"]["until"].as_i64(), run["enrolled_at"].as_i64().map(|at| at + 3_600_000));
    assert!(runs(&scene, &id, "?state=finished").is_empty());
    assert_eq!(scene.admin.get(&scene.knock, &format!("{PATH}/{id}/runs?state=asleep")).code, 400);
    let stop = format!("{PATH}/{id}/runs/stop");
    assert_eq!(scene.ask("POST", &stop, &json!({"lead": lead})).code, 204);
    assert_eq!(scene.ask("POST", &stop, &json!({"lead": lead})).code, 404, "it has ended");
    let run = &runs(&scene, &id, "")[0];
    assert_eq!(
        (&run["state"], &run["by"], &run["waits"]),
        (&json!("stopped"), &json!("by admin@localhost"), &Value::Null)
    );
}

#[test]
fn a_record_says_where_the_lead_waits_and_why_they_are_not_in_a_workflow() {
    let (scene, id, lead) = with_a_lead_inside();
    let mut other = pricing(60_000);
    other["name"] = json!("Only large companies");
    other["definition"]["when"] = json!({"field": "company.employees", "op": "gt", "value": 1_000});
    other["definition"]["trigger"] = json!({"on": "signal", "signal": "page_view", "category": "Pricing"});
    let other = scene.save(&other);
    scene.switch_on(&other);
    scene.views(1, 900, "/pricing");
    let shown = scene.get(&format!("/api/v1/contacts/{lead}/workflows"))["workflows"].clone();
    assert_eq!((&shown[0]["id"], &shown[0]["runs"][0]["waits"]["step"]), (&json!(id), &json!("s1")));
    assert_eq!((&shown[1]["id"], &shown[1]["refused"]), (&json!(other), &json!("conditions")), "{shown}");
    assert_eq!(scene.admin.get(&scene.knock, "/api/v1/contacts/unknown/workflows").code, 404);
}
