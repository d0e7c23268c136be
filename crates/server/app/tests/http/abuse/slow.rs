//! Slow clients: slow heads, slow bodies, slow readers, and idle connections.

use super::raw::{Raw, head};
use crate::support::{Knock, batch, signal};
use std::io::{ErrorKind, Write};
use std::time::Duration;

#[test]
fn slow_heads_are_cut_and_others_are_served_meanwhile() {
    let knock = Knock::start_with(&[("KNOCK_HTTP_HEADER_TIMEOUT_MS", "300")]);
    let beginnings: [&[u8]; 4] = [b"", b"P", b"PRI * HTTP/2.0\r\n\r\nSM\r\n", b"GET / HTTP/1.1\r\nhost: knock\r\nx: "];
    let mut slow: Vec<_> = (0..20).flat_map(|_| beginnings.map(|beginning| (beginning, Raw::open(&knock)))).collect();
    for (beginning, raw) in &mut slow {
        raw.say(beginning);
    }
    let (site, now) = (knock.site(), knock.now());
    assert_eq!(knock.post_signals(&batch(&site, 1, now, &[signal(now, 1, "page_view", "/")])).code, 202);
    let (_, mut last) = slow.pop().expect("one");
    assert_eq!(last.drip(b'a'), "", "cut without an answer");
    for (beginning, mut raw) in slow {
        assert!(!raw.all().contains("HTTP/1.1 2"), "{}", String::from_utf8_lossy(beginning));
    }
}

#[test]
fn a_slow_second_head_is_cut_long_before_a_rest_is() {
    let knock = Knock::start_with(&[("KNOCK_HTTP_HEADER_TIMEOUT_MS", "300")]);
    let mut raw = Raw::kept(&knock);
    raw.say(b"GET / HTTP/1.1\r\nhost: ");
    assert_eq!(raw.drip(b'a'), "");
}

#[test]
fn a_slow_body_gets_408() {
    let knock = Knock::start_with(&[("KNOCK_HTTP_BODY_TIMEOUT_MS", "300")]);
    let mut raw = Raw::open(&knock);
    raw.say(&head("content-length: 5000\r\n"));
    let answer = raw.drip(b' ');
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("urn:knock:problem:timeout"), "{answer}");
}

#[test]
fn a_resting_connection_is_closed_and_an_event_stream_is_not() {
    let knock = Knock::start_with(&[("KNOCK_HTTP_IDLE_TIMEOUT_MS", "300")]);
    let chat = crate::chat::open_as(&knock, &knock.site(), 1);
    let mut stream = Raw::open(&knock);
    let (path, token) = (chat.path(), chat.token());
    stream.say(
        format!(
            "GET {path}/live HTTP/1.1\r\nhost: knock\r\naccept: text/event-stream\r\nauthorization: {token}\r\n\r\n"
        )
        .as_bytes(),
    );
    let mut resting = Raw::kept(&knock);
    assert_eq!(resting.all(), "", "closed");
    assert_eq!(chat.write(&knock, 1, "still there?").code, 201);
    let mut heard = String::new();
    while !heard.contains("still there?") {
        let mut buffer = [0; 1024];
        let number = std::io::Read::read(&mut stream.0, &mut buffer).expect("open");
        assert!(number > 0, "the stream goes on: {heard}");
        heard.push_str(&String::from_utf8_lossy(&buffer[..number]));
    }
}

#[test]
fn who_takes_no_answer_is_cut() {
    let knock = Knock::start_with(&[("KNOCK_HTTP_WRITE_TIMEOUT_MS", "300")]);
    let mut raw = Raw::open(&knock);
    raw.0.set_write_timeout(Some(Duration::from_millis(50))).expect("set");
    let request = b"GET /api/openapi.json HTTP/1.1\r\nhost: knock\r\n\r\n";
    // Sends requests and reads nothing: soon neither side can send, until the server closes the connection.
    let ended = loop {
        match raw.0.write(request) {
            Ok(_) => {}
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(error) => break error.kind(),
        }
    };
    assert!(matches!(ended, ErrorKind::ConnectionReset | ErrorKind::BrokenPipe), "{ended:?}");
}
