//! The page Home: each fact is a step, steps are put aside, and today says what the other pages say.

use crate::chat::open_as;
use crate::members::Browser;
use crate::support::{Knock, ORIGIN, batch, signal};
use knock_model::Role;
use knock_testing::{Answer, Receiver, found};
use serde_json::{Value, json};

const PATH: &str = "/api/v1/home";
const MEETING: &str = "0e000000-0000-4000-8000-000000000002";
const ALL: [&str; 11] =
    ["profile", "site", "hours", "place", "mail", "answers", "slack", "crm", "colleagues", "calendar", "demo"];

fn home(knock: &Knock, who: &Browser) -> Value {
    let reply = who.get(knock, PATH);
    assert_eq!(reply.code, 200, "{}", reply.body);
    reply.body
}

fn names(home: &Value, is_such: impl Fn(&Value) -> bool) -> Vec<String> {
    let steps = home["steps"].as_array().expect("steps").iter().filter(|step| is_such(step));
    steps.map(|step| step["step"].as_str().expect("a word").to_owned()).collect()
}

fn step(home: &Value, name: &str) -> Value {
    let steps = home["steps"].as_array().expect("steps");
    steps.iter().find(|step| step["step"] == name).unwrap_or_else(|| panic!("no {name}: {home}")).clone()
}

fn done(home: &Value) -> Vec<String> {
    names(home, |step| step["is_done"] == true)
}

/// Kinds of what is broken.
fn broken(home: &Value) -> Vec<String> {
    let troubles = home["today"]["broken"].as_array().expect("a list");
    troubles.iter().map(|trouble| trouble["kind"].as_str().expect("a word").to_owned()).collect()
}

fn site(knock: &Knock, admin: &Browser) -> String {
    let made = admin.ask(knock, "POST", "/api/v1/sites", &json!({"name": "Brewlab", "origins": [ORIGIN]}));
    assert_eq!(made.code, 201, "{}", made.body);
    made.text("key")
}

#[test]
fn each_fact_makes_its_step_done() {
    let knock = Knock::start();
    let admin = Browser::admin(&knock);
    assert_eq!(names(&home(&knock, &admin), |_| true), ALL);
    assert_eq!(done(&home(&knock, &admin)), [""; 0], "the hours of the first start were chosen by no one");
    let put = |path: &str, body: &Value| {
        let reply = admin.ask(&knock, "PUT", path, body);
        assert_eq!(reply.code, 200, "{path}: {}", reply.body);
    };

    put("/api/v1/profile", &json!({"name": "Lena Ito"}));
    let profile = step(&home(&knock, &admin), "profile");
    assert_eq!((&profile["is_done"], &profile["fact"]), (&json!(false), &json!("Lena Ito")), "without a picture");

    let key = site(&knock, &admin);
    let waits = step(&home(&knock, &admin), "site");
    assert_eq!((&waits["is_done"], &waits["can_wait"]), (&json!(false), &json!(false)));
    let now = knock.now();
    assert_eq!(knock.post_signals(&batch(&key, 1, now, &[signal(now, 1, "page_view", "/")])).code, 202);
    let sends = found("the signal is there", || {
        Some(step(&home(&knock, &admin), "site")).filter(|step| step["is_done"] == true)
    });
    assert!(ORIGIN.ends_with(sends["fact"].as_str().expect("a host")) && sends["at"].is_number(), "{sends}");

    put("/api/v1/availability", &json!({"hours": {"zone": "Europe/Berlin", "mon": [["10:00", "12:00"]]}}));
    let mut meetings = admin.get(&knock, "/api/v1/settings/meetings").body;
    meetings["location"] = json!("https://meet.example/brew");
    put("/api/v1/settings/meetings", &meetings);
    for number in 0..5 {
        let answer = json!({"site": key, "question": format!("Question {number}?"), "answer": "Yes."});
        let made = admin.ask(&knock, "POST", "/api/v1/knowledge/answers", &answer);
        assert_eq!(made.code, 201, "{}", made.body);
        assert_eq!(step(&home(&knock, &admin), "answers")["count"], json!(number + 1));
    }
    Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
    let demo = knock.site();
    assert_eq!(admin.ask(&knock, "DELETE", &format!("/api/v1/sites/{demo}"), &Value::Null).code, 204);

    let after = home(&knock, &admin);
    assert_eq!(done(&after), ["site", "hours", "place", "answers", "colleagues", "demo"]);
    assert_eq!(step(&after, "hours")["fact"], "Europe/Berlin");
    assert_eq!(step(&after, "place")["fact"], "https://meet.example/brew");
    assert_eq!((&step(&after, "colleagues")["count"], &step(&after, "demo")["fact"]), (&json!(2), &json!("removed")));
}

#[test]
fn steps_are_put_aside_for_the_workspace_or_the_member_and_taken_up_again() {
    let knock = Knock::start();
    let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
    let [bo, cy] = ["bo@us.example", "cy@us.example"].map(|email| Browser::member(&knock, &admin, email, Role::Rep));
    let put = |who: &Browser, name: &str, is_put_aside: bool| {
        who.ask(&knock, "PUT", &format!("{PATH}/steps/{name}"), &json!({"is_put_aside": is_put_aside})).code
    };
    let aside = |who: &Browser| names(&home(&knock, who), |step| step["is_put_aside"] == true);
    for _ in 0..2 {
        assert_eq!([put(&admin, "slack", true), put(&admin, "hours", true), put(&bo, "calendar", true)], [204; 3]);
    }
    let other = Browser::member(&knock, &admin, "di@us.example", Role::Admin);
    assert_eq!((aside(&admin), aside(&other)), (vec!["hours".into(), "slack".into()], vec!["slack".to_owned()]));
    assert_eq!((aside(&bo), aside(&cy)), (vec!["calendar".to_owned()], Vec::new()));

    // What the role may not do, what is no step, and what cannot wait.
    assert_eq!([put(&bo, "slack", true), put(&admin, "nothing", true)], [403, 404]);
    let refused = admin.ask(&knock, "PUT", &format!("{PATH}/steps/site"), &json!({"is_put_aside": true}));
    assert_eq!((refused.code, &refused.body["errors"][0]["pointer"]), (422, &json!("/is_put_aside")));
    assert_eq!(admin.ask(&knock, "PUT", &format!("{PATH}/steps/slack"), &json!({"later": true})).code, 400);

    assert_eq!(put(&other, "slack", false), 204);
    assert_eq!(aside(&admin), ["hours"]);
    let entries = knock.get("/api/v1/audit?action=first_step.changed", &key).body["entries"].clone();
    assert_eq!(entries.as_array().expect("entries").len(), 4, "the same again is no change: {entries}");
    assert_eq!((&entries[0]["after"]["step"], &entries[0]["after"]["is_put_aside"]), (&json!("slack"), &json!(false)));
}

#[test]
fn a_role_sees_the_steps_that_it_may_take() {
    let knock = Knock::start();
    let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
    let [manager, rep] = [("cy@us.example", Role::Manager), ("bo@us.example", Role::Rep)]
        .map(|(email, role)| Browser::member(&knock, &admin, email, role));
    assert_eq!(names(&home(&knock, &manager), |_| true), ["profile", "hours", "place", "answers", "calendar"]);
    assert_eq!(names(&home(&knock, &rep), |_| true), ["profile", "hours", "calendar"]);
    assert_eq!(knock.get(PATH, &key).code, 403, "a key without a member has no Home");
    let wrong = rep.get(&knock, &format!("{PATH}?zone=Mars%2FBase"));
    assert_eq!((wrong.code, &wrong.body["errors"][0]["pointer"]), (400, &json!("query/zone")));
    assert_eq!(rep.get(&knock, &format!("{PATH}?zone=America%2FNew_York")).code, 200);
}

#[test]
fn today_says_what_the_other_pages_say() {
    let knock = Knock::start();
    let (site, admin) = (knock.site(), Browser::admin(&knock));
    let rep = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
    let empty = home(&knock, &admin)["today"].clone();
    for part in ["waiting", "on_site", "changed_meetings", "unanswered"] {
        assert_eq!(empty[part], json!(0), "{part}");
    }
    assert_eq!((&empty["waits"], &empty["meetings"]), (&json!([]), &json!([])));

    let now = knock.now();
    assert_eq!(knock.post_signals(&batch(&site, 7, now, &[signal(now, 1, "page_view", "/pricing")])).code, 202);
    let chat = open_as(&knock, &site, 1);
    assert_eq!(chat.write(&knock, 7, "We are 200 people and need a quote").code, 201);
    let start = now / 3_600_000 * 3_600_000 + 7_200_000;
    let meeting = json!({"id": MEETING, "email": "lee@meeting.example", "name": "Lee", "start_at": start,
        "owner": admin.id_of(&knock, "bo@us.example")});
    let added = admin.ask(&knock, "POST", "/api/v1/meetings", &meeting);
    assert_eq!(added.code, 201, "{}", added.body);

    let waiting = admin.get(&knock, "/api/v1/notifications/waiting").body["conversations"].clone();
    let today = found("the signal is stored", || {
        Some(home(&knock, &admin)["today"].clone()).filter(|today| today["on_site"] != json!(0))
    });
    let visits = admin.get(&knock, "/api/v1/visits").body["visits"].clone();
    assert_eq!(today["waiting"], json!(waiting.as_array().expect("a list").len()));
    assert_eq!(today["waits"][0]["conversation"], json!(chat.id), "{today}");
    assert_eq!(today["on_site"], json!(visits.as_array().expect("a list").len()), "{visits}");
    assert_eq!((&today["meetings"][0]["name"], &today["meetings"][0]["is_mine"]), (&json!("Lee"), &json!(false)));
    let own = home(&knock, &rep)["today"].clone();
    assert_eq!((&own["meetings"][0]["is_mine"], &own["changed_meetings"]), (&json!(true), &json!(1)));
}

#[test]
fn what_broke_is_said_to_who_can_mend_it() {
    let receiver = Receiver::start(|_, _| Answer::Code(500));
    let knock = Knock::start_with(&[("KNOCK_OUTBOUND_PRIVATE_NETWORKS", "127.0.0.0/8")]);
    let admin = Browser::admin(&knock);
    let rep = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
    let own = site(&knock, &admin);
    let now = knock.now();
    assert_eq!(knock.post_signals(&batch(&own, 1, now, &[signal(now, 1, "page_view", "/")])).code, 202);
    found("the signal is stored", || done(&home(&knock, &admin)).contains(&"site".to_owned()).then_some(()));
    assert_eq!(broken(&home(&knock, &admin)), [""; 0]);

    let webhook = admin.ask(
        &knock,
        "POST",
        "/api/v1/webhooks",
        &json!({"url": receiver.url("/"), "events": ["contact.created"]}),
    );
    assert_eq!(webhook.code, 201, "{}", webhook.body);
    let test = format!("/api/v1/webhooks/{}/test", webhook.text("id"));
    assert_eq!(admin.ask(&knock, "POST", &test, &Value::Null).code, 202);
    let trouble = found("its attempt has failed", || {
        let home = home(&knock, &admin);
        broken(&home).contains(&"webhook".to_owned()).then(|| home["today"]["broken"][0].clone())
    });
    assert_eq!(trouble["name"], "127.0.0.1", "{trouble}");
    assert!(trouble["text"].as_str().is_some_and(|text| text.contains("500")) && trouble["since"].is_number());
    assert_eq!(broken(&home(&knock, &rep)), [""; 0], "a rep mends no webhook");

    assert_eq!(knock.set_clock(&json!({"advance_ms": 25 * 3_600_000})).code, 200);
    let all = broken(&home(&knock, &admin));
    assert!(all.contains(&"silent".to_owned()), "{all:?}");
}
