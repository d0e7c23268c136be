//! Workflows are saved, refused with the field at fault, ordered, copied from templates, and archived.

use super::{PATH, Scene, nudge, pointers, pricing, unknown};
use knock_model::{Millis, WorkflowId};
use knock_ports::{Ledger, StoreError, StoredVersion, StoredWorkflow};
use knock_store::Scratch;
use knock_wire::{WorkflowDraft, WorkflowState};
use serde_json::{Value, json};

/// A draft with one action.
fn action(action: &str, content: &Value) -> Value {
    let mut content = content.clone();
    content["do"] = json!(action);
    json!({
        "name": "One action",
        "definition": {"trigger": {"on": "form"}, "steps": [{"id": "a", "do": action}]},
        "contents": {"a": content},
    })
}

#[test]
fn a_workflow_is_saved_off_and_shown_with_its_counts() {
    let scene = Scene::start();
    let id = scene.save(&pricing(60_000));
    let list = scene.get(PATH);
    let row = &list["workflows"][0];
    assert_eq!((&row["id"], &row["name"], &row["state"]), (&json!(id), &json!("Pricing viewers"), &json!("off")));
    assert_eq!((&row["version"], &row["saved_by"]), (&json!(1), &json!("admin@localhost")));
    assert_eq!(row["counts"], json!({"enrolled": 0, "active": 0, "finished": 0, "stopped": 0, "refused": {}}));
    assert_eq!(list["settings"], json!({"cap": null, "quiet": null}));
    let one = scene.get(&format!("{PATH}/{id}"));
    assert_eq!(one["draft"]["definition"]["id"], json!(id));
    assert_eq!(one["draft"]["contents"], json!({"s2": nudge()}));
    assert_eq!(scene.admin.get(&scene.knock, &format!("{PATH}/{}", unknown())).code, 404);
    let audit = scene.get("/api/v1/audit");
    let saved = audit["entries"].as_array().expect("a list").iter().find(|entry| entry["action"] == "workflow.saved");
    assert_eq!(saved.map(|entry| &entry["subject"]["name"]), Some(&json!("Pricing viewers")));
}

#[test]
fn a_draft_that_cannot_run_is_refused_by_its_field() {
    let scene = Scene::start();
    let changed = |pointer: &str, value: Value| {
        let mut draft = pricing(60_000);
        *draft.pointer_mut(pointer).expect("a place") = value;
        draft
    };
    let german = "ä".repeat(301);
    for (draft, expected) in [
        (changed("/name", json!(" ")), "/name"),
        (changed("/definition/steps", json!([])), "/definition/steps"),
        (changed("/definition/steps/0/wait/for_ms", json!(0)), "/definition/steps/0/wait/for_ms"),
        (changed("/definition/trigger", json!({"on": "signal", "count": 2})), "/definition/trigger/within_ms"),
        (changed("/definition/trigger", json!({"on": "link", "link": "nothing"})), "/definition/trigger"),
        (
            changed("/definition/trigger", json!({"on": "field", "field": "custom.plan", "to": ["gold"]})),
            "/definition/trigger",
        ),
        (
            changed("/definition/trigger", json!({"on": "field", "field": "chat.status", "to": ["Sold"]})),
            "/definition/trigger/to/0",
        ),
        (changed("/contents", json!({})), "/contents/s2"),
        (changed("/contents", json!({"s2": nudge(), "s9": nudge()})), "/contents/s9"),
        (changed("/contents/s2", json!({"do": "message", "text": {"en": "Hi"}})), "/contents/s2/do"),
        (changed("/contents/s2/text", json!({})), "/contents/s2/text"),
        (changed("/contents/s2/text/de", json!(german)), "/contents/s2/text/de"),
        (changed("/contents/s2/text", json!({"it": "Domande?"})), "/contents/s2/text/it"),
        (changed("/contents/s2/text/en", json!("Hi {{first_name}}")), "/contents/s2/text/en"),
        (changed("/contents/s2/text/en", json!("Hi {{nickname|there}}")), "/contents/s2/text/en"),
        (changed("/contents/s2/text/en", json!("Is {{email|this}} yours?")), "/contents/s2/text/en"),
        (changed("/contents/s2/buttons/0/label/en", json!("As {{company|a firm}}")), "/contents/s2/buttons/0/label/en"),
        (
            changed("/contents/s2/buttons/0/opens", json!({"page": "http://acme.example"})),
            "/contents/s2/buttons/0/opens/page",
        ),
    ] {
        let reply = scene.ask("POST", PATH, &draft);
        let first = pointers(&reply).into_iter().next();
        assert_eq!((reply.code, first.as_deref()), (422, Some(expected)), "{}", reply.body);
    }
    let empty = json!({"any": []});
    let mut never = pricing(60_000);
    never["definition"]["when"] = empty;
    let reply = scene.ask("POST", PATH, &never);
    assert_eq!((reply.code, pointers(&reply)), (422, vec!["/definition/when".to_owned()]), "{}", reply.body);
    // What is no workflow at all is malformed, with its place.
    let reply = scene.ask("POST", PATH, &changed("/definition/steps/0", json!({"id": "s1"})));
    assert_eq!(reply.code, 400, "{}", reply.body);
    assert!(scene.get(PATH)["workflows"].as_array().expect("a list").is_empty());
}

#[test]
fn an_action_names_what_the_workspace_has() {
    let scene = Scene::start();
    let fields = json!({"fields": [{"name": "seats", "label": "Seats", "value_type": "number", "sources": ["api"]}]});
    assert_eq!(scene.ask("PUT", "/api/v1/custom-fields", &fields).code, 200);
    let tag = scene.ask("POST", "/api/v1/tags", &json!({"name": "Low"})).body["id"].clone();
    let member = json!(scene.admin.id_of(&scene.knock, "admin@localhost"));
    let missing = json!(unknown());
    for (kind, content, expected) in [
        ("tag", json!({"tag": tag}), None),
        ("tag", json!({"tag": missing}), Some("tag")),
        ("set_field", json!({"field": "seats", "value": "12"}), None),
        ("set_field", json!({"field": "seats", "value": ""}), None),
        ("set_field", json!({"field": "seats", "value": "many"}), Some("value")),
        ("set_field", json!({"field": "plan", "value": "gold"}), Some("field")),
        ("assign", json!({"agent": true}), None),
        ("assign", json!({}), Some("")),
        ("assign", json!({"agent": true, "rule": "default_chat"}), Some("")),
        ("assign", json!({"rule": "default_chat"}), None),
        ("assign", json!({"rule": "nothing"}), Some("rule")),
        ("assign", json!({"rep": missing}), Some("rep")),
        ("assign", json!({"pool": [member]}), None),
        ("assign", json!({"pool": [member, member]}), Some("pool/1")),
        ("webhook", json!({"webhook": missing}), Some("webhook")),
        ("slack", json!({"channel": "", "text": "New"}), Some("channel")),
        ("slack", json!({"channel": "C024BE91L", "text": ""}), None),
        ("task", json!({"text": "Call {{full_name|the lead}}", "due_in_ms": 0}), None),
        ("task", json!({"text": "Call", "due_in_ms": -1}), Some("due_in_ms")),
        ("task", json!({"text": "Call", "due_in_ms": 0, "member": missing}), Some("member")),
        ("mail", json!({"subject": {"en": "Hi"}, "body": {"en": "Hello {{custom.seats|you}}"}}), None),
        ("mail", json!({"subject": {"en": "Hi\nthere"}, "body": {"en": "Hello"}}), Some("subject/en")),
    ] {
        let reply = scene.ask("POST", PATH, &action(kind, &content));
        let pointer = expected.map(|part| format!("/contents/a/{part}").trim_end_matches('/').to_owned());
        let code = if pointer.is_some() { 422 } else { 201 };
        let found = pointers(&reply);
        assert_eq!((reply.code, found), (code, pointer.into_iter().collect()), "{kind}: {}", reply.body);
    }
}

#[test]
fn workflows_have_an_order_and_are_archived_behind_it() {
    let scene = Scene::start();
    let named = |name: &str| {
        let mut draft = pricing(60_000);
        draft["name"] = json!(name);
        scene.save(&draft)
    };
    let (first, _, third) = (named("First"), named("Second"), named("Third"));
    let order = || {
        let list = scene.get(PATH);
        let rows = list["workflows"].as_array().cloned().unwrap_or_default();
        rows.iter().map(|row| row["name"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(order(), ["First", "Second", "Third"]);
    let moved = |id: &str, position: u32| {
        scene.ask("PUT", &format!("{PATH}/{id}/position"), &json!({"position": position})).code
    };
    assert_eq!((moved(&third, 1), moved(&third, 0), moved(&unknown(), 1)), (204, 422, 404));
    assert_eq!(order(), ["Third", "First", "Second"]);
    assert_eq!(moved(&third, 9), 204);
    assert_eq!(order(), ["First", "Second", "Third"]);
    assert_eq!(scene.ask("DELETE", &format!("{PATH}/{first}"), &Value::Null).code, 204);
    assert_eq!(order(), ["Second", "Third", "First"]);
    assert_eq!(moved(&first, 1), 404);
    scene.switch_on(&first);
    assert_eq!(order().len(), 3);
}

/// Stores a workflow that is off.
fn keep(ledger: &mut dyn Ledger, number: u8) -> Result<(), StoreError> {
    let id = WorkflowId::new([number; 16]);
    let mut draft = pricing(60_000);
    draft["definition"]["id"] = json!(id.to_string());
    let draft: WorkflowDraft = serde_json::from_value(draft).expect("a draft");
    ledger.save_workflow(
        &StoredWorkflow { id, position: number.into(), state: WorkflowState::Off, version: 1 },
        Millis(1),
    )?;
    ledger.append_workflow_version(&StoredVersion {
        workflow: id,
        number: 1,
        draft,
        saved_at: Millis(1),
        saved_by: None,
    })
}

#[test]
fn beyond_the_most_none_is_made_nor_taken_out_of_the_archive() {
    let home = Scratch::new();
    home.store().write(&mut |ledger| (2..200).try_for_each(|number| keep(ledger, number))).expect("it is kept");
    let scene = Scene::start_in(home);
    let archived = scene.save(&pricing(60_000));
    assert_eq!(scene.ask("DELETE", &format!("{PATH}/{archived}"), &Value::Null).code, 204);
    let [_, last] = [(); 2].map(|()| scene.save(&pricing(60_000)));
    let back = || scene.ask("PUT", &format!("{PATH}/{archived}/state"), &json!({"enabled": false}));
    for reply in [scene.ask("POST", PATH, &pricing(60_000)), back()] {
        assert_eq!((reply.code, &reply.body["detail"]), (409, &json!("Archive one of the 200")), "{}", reply.body);
    }
    scene.switch_on(&last);
    assert_eq!(scene.ask("DELETE", &format!("{PATH}/{last}"), &Value::Null).code, 204);
    assert_eq!(back().code, 200);
}

#[test]
fn settings_hold_for_all_workflows() {
    let scene = Scene::start();
    let path = format!("{PATH}/settings");
    let quiet = json!({"from": "20:00", "to": "08:00", "zone": "Europe/Berlin", "days": ["sat", "sun"]});
    let settings = json!({"cap": {"actions": 3, "within_ms": 604_800_000}, "quiet": quiet});
    assert_eq!(scene.ask("PUT", &path, &settings).code, 200);
    assert_eq!(scene.get(&path), settings);
    assert_eq!(scene.get(PATH)["settings"], settings);
    for (body, expected) in [
        (json!({"cap": {"actions": 0, "within_ms": 1}}), "/cap/actions"),
        (json!({"cap": {"actions": 1, "within_ms": 0}}), "/cap/within_ms"),
        (json!({"cap": {"actions": 1, "within_ms": 367 * 86_400_000_i64}}), "/cap/within_ms"),
        (json!({"quiet": {"from": "08:00", "to": "08:00", "zone": "UTC"}}), "/quiet"),
    ] {
        let reply = scene.ask("PUT", &path, &body);
        assert_eq!((reply.code, pointers(&reply)), (422, vec![expected.to_owned()]), "{}", reply.body);
    }
    assert_eq!(scene.ask("PUT", &path, &json!({"quiet": {"from": "25:00"}})).code, 400);
}

#[test]
fn every_template_is_saved_once_its_choices_are_made() {
    let scene = Scene::start();
    let tag = scene.ask("POST", "/api/v1/tags", &json!({"name": "Low"})).body["id"].clone();
    let templates = scene.get(&format!("{PATH}/templates"));
    for template in templates["templates"].as_array().expect("a list") {
        let mut draft = template["draft"].clone();
        match template["key"].as_str().unwrap_or_default() {
            "job-seekers" => draft["contents"]["s1"]["channel"] = json!("C024BE91L"),
            "clean-crm" => draft["contents"]["s2"] = json!({"do": "tag", "tag": tag}),
            _ => {}
        }
        let reply = scene.ask("POST", PATH, &draft);
        assert_eq!(reply.code, 201, "{}: {}", template["key"], reply.body);
    }
}
