//! The mail with last week's figures: every Monday at eight, once.

use super::{Day, columns, place};
use crate::mail::{mails, start};
use crate::meetings::Office;
use crate::members::Browser;
use crate::support::Knock;
use knock_model::Role;
use knock_testing::MailServer;
use serde_json::{Value, json};

const PATH: &str = "/api/v1/report-mail";
/// Mondays at 08:00 in Berlin.
const FIRST: &str = "2026-06-08T06:00:00Z";
const SECOND_MS: i64 = 1_781_503_200_000;

fn at(knock: &Knock, instant: &str) {
    assert_eq!(knock.set_clock(&json!({"now": instant})).code, 200, "{instant}");
}

/// The mails of weeks, the newest first.
fn weeks(knock: &Knock, key: &str) -> Vec<Value> {
    mails(knock, key).into_iter().filter(|mail| mail["kind"] == "mail.week").collect()
}

fn recipients(knock: &Knock, key: &str) -> Vec<Value> {
    weeks(knock, key).iter().map(|mail| mail["to"].clone()).collect()
}

fn turns(knock: &Knock, who: &Browser, is_on: bool) -> Value {
    let reply = who.ask(knock, "PUT", PATH, &json!({"is_on": is_on}));
    assert_eq!(reply.code, 200, "{}", reply.body);
    assert_eq!(who.get(knock, PATH).body, reply.body);
    reply.body
}

#[test]
fn it_comes_on_monday_at_eight_with_the_numbers_of_the_report_and_once() {
    let server = MailServer::start();
    let mut day = Day::lived_in(Office::of(start(&server)));
    let goals = json!({"goals": [{"metric": "first_reply_median", "value": 2.0}]});
    let (knock, key) = (&day.office.knock, day.office.key.clone());
    assert_eq!(knock.ask("PUT", "/api/v1/report-goals", &key, &goals).code, 200);
    let off = json!({"is_on": false, "is_mail_set_up": true, "next_at": null});
    assert_eq!(day.office.admin.get(knock, PATH).body, off);
    let on = turns(knock, &day.office.admin, true);
    assert_eq!(on["next_at"], json!(SECOND_MS - 7 * 86_400_000), "{on}");

    for none in ["2026-06-07T20:00:00Z", "2026-06-08T05:59:59Z"] {
        at(knock, none);
        assert_eq!(weeks(knock, &key), Vec::<Value>::new(), "{none}");
    }
    at(knock, FIRST);
    let sent = weeks(knock, &key);
    assert_eq!(sent.len(), 1, "{sent:?}");
    let text = sent[0]["text"].as_str().expect("a text");
    let report = day.report("overview", "from=2026-06-01&to=2026-06-07&tz=Europe/Berlin");
    let label = |metric: &str| columns(&report)[place(&report, metric)]["label"].as_str().expect("a label").to_owned();
    for (metric, number) in [("leads", 3), ("chats", 2), ("meetings_booked", 1), ("meetings_held", 1), ("deals", 0)] {
        let line = format!("\n{}: {number} (the week before: 0)\n", label(metric));
        assert!(text.contains(&line), "{line}: {text}");
    }
    let median = report["total"][place(&report, "first_reply_median")].as_f64().expect("a median");
    let line =
        format!("{}: {median} min (the week before: no data; goal: 2 min, not met)", label("first_reply_median"));
    assert!(text.contains(&line), "{line}: {text}");
    assert!(text.contains("/app/reports/overview?from=2026-06-01&to=2026-06-07&tz=Europe/Berlin"), "{text}");

    // Neither time nor a restart sends it again.
    day.office.knock = day.office.knock.kill_and_restart();
    let knock = &day.office.knock;
    at(knock, "2026-06-09T06:00:00Z");
    assert_eq!(weeks(knock, &key).len(), 1);
    assert_eq!(day.office.admin.get(knock, PATH).body["next_at"], json!(SECOND_MS));

    // Off means none, and one who turns it on again gets none for a week that was due.
    assert_eq!(turns(knock, &day.office.admin, false), off);
    at(knock, "2026-06-15T06:00:00Z");
    turns(knock, &day.office.admin, true);
    at(knock, "2026-06-15T12:00:00Z");
    assert_eq!(weeks(knock, &key).len(), 1);
}

#[test]
fn one_that_would_come_too_late_is_left_out() {
    let server = MailServer::start();
    let Office { knock, key, admin } = Office::of(start(&server));
    turns(&knock, &admin, true);
    at(&knock, "2026-06-10T06:00:00Z");
    assert_eq!(weeks(&knock, &key), Vec::<Value>::new());
    at(&knock, "2026-06-17T05:59:59Z");
    let sent = weeks(&knock, &key);
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(sent[0]["subject"], "Your week on Knock: 2026-06-08 to 2026-06-14");
}

#[test]
fn each_member_has_their_own_hour_and_those_who_see_no_reports_none() {
    let server = MailServer::start();
    let Office { knock, key, admin } = Office::of(start(&server));
    let [cy, di, bo] = [("cy", Role::Manager), ("di", Role::Manager), ("bo", Role::Rep)]
        .map(|(name, role)| Browser::member(&knock, &admin, &format!("{name}@us.example"), role));
    assert_eq!(bo.ask(&knock, "PUT", PATH, &json!({"is_on": true})).code, 403);
    assert_eq!(knock.ask("PUT", PATH, &key, &json!({"is_on": true})).code, 403, "a program has no mail");
    for who in [&admin, &cy, &di] {
        turns(&knock, who, true);
    }
    let path = format!("/api/v1/members/{}", admin.id_of(&knock, "di@us.example"));
    let demoted = admin.ask(&knock, "PATCH", &path, &json!({"role": "rep"}));
    assert!((200..300).contains(&demoted.code), "{}", demoted.body);

    let other = knock.start_beside();
    for one in other.iter().chain([&knock]) {
        at(one, FIRST);
    }
    assert_eq!(recipients(&knock, &key).len(), 1, "in Berlin it is eight");
    for one in other.iter().chain([&knock]) {
        at(one, "2026-06-08T08:00:00Z");
    }
    let all = recipients(&knock, &key);
    assert_eq!((all.len(), &all[0]), (2, &json!("cy@us.example")), "{all:?}");
}

#[test]
fn without_a_mail_server_nothing_waits_to_be_sent() {
    let Office { knock, key, admin } = Office::open();
    let expected = json!({"is_on": true, "is_mail_set_up": false, "next_at": null});
    assert_eq!(turns(&knock, &admin, true), expected);
    at(&knock, FIRST);
    assert_eq!(weeks(&knock, &key), Vec::<Value>::new());
}
