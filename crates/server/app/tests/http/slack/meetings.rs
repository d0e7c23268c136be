//! Notices of meetings in the monitoring channel and to the owner, updated in place.

use super::{Office, SETTINGS, key_of, mention, once, text};
use crate::members::Browser;
use crate::support::id;
use contract_slack::seed;
use knock_model::Role;
use knock_testing::found;
use serde_json::{Value, json};

pub(super) const LEAD: &str = "lee@first.example";

impl Office {
    /// An office whose meetings are all Ann's, who works around the clock in Berlin; with `more` in the rule.
    pub(super) fn with_meetings(more: &Value) -> Office {
        let office = Office::open();
        office.works("ann@acme.example");
        office.saves_rule(more);
        office.until("Slack has listed its users", |settings| settings["users_matched"] == 1);
        office
    }

    /// Saves a rule that assigns all meetings to Ann; with `more` in it.
    pub(super) fn saves_rule(&self, more: &Value) {
        let reps = [self.member("ann@acme.example")];
        let mut rule = json!({"name": "Meetings", "funnel": "meeting", "segments": [],
            "fallback": {"assign": {"calendar": "single", "reps": reps}}});
        rule.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        let reply = self.ask("PUT", "/api/v1/rules/default_meeting", &rule);
        assert_eq!(reply.code, 200, "{}", reply.body);
    }

    /// Adds a rep who works around the clock in Berlin.
    pub(super) fn works(&self, email: &str) {
        let rep = Browser::nameless(&self.knock, &Browser::admin(&self.knock), email, Role::Rep);
        let day = json!([["00:00", "23:30"]]);
        let mut hours = json!({"zone": "Europe/Berlin"});
        for name in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
            hours[name] = day.clone();
        }
        let hours = json!({"hours": hours});
        assert_eq!(rep.ask(&self.knock, "PUT", "/api/v1/availability", &hours).code, 200);
    }

    pub(super) fn starts(&self) -> Vec<String> {
        let path = format!("/v1/meetings/slots?link=meeting&email={LEAD}&tz=Europe/Berlin");
        let list = self.knock.send("GET", &path, &[("origin", &self.knock.url)], None).body;
        let slots = list["slots"].as_array().unwrap_or_else(|| panic!("no slots: {list}"));
        slots.iter().map(|slot| text(slot, "start")).collect()
    }

    /// Books as a visitor; the meeting and its token.
    pub(super) fn books(&self, start: &str) -> (String, String) {
        let browser = id(1_780_000_000_000, 1);
        let body = json!({"link": "meeting", "visitor": browser, "session": browser, "email": LEAD, "name": "Lee Park",
            "start": start, "tz": "America/Vancouver"});
        let reply = self.knock.post("/v1/meetings", &body);
        assert_eq!(reply.code, 201, "{}", reply.body);
        (reply.text("meeting"), reply.text("token"))
    }

    /// Waits until the notices of a meeting, in the channel and to Ann, have this text.
    pub(super) fn until_noticed(&self, meeting: &str, wanted: &str) -> Vec<Value> {
        found(&format!("the notices say {wanted}"), || {
            self.passes_between_attempts();
            let notices = self.notices(meeting);
            let is_there = |notice: &Value| notice["blocks"].to_string().contains(wanted);
            (notices.len() == 2 && notices.iter().all(is_there)).then_some(notices)
        })
    }

    fn notices(&self, meeting: &str) -> Vec<Value> {
        let key = format!("meeting:{meeting}:");
        self.slack.messages().into_iter().filter(|message| key_of(message).starts_with(&key)).collect()
    }

    fn changes(&self, meeting: &str, change: &Value) {
        let path = format!("/api/v1/meetings/{meeting}");
        let reply = Browser::admin(&self.knock).ask(&self.knock, "PATCH", &path, change);
        assert_eq!(reply.code, 200, "{}", reply.body);
    }
}

fn at(instant: &str) -> i64 {
    instant.parse::<jiff::Timestamp>().expect("an instant").as_millisecond()
}

/// An instant as a notice shows it.
fn shown(instant: &str) -> String {
    let at = instant.parse::<jiff::Timestamp>().expect("an instant").in_tz("Europe/Berlin").expect("a zone");
    at.strftime("%-d %b %Y, %H:%M %:z, Europe/Berlin").to_string()
}

#[test]
fn a_meeting_is_posted_once_and_the_notices_follow_it() {
    let office = Office::with_meetings(&json!({}));
    let starts = office.starts();
    let (meeting, token) = office.books(&starts[2]);
    let notices = office.until_noticed(&meeting, "Booked");
    let blocks = notices[0]["blocks"].to_string();
    for part in ["Lee Park", "first.example", &shown(&starts[2]), "30 min", &mention(seed::ANN), "Routed by Meetings"] {
        assert!(blocks.contains(part), "{part}: {blocks}");
    }
    let channels: Vec<&Value> = notices.iter().map(|notice| &notice["channel"]).collect();
    assert!(channels.contains(&&json!(seed::GENERAL)) && channels[0] != channels[1], "{channels:?}");
    let places = |notices: &[Value]| notices.iter().map(|notice| notice["ts"].clone()).collect::<Vec<_>>();
    let first = places(&notices);

    let path = format!("/v1/bookings/{token}/reschedule");
    assert_eq!(office.knock.post(&path, &json!({"start": starts[6]})).code, 200);
    assert_eq!(places(&office.until_noticed(&meeting, &shown(&starts[6]))), first, "the same posts");
    office.passes(at(&starts[6]) - office.knock.now() + 60_000);
    office.changes(&meeting, &json!({"no_show": true}));
    assert_eq!(places(&office.until_noticed(&meeting, "No-show")), first);
    office.changes(&meeting, &json!({"took_place": true}));
    assert_eq!(places(&office.until_noticed(&meeting, "Took place")), first);
    once(&office);
}

#[test]
fn a_meeting_is_shown_in_the_channel_of_its_rule_and_its_cancellation_with_the_reason() {
    let office = Office::with_meetings(&json!({"monitoring_channel": seed::LEADS}));
    let (meeting, token) = office.books(&office.starts()[2]);
    let notices = office.until_noticed(&meeting, "Booked");
    assert!(notices.iter().any(|notice| notice["channel"] == seed::LEADS), "{notices:?}");
    assert!(notices.iter().all(|notice| notice["channel"] != seed::GENERAL), "{notices:?}");
    assert_eq!(office.knock.post(&format!("/v1/bookings/{token}/cancel"), &json!({"reason": "Ill <!here>"})).code, 200);
    let notices = office.until_noticed(&meeting, "Cancelled by the lead: Ill");
    assert!(notices.iter().all(|notice| notice["notified"] == json!([seed::ANN])), "{notices:?}");
    assert!(!notices.iter().any(|notice| notice["blocks"].to_string().contains("<!here>")), "{notices:?}");
    once(&office);
}

#[test]
fn a_meeting_of_a_rule_whose_channel_is_broken_is_shown_in_the_one_of_the_workspace_with_the_reason() {
    let office = Office::with_meetings(&json!({"monitoring_channel": seed::ARCHIVED}));
    let (meeting, _) = office.books(&office.starts()[2]);
    let notices = office.until_noticed(&meeting, "Booked");
    let shown = notices.iter().find(|notice| notice["channel"] == seed::GENERAL).expect("a card in the channel");
    let blocks = shown["blocks"].to_string();
    for part in [&format!("<#{}>", seed::ARCHIVED), "the rule \u{201c}Meetings\u{201d}", "is archived. Unarchive it"] {
        assert!(blocks.contains(part), "{part}: {blocks}");
    }
    let settings = office.settings();
    let problem = &settings["problems"][0];
    assert_eq!((&problem["channel"], &settings["parked"]), (&json!(seed::ARCHIVED), &json!(0)), "{settings}");
    assert_eq!(problem["places"][0]["rule"], "Meetings", "{settings}");
    // A channel that no rule names any more is forgotten.
    let draft = json!({"monitoring_channel": seed::GENERAL, "note_mark": "//"});
    office.saves_rule(&json!({}));
    found("the problem is dropped", || {
        assert_eq!(office.ask("PUT", SETTINGS, &draft).code, 200);
        (office.settings()["problems"] == json!([])).then_some(())
    });
    once(&office);
}

#[test]
fn a_meeting_that_is_handed_over_is_shown_to_its_new_owner_and_to_the_one_before() {
    let office = Office::with_meetings(&json!({}));
    office.works("bob@acme.example");
    office.until("both are members", |settings| settings["users_matched"] == 2);
    let (meeting, _) = office.books(&office.starts()[2]);
    let before = office.until_noticed(&meeting, "Booked");
    let bob = office.member("bob@acme.example");
    office.changes(&meeting, &json!({"owner": bob}));
    let notices = found("all three notices name the new owner", || {
        office.passes_between_attempts();
        let notices = office.notices(&meeting);
        let names_bob = |notice: &Value| notice["blocks"].to_string().contains(&mention(seed::BOB));
        (notices.len() == 3 && notices.iter().all(names_bob)).then_some(notices)
    });
    let new = notices.iter().find(|notice| key_of(notice).ends_with(&bob)).expect("a message to Bob");
    assert!(before.iter().all(|notice| notice["channel"] != new["channel"]), "{notices:?}");
    once(&office);
}

#[test]
fn a_meeting_that_is_booked_in_an_outage_is_shown_after_a_restart() {
    let office = Office::with_meetings(&json!({}));
    let starts = office.starts();
    office.slack.control("PUT", "outage", &json!({"on": true, "status": 503}));
    let (meeting, _) = office.books(&starts[2]);
    let office = office.killed();
    assert!(office.notices(&meeting).is_empty());
    office.slack.control("PUT", "outage", &json!({"on": false}));
    office.until_noticed(&meeting, &shown(&starts[2]));
    once(&office);
}

#[test]
fn the_posts_about_a_meeting_are_exported_and_erased_with_the_person() {
    let office = Office::with_meetings(&json!({}));
    let (meeting, _) = office.books(&office.starts()[2]);
    office.until_noticed(&meeting, "Booked");
    office.settle();
    let exported = office.knock.command(&["export", "--person", LEAD]);
    let exported: Value = serde_json::from_slice(&exported.stdout).expect("JSON");
    let posts = exported["slack_posts"].as_array().unwrap_or_else(|| panic!("no posts: {exported}"));
    assert_eq!(posts.iter().filter(|post| post["meeting"] == meeting.as_str()).count(), 2, "{posts:?}");
    let erased = office.knock.command(&["erase", "--person", LEAD]);
    assert!(erased.status.success(), "{erased:?}");
    assert_eq!(office.knock.select("SELECT key FROM slack_meeting_posts"), Vec::<String>::new());
}
