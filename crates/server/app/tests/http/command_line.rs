//! The command line.

use knock_cases::{Subject, explain};
use knock_testing::Binary;
use std::io::Write;
use std::process::{Output, Stdio};

fn knock(args: &[&str], input: &str) -> Output {
    let mut child = Binary::built()
        .command(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    // A command that reads nothing closes its input early.
    drop(child.stdin.take().expect("piped").write_all(input.as_bytes()));
    child.wait_with_output().expect("it ends")
}

/// The library's results are compared with the expectations in `crates/cases/tests/explain`.
#[test]
fn explain_answers_all_vectors_as_the_library_does() {
    let vectors = [
        (Subject::Intent, "intent", include_str!("../../../../../tests/vectors/intent.json")),
        (Subject::Routing, "routing", include_str!("../../../../../tests/vectors/routing.json")),
        (Subject::Slots, "slots", include_str!("../../../../../tests/vectors/slots.json")),
        (Subject::Status, "status", include_str!("../../../../../tests/vectors/status.json")),
        (Subject::Workflow, "workflow", include_str!("../../../../../tests/vectors/workflow.json")),
    ];
    for (subject, word, document) in vectors {
        let output = knock(&["explain", word], document);
        assert!(output.status.success(), "{output:?}");
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(answer, explain(subject, document).expect("good cases"), "{word}");
    }
}

#[test]
fn who_stops_reading_an_answer_gets_no_complaint() {
    let vectors = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/vectors/status.json");
    let mut child = Binary::built()
        .command(&["explain", "status", vectors])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn a_wrong_case_prints_nothing_and_exits_with_2() {
    let output = knock(&["explain", "intent"], r#"{"id": "A", "now": "x", "signals": []}"#);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(complaint.contains("case A: now:"), "{complaint}");
}

#[test]
fn a_steered_clock_is_refused_on_an_address_others_can_reach() {
    let dir = tempfile::TempDir::new().expect("a directory");
    let data = dir.path().to_str().expect("text");
    let output = knock(&["serve", "--test-clock", "--listen", "0.0.0.0:0", "--data", data], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--test-clock"), "{output:?}");
}

#[test]
fn the_configuration_in_force_can_be_printed_and_a_wrong_one_is_refused() {
    let dir = tempfile::TempDir::new().expect("a directory");
    let file = dir.path().join("knock.toml");
    std::fs::write(&file, "listen = \"127.0.0.1:9\"\n").expect("written");
    let file = file.to_str().expect("text");
    let output = knock(&["serve", "--print-config", "--config", file], "");
    assert!(String::from_utf8_lossy(&output.stdout).contains("listen = \"127.0.0.1:9\""), "{output:?}");
    std::fs::write(file, "listn = \"x\"\n").expect("written");
    let output = knock(&["serve", "--config", file], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("unknown key `listn`"), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains(&format!("in {file}")), "{output:?}");
}
