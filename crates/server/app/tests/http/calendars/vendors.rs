//! A server of ours beside a provider that asks for consents: the first rep has connected a calendar there.

use super::{ANN, OWN, health};
use crate::mail::FROM;
use crate::meetings::{Office, TUESDAY_TEN};
use jiff::Timestamp;
use knock_testing::{Mail, MailServer, found};
use serde_json::{Value, json};
use url::{Url, form_urlencoded};

/// A provider, on a clock near that of our server.
pub(super) enum Vendor {
    Google(contract_google::Server),
    Microsoft(contract_microsoft::Server),
}

impl Vendor {
    /// Both of them.
    pub(super) fn all() -> [Vendor; 2] {
        let google = contract_google::Server::start("127.0.0.1:0").expect("it listens");
        let microsoft = contract_microsoft::Server::start("127.0.0.1:0").expect("it listens");
        [Vendor::Google(google), Vendor::Microsoft(microsoft)]
    }

    pub(super) const fn word(&self) -> &'static str {
        match self {
            Vendor::Google(_) => "google",
            Vendor::Microsoft(_) => "microsoft",
        }
    }

    fn settings(&self) -> Vec<(&'static str, String)> {
        match self {
            Vendor::Google(server) => {
                let at = |path: &str| format!("{}{path}", server.url());
                vec![
                    ("KNOCK_GOOGLE_CLIENT_ID", contract_google::CLIENT_ID.to_owned()),
                    ("KNOCK_GOOGLE_CLIENT_SECRET", contract_google::CLIENT_SECRET.to_owned()),
                    ("KNOCK_GOOGLE_API_URL", at("")),
                    ("KNOCK_GOOGLE_AUTHORIZE_URL", at("/o/oauth2/v2/auth")),
                    ("KNOCK_GOOGLE_TOKEN_URL", at("/token")),
                    ("KNOCK_GOOGLE_REVOKE_URL", at("/revoke")),
                ]
            }
            Vendor::Microsoft(server) => vec![
                ("KNOCK_MICROSOFT_CLIENT_ID", contract_microsoft::seed::CLIENT_ID.to_owned()),
                ("KNOCK_MICROSOFT_CLIENT_SECRET", contract_microsoft::seed::CLIENT_SECRET.to_owned()),
                ("KNOCK_MICROSOFT_TENANT", contract_microsoft::seed::TENANT.to_owned()),
                ("KNOCK_MICROSOFT_API_URL", format!("{}/v1.0", server.url())),
                ("KNOCK_MICROSOFT_AUTHORITY_URL", server.url()),
            ],
        }
    }

    pub(super) fn control(&self, method: &str, path: &str, body: &Value) -> Value {
        match self {
            Vendor::Google(server) => server.control(method, path, body),
            Vendor::Microsoft(server) => server.control(method, path, body),
        }
    }

    /// What the page of the provider does when its user agrees: the address that the browser is led to.
    fn agrees(&self, page: &str) -> Url {
        let config = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false);
        let agent = ureq::Agent::new_with_config(config.build());
        let mut url = Url::parse(page).expect("a URL");
        let mut form = form_urlencoded::Serializer::new(String::new());
        match self {
            Vendor::Google(_) => {
                form.extend_pairs(url.query_pairs()).extend_pairs([("decision", "allow"), ("all", "on")]);
                url.set_query(None);
            }
            Vendor::Microsoft(_) => {
                form.append_pair("decision", "accept");
            }
        }
        let sent = agent.post(url.as_str()).header("content-type", "application/x-www-form-urlencoded");
        let reply = sent.send(form.finish()).expect("an answer");
        Url::parse(reply.headers()["location"].to_str().expect("a text")).expect("a URL")
    }

    /// The channels that are open.
    pub(super) fn channels(&self) -> Vec<Value> {
        let path = match self {
            Vendor::Google(_) => "channels",
            Vendor::Microsoft(_) => "subscriptions",
        };
        let all = self.control("GET", path, &Value::Null);
        // Microsoft keeps none that has ended.
        all.as_array().expect("a list").iter().filter(|channel| channel["is_open"] != false).cloned().collect()
    }

    /// The next messages get lost, or all of them come several times.
    pub(super) fn messages(&self, are_lost: bool) {
        match self {
            Vendor::Google(_) if are_lost => self.control("PUT", "pushes", &json!({"lose": 100})),
            Vendor::Google(_) => self.control("PUT", "pushes", &json!({"repeat": 100, "copies": 2})),
            Vendor::Microsoft(_) if are_lost => self.control("PUT", "delivery", &json!({"lose": 100})),
            Vendor::Microsoft(_) => self.control("PUT", "delivery", &json!({"repeat": 2})),
        };
    }
}

/// An office whose first rep has connected a calendar, with a mail server.
pub(super) struct Desk {
    pub(super) office: Office,
    pub(super) vendor: Vendor,
    pub(super) mail: MailServer,
}

impl Desk {
    /// Connects an account; its channel is open when this returns.
    pub(super) fn open(vendor: Vendor) -> Desk {
        let mail = MailServer::start();
        let (settings, url) = (vendor.settings(), mail.url());
        let mut own: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, &**value)).collect();
        own.extend([("KNOCK_SMTP_URL", &*url), ("KNOCK_SMTP_FROM", FROM)]);
        let office = Office::of(super::start(&own));
        let desk = Desk { office, vendor, mail };
        desk.vendor.control("PUT", "clock", &json!({"advance": desk.office.knock.now() - knock_testing::now().0}));
        if let Vendor::Microsoft(_) = desk.vendor {
            let redirect = format!("{}/hooks/microsoft/oauth", desk.office.knock.url);
            desk.vendor.control("PUT", "settings", &json!({"redirect_uris": [redirect]}));
        }
        desk.connects();
        desk
    }

    fn connects(&self) {
        let Office { knock, admin, .. } = &self.office;
        let asked = json!({"provider": self.vendor.word()});
        let begun = admin.ask(knock, "POST", &format!("{OWN}/consent"), &asked);
        assert_eq!(begun.code, 200, "{}", begun.body);
        let back = self.vendor.agrees(begun.body["url"].as_str().expect("a URL"));
        let reply = admin.get(knock, &format!("{}?{}", back.path(), back.query().expect("a query")));
        assert_eq!(reply.code, 303, "{}", reply.body);
        let outcome = reply.header("location").expect("a redirect").to_owned();
        assert!(outcome.ends_with("install=done"), "{outcome}");
        found("its channel is open", || health(&self.office)["pushed_until"].as_i64());
    }

    /// Books the meeting; its id when it is in the calendar, and known to be.
    pub(super) fn books(&self) -> String {
        let booked = self.office.books(1, ANN, TUESDAY_TEN);
        assert_eq!(booked.code, 201, "{}", booked.body);
        let meeting = booked.text("meeting");
        self.is_written(&meeting, 0);
        meeting
    }

    /// Waits until a version of the meeting is in the calendar, and known to be.
    pub(super) fn is_written(&self, meeting: &str, sequence: u32) {
        is_noted(&self.office, sequence);
        found("the event", || self.event(meeting));
    }

    /// The event of a meeting.
    pub(super) fn event(&self, meeting: &str) -> Option<Value> {
        let path = match self.vendor {
            Vendor::Google(_) => format!("events/{}", contract_google::ACCOUNT),
            Vendor::Microsoft(_) => "events".to_owned(),
        };
        let events = self.vendor.control("GET", &path, &Value::Null);
        let uid = format!("{meeting}@knock");
        let is_it = |event: &&Value| event["status"] != "cancelled" && event.to_string().contains(&uid);
        events.as_array().expect("a list").iter().find(is_it).cloned()
    }

    /// Its owner moves the event there, to half an hour from an instant on.
    pub(super) fn moves(&self, meeting: &str, start: i64) {
        let id = self.event(meeting).expect("the event")["id"].clone();
        let at = |ms: i64| {
            let at = Timestamp::from_millisecond(ms).expect("an instant");
            match self.vendor {
                Vendor::Google(_) => json!({"dateTime": at.to_string()}),
                Vendor::Microsoft(_) => {
                    json!({"dateTime": at.strftime("%Y-%m-%dT%H:%M:%S").to_string(), "timeZone": "UTC"})
                }
            }
        };
        let event = json!({"start": at(start), "end": at(start + 30 * super::MINUTE)});
        match self.vendor {
            Vendor::Google(_) => self.vendor.control("PATCH", "events", &json!({"id": id, "event": event})),
            Vendor::Microsoft(_) => {
                let path = format!("events/{}", id.as_str().expect("an id"));
                self.vendor.control("POST", &path, &json!({"event": event}))
            }
        };
    }

    /// Its owner deletes the event there.
    pub(super) fn deletes(&self, meeting: &str) {
        let id = self.event(meeting).expect("the event")["id"].clone();
        match self.vendor {
            Vendor::Google(_) => self.vendor.control("DELETE", "events", &json!({"id": id})),
            Vendor::Microsoft(_) => {
                let path = format!("events/{}", id.as_str().expect("an id"));
                self.vendor.control("DELETE", &path, &json!({}))
            }
        };
    }

    /// Sets the clocks of both on.
    pub(super) fn advance(&self, ms: i64) {
        self.vendor.control("PUT", "clock", &json!({"advance": ms}));
        self.office.knock.advance(ms);
    }

    /// The mail to the lead about a version of the meeting.
    pub(super) fn mailed(&self, method: &str, sequence: u32) -> Mail {
        mailed(&self.mail, method, sequence)
    }
}

/// Waits until it is known that a version of the only meeting is in a calendar.
pub(super) fn is_noted(office: &Office, sequence: u32) {
    found(&format!("version {sequence} is in the calendar"), || {
        // Nothing else of a meeting's details has a sequence.
        let noted = format!("SELECT id FROM meetings WHERE details LIKE '%\"sequence\":{sequence}%'");
        (!office.knock.select(&noted).is_empty()).then_some(())
    });
}

/// The meeting as the team sees it.
pub(super) fn row(office: &Office, meeting: &str) -> Value {
    office.knock.get(&format!("/api/v1/meetings/{meeting}"), &office.key).body
}

/// Waits until a meeting starts at an instant.
pub(super) fn starts(office: &Office, meeting: &str, start: i64) {
    found(&format!("the meeting starts at {start}"), || (row(office, meeting)["start_at"] == start).then_some(()));
}

/// Waits until a meeting is cancelled by its rep.
pub(super) fn is_cancelled(office: &Office, meeting: &str) {
    let row =
        found("the meeting is cancelled", || Some(row(office, meeting)).filter(|row| row["state"] == "cancelled"));
    assert_eq!((&row["cancelled_by"], &row["cancelled_by_name"]), (&json!("Rep"), &row["owner_name"]), "{row}");
    assert_eq!(office.contact(ANN)["meetings"]["status"], "Meeting Cancelled");
}

/// The mail to the lead about a version of the meeting.
pub(super) fn mailed(server: &MailServer, method: &str, sequence: u32) -> Mail {
    found(&format!("the lead has {method} {sequence}"), || {
        let is_it = |mail: &Mail| {
            let file = &mail.0["calendars"][0];
            mail.0["rcpt"] == json!([ANN]) && file["method"] == method && file["sequence"] == sequence
        };
        server.all().into_iter().find(is_it)
    })
}
