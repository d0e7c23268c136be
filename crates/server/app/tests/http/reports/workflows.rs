//! Workflows in reports: a run that is done, one that a message stopped, and one that lasts.

use super::asked::Asked;
use crate::workflows::{PATH, Scene, pricing};
use serde_json::Value;

/// The runs of a workflow, as its own page lists them.
fn runs(scene: &Scene, id: &str) -> Vec<Value> {
    scene.get(&format!("{PATH}/{id}/runs"))["runs"].as_array().cloned().unwrap_or_default()
}

fn in_state(runs: &[Value], state: &str) -> Option<f64> {
    let count = runs.iter().filter(|run| run["state"] == state).count();
    Some(f64::from(u32::try_from(count).expect("few")))
}

/// A workspace whose workflow waits for an hour before its nudge, with three leads inside in turn.
fn lived() -> (Scene, String) {
    let scene = Scene::start();
    let id = scene.save(&pricing(3_600_000));
    scene.switch_on(&id);
    scene.chat(1);
    scene.views_pricing_twice(1);
    let (stops, _) = scene.chat(2);
    scene.views_pricing_twice(2);
    assert_eq!(stops.write(&scene.knock, 50, "How much is it?").code, 201);
    scene.knock.advance(3_600_000);
    scene.chat(3);
    scene.views_pricing_twice(3);
    (scene, id)
}

#[test]
fn runs_and_their_steps_are_counted_as_the_page_of_the_workflow_lists_them() {
    let (scene, id) = lived();
    let asked = Asked { knock: &scene.knock, key: &scene.key, days: "" };
    let runs = runs(&scene, &id);
    let states = ["finished", "stopped", "active"].map(|state| in_state(&runs, state));
    assert_eq!(states, [Some(1.0); 3], "{runs:?}");
    let metrics = ["enrolled", "completed", "stopped", "running"];
    assert_eq!(asked.totals("workflows", metrics), [Some(3.0), Some(1.0), Some(1.0), Some(1.0)]);
    let [time] = asked.totals("workflows", ["run_time_median"]);
    assert!(time >= Some(60.0) && time < Some(63.0), "{time:?}");
}

#[test]
fn a_workflow_and_its_steps_are_named() {
    let (scene, id) = lived();
    let asked = Asked { knock: &scene.knock, key: &scene.key, days: "" };
    let (enrolled, name) = asked.of_row("workflows", "workflow", &id, "enrolled");
    assert_eq!((enrolled, name.as_str()), (Some(3.0), "Pricing viewers"));
    let runs = runs(&scene, &id);
    let entries = runs.iter().flat_map(|run| run["log"].as_array().into_iter().flatten());
    let is_done = |entry: &&Value| entry["step"] == "s2" && entry["outcome"] == "done";
    let done = Some(f64::from(u32::try_from(entries.filter(is_done).count()).expect("few")));
    assert_eq!(done, Some(1.0), "{runs:?}");
    let of_nudge = asked.of_row("workflows", "step", &format!("{id}/s2"), "steps_done");
    assert_eq!(of_nudge, (done, "Pricing viewers \u{203a} Show a bubble".to_owned()));
}

#[test]
fn groups_of_workflows_add_up_and_numbers_open_as_many() {
    let (scene, _) = lived();
    Asked { knock: &scene.knock, key: &scene.key, days: "" }.check("workflows");
}
