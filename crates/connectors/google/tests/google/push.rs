//! Channels: opened, heard and closed.

use crate::account::{Account, Wall, oauth, vendor};
use knock_model::Millis;
use knock_ports::{
    CalendarChannel, CalendarFailure, CalendarPush, ChannelRequest, Clock, OpenedChannel, PushMessage, PushNews,
    PushNotice, Pushed,
};
use serde_json::{Value as Json, json};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

const ID: &str = "0123456789abcdef0123456789abcdef";
const SECRET: &str = "a-secret";
/// Longer than a delivery takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

type Headers = Vec<(String, String)>;

/// An address that takes so many messages; their headers.
fn listening(count: usize) -> (String, Receiver<Headers>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/hooks/google/calendars/{ID}", listener.local_addr().expect("an address"));
    let (sender, received) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().take(count) {
            let mut stream = stream.expect("a connection");
            let reader = BufReader::new(stream.try_clone().expect("a stream"));
            let lines = reader.lines().map(|line| line.expect("a line")).take_while(|line| !line.is_empty());
            let header = |line: String| {
                let (name, value) = line.split_once(": ")?;
                Some((name.to_ascii_lowercase(), value.to_owned()))
            };
            let headers: Headers = lines.filter_map(header).collect();
            stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").expect("it is answered");
            if sender.send(headers).is_err() {
                return;
            }
        }
    });
    (address, received)
}

fn push(account: &Account) -> &dyn CalendarPush {
    account.calendars.push().expect("Google has channels")
}

fn asked<'a>(calendar: &'a str, address: &'a str, until: Millis) -> ChannelRequest<'a> {
    ChannelRequest { id: ID, calendar, address, secret: SECRET, until }
}

fn stored(calendar: &str, remote: &str) -> CalendarChannel {
    let (id, calendar, remote) = (ID.to_owned(), calendar.to_owned(), remote.to_owned());
    CalendarChannel { id, calendar, remote, ..CalendarChannel::default() }
}

/// The meaning of the next message.
fn next(account: &Account, messages: &Receiver<Headers>) -> Pushed {
    let headers = messages.recv_timeout(PATIENCE).expect("a message");
    let header = |name: &str| headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let vendor = vendor(&account.server);
    oauth(&vendor).pushed(PushMessage { query: &|_: &str| None, header: &header, body: b"" })
}

fn channels(account: &Account) -> Vec<Json> {
    account.steer("GET", "channels", &Json::Null).as_array().expect("channels").clone()
}

#[tokio::test]
async fn a_channel_says_that_it_is_open_and_that_something_changed() {
    let account = Account::connected();
    let work = account.add_calendar_as("Work", "owner");
    let (address, messages) = listening(2);
    let until = Wall.now() + Millis::DAY;
    let opened = push(&account).open(asked(&work, &address, until)).await.expect("a channel");
    let remote = channels(&account)[0]["resource_id"].as_str().expect("an id").to_owned();
    assert_eq!(opened, OpenedChannel { remote: remote.clone(), expires_at: until });
    let notice = |what| {
        let (secret, remote) = (SECRET.to_owned(), remote.clone());
        Pushed::Notices(vec![PushNotice { secret, remote, what }])
    };
    assert_eq!(next(&account, &messages), notice(PushNews::Opened));
    let time = |minute: u32| json!({"dateTime": format!("2026-11-10T09:{minute:02}:00Z")});
    account.add(&work, &json!({"start": time(0), "end": time(30)}));
    assert_eq!(next(&account, &messages), notice(PushNews::Changed));
}

#[tokio::test]
async fn a_channel_lives_no_longer_than_google_lets_it() {
    let account = Account::connected();
    let work = account.add_calendar_as("Work", "owner");
    let (address, _messages) = listening(1);
    let push = push(&account);
    let asked_at = Wall.now();
    let opened = push.open(asked(&work, &address, asked_at + Millis::days(30))).await.expect("a channel");
    let life = opened.expires_at - asked_at;
    assert!(life >= push.longest() && life < push.longest() + Millis::MINUTE, "{life:?}");
    let renewed = push.renew(&stored(&work, &opened.remote), asked_at + Millis::days(7)).await;
    assert_eq!(renewed, Ok(None));
}

#[tokio::test]
async fn a_closed_channel_is_closed_again_without_a_failure() {
    let account = Account::connected();
    let work = account.add_calendar_as("Work", "owner");
    let (address, _messages) = listening(1);
    let push = push(&account);
    let opened = push.open(asked(&work, &address, Wall.now() + Millis::DAY)).await.expect("a channel");
    for _ in 0..2 {
        push.close(&stored(&work, &opened.remote)).await.expect("closed");
        assert_eq!(channels(&account)[0]["is_open"], false);
    }
    assert_eq!(account.requests("channels.stop").len(), 2);
    push.close(&stored(&work, "")).await.expect("nothing that can be closed");
    assert_eq!(account.requests("channels.stop").len(), 2);
}

#[tokio::test]
async fn what_google_does_not_open_is_a_failure_in_words() {
    let account = Account::connected();
    let work = account.add_calendar_as("Work", "owner");
    let push = push(&account);
    let until = Wall.now() + Millis::DAY;
    let refused = push.open(asked(&work, "http://knock.example/hooks", until)).await.expect_err("no HTTPS");
    assert!(matches!(&refused, CalendarFailure::Refused(words) if words.contains("HTTPS")), "{refused:?}");
    let gone = push.open(asked("none@group.calendar.google.com", "https://knock.example/hooks", until)).await;
    assert!(matches!(gone, Err(CalendarFailure::Gone(_))), "{gone:?}");
    account.fail_on("events.watch", json!({"do": "rate_limit", "status": 429, "retry_after": 7}));
    let limited = push.open(asked(&work, "https://knock.example/hooks", until)).await;
    let after = Some(Millis(7_000));
    assert!(matches!(&limited, Err(CalendarFailure::Later { after: said, .. }) if *said == after), "{limited:?}");
    assert!(channels(&account).is_empty());
}

#[tokio::test]
async fn an_access_that_was_taken_away_is_said_by_channels_too() {
    let account = Account::connected();
    let work = account.add_calendar_as("Work", "owner");
    account.steer("POST", "grants/revoke", &json!({}));
    let push = push(&account);
    let opened = push.open(asked(&work, "https://knock.example/hooks", Wall.now() + Millis::DAY)).await;
    assert!(matches!(opened, Err(CalendarFailure::Unauthorized(_))), "{opened:?}");
    let closed = push.close(&stored(&work, "res0")).await;
    assert!(matches!(closed, Err(CalendarFailure::Unauthorized(_))), "{closed:?}");
}
