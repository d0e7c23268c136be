//! Request smuggling, and streams that are reset as soon as they are opened.

use super::raw::Raw;
use crate::support::Knock;
use std::io::Read;

#[test]
fn two_lengths_never_make_two_requests() {
    let knock = Knock::start();
    let hidden = "GET /healthz HTTP/1.1\r\nhost: knock\r\n\r\n";
    let length = hidden.len() + 5;
    let both = [
        format!("content-length: {length}\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n{hidden}"),
        format!("transfer-encoding: chunked\r\ncontent-length: {length}\r\n\r\n0\r\n\r\n{hidden}"),
        format!("Transfer-Encoding:chunked\r\nContent-Length:0\r\n\r\n0\r\n\r\n{hidden}"),
    ];
    for case in &both {
        let mut raw = Raw::kept(&knock);
        raw.say(format!("POST /v1/signals HTTP/1.1\r\nhost: knock\r\ncontent-type: text/plain\r\n{case}").as_bytes());
        let answer = raw.all();
        assert!(answer.starts_with("HTTP/1.1 400"), "{case}: {answer}");
        assert!(answer.contains("header/Content-Length") && answer.contains("connection: close"), "{case}: {answer}");
    }
    let cases = [
        format!("content-length: {length}\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n{hidden}"),
        format!("transfer-encoding: chunked\r\ncontent-length: {length}\r\n\r\n0\r\n\r\n{hidden}"),
        format!("transfer-encoding: xchunked\r\n\r\n0\r\n\r\n{hidden}"),
        format!("transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n{hidden}"),
        format!("content-length: 5\r\ncontent-length: {length}\r\n\r\n0\r\n\r\n{hidden}"),
        format!("content-length: +5\r\n\r\n0\r\n\r\n{hidden}"),
    ];
    for case in cases {
        let mut raw = Raw::open(&knock);
        raw.say(format!("POST /v1/signals HTTP/1.1\r\nhost: knock\r\ncontent-type: text/plain\r\n{case}").as_bytes());
        let answer = raw.all();
        assert!(answer.starts_with("HTTP/1.1 4"), "{case}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "one answer, then the end: {case}: {answer}");
    }
}

#[test]
fn a_body_that_reads_like_a_head_spoils_no_request() {
    let knock = Knock::start();
    let body = "\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n";
    let mut raw = Raw::open(&knock);
    let head = "POST /v1/signals HTTP/1.1\r\nhost: knock\r\ncontent-type: text/plain\r\n";
    raw.say(format!("{head}content-length: {}\r\n\r\n{body}", body.len()).as_bytes());
    let first = raw.one_answer();
    assert!(first.starts_with("HTTP/1.1 400"), "{first}");
    raw.say(format!("{head}transfer-encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n").as_bytes());
    let second = raw.one_answer();
    assert!(second.starts_with("HTTP/1.1 400") && !second.contains("header/Content-Length"), "{second}");
}

/// A frame of HTTP/2.
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("short").to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

#[test]
fn streams_that_are_taken_back_at_once_end_the_connection() {
    let knock = Knock::start();
    let mut raw = Raw::open(&knock);
    raw.say(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    raw.say(&frame(4, 0, 0, &[]));
    // `GET / http` with the authority `k`, all headers, nothing follows; then the reset.
    let head = [0x82, 0x86, 0x84, 0x41, 0x01, b'k'];
    let mut flood = Vec::new();
    for stream in (1..20_000_u32).step_by(2) {
        flood.extend(frame(1, 0x5, stream, &head));
        flood.extend(frame(3, 0, stream, &8_u32.to_be_bytes()));
    }
    raw.try_say(&flood);
    let mut answer = Vec::new();
    // Ends only if the server closes the connection.
    drop(raw.0.read_to_end(&mut answer));
    let calm = frame(7, 0, 0, &[]);
    let is_goodbye = answer.windows(9).any(|window| window[3..] == calm[3..9]);
    assert!(is_goodbye, "{} bytes without a farewell", answer.len());
    assert_eq!(knock.send("GET", "/healthz", &[], None).code, 200);
}
