//! A request parsed from lines.

use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use std::net::SocketAddr;

/// The request in these bytes; none if HTTP libraries reject it.
pub(super) fn read(bytes: &[u8]) -> Option<Request> {
    let head = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap_or(bytes.len());
    let body = bytes.get(head + 2..).unwrap_or_default().to_vec();
    let mut lines = bytes[..head].split(|byte| *byte == b'\n');
    let (method, address) = split(lines.next()?, b' ')?;
    let mut request = Request::builder().method(method).uri(address);
    for line in lines {
        let (name, value) = split(line, b':')?;
        request = request.header(name, value.trim_ascii());
    }
    let peer = SocketAddr::from(([10, 0, 0, 1], 4_711));
    request.extension(ConnectInfo(peer)).body(Body::from(body)).ok()
}

fn split(line: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let place = line.iter().position(|byte| *byte == at)?;
    Some((&line[..place], &line[place + 1..]))
}
