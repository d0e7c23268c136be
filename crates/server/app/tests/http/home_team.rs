//! Home for managers: today beside the same weekday of four weeks, waits by their length, members that take chats.

use crate::chat::{open_as, rep_writes};
use crate::meetings::{HOUR, Office};
use crate::members::Browser;
use crate::support::Knock;
use knock_model::Role;
use serde_json::{Value, json};

const MINUTE: i64 = 60_000;
const WEEK: i64 = 7 * 24 * HOUR;

/// What Home says of the team, with today in a zone.
fn team_in(knock: &Knock, who: &Browser, zone: &str) -> Value {
    let reply = who.get(knock, &format!("/api/v1/home?zone={zone}"));
    assert_eq!(reply.code, 200, "{}", reply.body);
    reply.body["team"].clone()
}

fn team(knock: &Knock, who: &Browser) -> Value {
    team_in(knock, who, "Europe%2FBerlin")
}

/// The value of today, and the usual one.
fn figure(team: &Value, metric: &str) -> (Option<f64>, Option<f64>) {
    let all = team["figures"].as_array().expect("figures");
    let of = all.iter().find(|of| of["metric"] == metric).unwrap_or_else(|| panic!("no {metric}: {team}"));
    (of["today"].as_f64(), of["usual"].as_f64())
}

/// The numbers of chats that wait, the shortest wait first.
fn waits(team: &Value) -> Vec<u64> {
    let all = team["waiting"].as_array().expect("a list");
    all.iter().map(|age| age["count"].as_u64().expect("a number")).collect()
}

fn member(team: &Value, name: &str) -> Value {
    let all = team["members"].as_array().expect("a list");
    all.iter().find(|of| of["name"] == name).unwrap_or_else(|| panic!("no {name}: {team}")).clone()
}

/// The figures of one day, by the report.
fn reported(office: &Office, day: &str) -> impl Fn(&str) -> Option<f64> + use<> {
    let path = format!("/api/v1/reports/overview?from={day}&to={day}&tz=Europe%2FBerlin");
    let reply = office.knock.get(&path, &office.key);
    assert_eq!(reply.code, 200, "{}", reply.body);
    let report = reply.body;
    move |metric| {
        let place = report["columns"].as_array()?.iter().position(|column| column["name"] == metric)?;
        report["total"][place].as_f64()
    }
}

#[test]
fn today_is_beside_the_same_weekday_of_four_weeks_up_to_the_same_time() {
    let office = Office::open();
    let (knock, site) = (&office.knock, office.knock.site());
    let opens = |visitor: u64| {
        let chat = open_as(knock, &site, visitor);
        assert_eq!(chat.write(knock, visitor, "We are 200 people and need a quote").code, 201);
        chat
    };
    let empty = team(knock, &office.admin);
    for of in empty["figures"].as_array().expect("figures") {
        assert_eq!(of["usual"], Value::Null, "{empty}");
    }
    assert_eq!((figure(&empty, "chats").0, figure(&empty, "first_reply_median").0), (Some(0.0), None));

    // Four Mondays from noon by UTC with one chat, two, three and four, and one more two hours later.
    let begin = knock.now();
    for week in 0..4_u64 {
        let first = week * 10 + 1;
        let chats: Vec<_> = (first..=first + week).map(opens).collect();
        if week == 0 {
            knock.advance(3 * MINUTE);
            assert_eq!(rep_writes(knock, &chats[0], 50, "Hello, happy to help!"), 201);
        }
        knock.advance(2 * HOUR);
        opens(first + 9);
        let next = begin + WEEK * (i64::try_from(week).expect("a small number") + 1);
        knock.advance(next - knock.now());
    }
    opens(50);
    knock.advance(10 * MINUTE);

    // The session of the first sign-in may have ended.
    let admin = Browser::admin(knock);
    let today = team(knock, &admin);
    assert_eq!((&today["day"], &today["zone"]), (&json!("2026-06-29"), &json!("Europe/Berlin")));
    assert_eq!(figure(&today, "chats"), (Some(1.0), Some(2.5)), "{today}");
    assert_eq!(figure(&today, "meetings_booked"), (Some(0.0), Some(0.0)));
    let (none, usual) = figure(&today, "first_reply_median");
    assert!(none.is_none() && usual.is_some_and(|usual| (3.0..3.5).contains(&usual)), "{today}");

    let (of_today, of_last_week) = (reported(&office, "2026-06-29"), reported(&office, "2026-06-22"));
    for of in today["figures"].as_array().expect("figures") {
        let metric = of["metric"].as_str().expect("a name");
        assert_eq!(of["today"].as_f64(), of_today(metric), "{metric}: {today}");
    }
    assert_eq!(of_last_week("chats"), Some(5.0), "a whole day has the late one too");
}

#[test]
fn figures_are_computed_once_a_minute_in_each_zone() {
    let office = Office::open();
    let (knock, admin) = (&office.knock, &office.admin);
    let chats = |zone: &str| figure(&team_in(knock, admin, zone), "chats").0;
    assert_eq!(chats("Europe%2FBerlin"), Some(0.0));
    assert_eq!(open_as(knock, &knock.site(), 1).write(knock, 1, "We need a quote for 200 people").code, 201);
    assert_eq!(chats("Europe%2FBerlin"), Some(0.0), "within the minute");
    assert_eq!(chats("Asia%2FKolkata"), Some(1.0), "each zone has figures of its own");
    knock.advance(61_000);
    assert_eq!(chats("Europe%2FBerlin"), Some(1.0));
}

#[test]
fn waits_of_the_team_are_counted_by_their_length() {
    let office = Office::open();
    let (knock, admin, site) = (&office.knock, &office.admin, office.knock.site());
    assert_eq!(waits(&team(knock, admin)), [0; 5]);
    let chat = open_as(knock, &site, 1);
    assert_eq!(chat.write(knock, 1, "We are 200 people and need a quote").code, 201);
    for (place, wait) in [0, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 23 * HOUR].into_iter().enumerate() {
        knock.advance(wait);
        let team = team(knock, admin);
        let mut expected = [0; 5];
        expected[place] = 1;
        assert_eq!(waits(&team), expected, "{team}");
        let age = &team["waiting"][place];
        assert_eq!(age["longest"]["conversation"], json!(chat.id), "{team}");
        assert!(age["longest"]["since"].is_number() && age["from_minutes"].is_number(), "{team}");
    }
    let other = open_as(knock, &site, 2);
    assert_eq!(other.write(knock, 2, "We are 300 people and need a quote").code, 201);
    assert_eq!(waits(&team(knock, admin)), [1, 0, 0, 0, 1]);
    assert_eq!(rep_writes(knock, &chat, 50, "Hello, happy to help!"), 201);
    let left = team(knock, admin);
    assert_eq!(waits(&left), [1, 0, 0, 0, 0]);
    assert_eq!(left["waiting"][4]["longest"], Value::Null);
    assert_eq!(other.act(knock, &office.key, &json!("mark_spam")), 204);
    assert_eq!(waits(&team(knock, admin)), [0; 5], "spam does not wait");
}

#[test]
fn members_have_their_state_and_reps_read_nothing_of_the_team() {
    let office = Office::open();
    let (knock, admin) = (&office.knock, &office.admin);
    let rep = Browser::member(knock, admin, "bo@us.example", Role::Rep);
    let manager = Browser::member(knock, admin, "cy@us.example", Role::Manager);
    assert_eq!(team(knock, &rep), Value::Null, "a rep may not see reports");
    let seen = team(knock, &manager);
    assert_eq!(seen["members"].as_array().map(Vec::len), Some(3), "{seen}");
    let name = seen_name(knock, admin, "bo@us.example");
    let own = member(&seen, &name);
    assert_eq!((&own["state"], &own["is_online"], &own["since"]), (&json!("active"), &json!(false), &Value::Null));
    assert_eq!((&own["open_chats"], &own["is_full"], &own["capacity"]), (&json!(0), &json!(false), &Value::Null));

    let looks = |is_looking: bool| {
        let path = "/api/v1/notifications/presence";
        assert_eq!(rep.ask(knock, "PUT", path, &json!({"is_looking": is_looking})).code, 204);
        member(&team(knock, &manager), &name)
    };
    let online = looks(true);
    assert_eq!((&online["is_online"], &online["since"]), (&json!(true), &Value::Null));
    let gone = looks(false);
    assert!(gone["is_online"] == json!(false) && gone["since"].is_number(), "{gone}");

    let away = rep.ask(knock, "PUT", "/api/v1/availability", &json!({"state": "away", "capacity": 5}));
    assert_eq!(away.code, 200, "{}", away.body);
    knock.advance(HOUR);
    let shown = member(&team(knock, &manager), &name);
    assert_eq!((&shown["state"], &shown["capacity"]), (&json!("away"), &json!(5)), "{shown}");
    assert!(shown["since"].as_i64().is_some_and(|since| since < knock.now() - 59 * MINUTE), "{shown}");

    // The admin works until five in Berlin.
    knock.advance(4 * HOUR);
    let admins = member(&team(knock, &manager), &seen_name(knock, admin, "admin@localhost"));
    assert_eq!((&admins["state"], &admins["since"]), (&json!("off_hours"), &Value::Null), "{admins}");
}

/// The name of a member, as colleagues read it.
fn seen_name(knock: &Knock, admin: &Browser, email: &str) -> String {
    let reps = admin.get(knock, "/api/v1/reps").body["reps"].clone();
    let all = reps.as_array().expect("a list");
    let of = all.iter().find(|of| of["email"] == email).unwrap_or_else(|| panic!("no {email}: {reps}"));
    of["name"].as_str().expect("a name").to_owned()
}
