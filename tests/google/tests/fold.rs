//! The fold of all increments equals a full read, after any changes by the owner and as time goes on.

use contract_google::{ACCOUNT, CLIENT_ID, CLIENT_SECRET, Server};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use ureq::Agent;

const REDIRECT: &str = "http://127.0.0.1:8080/back";
const SCOPE: &str = "https://www.googleapis.com/auth/calendar";

/// An app that is connected with the account.
struct App {
    server: Server,
    agent: Agent,
    refresh_token: String,
}

impl App {
    fn connect() -> App {
        let server = Server::start("127.0.0.1:0").expect("it listens");
        server.control("PUT", "clock", &json!({"stop_at": "2026-03-02T08:00:00Z"}));
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let agent: Agent = config.max_redirects_will_error(false).build().into();
        let form = [
            ("client_id", CLIENT_ID),
            ("client_secret", CLIENT_SECRET),
            ("redirect_uri", REDIRECT),
            ("response_type", "code"),
            ("access_type", "offline"),
            ("scope", SCOPE),
            ("decision", "allow"),
            ("grant_type", "authorization_code"),
        ];
        let consent = agent.post(format!("{}/o/oauth2/v2/auth", server.url())).send_form(form).expect("an answer");
        let back = consent.headers()["location"].to_str().expect("a text").to_owned();
        let code = url::Url::parse(&back).expect("an address");
        let code = code.query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned();
        let mut app = App { server, agent, refresh_token: String::new() };
        let tokens = app.tokens(&[form.as_slice(), &[("code", code.as_str())]].concat());
        app.refresh_token = tokens["refresh_token"].as_str().expect("a token").to_owned();
        app
    }

    fn tokens(&self, form: &[(&str, &str)]) -> Json {
        let request = self.agent.post(format!("{}/token", self.server.url()));
        let mut reply = request.send_form(form.iter().copied()).expect("an answer");
        serde_json::from_str(&reply.body_mut().read_to_string().expect("a text")).expect("JSON")
    }

    /// A new access token: the clock moves on by days.
    fn access_token(&self) -> String {
        let client = [("client_id", CLIENT_ID), ("client_secret", CLIENT_SECRET), ("grant_type", "refresh_token")];
        let tokens = self.tokens(&[client.as_slice(), &[("refresh_token", self.refresh_token.as_str())]].concat());
        tokens["access_token"].as_str().expect("a token").to_owned()
    }

    /// Every item of a list, and its sync token.
    fn list(&self, query: &[(&str, &str)]) -> (Vec<Json>, String) {
        let mut items = Vec::new();
        let mut page: Option<String> = None;
        let token = self.access_token();
        loop {
            let address = format!("{}/calendar/v3/calendars/primary/events", self.server.url());
            let request = self.agent.get(address).header("authorization", format!("Bearer {token}"));
            let request = request.query_pairs(query.iter().copied());
            let request = request.query_pairs(page.as_deref().map(|token| ("pageToken", token)));
            let mut reply = request.call().expect("an answer");
            let body: Json = serde_json::from_str(&reply.body_mut().read_to_string().expect("a text")).expect("JSON");
            items.extend(body["items"].as_array().unwrap_or_else(|| panic!("{body}")).iter().cloned());
            match body["nextPageToken"].as_str() {
                Some(token) => page = Some(token.to_owned()),
                None => return (items, body["nextSyncToken"].as_str().expect("a sync token").to_owned()),
            }
        }
    }
}

/// Numbers that are the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("a small number") % most
    }
}

fn time(dice: &mut Dice) -> Json {
    let (day, hour) = (dice.below(28) + 1, dice.below(9) + 8);
    let at =
        |minute| json!({"dateTime": format!("2026-03-{day:02}T{hour:02}:{minute}:00"), "timeZone": "Europe/Berlin"});
    json!({"start": at("00"), "end": at("45")})
}

fn rule(dice: &mut Dice) -> Json {
    let rules =
        ["FREQ=DAILY;COUNT=5", "FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=MONTHLY;COUNT=3", "FREQ=DAILY;UNTIL=20260420T000000Z"];
    json!([format!("RRULE:{}", rules[dice.below(rules.len())])])
}

/// One change by the owner. Some are refused, such as that of an instance that is no more.
fn change(app: &App, dice: &mut Dice, number: usize) {
    let events = app.server.control("GET", &format!("events/{ACCOUNT}"), &json!({}));
    let alive: Vec<&Json> =
        events.as_array().into_iter().flatten().filter(|event| event["status"] != "cancelled").collect();
    let picked = if alive.is_empty() { None } else { alive.get(dice.below(alive.len())).copied() };
    let mut event = time(dice);
    match (dice.below(8), picked) {
        (0 | 1, _) | (_, None) => {
            event["id"] = json!(format!("event{number}"));
            if dice.below(2) == 0 {
                event["recurrence"] = rule(dice);
            }
            app.server.control("POST", "events", &json!({"event": event}));
        }
        (2, _) => drop(app.server.control("PUT", "clock", &json!({"advance": 5 * 86_400_000_i64}))),
        (3, Some(picked)) => drop(app.server.control("DELETE", "events", &json!({"id": picked["id"]}))),
        (4, Some(picked)) if picked["recurringEventId"].is_null() => {
            event["recurrence"] = if dice.below(3) == 0 { Json::Null } else { rule(dice) };
            app.server.control("PATCH", "events", &json!({"id": picked["id"], "event": event}));
        }
        (5 | 6, Some(_)) => {
            let query = [("singleEvents", "true"), ("maxResults", "40")];
            let instances: Vec<Json> = app.list(&query).0;
            let instances: Vec<&Json> = instances.iter().filter(|event| !event["recurringEventId"].is_null()).collect();
            if instances.is_empty() {
                return;
            }
            let id = &instances[dice.below(instances.len())]["id"];
            match dice.below(2) {
                0 => app.server.control("DELETE", "events", &json!({"id": id})),
                _ => app.server.control("PATCH", "events", &json!({"id": id, "event": event})),
            };
        }
        (_, Some(picked)) => {
            let event = json!({"summary": format!("Named {number}"), "start": event["start"], "end": event["end"]});
            app.server.control("PATCH", "events", &json!({"id": picked["id"], "event": event}));
        }
    }
}

fn folded(known: &mut BTreeMap<String, Json>, items: Vec<Json>) {
    for item in items {
        let id = item["id"].as_str().expect("an id").to_owned();
        match item["status"] == "cancelled" {
            true => drop(known.remove(&id)),
            false => drop(known.insert(id, item)),
        }
    }
}

#[test]
fn increments_fold_to_a_full_read() {
    for seed in 0..6 {
        let (app, mut dice) = (App::connect(), Dice(seed));
        let singles = if seed % 3 == 0 { "false" } else { "true" };
        let query = [("singleEvents", singles), ("maxResults", "90")];
        let (mut known, mut sync) = (BTreeMap::new(), app.list(&query).1);
        for number in 0..24 {
            change(&app, &mut dice, number);
            if dice.below(3) > 0 {
                continue;
            }
            let (items, next) = app.list(&[query.as_slice(), &[("syncToken", sync.as_str())]].concat());
            sync = next;
            folded(&mut known, items);
            let mut full = BTreeMap::new();
            folded(&mut full, app.list(&query).0);
            let differ: Vec<&String> =
                known.keys().chain(full.keys()).filter(|id| known.get(*id) != full.get(*id)).collect();
            assert!(differ.is_empty(), "seed {seed}, change {number}, {singles}: {differ:?}");
        }
    }
}
