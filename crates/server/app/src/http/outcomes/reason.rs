//! The reason for which a signal is invalid, in words that contain nothing of it.

/// The fields that metrics name.
const FIELDS: [&str; 17] = [
    "id", "at", "type", "url", "seq", "title", "referrer", "text", "href", "name", "form", "fields", "props", "proof",
    "category", "view", "origin",
];

/// The field of a pointer into a signal, as it stands in metrics; `shape` when it is none of them.
pub(super) fn field_of(pointer: &str) -> &'static str {
    if pointer == "header/Origin" {
        return "origin";
    }
    let first = pointer.trim_start_matches('/').split('/').next().unwrap_or_default();
    FIELDS.into_iter().find(|field| *field == first).unwrap_or("shape")
}

/// A reason without what was sent: the JSON reader names a value of the wrong type, and that may be anything.
pub(super) fn scrubbed(reason: &str) -> String {
    let reason =
        reason.split_once(": ").filter(|(field, _)| FIELDS.contains(&first(field))).map_or(reason, |(_, it)| it);
    let is_of_reader = reason.contains("invalid type: ") || reason.contains("invalid value: ");
    match reason.rsplit_once(", expected ") {
        Some((_, expected)) if is_of_reader => format!("is not {expected}"),
        Some(_) | None if is_of_reader => "is of the wrong type".into(),
        Some(_) | None if reason.contains('"') => "is wrong".into(),
        Some(_) | None => reason.to_owned(),
    }
}

/// `props` of `props.email`.
fn first(field: &str) -> &str {
    field.split('.').next().unwrap_or(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_one_of_few_words() {
        let cases = [
            ("/id", "id"),
            ("/props/email", "props"),
            ("header/Origin", "origin"),
            ("", "shape"),
            ("/nonsense", "shape"),
            ("/4111111111111111", "shape"),
        ];
        for (pointer, expected) in cases {
            assert_eq!(field_of(pointer), expected, "{pointer}");
        }
    }

    #[test]
    fn a_reason_holds_nothing_of_the_signal() {
        let cases = [
            ("at: invalid type: string \"secret, expected\", expected i64", "is not i64"),
            ("id: invalid type: integer `4111111111111111`, expected a string", "is not a string"),
            ("props.email: is not an e-mail address", "is not an e-mail address"),
            ("missing field `at`", "missing field `at`"),
            ("id: carries a time more than a minute off `at`", "carries a time more than a minute off `at`"),
            ("invalid value: \"secret\"", "is of the wrong type"),
            ("something about \"secret\"", "is wrong"),
        ];
        for (reason, expected) in cases {
            assert_eq!(scrubbed(reason), expected, "{reason}");
        }
    }
}
