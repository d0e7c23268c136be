//! Fields of a look that are refused, and what is kept of others.

use super::*;
use knock_model::CustomFieldSource;
use knock_wire::{CustomField, FormField, HiddenDevice};
use serde_json::json;

fn fields() -> CustomFields {
    let field = |name: &str, value_type| CustomField {
        name: name.into(),
        label: name.into(),
        value_type,
        sources: vec![CustomFieldSource::Form],
        form_field: None,
    };
    CustomFields { fields: vec![field("team", CustomFieldType::Number), field("vip", CustomFieldType::Boolean)] }
}

/// The pointers of the wrong fields of a look.
fn refused(look: serde_json::Value) -> Vec<String> {
    let look: Look = serde_json::from_value(look).expect("a look");
    let problem = checked(look, &fields()).expect_err("refused").into_document();
    problem.errors.into_iter().map(|error| error.pointer).collect()
}

#[test]
fn the_default_is_taken_as_it_is() {
    assert_eq!(checked(Look::default(), &fields()).expect("taken"), Look::default());
}

#[test]
fn wrong_fields_are_named() {
    let many = vec!["/a"; 51];
    let nine = vec![json!({"field": "name"}); 9];
    for (look, pointer) in [
        (json!({"colour": "red"}), "/colour"),
        (json!({"colour": "#fff", "colour_dark": "#12"}), "/colour_dark"),
        (json!({"colour_dark": "#123456"}), "/colour_dark"),
        (json!({"title": {"it": "Ciao"}}), "/title/it"),
        (json!({"title": {"en": "x".repeat(61)}}), "/title/en"),
        (json!({"subtitle": {"en": "a\nb"}}), "/subtitle/en"),
        (json!({"welcome": {"de": "x".repeat(501)}}), "/welcome/de"),
        (json!({"launcher_text": {"de": "x".repeat(41)}}), "/launcher_text/de"),
        (json!({"consent": {"de": "x".repeat(301)}}), "/consent/de"),
        (json!({"icon": "none"}), "/icon"),
        (json!({"languages": []}), "/languages"),
        (json!({"languages": ["en", "it"]}), "/languages/1"),
        (json!({"languages": ["en", "de", "en"]}), "/languages/2"),
        (json!({"offset_x": 401}), "/offset_x"),
        (json!({"offset_y": 401}), "/offset_y"),
        (json!({"z_index": 0}), "/z_index"),
        (json!({"teaser": {"text": {"en": " "}}}), "/teaser/text"),
        (json!({"teaser": {"text": {"en": "Hi"}, "delay_s": 601}}), "/teaser/delay_s"),
        (json!({"teaser": {"text": {"en": "Hi"}, "pages": ["/a", "b"]}}), "/teaser/pages/1"),
        (json!({"hidden": {"paths": ["careers"]}}), "/hidden/paths/0"),
        (json!({"hidden": {"paths": many}}), "/hidden/paths"),
        (json!({"privacy_url": "javascript:alert(1)"}), "/privacy_url"),
        (json!({"privacy_url": "/privacy"}), "/privacy_url"),
        (json!({"form": {"when": "before"}}), "/form/fields"),
        (json!({"form": {"fields": nine}}), "/form/fields"),
        (json!({"form": {"fields": [{"field": "age"}]}}), "/form/fields/0/field"),
        (json!({"form": {"fields": [{"field": "custom.age"}]}}), "/form/fields/0/field"),
        (json!({"form": {"fields": [{"field": "custom.vip"}]}}), "/form/fields/0/field"),
        (json!({"form": {"fields": [{"field": "name"}, {"field": "name"}]}}), "/form/fields/1/field"),
        (json!({"words": {"it": {"chat.send": "Invia"}}}), "/words/it"),
        (json!({"words": {"en": {"chat.nothing": "x"}}}), "/words/en/chat.nothing"),
        (json!({"words": {"en": {"send": "x"}}}), "/words/en/send"),
        (json!({"words": {"en": {"a/b": "x"}}}), "/words/en/a~1b"),
        (json!({"words": {"en": {"chat.send": "x".repeat(301)}}}), "/words/en/chat.send"),
        (json!({"words": {"en": {"chat.send": "Send {name}"}}}), "/words/en/chat.send"),
        (json!({"words": {"en": {"chat.whom.rep": "A person has joined"}}}), "/words/en/chat.whom.rep"),
        (json!({"words": {"en": {"chat.whom.rep": "{rep} has joined"}}}), "/words/en/chat.whom.rep"),
    ] {
        assert_eq!(refused(look.clone()), [pointer], "{look}");
    }
    assert_eq!(refused(json!({"colour": "red", "z_index": -1})), ["/colour", "/z_index"]);
}

#[test]
fn texts_are_trimmed_and_what_is_standard_is_left_out() {
    let look = json!({
        "colour": " #FA0 ",
        "colour_dark": "",
        "title": {"en": " Hello ", "de": "  "},
        "welcome": {"en": "One\r\nTwo"},
        "privacy_url": " https://example.com/privacy ",
        "hidden": {"paths": [" /careers/* ", "*.pdf"], "devices": ["tablet", "phone", "tablet"]},
        "form": {"when": "after", "fields": [{"field": "email", "is_required": true}, {"field": "custom.team"}]},
        "words": {"en": {"chat.send": "Send message", "chat.you": "Me", "chat.whom.rep": "Here is {name}"},
            "de": {"chat.send": ""}},
    });
    let kept = checked(serde_json::from_value(look).expect("a look"), &fields()).expect("taken");
    assert_eq!((kept.colour.as_str(), kept.colour_dark.as_str()), ("#ffaa00", ""));
    assert_eq!(json!(kept.title), json!({"en": "Hello"}));
    assert_eq!(json!(kept.welcome), json!({"en": "One\nTwo"}));
    assert_eq!(kept.privacy_url, "https://example.com/privacy");
    assert_eq!(kept.hidden.paths, ["/careers/*", "*.pdf"]);
    assert_eq!(kept.hidden.devices, [HiddenDevice::Phone, HiddenDevice::Tablet]);
    assert_eq!(kept.form.fields[1], FormField { field: "custom.team".into(), is_required: false });
    assert_eq!(json!(kept.words), json!({"en": {"chat.you": "Me", "chat.whom.rep": "Here is {name}"}}));
}
