//! Availability over HTTP: reps who take leads now, and its effect on routing.

use crate::chat::open_as;
use crate::members::Browser;
use crate::support::Knock;
use knock_model::Role;
use serde_json::{Value, json};

const HOUR: i64 = 3_600_000;
const OWN: &str = "/api/v1/availability";

struct Team {
    knock: Knock,
    key: String,
    admin: Browser,
    rep: Browser,
}

impl Team {
    /// Starts a server with an admin and a rep in one pool.
    fn start() -> Team {
        Team::on(Knock::start())
    }

    /// The same at a future instant.
    fn start_at(instant: &str) -> Team {
        let knock = Knock::start();
        assert_eq!(knock.set_clock(&json!({"now": instant})).code, 200);
        Team::on(knock)
    }

    fn on(knock: Knock) -> Team {
        let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
        let rep = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
        let team = Team { knock, key, admin, rep };
        let ids = ["admin@localhost", "bo@us.example"].map(|email| team.admin.id_of(&team.knock, email));
        let rule = json!({"name": "Pool", "funnel": "chat", "segments": [], "fallback": {"assign": {"pool": ids}}});
        assert_eq!(team.admin.ask(&team.knock, "PUT", "/api/v1/rules/default_chat", &rule).code, 200);
        team
    }

    fn sets(&self, who: &Browser, availability: &Value) -> Value {
        let reply = who.ask(&self.knock, "PUT", OWN, availability);
        assert_eq!(reply.code, 200, "{}", reply.body);
        reply.body
    }

    /// The decision on a new chat: assignee, reason, and skipped members.
    fn chat(&self, visitor: u64) -> (Value, Value, Value) {
        let chat = open_as(&self.knock, &self.knock.site(), visitor);
        assert_eq!(chat.write(&self.knock, 1, "We are 200 people and need a quote").code, 201);
        let decision = chat.record(&self.knock, &self.key)["decisions"][0].clone();
        (decision["assignee"].clone(), decision["reason"].clone(), decision["skipped"].clone())
    }
}

fn skipped(all: &[(&str, &str)]) -> Value {
    all.iter().map(|(rep, reason)| json!({"rep": rep, "reason": reason})).collect()
}

#[test]
fn pools_skip_who_is_away_full_or_off_hours_and_the_decision_says_so() {
    let team = Team::start();
    let (admin, bo) = ("admin@localhost", "bo@us.example");
    assert_eq!(team.sets(&team.admin, &json!({"state": "away"}))["state"], "away");
    let turn = json!("fallback_round_robin");
    assert_eq!(team.chat(1), (json!(bo), turn.clone(), skipped(&[(admin, "away")])));

    let full = team.sets(&team.rep, &json!({"capacity": 1}));
    assert_eq!((&full["open_chats"], &full["is_full"], &full["state"]), (&json!(1), &json!(true), &json!("active")));
    let both = skipped(&[(admin, "away"), (bo, "at_capacity")]);
    assert_eq!(team.chat(2), (json!("AI Agent"), json!("nobody_available"), both));

    let until = team.knock.now() + HOUR;
    assert_eq!(team.sets(&team.admin, &json!({"state": "away", "away_until": until}))["state"], "away");
    team.knock.set_clock(&json!({"advance_ms": HOUR + 1}));
    assert_eq!(team.admin.get(&team.knock, OWN).body["state"], "active");
    assert_eq!(team.chat(3), (json!(admin), turn.clone(), skipped(&[(bo, "at_capacity")])));

    // Hours without a day: the rep is never available.
    let off = team.sets(&team.rep, &json!({"hours": {"zone": "Europe/Berlin"}}));
    assert_eq!((&off["state"], &off["is_full"]), (&json!("off_hours"), &json!(false)));
    assert_eq!(team.chat(4), (json!(admin), turn.clone(), skipped(&[(bo, "off_hours")])));
    let always: Vec<_> =
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(|day| (day, json!([["00:00", "24:00"]]))).into();
    let mut hours: serde_json::Map<_, _> = always.into_iter().map(|(day, ranges)| (day.to_owned(), ranges)).collect();
    hours.insert("zone".to_owned(), json!("Asia/Kolkata"));
    assert_eq!(team.sets(&team.rep, &json!({"hours": hours}))["state"], "active");
    assert_eq!(team.chat(5), (json!(bo), turn, Value::Null));
}

#[test]
fn the_agent_says_at_once_and_once_that_a_rep_who_is_away_cannot_answer() {
    let knock = Knock::start();
    let (key, admin) = (knock.admin_key(), Browser::admin(&knock));
    let said = |visitor: u64| {
        let chat = open_as(&knock, &knock.site(), visitor);
        assert_eq!(chat.write(&knock, 1, "We are 200 people and need a quote").code, 201);
        // All due work is done before the response.
        knock.set_clock(&json!({"advance_ms": 1_000}));
        assert_eq!(chat.record(&knock, &key)["decisions"][0]["reason"], "fallback", "given to them all the same");
        let texts =
            chat.messages(&knock, 2).into_iter().map(|message| message["text"].as_str().expect("text").to_owned());
        texts.collect::<Vec<_>>()
    };
    let sets = |availability: &Value| assert_eq!(admin.ask(&knock, "PUT", OWN, availability).code, 200);
    let here = said(1);
    assert_eq!(here.len(), 1, "{here:?}");
    sets(&json!({"state": "away"}));
    let absent = said(2);
    assert_eq!((absent.len(), absent[0].contains("right now")), (1, true), "{absent:?}");
    sets(&json!({"state": "away", "away_until": knock.now() + 5 * HOUR}));
    let back = said(3);
    assert_eq!((back.len(), back[0].contains("is back")), (2, true), "{back:?}");
    assert!(back[1].contains("come back later"), "{back:?}");
    // One who is back early is not said to be away.
    let chat = open_as(&knock, &knock.site(), 4);
    assert_eq!(chat.write(&knock, 1, "We are 200 people and need a quote").code, 201);
    sets(&json!({"state": "active"}));
    assert_eq!(chat.write(&knock, 2, "Can I talk to a human?").code, 201);
    let texts = chat.messages(&knock, 4);
    let last = texts.last().and_then(|message| message["text"].as_str()).expect("a reply");
    assert!(!last.contains("right now") && !last.contains("is back"), "{texts:?}");
}

#[test]
fn reps_see_who_takes_leads_and_admins_set_it_for_others() {
    let team = Team::start();
    let bo = team.admin.id_of(&team.knock, "bo@us.example");
    let path = format!("/api/v1/members/{bo}/availability");
    let away = json!({"state": "away", "capacity": 7});
    assert_eq!(team.rep.ask(&team.knock, "PUT", &path, &away).code, 403);
    let shown = team.admin.ask(&team.knock, "PUT", &path, &away).body["availability"].clone();
    assert_eq!((&shown["state"], &shown["capacity"]), (&away["state"], &away["capacity"]));
    let reps = team.rep.get(&team.knock, "/api/v1/reps").body;
    let states: Vec<_> = reps["reps"].as_array().expect("a list").iter().map(|rep| &rep["state"]).collect();
    assert_eq!(states, ["active", "away"]);
    assert_eq!(team.rep.get(&team.knock, OWN).body["availability"], shown);
    let unknown = "/api/v1/members/00000000000000000000000000000000/availability";
    assert_eq!(team.admin.ask(&team.knock, "PUT", unknown, &away).code, 404);
    let bearer = format!("Bearer {}", team.key);
    let headers = [("content-type", "application/json"), ("authorization", bearer.as_str())];
    assert_eq!(team.knock.send("PUT", OWN, &headers, Some(b"{}")).code, 403, "a key takes no leads");
}

#[test]
fn a_wrong_field_is_named_and_changes_nothing() {
    let team = Team::start();
    let now = team.knock.now();
    let ranges = vec![json!(["09:00", "10:00"]); 11];
    let trip = |from: &str, to: &str, zone: &str| json!({"from": from, "to": to, "zone": zone});
    for (body, pointer) in [
        (json!({"capacity": 0}), "/capacity"),
        (json!({"capacity": 1001}), "/capacity"),
        (json!({"state": "away", "away_until": now - 1}), "/away_until"),
        (json!({"state": "active", "away_until": now + HOUR}), "/away_until"),
        (json!({"hours": {"zone": "Berlin"}}), "/hours/zone"),
        (json!({"hours": {"zone": "Europe/Berlin", "tue": [["09:00", "12:00"], ["17:00", "13:00"]]}}), "/hours/tue/1"),
        (json!({"hours": {"zone": "Europe/Berlin", "fri": [["9", "12:00"]]}}), "/hours/fri/0"),
        (json!({"hours": {"zone": "Europe/Berlin", "sun": ranges}}), "/hours/sun"),
        (json!({"overrides": [{"date": "2026-02-30"}]}), "/overrides/0/date"),
        (json!({"overrides": [{"date": "2026-12-24"}, {"date": "2026-12-24"}]}), "/overrides/1/date"),
        (json!({"overrides": [{"date": "2026-12-24", "ranges": [["12:00", "12:00"]]}]}), "/overrides/0/ranges/0"),
        (json!({"overrides": [{"date": "2026-12-24", "ranges": ranges}]}), "/overrides/0/ranges"),
        (json!({"overrides": vec![json!({"date": "2026-12-24"}); 401]}), "/overrides"),
        (json!({"travel": [trip("2026-12-24", "2026-12-23", "Asia/Tokyo")]}), "/travel/0/to"),
        (json!({"travel": [trip("2026-12-24", "2026-12-24", "Tokyo")]}), "/travel/0/zone"),
        (json!({"travel": vec![trip("2026-12-24", "2026-12-24", "Asia/Tokyo"); 51]}), "/travel"),
        (json!({"holidays": "Germany"}), "/holidays"),
    ] {
        let reply = team.rep.ask(&team.knock, "PUT", OWN, &body);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (422, &json!(pointer)), "{}", reply.body);
    }
    assert_eq!(team.rep.get(&team.knock, OWN).body["availability"], json!({"state": "active"}));
}

/// Hours around the clock, every day, in Berlin.
fn round_the_clock() -> Value {
    let mut hours = json!({"zone": "Europe/Berlin"});
    for day in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
        hours[day] = json!([["00:00", "24:00"]]);
    }
    hours
}

#[test]
fn a_public_holiday_is_off_hours_for_chats_unless_the_hours_are_for_meetings() {
    let team = Team::start_at("2030-01-01T11:30:00Z");
    let hours = round_the_clock();
    assert_eq!(team.sets(&team.rep, &json!({"hours": hours}))["state"], "active");
    let settings = "/api/v1/settings/meetings";
    assert_eq!(team.admin.ask(&team.knock, "PUT", settings, &json!({"holidays": "DE"})).code, 200);
    assert_eq!(team.rep.get(&team.knock, OWN).body["state"], "off_hours");
    let away = json!({"state": "away"});
    assert_eq!(team.sets(&team.admin, &away)["state"], "away");
    let both = skipped(&[("admin@localhost", "away"), ("bo@us.example", "off_hours")]);
    assert_eq!(team.chat(1), (json!("AI Agent"), json!("nobody_available"), both));
    let own = json!({"hours": hours, "overrides": [{"date": "2030-01-01", "ranges": [["12:00", "13:00"]]}]});
    assert_eq!(team.sets(&team.rep, &own)["state"], "active", "an hour of one's own");
    assert_eq!(team.sets(&team.rep, &json!({"hours": hours, "holidays": "none"}))["state"], "active");
    assert_eq!(team.sets(&team.rep, &json!({"hours": hours, "hours_for": "meetings"}))["state"], "active");
}

#[test]
fn one_goes_away_and_comes_back_with_the_hours_that_one_has() {
    let team = Team::start();
    let kept = json!({"state": "active", "hours": round_the_clock(), "hours_for": "meetings", "capacity": 3});
    let shown = team.sets(&team.rep, &kept);
    let path = "/api/v1/availability/state";
    let sets = |state: &str| team.rep.ask(&team.knock, "PUT", path, &json!({"state": state})).body;
    assert_eq!(sets("away")["state"], "away");
    assert_eq!(team.rep.get(&team.knock, OWN).body["availability"]["capacity"], 3);
    assert_eq!(sets("active"), json!({"state": "active"}));
    assert_eq!(team.rep.get(&team.knock, OWN).body["availability"], shown["availability"]);
    assert_eq!(team.rep.ask(&team.knock, "PUT", path, &json!({"state": "asleep"})).code, 400);
}

#[test]
fn the_first_admin_has_hours_for_meetings_and_takes_chats_at_any_time() {
    let knock = Knock::start();
    // A Sunday at three in the morning.
    assert_eq!(knock.set_clock(&json!({"now": "2030-01-06T03:00:00Z"})).code, 200);
    let admin = Browser::admin(&knock);
    let own = admin.get(&knock, OWN).body;
    assert_eq!((&own["state"], &own["availability"]["hours_for"]), (&json!("active"), &json!("meetings")));
    let hours = &own["availability"]["hours"];
    assert_eq!((&hours["mon"], &hours["sun"]), (&json!([["09:00", "17:00"]]), &json!([])));
    let links = admin.get(&knock, "/api/v1/links").body["links"].clone();
    let funnels = links.as_array().expect("links").iter().map(|link| (link["slug"].clone(), link["funnel"].clone()));
    let expected = [("Website", "chat"), ("chat", "chat"), ("meeting", "meeting")];
    assert_eq!(funnels.collect::<Vec<_>>(), expected.map(|(slug, funnel)| (json!(slug), json!(funnel))));
}
