//! The look of a site in words: languages, errors at their fields, and what page styles may set.

use knock_model::look::{Colour, VISIBLE, contrast};
use knock_wire::{FieldError, LauncherIcon, Look, LookWord, Problem};
use serde::Serialize;

use super::reason::{HERE, sentence};

/// The languages with standard texts: code and name.
pub(crate) const LANGUAGES: [(&str, &str); 4] =
    [("en", "English"), ("de", "German"), ("fr", "French"), ("es", "Spanish")];

/// The variables that a page may set on `knock-widget`: name, an example, and their meaning.
pub(crate) const VARIABLES: [(&str, &str, &str); 8] = [
    ("--knock-accent", "#3f4fc4", "The colour of the launcher and of buttons"),
    ("--knock-accent-ink", "#ffffff", "The colour of texts on it"),
    ("--knock-accent-soft", "#edeffc", "A pale ground of the same hue"),
    ("--knock-font", "inherit", "The font"),
    ("--knock-radius", "0.5rem", "The radius of the button, the panel and bubbles"),
    ("--knock-offset-x", "1rem", "The distance from the side"),
    ("--knock-offset-y", "1rem", "The distance from the bottom"),
    ("--knock-z", "1000", "The z-index"),
];

/// The names of the look's fields in a request.
const FIELDS: [&str; 28] = [
    "colour",
    "colour_dark",
    "scheme",
    "logo",
    "icon",
    "icon_picture",
    "launcher_text",
    "corner",
    "offset_x",
    "offset_y",
    "z_index",
    "title",
    "subtitle",
    "welcome",
    "teaser",
    "languages",
    "privacy_url",
    "consent",
    "shows_hours",
    "reply_sound",
    "reply_title",
    "hidden",
    "form",
    "rating",
    "transcript",
    "can_end",
    "history",
    "words",
];

/// The colours of pages on which buttons are: `--k-surface` of `www/css/tokens.css`.
const LIGHT: Colour = Colour::new(0xff, 0xff, 0xff);
const DARK: Colour = Colour::new(0x18, 0x19, 0x1c);

/// The page around a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ground {
    Light,
    Dark,
}

/// The name of a language; its code if it has no standard texts.
pub(crate) fn language_name(code: &str) -> String {
    let known = LANGUAGES.iter().find(|(known, _)| *known == code);
    known.map_or(code, |(_, name)| name).to_owned()
}

/// The standard text in a language; the English one if it has none.
pub(crate) fn standard_text(word: &LookWord, language: &str) -> String {
    word.texts.get(language).or_else(|| word.texts.get("en")).cloned().unwrap_or_default()
}

/// The contrast of a colour with the page around it; the sentence says what follows from a low one. Empty for what is no
/// colour yet.
pub(crate) fn contrast_words(colour: &str, ground: Ground) -> String {
    let Some(colour) = Colour::parse(colour) else { return String::new() };
    let (page, name, better) = match ground {
        Ground::Light => (LIGHT, "light", "darker"),
        Ground::Dark => (DARK, "dark", "lighter"),
    };
    let ratio = decimal(contrast(colour, page));
    if !is_low(colour, page) {
        return format!("Contrast with a {name} page: {ratio} to 1. Buttons are easy to see.");
    }
    format!(
        "Contrast with a {name} page: {ratio} to 1, below 3 to 1. Buttons are hard to see; a {better} colour is better."
    )
}

/// Whether buttons of a colour are hard to see on a page; not of what is no colour yet.
pub(crate) fn is_hard_to_see(colour: &str, ground: Ground) -> bool {
    let page = match ground {
        Ground::Light => LIGHT,
        Ground::Dark => DARK,
    };
    Colour::parse(colour).is_some_and(|colour| is_low(colour, page))
}

fn is_low(colour: Colour, page: Colour) -> bool {
    contrast(colour, page) < VISIBLE
}

/// A ratio with one digit after the point, rounded down: 2.99 is not 3.
fn decimal(ratio: f64) -> String {
    let tenths = (ratio * 10.0) as u32;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A style sheet with all variables.
pub(crate) fn variables_css() -> String {
    let lines = VARIABLES.map(|(name, example, _)| format!("  {name}: {example};\n"));
    format!("knock-widget {{\n{}}}", lines.concat())
}

/// The errors of a text, each with its language.
pub(crate) fn text_errors(problem: &Problem, field: &str) -> Vec<String> {
    let words = |error: &FieldError| {
        let rest = below(error, field)?;
        Some(match rest.split('/').next().unwrap_or_default() {
            "" => sentence(HERE, &error.reason),
            language => sentence(&format!("The {} text", language_name(language)), &error.reason),
        })
    };
    problem.errors.iter().filter_map(words).collect()
}

/// The errors of replaced texts, each with its key and its language.
pub(crate) fn word_errors(problem: &Problem) -> Vec<String> {
    let words = |error: &FieldError| {
        let rest = below(error, "words")?;
        Some(match rest.split_once('/') {
            Some((language, key)) => sentence(&format!("{key} ({})", language_name(language)), &error.reason),
            None => sentence(HERE, &error.reason),
        })
    };
    problem.errors.iter().filter_map(words).collect()
}

/// Whether the form shows all errors at its fields.
pub(crate) fn shown_at_fields(problem: &Problem) -> bool {
    let is_shown = |error: &FieldError| FIELDS.iter().any(|field| below(error, field).is_some());
    !problem.errors.is_empty() && problem.errors.iter().all(is_shown)
}

/// The rest of the error's pointer in a field.
fn below<'e>(error: &'e FieldError, field: &str) -> Option<&'e str> {
    let rest = error.pointer.trim_start_matches('#').strip_prefix('/')?.strip_prefix(field)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

/// The look as it is sent: without the empty lines that typing leaves.
pub(crate) fn without_empty(mut look: Look) -> Look {
    let tidy = |lines: &mut Vec<String>| {
        for line in lines.iter_mut() {
            *line = line.trim().to_owned();
        }
        lines.retain(|line| !line.is_empty());
    };
    tidy(&mut look.hidden.paths);
    if let Some(teaser) = &mut look.teaser {
        tidy(&mut teaser.pages);
    }
    look
}

/// The draft as the preview shows it: what waits for its first text or field is left out, and is no error yet.
pub(crate) fn shown_draft(look: Look) -> Look {
    let mut look = without_empty(look);
    look.teaser = look.teaser.filter(|teaser| teaser.text.values().any(|text| !text.trim().is_empty()));
    if look.icon == LauncherIcon::None && look.launcher_text.is_empty() {
        look.icon = LauncherIcon::Chat;
    }
    look
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_wire::Teaser;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn refused(pointers: &[&str]) -> Problem {
        let error = |pointer: &&str| FieldError { pointer: (*pointer).to_owned(), reason: "is too long".to_owned() };
        Problem { errors: pointers.iter().map(error).collect(), ..Problem::default() }
    }

    #[wasm_bindgen_test]
    fn errors_of_texts_name_the_language() {
        let problem = refused(&["/title/de", "/teaser/text/fr", "/words/en/chat.send", "/title", "/titles/de"]);
        assert_eq!(text_errors(&problem, "title"), ["The German text is too long.", "This is too long."]);
        assert_eq!(text_errors(&problem, "teaser/text"), ["The French text is too long."]);
        assert_eq!(word_errors(&problem), ["chat.send (English) is too long."]);
        assert!(!shown_at_fields(&problem), "another field");
        assert!(shown_at_fields(&refused(&["/title/de", "/hidden/paths/3"])));
        assert!(!shown_at_fields(&refused(&[])));
    }

    #[wasm_bindgen_test]
    fn empty_lines_are_not_sent() {
        let lines = || vec![" /careers/* ".to_owned(), String::new()];
        let teaser = Some(Teaser { pages: lines(), ..Teaser::default() });
        let mut look = Look { teaser, ..Look::default() };
        look.hidden.paths = lines();
        let sent = without_empty(look.clone());
        assert_eq!(sent.hidden.paths, ["/careers/*"]);
        assert_eq!(sent.teaser.unwrap_or_default().pages, ["/careers/*"]);
        assert_eq!(shown_draft(look).teaser, None, "it waits for its text");
    }

    #[wasm_bindgen_test]
    fn a_low_contrast_is_said_in_a_sentence() {
        let check = |colour, ground, expected: &str| {
            let words = contrast_words(colour, ground);
            assert!(words.contains(expected), "{colour}: {words}");
            assert_eq!(is_hard_to_see(colour, ground), words.contains("hard to see"), "{colour}");
        };
        check("#3f4fc4", Ground::Light, "6.7 to 1. Buttons are easy to see.");
        check("#ffe600", Ground::Light, "below 3 to 1. Buttons are hard to see; a darker colour is better.");
        check("#ffe600", Ground::Dark, "Buttons are easy to see.");
        check("#101010", Ground::Dark, "a lighter colour is better.");
        assert_eq!(contrast_words("blue", Ground::Light), "");
    }

    #[wasm_bindgen_test]
    fn the_style_sheet_has_all_variables() {
        let css = variables_css();
        assert!(css.starts_with("knock-widget {\n  --knock-accent: #3f4fc4;\n"), "{css}");
        assert_eq!(css.lines().count(), VARIABLES.len() + 2);
    }
}
