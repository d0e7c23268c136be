//! A connection on which a test sends raw bytes.

use crate::support::Knock;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

pub(crate) struct Raw(pub(crate) TcpStream);

impl Raw {
    pub(crate) fn open(knock: &Knock) -> Raw {
        Raw(TcpStream::connect(knock.address()).expect("connected"))
    }

    /// A connection that stays open after one response.
    pub(crate) fn kept(knock: &Knock) -> Raw {
        let mut raw = Raw::open(knock);
        raw.ask("/healthz");
        assert!(raw.one_answer().starts_with("HTTP/1.1 200"));
        raw
    }

    pub(crate) fn ask(&mut self, path: &str) {
        self.say(format!("GET {path} HTTP/1.1\r\nhost: knock\r\n\r\n").as_bytes());
    }

    pub(crate) fn say(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).expect("sent");
    }

    /// Whether all of it could be sent; a peer that refuses a request does not read the rest.
    pub(crate) fn try_say(&mut self, bytes: &[u8]) -> bool {
        self.0.write_all(bytes).is_ok()
    }

    /// Reads until the peer closes the connection.
    pub(crate) fn all(&mut self) -> String {
        let mut bytes = Vec::new();
        let mut buffer = [0; 16 * 1024];
        while let Ok(number @ 1..) = self.0.read(&mut buffer) {
            bytes.extend_from_slice(&buffer[..number]);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Reads one response with a short body.
    pub(crate) fn one_answer(&mut self) -> String {
        let mut bytes = Vec::new();
        let mut byte = [0];
        while !is_whole(&bytes) && matches!(self.0.read(&mut byte), Ok(1)) {
            bytes.push(byte[0]);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Sends one byte after the other, slowly, until the peer responds or closes; its response.
    pub(crate) fn drip(&mut self, byte: u8) -> String {
        self.0.set_read_timeout(Some(Duration::from_millis(20))).expect("set");
        let mut first = [0];
        loop {
            match self.0.read(&mut first) {
                Ok(0) => return String::new(),
                Ok(_) => return format!("{}{}", char::from(first[0]), self.rest()),
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    // A write to a connection that was cut makes the next read fail.
                    self.try_say(&[byte]);
                }
                Err(_) => return String::new(),
            }
        }
    }

    fn rest(&mut self) -> String {
        self.0.set_read_timeout(None).expect("set");
        self.all()
    }
}

fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).map(str::parse::<usize>);
    body.len() >= length.and_then(Result::ok).unwrap_or_default()
}

/// The head of a POST of signals, without its end.
pub(super) fn head(headers: &str) -> Vec<u8> {
    let origin = crate::support::ORIGIN;
    format!("POST /v1/signals HTTP/1.1\r\nhost: knock\r\norigin: {origin}\r\ncontent-type: application/json\r\n{headers}\r\n")
        .into_bytes()
}
