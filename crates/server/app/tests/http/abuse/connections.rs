//! More connections than connection permits.

use super::raw::Raw;
use crate::support::Knock;
use knock_store::Scratch;
use knock_testing::{Setup, eventually};
use std::io::{ErrorKind, Read};
use std::net::TcpStream;
use std::time::Duration;

#[test]
fn who_finds_no_seat_waits_until_one_is_free() {
    let knock = Knock::start_with(&[("KNOCK_HTTP_MAX_CONNECTIONS", "3")]);
    let mut held: Vec<_> = (0..3).map(|_| Raw::kept(&knock)).collect();
    let mut waiting = Raw::open(&knock);
    waiting.ask("/healthz");
    waiting.0.set_read_timeout(Some(Duration::from_millis(200))).expect("set");
    let nothing = waiting.0.read(&mut [0]).expect_err("no answer yet").kind();
    assert!(matches!(nothing, ErrorKind::WouldBlock | ErrorKind::TimedOut), "{nothing:?}");
    waiting.0.set_read_timeout(None).expect("set");
    held.pop();
    assert!(waiting.one_answer().starts_with("HTTP/1.1 200"));
}

/// A connection from another address of this machine.
fn from(address: &str, knock: &Knock) -> Raw {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let stream: TcpStream = runtime.block_on(async {
        let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
        socket.bind(format!("{address}:0").parse().expect("an address")).expect("bound");
        let stream = socket.connect(knock.address().parse().expect("an address")).await.expect("connected");
        stream.into_std().expect("a stream")
    });
    stream.set_nonblocking(false).expect("set");
    Raw(stream)
}

#[test]
fn one_address_does_not_take_all_seats() {
    let knock = Knock::start_with(&[("KNOCK_HTTP_MAX_CONNECTIONS_PER_IP", "2")]);
    let held = [Raw::kept(&knock), Raw::kept(&knock)];
    let mut third = Raw::open(&knock);
    third.try_say(b"GET /healthz HTTP/1.1\r\nhost: knock\r\n\r\n");
    assert_eq!(third.all(), "", "closed at once");
    let mut other = from("127.0.0.2", &knock);
    other.ask("/healthz");
    assert!(other.one_answer().starts_with("HTTP/1.1 200"));
    drop(held);
    // As soon as the server has noticed that they are closed.
    let is_served = || {
        let mut raw = Raw::open(&knock);
        raw.try_say(b"GET /healthz HTTP/1.1\r\nhost: knock\r\n\r\n") && raw.one_answer().starts_with("HTTP/1.1 200")
    };
    eventually("somebody is served again", is_served);
}

#[test]
fn a_crowd_beyond_the_open_files_ends_nothing() {
    let knock = Setup::on(Scratch::new()).with_files(170).start();
    let crowd: Vec<_> = (0..400).map(|_| TcpStream::connect(knock.address()).expect("queued")).collect();
    drop(crowd);
    assert_eq!(knock.send("GET", "/healthz", &[], None).code, 200);
}
