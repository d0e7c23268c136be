//! CalDAV against a real Radicale, and against a scripted server.

mod account;
mod bad_answers;
mod own;
mod properties;
mod proxy;
mod radicale;
mod read_back;
mod scripted;

use account::account;
use ipnet::IpNet;
use jiff::Timestamp;
use knock_caldav::{Account, AnswerFuture, Answers, CalDav, Failure, Found, read_busy, read_entry, read_found};
use knock_model::Millis;
use knock_outbound::{Guard, Outbound};
use knock_ports::{BusyQuery, BusyRead, EntryFound};
use knock_scheduling::Span;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

contract_calendar::suite!(account);

pub(crate) const OWNER: &str = "ann@acme.example";

/// A client of an account on this machine.
pub(crate) fn client(url: Url, password: &str, patience: Duration) -> CalDav {
    let loopback: IpNet = "127.0.0.0/8".parse().expect("a network");
    let outbound = Outbound::new(Guard::new(vec![loopback]), patience).expect("a client");
    CalDav::new(outbound, Arc::new(Here), Account { url, user: "ann".to_owned(), password: password.to_owned() })
}

/// Reads answers in this process.
struct Here;

impl Answers for Here {
    fn found(&self, answer: Vec<u8>) -> AnswerFuture<'_, Vec<Found>> {
        Box::pin(async move { read_found(&answer).map_err(Failure::Unreadable) })
    }

    fn busy(&self, answers: Vec<Vec<u8>>, query: BusyQuery, addresses: Vec<String>) -> AnswerFuture<'_, BusyRead> {
        Box::pin(async move {
            let answers: Vec<&[u8]> = answers.iter().map(Vec::as_slice).collect();
            read_busy(&answers, &query, &addresses).map_err(Failure::Unreadable)
        })
    }

    fn entry(&self, answer: Vec<u8>, uid: String) -> AnswerFuture<'_, EntryFound> {
        Box::pin(async move { read_entry(&answer, &uid).map_err(Failure::Unreadable) })
    }
}

/// The question for November 2026.
pub(crate) fn november(zone: &str) -> BusyQuery {
    BusyQuery {
        window: window(),
        zone: zone.to_owned(),
        owner: OWNER.to_owned(),
        policy: knock_ports::BusyPolicy::default(),
    }
}

pub(crate) fn at(text: &str) -> Millis {
    Millis(text.parse::<Timestamp>().expect("an instant").as_millisecond())
}

/// November 2026.
pub(crate) fn window() -> Span {
    Span { start: at("2026-11-01T00:00:00Z"), end: at("2026-12-01T00:00:00Z") }
}
