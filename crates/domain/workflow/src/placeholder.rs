//! Placeholders in the texts of actions: `{{first_name|there}}`, checked at saving and filled when the action is carried
//! out.

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;

/// The names of placeholders, beside `custom.KEY` for each custom field.
pub const PLACEHOLDERS: [&str; 7] = ["first_name", "last_name", "full_name", "email", "company", "owner_name", "page"];

/// The placeholders of a nudge: what anyone can read who knows the id of a visitor.
pub const NUDGE_PLACEHOLDERS: [&str; 3] = ["first_name", "owner_name", "page"];

/// The beginning of the name of a custom field.
const CUSTOM: &str = "custom.";

/// The longest value that replaces a placeholder, in characters.
const LONGEST: usize = 200;

/// A placeholder that cannot be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidPlaceholder {
    /// The placeholder as it is written.
    pub placeholder: String,
    /// The error, and the expected form.
    pub reason: &'static str,
}

impl fmt::Display for InvalidPlaceholder {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "`{}`: {}", self.placeholder, self.reason)
    }
}

impl core::error::Error for InvalidPlaceholder {}

/// Checks that every placeholder of a text has a known name and a fallback; `is_custom` says whether a custom field has
/// a key.
///
/// # Errors
/// Names the first placeholder at fault.
pub fn check_placeholders(text: &str, is_custom: impl Fn(&str) -> bool) -> Result<(), InvalidPlaceholder> {
    let is_known = |name: &str| match name.strip_prefix(CUSTOM) {
        Some(key) => is_custom(key),
        None => PLACEHOLDERS.contains(&name),
    };
    check(text, is_known, "expected a known field, such as `first_name` or `company`")
}

/// The same of a text of a nudge.
///
/// # Errors
/// Names the first placeholder at fault.
pub fn check_nudge_placeholders(text: &str) -> Result<(), InvalidPlaceholder> {
    let expected = "expected `first_name`, `owner_name` or `page`: the id of a visitor is enough to read a nudge";
    check(text, |name| NUDGE_PLACEHOLDERS.contains(&name), expected)
}

fn check(text: &str, is_known: impl Fn(&str) -> bool, expected: &'static str) -> Result<(), InvalidPlaceholder> {
    let mut rest = text;
    while let Some((_, place, after)) = next(rest) {
        let (written, placeholder) = place.map_err(|written| invalid(written, "expected `}}` at its end"))?;
        if !is_known(placeholder.name) {
            return Err(invalid(written, expected));
        }
        if placeholder.fallback.is_none() {
            return Err(invalid(written, "expected a fallback for an unknown value, as in `{{first_name|there}}`"));
        }
        rest = after;
    }
    Ok(())
}

/// Replaces every placeholder by the value of its field, or by its fallback where that is unknown or empty. A value is
/// text: what looks like a placeholder in it stays as it is, and line ends become spaces.
pub fn fill_placeholders(text: &str, value_of: impl Fn(&str) -> Option<String>) -> String {
    let (mut filled, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, place, after)) = next(rest) {
        filled.push_str(before);
        match place {
            Ok((_, Placeholder { name, fallback })) => {
                let value = value_of(name).map(|value| one_line(&value)).filter(|value| !value.is_empty());
                filled.push_str(value.as_deref().or(fallback).unwrap_or_default());
            }
            Err(written) => filled.push_str(written),
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

struct Placeholder<'t> {
    name: &'t str,
    fallback: Option<&'t str>,
}

type Place<'t> = Result<(&'t str, Placeholder<'t>), &'t str>;

/// The text before the first placeholder, the placeholder as written and as read, and the text behind it. One without an
/// end is an error with the rest of the text.
fn next(text: &str) -> Option<(&str, Place<'_>, &str)> {
    let (before, from) = text.split_at(text.find("{{")?);
    let Some(end) = from.find("}}") else { return Some((before, Err(from), "")) };
    let (written, after) = from.split_at(end + 2);
    let inner = &written[2..end];
    let (name, fallback) = match inner.split_once('|') {
        Some((name, fallback)) => (name, Some(fallback.trim())),
        None => (inner, None),
    };
    Some((before, Ok((written, Placeholder { name: name.trim(), fallback })), after))
}

fn invalid(written: &str, reason: &'static str) -> InvalidPlaceholder {
    InvalidPlaceholder { placeholder: written.chars().take(LONGEST).collect::<String>().trim().to_owned(), reason }
}

fn one_line(value: &str) -> String {
    let spaced: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect();
    spaced.trim().to_owned()
}
