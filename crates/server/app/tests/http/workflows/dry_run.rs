//! A draft over what leads did: who would have been enrolled, what would have been done, and why not.

use super::{PATH, Scene, pointers, pricing};
use serde_json::{Value, json};

fn dry_run(scene: &Scene, ask: &Value) -> Value {
    let reply = scene.ask("POST", &format!("{PATH}/dry-run"), ask);
    assert_eq!(reply.code, 200, "{}", reply.body);
    reply.body
}

#[test]
fn a_draft_is_run_over_past_leads_and_browsers_without_sending_anything() {
    let scene = Scene::start();
    // Who views Pricing twice: a lead who writes before it is due, one who does not, and a browser without a record.
    let (writer, writers) = scene.chat(1);
    let (_, silent) = scene.chat(2);
    scene.views_pricing_twice(1);
    assert_eq!(writer.write(&scene.knock, 7, "We need a quote").code, 201);
    scene.views_pricing_twice(2);
    scene.views_pricing_twice(3);
    // And who does not.
    scene.views(4, 401, "/pricing");
    scene.knock.advance(600_000);
    let found = dry_run(&scene, &json!({"draft": pricing(120_000)}));
    assert_eq!((&found["leads"], &found["enrolled"]), (&json!(4), &json!(3)), "{found}");
    assert_eq!(found["actions"], json!([{"step": "s2", "do": "nudge", "done": 2, "skipped": {}}]));
    assert_eq!((&found["refused"][0]["reason"], &found["refused"][0]["leads"]), (&json!("never"), &json!(1)));
    assert_eq!(found["is_everybody"], false);
    let example = |lead: &str| {
        let examples = found["examples"].as_array().expect("a list");
        examples.iter().find(|example| example["contact"]["id"] == lead).cloned().expect("an example")
    };
    let (stopped, finished) = (example(&writers), example(&silent));
    assert_eq!(
        (&stopped["runs"][0]["state"], &stopped["runs"][0]["by"]),
        (&json!("stopped"), &json!("message of the lead"))
    );
    assert_eq!(finished["runs"][0]["state"], "finished");
    let steps: Vec<_> =
        finished["runs"][0]["log"].as_array().expect("a log").iter().map(|entry| &entry["outcome"]).collect();
    assert_eq!(steps, ["waited", "done"]);
    let unnamed: Vec<_> =
        found["examples"].as_array().expect("a list").iter().filter(|one| one["is_unnamed"] == true).collect();
    assert_eq!(unnamed.len(), 1);
    // Nothing was written.
    assert!(scene.get(PATH)["workflows"].as_array().expect("a list").is_empty());
}

#[test]
fn a_lead_of_choice_is_given_every_reason() {
    let scene = Scene::start();
    let (_, lead) = scene.chat(1);
    let mut draft = pricing(60_000);
    draft["definition"]["trigger"] = json!({"on": "signal", "signal": "page_view", "category": "Pricing"});
    draft["definition"]["when"] = json!({"field": "company.employees", "op": "gt", "value": 1_000});
    let never = dry_run(&scene, &json!({"draft": draft, "lead": lead}));
    assert_eq!(never["examples"][0]["refused"], json!([["never", null]]), "{never}");
    scene.views(1, 11, "/pricing");
    scene.views(1, 12, "/pricing");
    let found = dry_run(&scene, &json!({"draft": draft, "lead": lead}));
    let reasons = found["examples"][0]["refused"].as_array().expect("reasons").clone();
    assert_eq!(reasons.iter().map(|one| &one[0]).collect::<Vec<_>>(), ["conditions", "conditions"], "{found}");
    assert_eq!(found["enrolled"], 0);
    let missing = json!({"draft": draft, "lead": super::unknown()});
    assert_eq!(scene.ask("POST", &format!("{PATH}/dry-run"), &missing).code, 404);
}

#[test]
fn a_draft_that_would_enrol_everybody_says_so() {
    let scene = Scene::start();
    scene.views(1, 11, "/pricing");
    scene.views(2, 21, "/blog");
    let mut draft = pricing(60_000);
    draft["definition"]["trigger"] = json!({"on": "signal"});
    let found = dry_run(&scene, &json!({"draft": draft}));
    assert_eq!((&found["enrolled"], &found["is_everybody"]), (&json!(2), &json!(true)), "{found}");
}

#[test]
fn a_change_of_status_is_found_where_the_draft_reacts_to_it() {
    let scene = Scene::start();
    let (_, lead) = scene.chat(1);
    // No activity for three hours after the click.
    scene.knock.advance(4 * 3_600_000);
    let mut draft = pricing(60_000);
    draft["definition"]["trigger"] = json!({"on": "field", "field": "chat.status", "to": ["Save the Lead"]});
    let found = dry_run(&scene, &json!({"draft": draft}));
    assert_eq!((&found["enrolled"], &found["examples"][0]["contact"]["id"]), (&json!(1), &json!(lead)), "{found}");
    // The lead had this status before the first of the days.
    scene.knock.advance(3 * 86_400_000);
    let found = dry_run(&scene, &json!({"draft": draft, "days": 1}));
    assert_eq!(found["enrolled"], 0, "{found}");
}

#[test]
fn a_question_that_makes_no_sense_is_refused() {
    let scene = Scene::start();
    let path = format!("{PATH}/dry-run");
    for (ask, expected) in [
        (json!({"draft": pricing(0)}), "/draft/definition/steps/0/wait/for_ms"),
        (json!({"draft": pricing(1), "days": 91}), "/days"),
    ] {
        let reply = scene.ask("POST", &path, &ask);
        assert_eq!((reply.code, pointers(&reply)), (422, vec![expected.to_owned()]), "{}", reply.body);
    }
    // A draft is tried before its texts are written.
    let mut draft = pricing(1);
    draft["name"] = json!("");
    draft["contents"] = json!({});
    assert_eq!(scene.ask("POST", &path, &json!({"draft": draft})).code, 200);
}
