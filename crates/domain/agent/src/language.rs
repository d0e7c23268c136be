//! The languages that the agent speaks.

use knock_model::vocabulary;

vocabulary! {
    /// A language, by its code (ISO 639-1).
    Language {
        /// English.
        En = "en",
        /// German.
        De = "de",
        /// French.
        Fr = "fr",
        /// Spanish.
        Es = "es",
    }
}

impl Language {
    /// The language of a tag such as `de-AT`; none where the agent does not speak it.
    pub fn of_tag(tag: &str) -> Option<Language> {
        let code = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        Language::parse(&code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_read_by_its_first_part() {
        let cases = [
            ("de-AT", Some(Language::De)),
            ("FR", Some(Language::Fr)),
            ("en_GB", Some(Language::En)),
            ("pt-BR", None),
            ("", None),
        ];
        for (tag, expected) in cases {
            assert_eq!(Language::of_tag(tag), expected, "{tag}");
        }
    }
}
