//! Files, both ways.

use crate::{client, post, token};
use contract_slack::{Slack, seed};
use knock_slack::{Broken, FILE_LIMIT};
use serde_json::json;

#[tokio::test]
async fn a_file_of_ours_gets_into_a_thread() {
    let (slack, token) = (Slack::start(), token());
    let client = client(&slack);
    let root = client.post(&token, &post(seed::GENERAL, "hi")).await.expect("it is posted");
    let bytes: Vec<u8> = (0..=255).collect();
    let id = client.upload(&token, "a b&c.bin", bytes.clone()).await.expect("it is uploaded");
    assert_eq!(client.is_shared(&token, &id).await, Ok(false));
    client.share(&token, (&id, "a b&c.bin"), seed::GENERAL, Some(root.ts)).await.expect("it is shared");
    assert_eq!(client.is_shared(&token, &id).await, Ok(true));
    let message = slack.message(|message| message["files"][0]["id"] == id.as_str());
    assert_eq!(message["thread_ts"], json!(root.ts));
    assert_eq!((&message["files"][0]["name"], &message["files"][0]["size"]), (&json!("a b&c.bin"), &json!(256)));
    let url = message["files"][0]["url_private_download"].as_str().expect("an address");
    assert_eq!(client.file(&token, url).await, Ok(bytes));
    slack.control("POST", "token", &json!({ "without": "files:read" }));
    let refused = client.file(&token, url).await.expect_err("it may not");
    assert_eq!(refused.broken(), Some(&Broken::MissingScope("files:read".into())));
}

#[tokio::test]
async fn a_file_of_a_person_is_fetched() {
    let slack = Slack::start();
    let file = json!({ "name": "offer.txt", "text": "for you" });
    slack.control("POST", "write", &json!({ "user": seed::ANN, "channel": "dm", "text": "here", "files": [file] }));
    let url = slack.messages()[0]["files"][0]["url_private_download"].as_str().expect("an address").to_owned();
    assert_eq!(client(&slack).file(&token(), &url).await, Ok(b"for you".to_vec()));
    let gone = client(&slack).file(&token(), &url.replace("F0NEW", "F1NEW")).await.expect_err("there is none");
    assert_eq!(gone.words, "the file is gone");
}

#[tokio::test]
async fn what_is_too_large_or_elsewhere_is_not_fetched() {
    let slack = Slack::start();
    let large = "x".repeat(FILE_LIMIT + 1);
    let file = json!({ "name": "large.txt", "text": large });
    slack.control("POST", "write", &json!({ "user": seed::ANN, "channel": "dm", "files": [file] }));
    let url = slack.messages()[0]["files"][0]["url_private_download"].as_str().expect("an address").to_owned();
    // The token goes to no other address.
    for elsewhere in [
        "https://files.slack.example/a",
        "http://files.slack.com/a",
        "https://files.slack.com:8443/a",
        "file:///a",
        "a",
    ] {
        let refused = client(&slack).file(&token(), elsewhere).await.expect_err("elsewhere");
        assert!(refused.words.contains("the address of the file is none"), "{refused:?}");
    }
    let refused = client(&slack).file(&token(), &url).await.expect_err("it is too large");
    assert_eq!(refused.words, "the file is larger than 20 MB");
}

#[tokio::test]
async fn an_upload_with_a_failed_step_shows_no_message() {
    let slack = Slack::start();
    slack.control("POST", "faults", &json!({ "method": "files.completeUploadExternal", "do": "error" }));
    let (client, token) = (client(&slack), token());
    let id = client.upload(&token, "a.txt", b"a".to_vec()).await.expect("it is uploaded");
    let shared = client.share(&token, (&id, "a.txt"), seed::GENERAL, None).await;
    assert_eq!(shared.expect_err("it fails").code, "fatal_error");
    assert!(slack.messages().is_empty());
    assert_eq!(client.is_shared(&token, &id).await, Ok(false));
    let nameless = client.upload(&token, "", b"a".to_vec()).await;
    assert_eq!(nameless.expect_err("no name").code, "invalid_arguments");
}
