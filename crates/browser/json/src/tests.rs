//! The same answers as `serde_json` gives.

use knock_wire::{ChatStarted, LiveEvent, MessageList, Problem};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

use super::{parse, parse_with_fractions};

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
    check::<Problem>(r#"{"suggestion":"ann@acme.test","type":"a","title":"b","status":422}"#);
    check::<Problem>(r#"{"type":"a","title":"b","status":-1}"#);
    check::<Option<u64>>("18446744073709551616");
    check::<Option<u64>>("null");
}

#[test]
fn fractions_are_read_where_they_are_expected() {
    for text in [
        "0",
        "-0",
        "-0.0",
        "1.5",
        "-1.25e2",
        "1E+3",
        "1e-3",
        "0.5",
        "10.75",
        "18446744073709551616",
        "1e999",
        "1.",
        ".5",
        "-",
        "01.5",
        "1.e3",
        "+1.5",
        "1e",
        "--1",
        "1.5.5",
    ] {
        let expected = serde_json::from_str::<f64>(text).ok();
        assert_eq!(parse_with_fractions::<f64>(text), expected, "{text}");
        assert_eq!(parse_with_fractions::<Value>(text), serde_json::from_str(text).ok(), "{text}");
    }
    let list = parse_with_fractions::<Vec<Option<f64>>>("[1, 2.5 ,null]");
    assert_eq!(list, Some(vec![Some(1.0), Some(2.5), None]));
    assert_eq!(parse_with_fractions::<i64>("1.5"), None);
}

#[test]
fn a_member_says_which_shape_follows() {
    for text in [
        r#"{"missed":7}"#,
        r#"{"missed":"7"}"#,
        r#"{"refused":"site","more":1}"#,
        r#"{"refused":"site"}"#,
        r#"{"refused"}"#,
        r#"{"else":1}"#,
        "{}",
        r#""missed""#,
    ] {
        check::<LiveEvent>(text);
    }
}

#[test]
fn fractions_and_bottomless_texts_are_refused() {
    assert_eq!(parse::<i64>("1.5"), None);
    assert_eq!(parse::<f64>("1.5"), None);
    assert_eq!(parse::<Vec<i64>>(&"[".repeat(100_000)), None);
}

/// Fields of every kind: needed, with a default, without a value, of other shapes.
#[derive(Debug, Default, Deserialize, PartialEq)]
struct Fields {
    needed: String,
    #[serde(default = "seven")]
    number: i64,
    #[serde(default)]
    list: Vec<Option<Inner>>,
    none: Option<i64>,
    #[serde(default, rename = "type")]
    kind: Option<Box<Inner>>,
    #[serde(skip)]
    _own: u8,
    #[serde(default)]
    one: Option<One>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Inner {
    a: i64,
    #[serde(default)]
    b: String,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum One {
    Small,
    Large {
        width: i64,
        #[serde(default)]
        name: Option<String>,
    },
}

fn seven() -> i64 {
    7
}

#[test]
fn fields_are_found_in_any_order() {
    let members = [
        r#""needed":"\"}]x""#,
        r#""number":-2"#,
        r#""list":[{"b":"{","a":1},null,{"a":2}]"#,
        r#""none":3"#,
        r#""type":{"a":4,"b":"\\"}"#,
        r#""one":{"large":{"name":"n","width":5}}"#,
        r#""more":[{"needed":1},"]"]"#,
    ];
    for start in 0..members.len() {
        for without in 0..=members.len() {
            let of = |step: usize| (start + step * 3) % members.len();
            let kept: Vec<&str> =
                (0..members.len()).map(of).filter(|at| *at != without).map(|at| members[at]).collect();
            check::<Fields>(&format!("{{{}}}", kept.join(" , ")));
        }
    }
    check::<Fields>(r#"{"one":"small","needed":"x","one":"small"}"#);
    check::<Fields>(r#"{"needed":"x","needed":"x"}"#);
    check::<Fields>(r#"{"more":1,"needed":"x","more":1}"#);
    check::<Fields>(r#"{"one":{"large":{"width":5,"width":5}},"needed":"x"}"#);
}

#[test]
fn what_is_no_value_is_refused_before_and_after_its_turn() {
    for value in [
        "",
        "}",
        "]",
        "{",
        "[",
        "[1",
        "{\"a\"",
        "{\"a\":1",
        "\"",
        "\"\\",
        "\"\\\"",
        "1 2",
        "tru",
        "nul",
        ",",
        ":",
        "x",
        "[1,]",
        "[,1]",
        "{\"a\":1,}",
        "{\"a\":1}}",
        "{\"a\" 1}",
        "{\"a\":}",
        "\"\u{e9}",
        "\\",
        "{\"a\":2",
        "-",
        "1.5",
        "[1}",
        "{]",
    ] {
        check::<Fields>(&format!(r#"{{"none":{value},"needed":"x"}}"#));
        check::<Fields>(&format!(r#"{{"needed":"x","none":{value}}}"#));
        check::<Fields>(&format!(r#"{{"type":{value},"needed":"x"}}"#));
        check::<Fields>(&format!(r#"{{"list":{value},"needed":"x"}}"#));
        check::<Fields>(&format!(r#"{{"needed":"x","more":{value}"#));
    }
}

#[test]
fn nothing_is_no_value_outside_of_a_shape() {
    check::<Option<i64>>("");
    check::<Vec<Option<i64>>>("[,]");
    check::<BTreeMap<String, Option<i64>>>(r#"{"a":}"#);
}
