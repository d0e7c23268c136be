//! How soon the inbox answers a page with counts over HTTP, while many conversations are open and wait.
//!
//! `cargo xtask bench inbox [-- --chats 5000 --messages 6 --asked 40]`, on SQLite and on the PostgreSQL that
//! `KNOCK_TEST_POSTGRES` names.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use clap::Parser;
use knock_store::Scratch;
use knock_testing::{Binary, Setup, Site, TestServer, stopwatch};

/// Milliseconds for a page, at the 95th percentile.
const GOAL: f64 = 300.0;
/// Rate limits switched off: all requests come from one address.
const UNLIMITED: [(&str, &str); 6] = [
    ("KNOCK_INGEST_RATE_PER_SITE", "0"),
    ("KNOCK_INGEST_RATE_PER_IP", "0"),
    ("KNOCK_CHAT_OPENS_PER_IP", "0"),
    ("KNOCK_CHAT_MESSAGES_PER_CHAT", "0"),
    ("KNOCK_CHAT_MESSAGES_PER_IP", "0"),
    ("KNOCK_INGEST_BYTES_PER_IP", "0"),
];
/// What is asked; the searches find what most conversations, one and none have.
const QUERIES: [&str; 8] = [
    "waiting",
    "open",
    "unassigned",
    "closed",
    "open&limit=200",
    "open&q=quote",
    "open&q=unicorn%204321",
    "open&q=nothing-like-this",
];

/// Answer times of an inbox with many open conversations.
#[derive(Debug, Parser)]
struct Wanted {
    /// Open conversations, all of whose leads wait
    #[arg(long, default_value_t = 5_000)]
    chats: u64,
    /// Messages that each lead writes
    #[arg(long, default_value_t = 6)]
    messages: u64,
    /// Requests of each kind
    #[arg(long, default_value_t = 40)]
    asked: u64,
    /// Said by cargo to every benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() {
    let wanted = Wanted::parse();
    on("SQLite", &wanted, Scratch::sqlite());
    let scratch = Scratch::new();
    if scratch.is_postgres() {
        on("PostgreSQL", &wanted, scratch);
    } else {
        println!("\nPOSTGRESQL IS NOT MEASURED: KNOCK_TEST_POSTGRES names none");
    }
}

fn on(database: &str, wanted: &Wanted, place: Scratch) {
    let server = Setup::on(place).binary(Binary::built()).settings(&UNLIMITED).start();
    let start = stopwatch();
    fill(&server, wanted);
    println!("\n{database}: {} chats made in {:.0} s", wanted.chats, start.elapsed().as_secs_f64());
    println!("{:<32} {:>8} {:>8} {:>8}", "view", "p50 ms", "p95 ms", "max ms");
    let key = server.admin_key();
    for query in QUERIES {
        let mut times: Vec<f64> = (0..wanted.asked).map(|_| timed(&server, &key, query)).collect();
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        let missed = if at(0.95) > GOAL { "  GOAL MISSED" } else { "" };
        println!("{query:<32} {:>8.1} {:>8.1} {:>8.1}{missed}", at(0.5), at(0.95), at(1.0));
    }
}

fn fill(server: &TestServer, wanted: &Wanted) {
    let site = Site::new(&server.site());
    for number in 1..=wanted.chats {
        let chat = site.visitor(number).opens_chat(server);
        for place in 0..wanted.messages {
            let text = format!("We need a quote for unicorn {number}, question {place}");
            assert_eq!(chat.write(server, number * 100 + place, &text).code, 201);
        }
    }
}

fn timed(server: &TestServer, key: &str, query: &str) -> f64 {
    let start = stopwatch();
    let reply = server.get(&format!("/api/v1/conversations?view={query}"), key);
    let time = start.elapsed().as_secs_f64() * 1_000.0;
    assert_eq!(reply.code, 200, "{query}: {}", reply.body);
    time
}
