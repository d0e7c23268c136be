//! Routing fields and operators in words.

use knock_routing::{Kind, Operator};

/// The fields filled by a server of this version, with their labels.
pub(crate) const FIELDS: [(&str, &str); 35] = [
    ("email", "E-mail address"),
    ("email.is_free", "Free mail address"),
    ("email.is_disposable", "Disposable mail address"),
    ("company.domain", "Company domain"),
    ("company.name", "Company name"),
    ("company.employees", "Company employees"),
    ("company.industry", "Company industry"),
    ("company.country", "Company country"),
    ("company.revenue", "Company revenue"),
    ("company.technologies", "Company technologies"),
    ("person.title", "Job title"),
    ("person.seniority", "Seniority"),
    ("intent.score", "Intent score"),
    ("intent.type", "Intent type"),
    ("signals.engagement_score", "Engagement score (0 to 100)"),
    ("signals.categories", "Categories seen"),
    ("signals.funnel_stage", "Funnel stage"),
    ("attribution.channel", "Channel"),
    ("attribution.source", "Source"),
    ("attribution.utm_source", "utm_source"),
    ("attribution.utm_medium", "utm_medium"),
    ("attribution.utm_campaign", "utm_campaign"),
    ("attribution.utm_term", "utm_term"),
    ("attribution.utm_content", "utm_content"),
    ("attribution.referrer_domain", "Referrer domain"),
    ("link.id", "Knock Link"),
    ("link.channel", "Knock Link channel"),
    ("session.landing_page", "Landing page of the session"),
    ("session.page_count", "Pages in the session"),
    ("session.seconds_on_site", "Seconds on the site"),
    ("session.is_returning", "Returning visitor"),
    ("session.device", "Device"),
    ("session.browser", "Browser"),
    ("session.language", "Language"),
    ("session.country", "Country"),
];

/// The label of a field, else its name.
pub(crate) fn field_label(name: &str) -> &str {
    FIELDS.iter().find(|(field, _)| *field == name).map_or(name, |(_, label)| label)
}

/// The label of an operator between a field and a value.
pub(crate) const fn operator_label(operator: Operator) -> &'static str {
    match operator {
        Operator::Eq => "is",
        Operator::Neq => "is not",
        Operator::In => "is one of",
        Operator::NotIn => "is none of",
        Operator::Contains => "contains",
        Operator::NotContains => "does not contain",
        Operator::StartsWith => "starts with",
        Operator::EndsWith => "ends with",
        Operator::Gt => "is more than",
        Operator::Gte => "is at least",
        Operator::Lt => "is less than",
        Operator::Lte => "is at most",
        Operator::Between => "is between",
        Operator::HasAny => "has any of",
        Operator::HasAll => "has all of",
        Operator::Before => "is before",
        Operator::After => "is after",
        Operator::WithinLast => "is within the last",
        Operator::IsSet => "is known",
        Operator::IsNotSet => "is not known",
    }
}

/// A hint about the value of a comparison.
pub(crate) const fn value_hint(kind: Kind, operator: Operator) -> &'static str {
    match (operator, kind) {
        (Operator::In | Operator::NotIn | Operator::HasAny | Operator::HasAll, _) => "values, with commas between",
        (Operator::Between, _) => "10, 20",
        (_, Kind::Number) => "a number",
        (_, Kind::Text | Kind::Bool | Kind::List | Kind::Any) => "a value",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_routing::Field;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn every_field_that_is_offered_is_in_the_catalogue() {
        for (name, label) in FIELDS {
            assert!(matches!(Field::parse(name), Ok(Field::Known(_))), "{name}");
            assert_eq!(field_label(name), label);
        }
        assert_eq!(field_label("custom.plan"), "custom.plan");
    }
}
