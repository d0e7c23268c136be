//! The client against a server that behaves as Slack does (`tests/slack`).

mod failures;
mod files;
mod limits;
mod methods;
mod oauth;

use contract_slack::{Slack, seed};
use knock_outbound::{Guard, Outbound};
use knock_slack::{Client, Post, Token};
use std::time::Duration;
use url::Url;

/// The timeout for a response that comes.
const PATIENCE: Duration = Duration::from_secs(20);

/// A client that may ask this server and nothing else here.
fn client(slack: &Slack) -> Client {
    client_with(slack, PATIENCE)
}

fn client_with(slack: &Slack, patience: Duration) -> Client {
    let url = Url::parse(&slack.api_url()).expect("an address");
    let guard = Guard::new(Vec::new()).with_place(&url);
    Client::new(Outbound::new(guard, patience).expect("a client"), url)
}

fn token() -> Token {
    Token::parse(seed::TOKEN).expect("a token")
}

fn post(channel: &str, text: &str) -> Post {
    Post { channel: channel.to_owned(), text: text.to_owned(), ..Post::default() }
}
