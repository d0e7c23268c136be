//! The notifications of a member, and the chats that wait for the member.

use crate::chat::{open_as, rep_writes};
use crate::meetings::{Office, TUESDAY_TEN};
use crate::members::Browser;
use crate::support::Knock;
use knock_model::Role;
use knock_testing::{Answer, Receiver, eventually};
use serde_json::{Value, json};

const SETTINGS: &str = "/api/v1/notifications";

/// A push subscription like a browser's, with this endpoint.
pub(crate) fn subscription(endpoint: &str) -> Value {
    let p256dh = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    json!({"endpoint": endpoint, "p256dh": p256dh, "auth": "BTBZMqHH6r4Tts7J_aSIgg"})
}

/// The chats that wait for a member, each with the instant of the start of its wait.
fn waiting(knock: &Knock, browser: &Browser) -> Vec<(String, i64)> {
    let reply = browser.get(knock, "/api/v1/notifications/waiting");
    assert_eq!(reply.code, 200, "{}", reply.body);
    let rows = reply.body["conversations"].as_array().expect("a list").clone();
    let shown =
        |row: &Value| (row["id"].as_str().expect("an id").to_owned(), row["waiting_since"].as_i64().expect("one"));
    rows.iter().map(shown).collect()
}

/// Queues all due notifications, then waits for the end of their deliveries.
fn pushes_have_ended(knock: &Knock) {
    knock.advance(1_000);
    eventually("no push is pending", || knock.metric(r#"knock_outbox_waiting{destination="push"}"#) == 0.0);
}

#[test]
fn each_member_has_settings_of_their_own_until_they_are_removed() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    let rep = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
    let mut settings = rep.get(&knock, SETTINGS).body;
    assert_eq!((&settings["wait_minutes"], &settings["shows_text"]), (&json!(2), &json!(false)));
    settings["new_chat"]["sound"] = json!(false);
    settings["quiet"] = json!([{"days": [6, 5, 6], "from": "18:00", "to": "09:00"}]);
    settings["time_zone"] = json!("Europe/Berlin");
    let saved = rep.ask(&knock, "PUT", SETTINGS, &settings);
    assert_eq!((saved.code, &saved.body["quiet"][0]["days"]), (200, &json!([5, 6])), "{}", saved.body);
    assert_eq!(rep.get(&knock, SETTINGS).body, saved.body);
    assert_eq!(admin.get(&knock, SETTINGS).body["new_chat"]["sound"], true, "another member's are others");
    settings["time_zone"] = json!("Mars/Base");
    let wrong = rep.ask(&knock, "PUT", SETTINGS, &settings);
    assert_eq!((wrong.code, &wrong.body["errors"][0]["pointer"]), (422, &json!("/time_zone")));
    settings["colour"] = json!("red");
    assert_eq!(rep.ask(&knock, "PUT", SETTINGS, &settings).code, 400);
    let key = knock.admin_key();
    for path in [SETTINGS, "/api/v1/notifications/waiting"] {
        assert_eq!(knock.get(path, &key).code, 403, "{path}: a program is not notified");
    }
    let path = format!("/api/v1/members/{}", admin.id_of(&knock, "bo@us.example"));
    assert_eq!(admin.ask(&knock, "DELETE", &path, &Value::Null).code, 204);
    let again = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
    assert_eq!(again.get(&knock, SETTINGS).body["new_chat"]["sound"], true);
}

#[test]
fn a_chat_waits_for_all_members_until_it_is_assigned_and_for_none_once_it_is_answered() {
    let knock = Knock::start();
    let (site, key) = (knock.site(), knock.admin_key());
    let admin = Browser::admin(&knock);
    let rep = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
    let (unclear, clear) = (open_as(&knock, &site, 1), open_as(&knock, &site, 2));
    assert!(waiting(&knock, &rep).is_empty(), "no message yet");
    assert_eq!(unclear.write(&knock, 1, "Hello").code, 201);
    let since = unclear.record(&knock, &key)["conversation"]["waiting_since"].as_i64().expect("an instant");
    let first = (unclear.id.clone(), since);
    assert_eq!([waiting(&knock, &rep), waiting(&knock, &admin)], [[first.clone()], [first.clone()]]);
    knock.set_clock(&json!({"advance_ms": 1_000}));
    // The default rule assigns it to the admin.
    assert_eq!(clear.write(&knock, 2, "We are 200 people and need a quote").code, 201);
    assert_eq!(waiting(&knock, &rep), std::slice::from_ref(&first));
    let of_admin = waiting(&knock, &admin);
    assert_eq!((of_admin.len(), &of_admin[0], &of_admin[1].0), (2, &first, &clear.id), "the longest wait first");
    // Without a reply to the agent's question, the chat is routed after two minutes.
    knock.set_clock(&json!({"advance_ms": 130_000}));
    assert!(waiting(&knock, &rep).is_empty());
    assert_eq!(waiting(&knock, &admin)[0], first, "the wait goes on");
    assert_eq!(rep_writes(&knock, &clear, 3, "Hello, happy to help!"), 201);
    assert_eq!(waiting(&knock, &admin), [first]);
    assert_eq!(unclear.act(&knock, &key, &json!("mark_spam")), 204);
    assert!(waiting(&knock, &admin).is_empty(), "spam does not wait");
}

const DEVICES: &str = "/api/v1/notifications/devices";

/// A server that may post to this machine.
fn start() -> Knock {
    Knock::start_with(&[("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8")])
}

fn devices(knock: &Knock, browser: &Browser) -> Vec<Value> {
    browser.get(knock, DEVICES).body["devices"].as_array().expect("a list").clone()
}

#[test]
fn a_subscription_is_checked_field_by_field() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    let wrong = |field: &str, value: &str| {
        let mut body = subscription("https://push.example/a");
        body[field] = json!(value);
        let reply = admin.ask(&knock, "POST", DEVICES, &body);
        (reply.code, reply.body["errors"][0]["pointer"].as_str().unwrap_or_default().to_owned())
    };
    for (field, value) in [
        ("endpoint", "no address"),
        ("endpoint", "https://127.0.0.1/send"),
        ("endpoint", "file:///etc/passwd"),
        ("p256dh", "AAAA"),
        ("p256dh", "!"),
        ("auth", "AAAA"),
    ] {
        assert_eq!(wrong(field, value), (422, format!("/{field}")), "{value}");
    }
    assert!(devices(&knock, &admin).is_empty());
    assert_eq!(knock.get(DEVICES, &knock.admin_key()).code, 403);
}

#[test]
fn a_push_is_signed_and_encrypted_and_only_an_address_that_is_gone_is_dropped() {
    let service = Receiver::start(|heard, _| match heard.path.as_str() {
        "/gone" => Answer::Code(410),
        "/refused" => Answer::Code(403),
        _ => Answer::Code(201),
    });
    let knock = start();
    let admin = Browser::admin(&knock);
    for path in ["/good", "/gone", "/refused", "/good"] {
        assert_eq!(admin.ask(&knock, "POST", DEVICES, &subscription(&service.url(path))).code, 204);
    }
    let all = devices(&knock, &admin);
    assert_eq!(all.len(), 3, "the same address is the same browser: {all:?}");
    assert!(all.iter().all(|device| device["is_this"] == true && device["last_at"].is_null()));
    for device in &all {
        let path = format!("{DEVICES}/{}/test", device["id"].as_str().expect("an id"));
        assert_eq!(admin.ask(&knock, "POST", &path, &Value::Null).code, 202);
    }
    eventually("the one that is gone is dropped", || devices(&knock, &admin).len() == 2);
    eventually("both have an answer", || devices(&knock, &admin).iter().all(|device| device["last_answer"] != ""));
    let answers: Vec<Value> = devices(&knock, &admin).iter().map(|device| device["last_answer"].clone()).collect();
    assert_eq!(answers, ["answered 201", "answered 403"]);
    let heard = service.count(3);
    for push in heard {
        let names = ["content-encoding", "urgency", "ttl"];
        let found = names.map(|name| push.header(name).to_owned());
        assert_eq!(&found[..2], ["aes128gcm", "high"]);
        assert!((3_500..=3_600).contains(&found[2].parse::<u32>().expect("seconds")), "{}", found[2]);
        let key = admin.get(&knock, DEVICES).body["key"].as_str().expect("a key").to_owned();
        assert!(push.header("authorization").ends_with(&format!(", k={key}")));
    }
}

#[test]
fn subscriptions_end_with_the_session_that_made_them() {
    let service = Receiver::start(|_, _| Answer::Code(201));
    let knock = start();
    let admin = Browser::admin(&knock);
    let [rep, again] =
        ["bo@us.example", "cy@us.example"].map(|email| Browser::member(&knock, &admin, email, Role::Rep));
    for (browser, path) in [(&admin, "/a"), (&rep, "/b"), (&again, "/c")] {
        assert_eq!(browser.ask(&knock, "POST", DEVICES, &subscription(&service.url(path))).code, 204);
    }
    assert_eq!(rep.ask(&knock, "DELETE", "/api/v1/session", &Value::Null).code, 204);
    let path = format!("/api/v1/members/{}", admin.id_of(&knock, "cy@us.example"));
    assert_eq!(admin.ask(&knock, "DELETE", &path, &Value::Null).code, 204);
    // The remaining members are notified of an unassigned chat.
    let site = knock.site();
    let chat = open_as(&knock, &site, 1);
    assert_eq!(chat.write(&knock, 1, "Hello").code, 201);
    pushes_have_ended(&knock);
    assert_eq!(service.all().iter().map(|push| push.path.as_str()).collect::<Vec<_>>(), ["/a"]);
}

#[test]
fn who_looks_at_a_dashboard_or_has_quiet_hours_gets_no_push() {
    let service = Receiver::start(|_, _| Answer::Code(201));
    let knock = start();
    let (site, admin) = (knock.site(), Browser::admin(&knock));
    let pushed = |n: u64| {
        let before = service.all().len();
        assert_eq!(open_as(&knock, &site, n).write(&knock, n, "Hello").code, 201);
        let device = devices(&knock, &admin)[0]["id"].as_str().expect("an id").to_owned();
        assert_eq!(admin.ask(&knock, "POST", &format!("{DEVICES}/{device}/test"), &Value::Null).code, 202);
        pushes_have_ended(&knock);
        service.all().len() - before - 1
    };
    assert_eq!(admin.ask(&knock, "POST", DEVICES, &subscription(&service.url("/a"))).code, 204);
    assert_eq!(pushed(1), 1);
    let looks = |is_looking: bool| {
        let path = "/api/v1/notifications/presence";
        assert_eq!(admin.ask(&knock, "PUT", path, &json!({"is_looking": is_looking})).code, 204);
    };
    looks(true);
    assert_eq!(pushed(2), 0);
    looks(false);
    assert_eq!(pushed(3), 1);
    looks(true);
    knock.set_clock(&json!({"advance_ms": 80_000}));
    assert_eq!(pushed(4), 1, "a page that is silent is closed");
    let mut settings = admin.get(&knock, SETTINGS).body;
    settings["quiet"] = json!([{"days": [1, 2, 3, 4, 5, 6, 7], "from": "00:00", "to": "00:00"}]);
    assert_eq!(admin.ask(&knock, "PUT", SETTINGS, &settings).code, 200);
    assert_eq!(pushed(5), 0);
}

#[test]
fn the_owner_of_a_meeting_gets_a_push_when_it_is_booked_moved_reassigned_or_cancelled() {
    let service = Receiver::start(|_, _| Answer::Code(201));
    let office = Office::of(start());
    let (knock, admin) = (&office.knock, &office.admin);
    let bo = Browser::member(knock, admin, "bo@us.example", Role::Rep);
    office.works(&bo);
    for (browser, path) in [(admin, "/admin"), (&bo, "/bo")] {
        assert_eq!(browser.ask(knock, "POST", DEVICES, &subscription(&service.url(path))).code, 204);
    }
    let mut known = 0;
    let mut pushed = || {
        pushes_have_ended(knock);
        let all = service.all();
        let mut paths: Vec<String> = all[known..].iter().map(|push| push.path.clone()).collect();
        known = all.len();
        paths.sort();
        paths
    };
    let id = office.books(1, "ann@first.example", TUESDAY_TEN).text("meeting");
    assert_eq!(pushed(), ["/admin"]);
    let change = |id: &str, change: Value| {
        let reply = admin.ask(knock, "PATCH", &format!("/api/v1/meetings/{id}"), &change);
        assert_eq!(reply.code, 200, "{}", reply.body);
    };
    change(&id, json!({"start_at": 1_780_388_100_000_i64}));
    assert!(pushed().is_empty(), "the admin did it");
    change(&id, json!({"owner": admin.id_of(knock, "bo@us.example")}));
    assert_eq!(pushed(), ["/bo"]);
    let path = "/api/v1/notifications/presence";
    assert_eq!(bo.ask(knock, "PUT", path, &json!({"is_looking": true})).code, 204);
    change(&id, json!({"start_at": 1_780_391_700_000_i64}));
    assert!(pushed().is_empty(), "the owner looks at a dashboard");
    assert_eq!(bo.ask(knock, "PUT", path, &json!({"is_looking": false})).code, 204);
    change(&id, json!({"cancel": "Bo is ill"}));
    assert_eq!(pushed(), ["/bo"]);
    let mut settings = admin.get(knock, SETTINGS).body;
    settings["meeting"]["push"] = json!(false);
    assert_eq!(admin.ask(knock, "PUT", SETTINGS, &settings).code, 200);
    assert_eq!(office.books(2, "cat@second.example", TUESDAY_TEN).code, 201);
    assert!(pushed().is_empty());
}

#[test]
fn a_meeting_is_unseen_for_those_whom_its_change_concerns_until_they_look() {
    let office = Office::open();
    let (knock, admin) = (&office.knock, &office.admin);
    let [bo, cy] = ["bo@us.example", "cy@us.example"].map(|email| Browser::member(knock, admin, email, Role::Rep));
    let mut settings = cy.get(knock, SETTINGS).body;
    settings["all_meetings"] = json!(true);
    assert_eq!(cy.ask(knock, "PUT", SETTINGS, &settings).code, 200);
    const UNSEEN: &str = "/api/v1/notifications/meetings";
    let unseen = || [admin, &bo, &cy].map(|who| who.get(knock, UNSEEN).body["meetings"].clone());
    let looks = |who: &Browser, at: Value| assert_eq!(who.ask(knock, "PUT", UNSEEN, &at).code, 204);
    let (none, first) = (json!([]), office.books(1, "ann@first.example", TUESDAY_TEN));
    let (id, token) = (first.text("meeting"), first.text("token"));
    let one = json!([id]);
    assert_eq!(unseen(), [one.clone(), none.clone(), one.clone()], "its owner, and a colleague with `all_meetings`");
    looks(admin, json!({"meeting": id}));
    looks(&cy, json!({}));
    assert_eq!(unseen(), [none.clone(), none.clone(), none.clone()]);
    let moved = office.post(&format!("/v1/bookings/{token}/reschedule"), &json!({"start": "2026-06-02T12:00:00Z"}));
    assert_eq!(moved.code, 200, "{}", moved.body);
    let given = json!({"owner": admin.id_of(knock, "bo@us.example")});
    assert_eq!(admin.ask(knock, "PATCH", &format!("/api/v1/meetings/{id}"), &given).code, 200);
    assert_eq!(unseen(), [one.clone(), one.clone(), one.clone()], "moved, and given to Bo");
    looks(admin, json!({}));
    looks(&bo, json!({}));
    assert_eq!(bo.ask(knock, "PATCH", &format!("/api/v1/meetings/{id}"), &json!({"cancel": ""})).code, 200);
    assert_eq!(unseen(), [none.clone(), none.clone(), one], "Bo knows of it");
    knock.advance(2 * 86_400_000);
    assert_eq!(unseen(), [none.clone(), none.clone(), none], "it is over");
    assert_eq!(knock.get(UNSEEN, &office.key).code, 403, "a key has looked at nothing");
}
