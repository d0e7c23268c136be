//! Sites: typed text to a draft, a problem document back to fields, and settings in words.

use super::reason::{HERE, sentence, sentences};
use super::why::{matched_words, rule_words};
use knock_intent::{Action, CategoryOverride, OverrideBy, categorise_with};
use knock_model::{IdentifyPolicy, SignalType};
use knock_wire::{FieldError, Problem, Site};

const FIELDS: [&str; 5] = ["name", "origins", "base", "categories", "identify"];

/// The typed origins: one a line, or separated by commas or spaces.
pub(crate) fn typed_origins(text: &str) -> Vec<String> {
    let parts = text.split([',', ';']).flat_map(str::split_whitespace);
    parts.map(str::to_owned).collect()
}

/// Whether each origin is listed with `www` and without it.
pub(crate) fn has_twins(origins: &[String]) -> bool {
    let twin = |origin: &String| match origin.split_once("://www.") {
        Some((scheme, rest)) => format!("{scheme}://{rest}"),
        None => origin.replacen("://", "://www.", 1),
    };
    !origins.is_empty() && origins.iter().all(|origin| origins.contains(&twin(origin)))
}

/// The host of a site, as people call it; its name if it has no origin.
pub(crate) fn host_words(site: &Site) -> String {
    let host = site.origins.first().and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
    host.map_or_else(|| site.name.clone(), |host| host.trim_start_matches("www.").to_owned())
}

/// The errors of the origins, each with the typed text.
pub(crate) fn origin_errors(problem: &Problem, typed: &[String]) -> Vec<String> {
    let words = |error: &FieldError| {
        Some(match place(&error.pointer, "origins")? {
            Place::Line(line) => match typed.get(line - 1) {
                Some(origin) => sentence(&format!("\u{201c}{origin}\u{201d}"), &error.reason),
                None => sentence(HERE, &error.reason),
            },
            Place::Field => sentence(HERE, &error.reason),
        })
    };
    problem.errors.iter().filter_map(words).collect()
}

/// The errors of a field by its name in the draft; errors of its elements name the line.
pub(crate) fn field_errors(problem: &Problem, field: &str) -> Vec<String> {
    let words = |error: &FieldError| {
        Some(match place(&error.pointer, field)? {
            Place::Field => sentence(HERE, &error.reason),
            Place::Line(line) => sentence(&format!("Line {line}"), &error.reason),
        })
    };
    problem.errors.iter().filter_map(words).collect()
}

/// The errors outside the fields of the form, in sentences.
pub(crate) fn unplaced_errors(problem: &Problem) -> String {
    let is_unplaced = |error: &&FieldError| FIELDS.iter().all(|field| place(&error.pointer, field).is_none());
    let errors = problem.errors.iter().filter(is_unplaced).cloned().collect();
    sentences(&Problem { errors, ..Problem::default() })
}

enum Place {
    Field,
    Line(usize),
}

/// The position in the field that a JSON pointer names; none if it names another field.
fn place(pointer: &str, field: &str) -> Option<Place> {
    let rest = pointer.trim_start_matches('#').strip_prefix('/')?.strip_prefix(field)?;
    match rest.strip_prefix('/') {
        Some(element) => {
            let number = element.split('/').next().unwrap_or_default();
            Some(number.parse::<usize>().map_or(Place::Field, |at| Place::Line(at + 1)))
        }
        None => rest.is_empty().then_some(Place::Field),
    }
}

pub(crate) fn base_words(base: &str) -> String {
    if base.is_empty() { "the whole host".to_owned() } else { base.to_owned() }
}

/// The origins of a site.
pub(crate) fn sends_from_words(site: &Site) -> Vec<String> {
    let mut origins = site.origins.clone();
    origins.push("this server's own pages".into());
    if site.demo {
        origins.push("any page on this machine".into());
    }
    origins
}

/// The category of a page, and its reason; `page` is a path or an address.
pub(crate) fn category_of(page: &str, base: &str, own: &[CategoryOverride]) -> String {
    let page = page.trim();
    let url = match page.contains("://") {
        true => page.to_owned(),
        false => format!("https://site/{}", page.trim_start_matches('/')),
    };
    let action = Action {
        kind: SignalType::PageView,
        url: &url,
        base: base.trim().trim_end_matches('/'),
        href: "",
        referrer: "",
        name: "",
        label: "",
        form: "",
    };
    let found = categorise_with(own, &action);
    let matched = matched_words(found.matched()).map(|words| format!(" {words}")).unwrap_or_default();
    format!("{}: {}{matched}", found.category.as_str(), rule_words(found.rule.as_str()))
}

/// The criterion of a custom category.
pub(crate) const fn override_label(by: OverrideBy) -> &'static str {
    match by {
        OverrideBy::Path => "Path",
        OverrideBy::Cta => "Call to action",
        OverrideBy::Form => "Form",
        OverrideBy::Channel => "Channel of a Knock Link",
    }
}

pub(crate) fn own_category_words(own: &CategoryOverride) -> String {
    format!("{} {}: {}", override_label(own.by), own.matches, own.category.as_str())
}

/// An identification policy: label and description.
pub(crate) const fn identify_words(policy: IdentifyPolicy) -> (&'static str, &'static str) {
    match policy {
        IdentifyPolicy::Open => {
            ("Open", "An e-mail address that a page gives identifies the visitor, with or without a proof.")
        }
        IdentifyPolicy::Verified => (
            "Verified",
            "An address identifies the visitor only with a proof that your server makes with the identify secret.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::Category;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn origins_are_taken_apart_wherever_people_part_them() {
        let typed = typed_origins("https://a.test\n\n  b.test \r\nc.test, d.test;e.test");
        assert_eq!(typed, ["https://a.test", "b.test", "c.test", "d.test", "e.test"]);
    }

    #[wasm_bindgen_test]
    fn a_site_has_twins_when_each_origin_has_its_own() {
        let check = |origins: &[&str], expected| {
            let origins: Vec<String> = origins.iter().map(|&origin| origin.to_owned()).collect();
            assert_eq!(has_twins(&origins), expected, "{origins:?}");
        };
        check(&[], false);
        check(&["https://a.test"], false);
        check(&["https://a.test", "https://www.a.test"], true);
        check(&["https://a.test", "http://www.a.test"], false);
        check(&["https://a.test", "https://www.a.test", "https://b.test"], false);
    }

    #[wasm_bindgen_test]
    fn errors_stand_at_their_field() {
        let error = |pointer: &str, reason: &str| FieldError { pointer: pointer.into(), reason: reason.into() };
        let errors = vec![
            error("/name", "is empty"),
            error("/origins/1", "is no address"),
            error("/origins", "are none"),
            error("/categories/2/matches", "is empty"),
        ];
        let problem = Problem { errors, ..Problem::default() };
        assert_eq!(field_errors(&problem, "name"), ["This is empty."]);
        let typed = ["a.test".to_owned(), "my shop".to_owned()];
        assert_eq!(origin_errors(&problem, &typed), ["\u{201c}my shop\u{201d} is no address.", "These are none."]);
        assert_eq!(field_errors(&problem, "categories"), ["Line 3 is empty."]);
        assert!(field_errors(&problem, "base").is_empty());
        assert_eq!(unplaced_errors(&problem), "");
        let problem = Problem { errors: vec![error("/key", "is taken")], ..Problem::default() };
        assert_eq!(unplaced_errors(&problem), "\u{201c}Key\u{201d} is taken.");
    }

    #[wasm_bindgen_test]
    fn a_page_gets_the_teams_own_category_first() {
        let own = |matches: &str| CategoryOverride {
            by: OverrideBy::Path,
            matches: matches.to_owned(),
            category: Category::Pricing,
        };
        let own = [own("/zeppelin")];
        for (page, base, expected) in [
            ("/zeppelin/2", "", "Pricing: a category of your own matched \u{201c}/zeppelin\u{201d}"),
            ("zeppelin", "", "Pricing: a category of your own"),
            ("https://www.a.test/de/zeppelin", "/de/", "Pricing: a category of your own"),
            ("/de/zeppelin", "", "Home/Other: no rule matched"),
            ("/pricing", "", "Pricing: the path of the page matched \u{201c}pricing\u{201d}"),
        ] {
            let found = category_of(page, base, &own);
            assert!(found.starts_with(expected), "{page} {base}: {found}");
        }
    }
}
