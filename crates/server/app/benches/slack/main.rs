//! How soon a lead's first message is shown in Slack, in the monitoring channel and to its rep, and how soon the lead sees
//! the rep's reply from the thread. A new chat comes every few seconds: a channel takes one post a second, and a chat is
//! some six posts in the channel of its rep. With a shorter pause the figures are those of that limit.
//!
//! `cargo xtask bench slack [-- --chats 40 --pause 6]`, on SQLite and on the PostgreSQL that `KNOCK_TEST_POSTGRES` names.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use clap::Parser;
use contract_slack::{Slack, seed};
use knock_store::Scratch;
use knock_testing::{Binary, Chat, Reply, Setup, Site, TestServer, found, stopwatch};
use serde_json::{Value, json};
use std::thread;
use std::time::Duration;

/// Milliseconds for each way, at the 99th percentile.
const GOAL: f64 = 1_000.0;

/// Times of chats that are answered from Slack.
#[derive(Debug, Parser)]
struct Wanted {
    /// Chats, one after the other
    #[arg(long, default_value_t = 40)]
    chats: u64,
    /// Seconds between two chats
    #[arg(long, default_value_t = 6)]
    pause: u64,
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
    let slack = Slack::start();
    let api_url = slack.api_url();
    let settings = [
        ("KNOCK_SLACK_API_URL", api_url.as_str()),
        ("KNOCK_SLACK_BOT_TOKEN", seed::TOKEN),
        ("KNOCK_SLACK_SIGNING_SECRET", seed::SIGNING_SECRET),
        ("KNOCK_CHAT_OPENS_PER_IP", "0"),
    ];
    let server = Setup::on(place).binary(Binary::built()).settings(&settings).start();
    slack.tell(&format!("http://{}", server.address()));
    let key = server.admin_key();
    prepare(&server, &slack, &key);
    let site = Site::new(&server.site());
    let (mut shown, mut replied) = (Vec::new(), Vec::new());
    for number in 1..=wanted.chats {
        let chat = site.visitor(number).opens_chat(&server);
        let start = stopwatch();
        assert_eq!(chat.write(&server, number * 10, "We are 200 people and need a quote").code, 201);
        let root = found("both posts", || posts(&slack, &chat));
        shown.push(start.elapsed().as_secs_f64() * 1_000.0);
        let thread = (text(&root, "channel"), text(&root, "ts"));
        let start = stopwatch();
        slack.write(seed::ANN, &thread.0, Some(&thread.1), "Happy to help");
        found("the reply", || seen(&server, &chat).then_some(()));
        replied.push(start.elapsed().as_secs_f64() * 1_000.0);
        found("nothing waits", || (server.get("/api/v1/slack", &key).body["waiting"] == 0).then_some(()));
        thread::sleep(Duration::from_secs(wanted.pause));
    }
    println!("\n{database}: {} chats, one every {} s", wanted.chats, wanted.pause);
    println!("{:<32} {:>8} {:>8} {:>8}", "", "p50 ms", "p99 ms", "max ms");
    print("first message to both posts", shown);
    print("reply in the thread to the lead", replied);
}

/// Ann of the workspace is a rep who gets every chat.
fn prepare(server: &TestServer, slack: &Slack, key: &str) {
    let done = |reply: Reply| assert!((200..300).contains(&reply.code), "{}", reply.body);
    slack.control("POST", "users", &json!({"id": seed::ANN, "email": "admin@localhost"}));
    done(server.ask("PUT", "/api/v1/slack", key, &json!({"monitoring_channel": seed::GENERAL, "note_mark": "//"})));
    done(server.ask("PUT", "/api/v1/agent", key, &json!({"asks_to_clarify": false})));
    found("Ann is matched", || (server.get("/api/v1/slack", key).body["users_matched"] == 1).then_some(()));
}

/// The post to the rep, once that in the monitoring channel is there too.
fn posts(slack: &Slack, chat: &Chat) -> Option<Value> {
    let messages = slack.messages();
    let of = |kind: &str| {
        let key = format!("{kind}:{}", chat.id);
        let is = |message: &&Value| {
            message["metadata"]["event_payload"]["id"].as_str().is_some_and(|id| id.starts_with(&key))
        };
        messages.iter().find(is).cloned()
    };
    of("monitor").and(of("dm"))
}

fn seen(server: &TestServer, chat: &Chat) -> bool {
    chat.messages(server, 0).iter().any(|message| message["author"] == "rep" && message["text"] == "Happy to help")
}

fn text(json: &Value, name: &str) -> String {
    json[name].as_str().unwrap_or_else(|| panic!("no {name}: {json}")).to_owned()
}

fn print(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share).ceil() as usize];
    let missed = if at(0.99) > GOAL { "  GOAL MISSED" } else { "" };
    println!("{what:<32} {:>8.1} {:>8.1} {:>8.1}{missed}", at(0.5), at(0.99), at(1.0));
}
