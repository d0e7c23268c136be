//! Placeholders of texts to leads: those that there are, and a text with an example in their place.

/// The placeholders with what an example lead has.
pub(crate) const EXAMPLES: [(&str, &str); 7] = [
    ("first_name", "Ann"),
    ("last_name", "Lee"),
    ("full_name", "Ann Lee"),
    ("email", "ann@acme.example"),
    ("company", "Acme"),
    ("owner_name", "Bo"),
    ("page", "Pricing"),
];

/// The hint below a text with placeholders.
pub(crate) const HINT: &str = "{{first_name|there}} is the first name, and \"there\" where it is not known. Also last_name, \
    full_name, email, company, owner_name, page, and custom.KEY of a custom field, each with what stands for an unknown one.";

/// The hint below a text of a nudge.
pub(crate) const NUDGE_HINT: &str = "{{first_name|there}} is the first name, and \"there\" where it is not known. Also \
    owner_name and page. No others: the id of a visitor is enough to read a nudge.";

/// A text as an example lead reads it; what is no placeholder stays.
pub(crate) fn example(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        shown.push_str(before);
        let Some((inner, behind)) = after.split_once("}}") else {
            shown.push_str("{{");
            rest = after;
            continue;
        };
        let (name, fallback) = inner.split_once('|').unwrap_or((inner, ""));
        let known = EXAMPLES.iter().find(|(known, _)| *known == name.trim()).map(|(_, value)| *value);
        match known {
            Some(value) => shown.push_str(value),
            None if name.trim().starts_with("custom.") => shown.push_str(fallback.trim()),
            None => {
                shown.push_str("{{");
                shown.push_str(inner);
                shown.push_str("}}");
            }
        }
        rest = behind;
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn an_example_stands_in_the_place_of_each_placeholder() {
        for (text, expected) in [
            ("Hi {{first_name|there}}!", "Hi Ann!"),
            ("{{ company }} on {{custom.plan|a plan}}", "Acme on a plan"),
            ("{{nothing}} {{first_name", "{{nothing}} {{first_name"),
            ("", ""),
        ] {
            assert_eq!(example(text), expected, "{text}");
        }
    }
}
