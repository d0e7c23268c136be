//! Bodies that are too large, as sent or once decompressed.

use super::raw::{Raw, head};
use crate::support::{Knock, ORIGIN, Reply, batch, signal};
use std::io::Write;

pub(super) const LIMIT: usize = 256 * 1024;

pub(super) fn post(knock: &Knock, encoding: &str, body: &[u8]) -> Reply {
    let headers = [("content-type", "application/json"), ("origin", ORIGIN), ("content-encoding", encoding)];
    knock.send("POST", "/v1/signals", &headers, Some(body))
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(bytes).expect("written");
    writer.finish().expect("finished")
}

fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(bytes).expect("written");
    writer.finish().expect("finished")
}

fn br(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 1, lgwin: 24, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut out, &params).expect("compressed");
    out
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).expect("compressed")
}

type Compress = fn(&[u8]) -> Vec<u8>;
const ENCODINGS: [(&str, Compress); 4] = [("gzip", gzip), ("deflate", deflate), ("br", br), ("zstd", zstd)];

#[test]
fn compressed_batches_are_taken() {
    let knock = Knock::start();
    let (site, now) = (knock.site(), knock.now());
    for (number, (encoding, compress)) in (1..).zip(ENCODINGS) {
        let body = batch(&site, 1, now, &[signal(now, number, "page_view", "/")]).to_string();
        let reply = post(&knock, encoding, &compress(body.as_bytes()));
        assert_eq!((reply.code, reply.body["accepted"].as_u64()), (202, Some(1)), "{encoding} {}", reply.body);
    }
}

#[test]
fn bombs_are_refused_while_they_are_inflated() {
    let knock = Knock::start();
    let zeros = vec![b' '; 64 * 1024 * 1024];
    let bombs = ENCODINGS.map(|(encoding, compress)| (encoding, compress(&zeros)));
    // The memory for a batch of the allowed size is allocated before.
    for (encoding, compress) in ENCODINGS {
        assert_eq!(post(&knock, encoding, &compress(&zeros[..LIMIT])).code, 400, "{encoding}");
    }
    let before = knock.memory().peak;
    for (encoding, bomb) in bombs.iter().cycle().take(20) {
        assert!(bomb.len() > LIMIT || bomb.len() < 600_000, "{encoding} {}", bomb.len());
        let reply = post(&knock, encoding, bomb);
        assert_eq!(reply.code, 413, "{encoding} {}", reply.body);
        assert_eq!(reply.body["type"], "urn:knock:problem:too-large", "{encoding}");
    }
    let grown = knock.memory().peak - before;
    assert!(grown < 8 * 1024, "{grown} KiB more for 64 MiB");
}

#[test]
fn other_encodings_are_refused_with_the_header_named() {
    let knock = Knock::start();
    let body = gzip(&gzip(b"{}"));
    for encoding in ["gzip, gzip", "gzip,br", "compress", "x-gzip", "GZIP;q=1", ""] {
        let reply = post(&knock, encoding, &body);
        assert_eq!(
            (reply.code, &reply.body["errors"][0]["pointer"]),
            (415, &"header/Content-Encoding".into()),
            "{encoding}"
        );
    }
    let twice = [("content-type", "application/json"), ("content-encoding", "gzip"), ("content-encoding", "gzip")];
    assert_eq!(knock.send("POST", "/v1/signals", &twice, Some(&body)).code, 415);
    let elsewhere = [("content-type", "application/json"), ("content-encoding", "gzip"), ("origin", ORIGIN)];
    assert_eq!(knock.send("POST", "/v1/chat", &elsewhere, Some(&gzip(b"{}"))).code, 415);
    assert_eq!(post(&knock, "gzip", b"not gzip at all").code, 400);
    assert_eq!(post(&knock, "identity", b"{}").code, 400, "as if not there");
}

/// Sends 100 MB, whether they are read or not, and then reads the response.
fn send_much(knock: &Knock, headers: &str, is_chunked: bool) -> String {
    let mut raw = Raw::open(knock);
    raw.say(&head(headers));
    let block = vec![b' '; 1024 * 1024];
    for _ in 0..100 {
        let framed = [b"100000\r\n", block.as_slice(), b"\r\n"].concat();
        if !raw.try_say(if is_chunked { &framed } else { &block }) {
            break;
        }
    }
    raw.all()
}

#[test]
fn a_client_that_sends_100_mb_reads_why_it_was_refused() {
    let knock = Knock::start();
    // The memory for a body of the allowed size is allocated before, and the code that reads it is loaded.
    for (encoding, body) in [("identity", vec![b' '; LIMIT]), ("gzip", gzip(&vec![b' '; LIMIT]))] {
        assert_eq!(post(&knock, encoding, &body).code, 400, "{encoding}");
    }
    let before = knock.memory().peak;
    let cases = [
        ("content-length: 104857600\r\n", false),
        ("transfer-encoding: chunked\r\n", true),
        ("transfer-encoding: chunked\r\ncontent-encoding: gzip\r\n", true),
    ];
    for (headers, is_chunked) in cases {
        let answer = send_much(&knock, headers, is_chunked);
        let expected = if headers.contains("gzip") { "HTTP/1.1 400" } else { "HTTP/1.1 413" };
        assert!(answer.starts_with(expected), "{headers} {answer}");
        assert!(answer.contains("application/problem+json"), "{headers} {answer}");
    }
    let grown = knock.memory().peak - before;
    assert!(grown < 8 * 1024, "{grown} KiB more for 100 MB");
}

#[test]
fn a_length_that_is_too_large_is_refused_before_a_byte_is_sent() {
    let knock = Knock::start();
    let mut raw = Raw::open(&knock);
    raw.say(&head(&format!("content-length: {}\r\nexpect: 100-continue\r\n", LIMIT + 1)));
    let answer = raw.one_answer();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[test]
fn compressed_bytes_that_give_none_do_not_go_on_for_ever() {
    let knock = Knock::start();
    // A gzip head, then empty stored blocks: each inflates to nothing.
    let mut endless = gzip(b"")[..10].to_vec();
    endless.extend([0, 0, 0, 0xff, 0xff].repeat(LIMIT / 5));
    let mut raw = Raw::open(&knock);
    raw.say(&head("transfer-encoding: chunked\r\ncontent-encoding: gzip\r\n"));
    raw.say(format!("{:x}\r\n", endless.len()).as_bytes());
    raw.try_say(&endless);
    let answer = raw.all();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}
