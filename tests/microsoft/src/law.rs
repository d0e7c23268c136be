//! The law of `delta`: the fold of its answers is what a full calendar view shows, whatever happens in between.

use crate::request::{Body, Request};
use crate::route::{self, Outcome};
use crate::settings::Settings;
use crate::world::World;
use crate::{identity, ids};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// A mailbox and a client that follows one of its two calendars.
struct Client {
    world: World,
    token: String,
    calendars: [String; 2],
    /// What the client has, by id.
    rows: BTreeMap<String, Json>,
    link: Option<String>,
}

/// A change by the owner, by positions in the list of what there is.
#[derive(Clone, Debug)]
enum Step {
    Add { day: i8, hour: i8, calendar: usize },
    AddSeries { day: i8, count: u8 },
    Move { event: usize, day: i8, hour: i8 },
    Delete { event: usize },
    MoveOccurrence { instance: usize, hour: i8 },
    DeleteOccurrence { instance: usize },
    ToCalendar { event: usize, calendar: usize },
    EndSeries { event: usize },
    Read,
}

fn step() -> impl Strategy<Value = Step> {
    let (day, hour) = (1..=28_i8, 0..=22_i8);
    prop_oneof![
        (day.clone(), hour.clone(), 0..2_usize).prop_map(|(day, hour, calendar)| Step::Add { day, hour, calendar }),
        (day.clone(), 1..9_u8).prop_map(|(day, count)| Step::AddSeries { day, count }),
        (0..9_usize, day, hour.clone()).prop_map(|(event, day, hour)| Step::Move { event, day, hour }),
        (0..9_usize).prop_map(|event| Step::Delete { event }),
        (0..30_usize, hour).prop_map(|(instance, hour)| Step::MoveOccurrence { instance, hour }),
        (0..30_usize).prop_map(|instance| Step::DeleteOccurrence { instance }),
        (0..9_usize, 0..2_usize).prop_map(|(event, calendar)| Step::ToCalendar { event, calendar }),
        (0..9_usize).prop_map(|event| Step::EndSeries { event }),
        Just(Step::Read),
    ]
}

/// Times of an hour on a day of January, of which the client sees the days from the 8th to the 20th.
fn hour(day: i8, hour: i8) -> Json {
    let at = |hour: i8| json!({"dateTime": format!("2026-01-{day:02}T{hour:02}:00:00"), "timeZone": "Europe/Berlin"});
    json!({"start": at(hour), "end": at(hour + 1)})
}

const SPAN: &str = "startDateTime=2026-01-08T00:00:00Z&endDateTime=2026-01-20T00:00:00Z";

impl Client {
    fn new(settings: Settings) -> Client {
        let mut world = World::new("http://graph".to_owned());
        world.settings = settings;
        let account = world.signed_in.clone();
        let scopes = BTreeSet::from(["Calendars.ReadWrite".to_owned()]);
        let token =
            identity::grant(&mut world, &account, &scopes)["access_token"].as_str().expect("a token").to_owned();
        let mut client = Client { world, token, calendars: Default::default(), rows: BTreeMap::new(), link: None };
        let owner = client.world.accounts.get(&account).expect("the account").owner();
        let team =
            crate::account::Calendar { number: 0, name: "Team".to_owned(), is_default: false, can_edit: true, owner };
        let team = client.world.add_calendar(&account, team);
        let first = client.world.accounts.get(&account).and_then(|account| account.default_calendar()).expect("one");
        client.calendars = [ids::calendar(first.number), ids::calendar(team)];
        client
    }

    /// The body of an answer, if the request was not refused.
    fn ask(&mut self, method: &str, uri: &str, body: &Json) -> Option<Json> {
        let headers =
            [("authorization", format!("Bearer {}", self.token)), ("content-type", "application/json".to_owned())];
        let headers = headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let request = Request::new(method, uri, headers, body.to_string().as_bytes());
        let Outcome::Answer(answer) = route::answer(&mut self.world, &request) else { return None };
        match answer.body {
            _ if answer.code >= 300 => None,
            Body::Json(json) => Some(json),
            Body::Empty | Body::Html(_) => Some(Json::Null),
        }
    }

    fn pages(&mut self, first: String) -> (Vec<Json>, Option<String>) {
        let (mut rows, mut next) = (Vec::new(), first);
        loop {
            let page = self.ask("GET", &next, &Json::Null).expect("a page");
            rows.extend(page["value"].as_array().cloned().unwrap_or_default());
            let link = |name: &str| page[name].as_str().map(|link| link.replace("http://graph", ""));
            match link("@odata.nextLink") {
                Some(link) => next = link,
                None => return (rows, link("@odata.deltaLink")),
            }
        }
    }

    fn view(&mut self) -> Vec<Json> {
        let path = format!("/v1.0/me/calendars/{}/calendarView?{SPAN}&$top=7", self.calendars[0]);
        self.pages(path).0
    }

    fn events(&mut self) -> Vec<String> {
        let paths = self.calendars.clone().map(|calendar| format!("/v1.0/me/calendars/{calendar}/events?$top=1000"));
        let rows = paths.into_iter().flat_map(|path| self.pages(path).0).collect::<Vec<_>>();
        rows.iter().filter_map(|row| row["id"].as_str().map(str::to_owned)).collect()
    }

    /// Reads what changed. A row without a series replaces all that the client has of it.
    fn read(&mut self) {
        let first = format!("/v1.0/me/calendars/{}/calendarView/delta?{SPAN}", self.calendars[0]);
        let link = self.link.clone().unwrap_or(first);
        let (rows, link) = self.pages(link);
        self.link = link;
        for row in rows {
            let id = row["id"].as_str().expect("an id").to_owned();
            if !row["seriesMasterId"].is_string() {
                self.rows.retain(|_, other| other["seriesMasterId"] != row["id"]);
            }
            match row["@removed"].is_object() {
                true => drop(self.rows.remove(&id)),
                false => drop(self.rows.insert(id, row)),
            }
        }
    }

    fn take(&mut self, step: &Step) {
        let events = self.events();
        let event = |at: usize| events.get(at % events.len().max(1)).map(|id| format!("/v1.0/me/events/{id}"));
        match step {
            Step::Add { day, hour: at, calendar } => {
                let path = format!("/v1.0/me/calendars/{}/events", self.calendars[*calendar]);
                self.ask("POST", &path, &hour(*day, *at)).expect("an event");
            }
            Step::AddSeries { day, count } => {
                let mut body = hour(*day, 9);
                body["recurrence"] = json!({
                    "pattern": {"type": "daily", "interval": 2},
                    "range": {"type": "numbered", "startDate": format!("2026-01-{day:02}"), "numberOfOccurrences": count},
                });
                let path = format!("/v1.0/me/calendars/{}/events", self.calendars[0]);
                self.ask("POST", &path, &body).expect("a series");
            }
            Step::Move { event: at, day, hour: to } => {
                event(*at).and_then(|path| self.ask("PATCH", &path, &hour(*day, *to)));
            }
            Step::Delete { event: at } => {
                event(*at).and_then(|path| self.ask("DELETE", &path, &Json::Null));
            }
            Step::EndSeries { event: at } => {
                event(*at).and_then(|path| self.ask("PATCH", &path, &json!({"recurrence": null})));
            }
            Step::MoveOccurrence { instance, hour: to } => {
                let Some(row) = self.instance(*instance) else { return };
                let day = row["start"]["dateTime"].as_str().and_then(|text| text[8..10].parse().ok()).expect("a day");
                let path = format!("/v1.0/me/events/{}", row["id"].as_str().expect("an id"));
                self.ask("PATCH", &path, &hour(day, *to));
            }
            Step::DeleteOccurrence { instance } => {
                let Some(row) = self.instance(*instance) else { return };
                self.ask("DELETE", &format!("/v1.0/me/events/{}", row["id"].as_str().expect("an id")), &Json::Null);
            }
            Step::ToCalendar { event: at, calendar } => {
                let Some(id) = events.get(at % events.len().max(1)) else { return };
                let number = ids::item_of(id).expect("an id").number;
                let calendar = ids::calendar_of(&self.calendars[*calendar]).expect("an id");
                let (account, now) = (self.world.signed_in.clone(), self.world.now());
                self.world.accounts.get_mut(&account).expect("the account").move_to(number, calendar, now);
            }
            Step::Read => self.read(),
        }
    }

    fn instance(&mut self, at: usize) -> Option<Json> {
        let view = self.view();
        view.get(at % view.len().max(1)).filter(|row| row["seriesMasterId"].is_string()).cloned()
    }

    /// What the client has, with the statuses that occurrences take from their series.
    fn folded(&self) -> BTreeSet<String> {
        let own = self.rows.values().filter(|row| row["type"] != "seriesMaster");
        own.map(|row| {
            let master = row["seriesMasterId"].as_str().and_then(|id| self.rows.get(id));
            let shown =
                if row["showAs"].is_null() { master.map(|master| &master["showAs"]) } else { Some(&row["showAs"]) };
            line(row, shown.unwrap_or(&Json::Null))
        })
        .collect()
    }
}

fn line(row: &Json, show_as: &Json) -> String {
    format!("{} {} {} {} {show_as}", row["id"], row["type"], row["start"]["dateTime"], row["end"]["dateTime"])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_fold_of_deltas_is_the_full_view(
        steps in prop::collection::vec(step(), 1..24),
        (page, flags) in (1..6_usize, prop::array::uniform4(any::<bool>())),
    ) {
        let [has_empty_page, replays, names_removed_occurrences, reports_beyond] = flags;
        let settings = Settings {
            delta_page: page, has_empty_page, replays, names_removed_occurrences, reports_beyond, ..Settings::default()
        };
        let mut client = Client::new(settings);
        for step in &steps {
            client.take(step);
        }
        client.read();
        let full: BTreeSet<String> = client.view().iter().map(|row| line(row, &row["showAs"])).collect();
        prop_assert_eq!(client.folded(), full);
    }
}
