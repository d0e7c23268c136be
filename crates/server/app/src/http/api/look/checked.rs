//! Validation of a look, field by field.

use super::texts::{Length, Wrong, checked_texts, checked_words, is_language};
use crate::http::problem::Problem;
use axum::http::StatusCode;
use knock_model::CustomFieldType;
use knock_model::look::Colour;
use knock_wire::{ChatForm, CustomFields, FormTime, Hidden, LauncherIcon, Look, Teaser};
use url::Url;

/// The largest distance of the launcher from an edge, in CSS pixels.
const MOST_OFFSET: u16 = 400;
/// The longest delay of a teaser, in seconds.
const MOST_DELAY: u16 = 600;
const MOST_PATTERNS: usize = 50;
/// The longest pattern, and the longest address of a privacy policy, in characters.
const LONGEST_PATTERN: usize = 200;
const LONGEST_URL: usize = 2_000;
const MOST_FIELDS: usize = 8;
/// The fields of a form beside custom ones.
const FIELDS: [&str; 4] = ["name", "email", "phone", "company"];

/// The look for storage: texts trimmed, empty ones left out, colours in one spelling.
///
/// # Errors
/// Every invalid field.
pub(super) fn checked(mut look: Look, known: &CustomFields) -> Result<Look, Problem> {
    let mut wrong = Wrong::default();
    for (pointer, colour) in [("/colour", &mut look.colour), ("/colour_dark", &mut look.colour_dark)] {
        check_colour(pointer, colour, &mut wrong);
    }
    if look.colour.is_empty() && !look.colour_dark.is_empty() {
        wrong.push("/colour_dark", "needs `colour`, which is empty");
    }
    check_texts(&mut look, &mut wrong);
    check_place(&look, &mut wrong);
    check_languages(&look.languages, &mut wrong);
    check_url(&mut look.privacy_url, &mut wrong);
    if let Some(teaser) = &mut look.teaser {
        check_teaser(teaser, &mut wrong);
    }
    check_hidden(&mut look.hidden, &mut wrong);
    check_form(&look.form, known, &mut wrong);
    checked_words(&mut look.words, &mut wrong);
    if look.icon == LauncherIcon::None && look.launcher_text.is_empty() {
        wrong.push("/icon", "is none, so the launcher needs words: `launcher_text` is empty");
    }
    let mut errors = wrong.into_errors();
    if errors.is_empty() {
        return Ok(look);
    }
    errors.truncate(50);
    let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "A field is wrong");
    Err(errors.into_iter().fold(problem, Problem::field))
}

fn check_colour(pointer: &str, colour: &mut String, wrong: &mut Wrong) {
    let text = colour.trim();
    match Colour::parse(text) {
        Some(known) => *colour = known.to_text(),
        None if text.is_empty() => colour.clear(),
        None => wrong.push(pointer, "is no colour such as #3f4fc4"),
    }
}

fn check_texts(look: &mut Look, wrong: &mut Wrong) {
    let Look { launcher_text, title, subtitle, welcome, consent, .. } = look;
    for (pointer, texts, length) in [
        ("/launcher_text", launcher_text, Length::line(40)),
        ("/title", title, Length::line(60)),
        ("/subtitle", subtitle, Length::line(120)),
        ("/welcome", welcome, Length::lines(500)),
        ("/consent", consent, Length::line(300)),
    ] {
        checked_texts(pointer, texts, length, wrong);
    }
}

fn check_place(look: &Look, wrong: &mut Wrong) {
    for (pointer, offset) in [("/offset_x", look.offset_x), ("/offset_y", look.offset_y)] {
        if offset > MOST_OFFSET {
            wrong.push(pointer, format!("expected 0 to {MOST_OFFSET}"));
        }
    }
    if look.z_index < 1 {
        wrong.push("/z_index", format!("expected 1 to {}", i32::MAX));
    }
}

fn check_languages(languages: &[String], wrong: &mut Wrong) {
    if languages.is_empty() {
        wrong.push("/languages", "is empty: the chat needs a language");
    }
    for (place, code) in languages.iter().enumerate() {
        if !is_language(code) {
            wrong.push(format!("/languages/{place}"), "is none of en, de, fr, es");
        } else if languages[..place].contains(code) {
            wrong.push(format!("/languages/{place}"), "is there twice");
        }
    }
}

fn check_url(address: &mut String, wrong: &mut Wrong) {
    *address = address.trim().to_owned();
    let is_web = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
    let is_good = Url::parse(address).is_ok_and(|url| is_web(&url)) && address.chars().count() <= LONGEST_URL;
    if !address.is_empty() && (!is_good || address.chars().any(char::is_control)) {
        wrong.push("/privacy_url", "is no address such as https://www.example.com/privacy");
    }
}

fn check_teaser(teaser: &mut Teaser, wrong: &mut Wrong) {
    checked_texts("/teaser/text", &mut teaser.text, Length::lines(200), wrong);
    if teaser.text.is_empty() {
        wrong.push("/teaser/text", "is empty: the teaser needs a text");
    }
    check_patterns("/teaser/pages", &mut teaser.pages, wrong);
    if teaser.delay_s > MOST_DELAY {
        wrong.push("/teaser/delay_s", format!("expected 0 to {MOST_DELAY}"));
    }
}

fn check_hidden(hidden: &mut Hidden, wrong: &mut Wrong) {
    check_patterns("/hidden/paths", &mut hidden.paths, wrong);
    hidden.devices.sort_unstable();
    hidden.devices.dedup();
}

fn check_patterns(pointer: &str, patterns: &mut [String], wrong: &mut Wrong) {
    if patterns.len() > MOST_PATTERNS {
        wrong.push(pointer, format!("has more than {MOST_PATTERNS}"));
        return;
    }
    for (place, pattern) in patterns.iter_mut().enumerate() {
        *pattern = pattern.trim().to_owned();
        let begins = pattern.starts_with(['/', '*']);
        if !begins || pattern.chars().count() > LONGEST_PATTERN || pattern.chars().any(char::is_control) {
            let reason = format!("is no path such as /careers/*, of at most {LONGEST_PATTERN} characters");
            wrong.push(format!("{pointer}/{place}"), reason);
        }
    }
}

fn check_form(form: &ChatForm, known: &CustomFields, wrong: &mut Wrong) {
    if form.fields.len() > MOST_FIELDS {
        wrong.push("/form/fields", format!("has more than {MOST_FIELDS}"));
        return;
    }
    if form.when != FormTime::Never && form.fields.is_empty() {
        wrong.push("/form/fields", "is empty: the form needs a field");
    }
    for (place, field) in form.fields.iter().enumerate() {
        let at = || format!("/form/fields/{place}/field");
        if let Err(reason) = check_field(&field.field, known) {
            wrong.push(at(), reason);
        } else if form.fields[..place].iter().any(|other| other.field == field.field) {
            wrong.push(at(), "is there twice");
        }
    }
}

/// Checks a field of the form. What is written into a line is a text or a number.
fn check_field(name: &str, known: &CustomFields) -> Result<(), &'static str> {
    let Some(custom) = name.strip_prefix("custom.") else {
        let is_known = FIELDS.contains(&name);
        return is_known.then_some(()).ok_or("is none of name, email, phone, company, and no custom field");
    };
    match known.fields.iter().find(|field| field.name == custom).map(|field| field.value_type) {
        Some(CustomFieldType::Text | CustomFieldType::Number) => Ok(()),
        Some(CustomFieldType::Boolean) => Err("is a custom field of yes or no, which a form does not ask"),
        None => Err("is no custom field"),
    }
}

#[cfg(test)]
mod tests;
