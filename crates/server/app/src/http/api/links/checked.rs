//! Validation of Knock Links.

use super::list::shown;
use super::wrong;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use knock_agent::Language;
use knock_ports::{Link, Site};
use knock_routing::{Field, Funnel, Utm};
use knock_wire::{LinkChange, LinkDraft, LinkQuestion, LinkUtm, QuestionKind, Texts};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// The longest texts, in characters.
const LONGEST_SLUG: usize = 64;
const LONGEST_NAME: usize = 80;
const LONGEST_CHANNEL: usize = 60;
const LONGEST_GREETING: usize = 1_000;
const LONGEST_UTM: usize = 200;
const LONGEST_LABEL: usize = 200;
const LONGEST_OPTION: usize = 100;
const LONGEST_ID: usize = 40;
const LONGEST_FIELD: usize = 60;
/// The duration of a meeting, in minutes.
const DURATION: RangeInclusive<u32> = 5..=480;
const MOST_QUESTIONS: usize = 10;
const OPTIONS: RangeInclusive<usize> = 2..=20;

/// The requested values of a link.
pub(super) struct Wanted {
    name: String,
    channel: String,
    pub(super) rule: Option<String>,
    language: Option<String>,
    greeting: Option<String>,
    greetings: Texts,
    site: Option<String>,
    utm: LinkUtm,
    duration_min: Option<u32>,
    questions: Vec<LinkQuestion>,
}

impl Wanted {
    pub(super) fn of_draft(draft: LinkDraft) -> Wanted {
        let LinkDraft {
            name, channel, rule, language, greeting, greetings, site, utm, duration_min, questions, ..
        } = draft;
        Wanted { name, channel, rule, language, greeting, greetings, site, utm, duration_min, questions }
    }

    /// The values of a link after a change.
    pub(super) fn of_change(state: &AppState, before: &Link, change: LinkChange) -> Wanted {
        let is = shown(state, before.clone());
        Wanted {
            name: change.name.unwrap_or(is.name),
            channel: change.channel.unwrap_or(is.channel),
            rule: change.rule.unwrap_or(is.rule),
            language: change.language.unwrap_or(is.language),
            greeting: change.greeting.unwrap_or(is.greeting),
            greetings: change.greetings.unwrap_or(is.greetings),
            site: change.site.unwrap_or(is.site),
            utm: change.utm.unwrap_or(is.utm),
            duration_min: change.duration_min.unwrap_or(is.duration_min),
            questions: change.questions.unwrap_or(is.questions),
        }
    }

    /// Validates the values; returns `link` with them.
    pub(super) fn checked(self, state: &AppState, link: Link) -> Result<Link, Problem> {
        let given = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let language = given(self.language)
            .map(|word| Language::parse(&word).ok_or_else(|| wrong("/language", "is none of en, de, fr, es")));
        let greeting = given(self.greeting).map(|text| checked_greeting("/greeting", &text)).transpose()?;
        let is_meeting = link.funnel == Funnel::Meeting;
        if !is_meeting && (self.duration_min.is_some() || !self.questions.is_empty()) {
            let pointer = if self.duration_min.is_some() { "/duration_min" } else { "/questions" };
            return Err(wrong(pointer, "is for links of meetings alone"));
        }
        if self.duration_min.is_some_and(|minutes| !DURATION.contains(&minutes)) {
            return Err(wrong("/duration_min", "is not 5 to 480 minutes"));
        }
        Ok(Link {
            name: line("/name", &self.name, 1..=LONGEST_NAME)?,
            channel: line("/channel", &self.channel, 0..=LONGEST_CHANNEL)?,
            rule: self.rule,
            language: language.transpose()?,
            greeting,
            greetings: greetings(self.greetings)?,
            site: given(self.site).map(|key| site(state, &key)).transpose()?.map(|site| site.id),
            utm: utm(self.utm)?,
            duration_min: self.duration_min,
            questions: questions(self.questions)?,
            ..link
        })
    }
}

fn checked_greeting(pointer: &str, text: &str) -> Result<String, Problem> {
    let text = text.trim().replace("\r\n", "\n");
    if is_text(&text, LONGEST_GREETING) {
        Ok(text)
    } else {
        Err(wrong(pointer, format!("must have at most {LONGEST_GREETING} characters")))
    }
}

/// Validates the greetings by language; an empty one is none.
fn greetings(given: Texts) -> Result<Texts, Problem> {
    let checked = given.into_iter().map(|(code, text)| {
        let pointer = format!("/greetings/{code}");
        if Language::parse(&code).is_none() {
            return Err(wrong(pointer, "is none of en, de, fr, es"));
        }
        Ok((code, checked_greeting(&pointer, &text)?))
    });
    let checked: Texts = checked.collect::<Result<_, Problem>>()?;
    Ok(checked.into_iter().filter(|(_, text)| !text.is_empty()).collect())
}

/// Checks that a link of a funnel can have a rule.
pub(super) async fn check_rule(state: &AppState, rule: Option<&str>, funnel: Funnel) -> Result<(), Problem> {
    let Some(id) = rule.map(str::to_owned) else { return Ok(()) };
    let rules = read(state.core.store.clone(), |view| view.rules()).await?;
    match rules.iter().find(|rule| rule.id == id) {
        None => Err(wrong("/rule", "is no rule")),
        Some(rule) if rule.funnel() != funnel => Err(wrong("/rule", "is of the other funnel")),
        Some(_) => Ok(()),
    }
}

/// Validates a slug that a person chose.
pub(in crate::http::api) fn given_slug(slug: &str) -> Result<String, Problem> {
    let is_good = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-';
    if slug.len() > LONGEST_SLUG || !slug.bytes().all(is_good) {
        return Err(wrong("/slug", format!("must have 1 to {LONGEST_SLUG} of a to z, 0 to 9 and -")));
    }
    Ok(slug.to_owned())
}

/// A slug derived from a name, with space for a number after it.
pub(in crate::http::api) fn slug_of(name: &str) -> String {
    let slug: String = slug::slugify(name).chars().take(LONGEST_SLUG - 5).collect();
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "link".to_owned() } else { slug.to_owned() }
}

fn site(state: &AppState, key: &str) -> Result<Arc<Site>, Problem> {
    state.sites.in_use(key).ok_or_else(|| wrong("/site", "is the key of no site in use"))
}

fn utm(given: LinkUtm) -> Result<Utm, Problem> {
    let part = |name: &str, text: &str| line(&format!("/utm/{name}"), text, 0..=LONGEST_UTM);
    Ok(Utm {
        source: part("source", &given.source)?,
        medium: part("medium", &given.medium)?,
        campaign: part("campaign", &given.campaign)?,
        term: part("term", &given.term)?,
        content: part("content", &given.content)?,
    })
}

fn questions(given: Vec<LinkQuestion>) -> Result<Vec<LinkQuestion>, Problem> {
    if given.len() > MOST_QUESTIONS {
        return Err(wrong("/questions", format!("are more than {MOST_QUESTIONS}")));
    }
    let mut ids = BTreeSet::new();
    let checked = given.into_iter().enumerate().map(|(place, given)| {
        let at = |field: &str| format!("/questions/{place}/{field}");
        let is_good = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || matches!(sign, b'-' | b'_');
        if given.id.is_empty() || given.id.len() > LONGEST_ID || !given.id.bytes().all(is_good) {
            return Err(wrong(at("id"), format!("must have 1 to {LONGEST_ID} of a to z, 0 to 9, _ and -")));
        }
        if !ids.insert(given.id.clone()) {
            return Err(wrong(at("id"), "is that of another question"));
        }
        question(given, at)
    });
    checked.collect()
}

fn question(given: LinkQuestion, at: impl Fn(&str) -> String) -> Result<LinkQuestion, Problem> {
    let (label, field) = (line(&at("label"), &given.label, 1..=LONGEST_LABEL)?, given.field.trim().to_owned());
    if !field.is_empty() && (field.len() > LONGEST_FIELD || Field::parse(&format!("custom.{field}")).is_err()) {
        return Err(wrong(at("field"), "is no name of a field"));
    }
    let options = given
        .options
        .iter()
        .enumerate()
        .map(|(option, text)| line(&at(&format!("options/{option}")), text, 1..=LONGEST_OPTION));
    let options: Vec<String> = options.collect::<Result<_, _>>()?;
    let is_choice = given.kind == QuestionKind::Choice;
    if is_choice && !OPTIONS.contains(&options.len()) {
        return Err(wrong(at("options"), "are not 2 to 20"));
    }
    if !is_choice && !options.is_empty() {
        return Err(wrong(at("options"), "are for a choice alone"));
    }
    if options.iter().collect::<BTreeSet<_>>().len() != options.len() {
        return Err(wrong(at("options"), "has the same answer twice"));
    }
    Ok(LinkQuestion { label, field, options, ..given })
}

/// Validates a text on one line.
fn line(pointer: &str, text: &str, length: RangeInclusive<usize>) -> Result<String, Problem> {
    let text = text.trim();
    let is_good = length.contains(&text.chars().count()) && !text.chars().any(char::is_control);
    let (least, most) = (length.start(), length.end());
    let reason = || match least {
        0 => format!("must have at most {most} characters, on one line"),
        least => format!("must have {least} to {most} characters, on one line"),
    };
    if is_good { Ok(text.to_owned()) } else { Err(wrong(pointer, reason())) }
}

/// Whether a text is valid in a chat.
fn is_text(text: &str, most: usize) -> bool {
    text.chars().count() <= most && !text.chars().any(|sign| sign.is_control() && sign != '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_makes_a_slug() {
        for (name, expected) in [
            ("G2 profile: Q3", "g2-profile-q3"),
            ("Gr\u{f6}\u{df}e & M\u{fc}ller", "grosse-muller"),
            ("\u{2014}", "link"),
            (&"a ".repeat(80), &"a-".repeat(30)[..59]),
        ] {
            let slug = slug_of(name);
            assert_eq!(slug, expected, "{name}");
            assert!(given_slug(&slug).is_ok(), "{slug}");
        }
        for slug in ["A", "a b", "\u{e9}", "a/b", &"a".repeat(65)] {
            assert!(given_slug(slug).is_err(), "{slug}");
        }
    }

    #[test]
    fn a_choice_has_answers_to_choose_from_and_nothing_else_has() {
        let question = |kind, options: &[&str]| {
            let options = options.iter().map(|text| (*text).to_owned()).collect();
            let (id, label, field) = ("q".to_owned(), "Size?".to_owned(), "size".to_owned());
            questions(vec![LinkQuestion { id, label, kind, options, required: true, field }])
        };
        assert!(question(QuestionKind::Choice, &["1-9", "10+"]).is_ok());
        assert!(question(QuestionKind::Number, &[]).is_ok());
        for (kind, options) in [
            (QuestionKind::Choice, &["1-9"][..]),
            (QuestionKind::Choice, &["1-9", "1-9"]),
            (QuestionKind::Choice, &["1-9", " "]),
            (QuestionKind::Text, &["1-9", "10+"]),
        ] {
            assert!(question(kind, options).is_err(), "{kind:?} {options:?}");
        }
    }
}
