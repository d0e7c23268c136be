//! A caller that waits as it is asked gets everything through, in order.

use crate::{client, post, token};
use contract_slack::{Slack, seed};
use knock_slack::RefusalKind;
use serde_json::json;

/// Messages, in four channels.
const MESSAGES: usize = 1_000;

#[tokio::test]
async fn a_thousand_posts_get_through_their_limits_in_order() {
    let (slack, token) = (Slack::start(), token());
    // Waiting is moving the clock.
    slack.control("PUT", "clock", &json!({ "stopped": true }));
    let client = client(&slack);
    let mut channels = vec![seed::GENERAL.to_owned(), seed::PRIVATE.to_owned()];
    for user in [seed::ANN, seed::BOB] {
        channels.push(client.open_dm(&token, user).await.expect("a channel"));
    }
    let mut waited = 0;
    for number in 0..MESSAGES {
        let message = post(&channels[number % channels.len()], &number.to_string());
        while let Err(refused) = client.post(&token, &message).await {
            let RefusalKind::Retry(Some(wait)) = refused.kind else { panic!("{refused:?}") };
            slack.control("PUT", "clock", &json!({ "advance": wait.0 }));
            waited += wait.0;
        }
    }
    let state = slack.state();
    let written: Vec<_> =
        state["messages"].as_array().expect("a list").iter().map(|message| &message["seen"]).collect();
    let expected: Vec<_> = (0..MESSAGES).map(|number| json!(number.to_string())).collect();
    assert_eq!(written, expected.iter().collect::<Vec<_>>());
    assert!(state["limited"].as_u64().is_some_and(|limited| limited > 0));
    assert_eq!(state["early"], 0);
    // One a second in each of the channels, but for the burst at the beginning.
    assert!((235_000..=250_000).contains(&waited), "{waited}");
}
