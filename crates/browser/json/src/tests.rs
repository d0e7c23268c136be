//! The same answers as `serde_json` gives.

use knock_wire::{ChatStarted, MessageList, Problem};
use serde::de::DeserializeOwned;
use std::fmt;

use super::parse;

const MESSAGE: &str = r#"{"seq":1,"id":"019f0000-0000-7000-8000-000000000001","author":"rep","at":1795163907123"#;

/// Both readers say the same of a text.
fn check<T: DeserializeOwned + PartialEq + fmt::Debug>(text: &str) {
    assert_eq!(parse::<T>(text), serde_json::from_str(text).ok(), "{text}");
}

#[test]
fn all_that_serde_json_reads_is_read_alike() {
    for text in [
        r#""""#,
        r#""a\"b\\\/\n\t\r\b\fé\u00e9\ud83d\ude00""#,
        r#""\ud83d""#,
        r#""\ud83dx""#,
        r#""\ude00""#,
        r#""\u+123""#,
        r#""\x""#,
        "\"a\nb\"",
        r#""open"#,
        r#""a"b"#,
        " \n\"a\" \t",
        "",
        "1",
        "null",
    ] {
        let list = format!(r#"{{"messages":[{MESSAGE},"name":"Ana","text":{text}}}]}}"#);
        check::<String>(text);
        check::<MessageList>(&list);
    }
}

#[test]
fn shapes_are_read_as_they_grow_and_refused_when_they_lack_something() {
    for text in [
        r#"{"messages":[]}"#,
        r#"{"messages":[],"more":{"a":[1,{"b":null}],"c":true,"d":false}}"#,
        r#"{"messages":[,]}"#,
        r#"{"messages":[]"#,
        r#"{"messages":[]}}"#,
        r#"{"messages":{}}"#,
        r#"{"messages" []}"#,
        "{}",
        "[]",
    ] {
        check::<MessageList>(text);
    }
    check::<MessageList>(&format!(r#"{{"messages":[{MESSAGE},"text":"no name"}}]}}"#));
    check::<MessageList>(&format!(r#"{{"messages":[{MESSAGE}}}]}}"#));
    let conversation = "01010101-0101-4101-8101-010101010101";
    check::<ChatStarted>(&format!(r#"{{"conversation":"{conversation}","token":"t","title":"A"}}"#));
    check::<ChatStarted>(r#"{"conversation":"x","token":"t","title":"A"}"#);
    check::<Problem>(r#"{"type":"a","title":"b","status":422,"errors":[{"pointer":"/x","reason":"y"}]}"#);
    check::<Problem>(r#"{"type":"a","title":"b","status":-1}"#);
    check::<Option<u64>>("18446744073709551616");
    check::<Option<u64>>("null");
}

#[test]
fn fractions_and_bottomless_texts_are_refused() {
    assert_eq!(parse::<i64>("1.5"), None);
    assert_eq!(parse::<Vec<i64>>(&"[".repeat(100_000)), None);
}
