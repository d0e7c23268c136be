//! Subscriptions: their life, and what Graph posts to their address.

use crate::account::{Account, Wall, account, time, vendor};
use contract_calendar::Provider;
use knock_model::Millis;
use knock_ports::{
    CalendarChannel, CalendarFailure, CalendarOauth, CalendarPush, ChannelRequest, Clock, OpenedChannel, PushMessage,
    PushNews, PushNotice, Pushed,
};
use serde_json::{Value as Json, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{JoinHandle, spawn};
use std::time::Duration;
use url::Url;

const SECRET: &str = "a secret of the channel";

/// An address for messages, until it is dropped. What it answers is what the vendor says that they mean.
struct Address {
    at: SocketAddr,
    notices: Arc<Mutex<Vec<PushNotice>>>,
    is_closed: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Address {
    fn open(account: &Account) -> Address {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let at = listener.local_addr().expect("an address");
        let notices: Arc<Mutex<Vec<PushNotice>>> = Arc::default();
        let is_closed = Arc::new(AtomicBool::new(false));
        let vendor = vendor(&account.server, Duration::from_secs(5));
        let (taken, ended) = (Arc::clone(&notices), Arc::clone(&is_closed));
        let thread = spawn(move || {
            for stream in listener.incoming() {
                if ended.load(Ordering::Relaxed) {
                    return;
                }
                answer(&vendor, stream.expect("a connection"), &taken);
            }
        });
        Address { at, notices, is_closed, thread: Some(thread) }
    }

    fn url(&self) -> String {
        format!("http://{}/hooks/microsoft/calendars/1", self.at)
    }

    /// What was said since this was last asked, once nothing more is under way.
    fn news(&self, account: &Account) -> Vec<PushNotice> {
        account.post("quiet", &json!({}));
        std::mem::take(&mut *self.notices.lock().expect("a lock"))
    }
}

impl Drop for Address {
    fn drop(&mut self) {
        self.is_closed.store(true, Ordering::Relaxed);
        // It waits for a connection.
        drop(TcpStream::connect(self.at));
        drop(self.thread.take().map(JoinHandle::join));
    }
}

/// Answers one request as the server does.
fn answer(vendor: &dyn CalendarOauth, mut stream: TcpStream, notices: &Mutex<Vec<PushNotice>>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
    let mut first = String::new();
    reader.read_line(&mut first).expect("a line");
    let target = first.split(' ').nth(1).expect("a target");
    let url = Url::parse(&format!("http://here{target}")).expect("a URL");
    let (mut line, mut length) = (String::new(), 0);
    while reader.read_line(&mut line).expect("a line") > 2 {
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    let query = |name: &str| url.query_pairs().find(|(one, _)| one == name).map(|(_, value)| value.into_owned());
    let (status, text) = match vendor.pushed(PushMessage { query: &query, header: &|_| None, body: &body }) {
        Pushed::Handshake(token) => ("200 OK", token),
        Pushed::Notices(news) => {
            notices.lock().expect("a lock").extend(news);
            ("202 Accepted", String::new())
        }
        Pushed::Unknown => ("404 Not Found", String::new()),
    };
    let head = format!("HTTP/1.1 {status}\r\ncontent-type: text/plain\r\ncontent-length: {}", text.len());
    stream.write_all(format!("{head}\r\nconnection: close\r\n\r\n{text}").as_bytes()).expect("it is sent");
}

fn push(account: &Account) -> &dyn CalendarPush {
    account.calendars.push().expect("Graph has push")
}

async fn open(account: &Account, calendar: &str, address: &str) -> Result<OpenedChannel, CalendarFailure> {
    let until = Wall.now() + push(account).longest();
    let request = ChannelRequest { id: "1", calendar, address, secret: SECRET, until };
    push(account).open(request).await
}

fn channel(calendar: &str, remote: &str) -> CalendarChannel {
    CalendarChannel { calendar: calendar.to_owned(), remote: remote.to_owned(), ..CalendarChannel::default() }
}

fn notice(remote: &str, what: PushNews) -> PushNotice {
    PushNotice { secret: SECRET.to_owned(), remote: remote.to_owned(), what }
}

/// The owner adds an event.
fn add(account: &Account, calendar: &str) {
    let (start, end) = (time("2026-11-10T09:00:00", "UTC"), time("2026-11-10T10:00:00", "UTC"));
    account.add(calendar, &json!({"start": start, "end": end}), &json!({}));
}

fn subscriptions(account: &Account) -> Vec<Json> {
    account.server.control("GET", "subscriptions", &Json::Null).as_array().expect("a list").clone()
}

#[tokio::test]
async fn a_channel_says_that_its_calendar_changed() {
    let account = account();
    let [work, private] = ["Work", "Private"].map(|name| account.add_calendar(name));
    let address = Address::open(&account);
    let OpenedChannel { remote, expires_at } = open(&account, &work, &address.url()).await.expect("opened");
    let known = subscriptions(&account);
    assert_eq!((known.len(), &known[0]["id"], &known[0]["clientState"]), (1, &json!(remote), &json!(SECRET)));
    let (week, now) = (Millis::days(7), Wall.now());
    assert!(now + week - Millis::MINUTE - Millis(600_000) < expires_at && expires_at < now + week, "{expires_at:?}");
    add(&account, &private);
    assert_eq!(address.news(&account), []);
    add(&account, &work);
    assert_eq!(address.news(&account), [notice(&remote, PushNews::Changed)]);
    account.calendars.busy(&[work], crate::own::november("UTC")).await.expect("read");
    assert_eq!(address.news(&account), [], "reading is no change");
}

#[tokio::test]
async fn a_channel_is_renewed_also_where_it_is_to_be_authorized_again() {
    let account = account();
    let work = account.add_calendar("Work");
    let address = Address::open(&account);
    let opened = open(&account, &work, &address.url()).await.expect("opened");
    let channel = channel(&work, &opened.remote);
    account.post("lifecycle", &json!({"event": "reauthorizationRequired", "pause": true}));
    assert_eq!(address.news(&account), [notice(&opened.remote, PushNews::Ending)]);
    add(&account, &work);
    assert_eq!(address.news(&account), []);
    let until = Wall.now() + Millis::days(2);
    assert_eq!(push(&account).renew(&channel, until).await, Ok(Some(until)));
    add(&account, &work);
    assert_eq!(address.news(&account), [notice(&opened.remote, PushNews::Changed)]);
}

#[tokio::test]
async fn a_channel_that_ended_cannot_be_renewed() {
    let account = account();
    let work = account.add_calendar("Work");
    let address = Address::open(&account);
    let opened = open(&account, &work, &address.url()).await.expect("opened");
    account.post("lifecycle", &json!({"event": "missed"}));
    account.post("lifecycle", &json!({"event": "subscriptionRemoved"}));
    let expected = [PushNews::Changed, PushNews::Ended].map(|what| notice(&opened.remote, what));
    assert_eq!(address.news(&account), expected);
    let until = Wall.now() + Millis::days(2);
    for remote in [opened.remote.as_str(), "another", ""] {
        assert_eq!(push(&account).renew(&channel(&work, remote), until).await, Ok(None), "{remote}");
    }
    let again = open(&account, &work, &address.url()).await.expect("opened again");
    assert_ne!(again.remote, opened.remote);
}

#[tokio::test]
async fn a_channel_is_closed_however_often_it_is_closed() {
    let account = account();
    let work = account.add_calendar("Work");
    let address = Address::open(&account);
    let opened = open(&account, &work, &address.url()).await.expect("opened");
    for remote in ["", &opened.remote, &opened.remote] {
        push(&account).close(&channel(&work, remote)).await.expect("closed");
    }
    assert_eq!(subscriptions(&account), Vec::<Json>::new());
    add(&account, &work);
    assert_eq!(address.news(&account), []);
}

#[tokio::test]
async fn an_address_that_repeats_no_token_gets_no_channel() {
    let account = account();
    let work = account.add_calendar("Work");
    // Graph itself repeats no token.
    let other = format!("{}/v1.0/nowhere", account.server.url());
    for address in [other.as_str(), "http://knock.example/hooks/microsoft/calendars/1"] {
        let failure = open(&account, &work, address).await.expect_err("refused");
        assert!(matches!(failure, CalendarFailure::Refused(_)), "{failure:?}");
    }
    assert_eq!(subscriptions(&account), Vec::<Json>::new());
}
