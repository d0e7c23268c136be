//! Placeholders in texts: what can be saved, and what a lead reads.

use knock_workflow::{
    NUDGE_PLACEHOLDERS, PLACEHOLDERS, check_nudge_placeholders, check_placeholders, fill_placeholders,
};

fn filled(text: &str) -> String {
    fill_placeholders(text, |name| match name {
        "first_name" => Some("Ann".to_owned()),
        "company" => Some(String::new()),
        "page" => Some("Pricing\r\nBcc: all@acme.example".to_owned()),
        "custom.plan" => Some("{{email|x}} <b>".to_owned()),
        _ => None,
    })
}

#[test]
fn a_placeholder_is_its_field_or_its_fallback() {
    for (text, expected) in [
        ("", ""),
        ("No place", "No place"),
        ("Hi {{first_name|there}}!", "Hi Ann!"),
        ("Hi {{ first_name | there }}!", "Hi Ann!"),
        ("Hi {{last_name|there}}!", "Hi there!"),
        ("At {{company|your company}}", "At your company"),
        ("{{first_name|a}}{{first_name|b}}", "AnnAnn"),
        ("{{email|}}.", "."),
        ("{{email}}.", "."),
        ("{{email|a|b}}", "a|b"),
        ("Ä {{first_name|ö}} ü", "Ä Ann ü"),
        ("{ {first_name} }", "{ {first_name} }"),
        ("Hi {{first_name", "Hi {{first_name"),
    ] {
        assert_eq!(filled(text), expected, "{text}");
    }
}

#[test]
fn a_value_is_text_on_one_line() {
    assert_eq!(filled("{{custom.plan|none}}"), "{{email|x}} <b>", "it is not read again");
    assert_eq!(filled("On {{page|our site}}"), "On Pricing  Bcc: all@acme.example");
    let long = fill_placeholders("{{email|x}}", |_| Some("é".repeat(900)));
    assert_eq!(long.chars().count(), 200);
}

#[test]
fn what_cannot_be_filled_is_not_saved() {
    let check = |text: &str| check_placeholders(text, |key| key == "plan").map_err(|error| error.placeholder);
    for name in PLACEHOLDERS {
        assert_eq!(check(&format!("a {{{{{name}|b}}}} c")), Ok(()), "{name}");
    }
    for (text, expected) in [
        ("", Ok(())),
        ("{{custom.plan|none}}", Ok(())),
        ("{{email|}}", Ok(())),
        ("Hi {{first_name}}", Err("{{first_name}}")),
        ("Hi {{firstname|there}}", Err("{{firstname|there}}")),
        ("{{custom.other|x}}", Err("{{custom.other|x}}")),
        ("{{|x}}", Err("{{|x}}")),
        ("{{email|x}} {{email", Err("{{email")),
    ] {
        assert_eq!(check(text), expected.map_err(str::to_owned), "{text}");
    }
}

#[test]
fn a_nudge_says_no_more_of_a_lead_than_a_first_name() {
    for name in PLACEHOLDERS.into_iter().chain(["custom.plan"]) {
        let text = format!("Hi {{{{{name}|there}}}}");
        let is_shown = ["first_name", "owner_name", "page"].contains(&name);
        assert_eq!(check_nudge_placeholders(&text).is_ok(), is_shown, "{name}");
        assert_eq!(NUDGE_PLACEHOLDERS.contains(&name), is_shown, "{name}");
    }
    assert!(check_nudge_placeholders("Hi {{first_name}}").is_err(), "without a fallback");
}
