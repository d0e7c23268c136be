//! The word lists of the categories, and looking a text up in them.

use alloc::string::String;
use knock_model::Category;

static PATHS: &str = include_str!("../../data/paths.txt");
static LABELS: &str = include_str!("../../data/labels.txt");
static HOSTS: &str = include_str!("../../data/hosts.txt");
/// A longer label is a sentence, not a call to action.
const LABEL_MAX: usize = 40;

type Found = (Category, &'static str);

/// The category of a whole path segment, `.html` and the like taken off.
pub(super) fn of_segment(segment: &str) -> Option<Found> {
    let stem = segment.split_once('.').map_or(segment, |(stem, _)| stem);
    lines(PATHS).find_map(|(category, words)| {
        let word = words.split(' ').find(|word| word.eq_ignore_ascii_case(stem))?;
        Some((category, word))
    })
}

/// The category of the first word of a technical name (`contactForm`, `pricing-cta`) in the path lists.
pub(super) fn of_words(name: &str) -> Option<Found> {
    let mut word = String::new();
    let mut previous_is_lower = false;
    for c in name.chars().chain(core::iter::once(' ')) {
        let starts_word = c.is_ascii_uppercase() && previous_is_lower;
        previous_is_lower = c.is_ascii_lowercase();
        if starts_word || !c.is_ascii_alphanumeric() {
            if let Some(found) = of_segment(&word) {
                return Some(found);
            }
            word.clear();
        }
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        }
    }
    None
}

/// The category of a label that holds one of the known phrases.
pub(super) fn of_label(label: &str) -> Option<Found> {
    if label.len() > LABEL_MAX {
        return None;
    }
    let folded = fold(label);
    lines(LABELS).find_map(|(category, phrases)| {
        let phrase = phrases.split('|').find(|phrase| holds(&folded, phrase))?;
        Some((category, phrase))
    })
}

/// The category of a host or of its parent domain.
pub(super) fn of_host(host: &str) -> Option<Found> {
    let host = host.split(':').next().unwrap_or(host);
    lines(HOSTS).find_map(|(category, domains)| {
        let domain = domains
            .split(' ')
            .find(|domain| host.strip_suffix(*domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))?;
        Some((category, domain))
    })
}

/// The category of a channel that is named like a known host, with or without its ending.
pub(super) fn of_channel(channel: &str) -> Option<Found> {
    let channel = fold(channel);
    lines(HOSTS).find_map(|(category, domains)| {
        let domain = domains.split(' ').find(|domain| {
            let name = domain.split('.').next().unwrap_or(domain);
            channel == *domain || channel == name
        })?;
        Some((category, domain))
    })
}

/// The lines of a list: a category, a tab, its words.
fn lines(list: &'static str) -> impl Iterator<Item = (Category, &'static str)> {
    list.split('\n').filter_map(|line| {
        let (label, words) = line.split_once('\t')?;
        Some((Category::parse(label)?, words))
    })
}

/// Small letters, one space between words.
pub(crate) fn fold(label: &str) -> String {
    let mut folded = String::new();
    for word in label.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().map(small));
    }
    folded
}

/// The lists have no other letters than these; the tables of Unicode would weigh more in the browser
/// than all of this crate.
fn small(c: char) -> char {
    match c {
        'À'..='Þ' => char::from_u32(c as u32 + 32).unwrap_or(c),
        _ => c.to_ascii_lowercase(),
    }
}

/// Letters and digits, roughly: the blocks of scripts without those of punctuation, arrows and pictures.
const fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\u{c0}'..='\u{1fff}' | '\u{2c00}'..='\u{2dff}' | '\u{3040}'..='\u{fdff}')
}

/// Whether `phrase` stands in `text` as whole words.
pub(crate) fn holds(text: &str, phrase: &str) -> bool {
    let mut rest = text;
    let mut is_inside_word = false;
    while let Some(c) = rest.chars().next() {
        if !is_inside_word && rest.strip_prefix(phrase).is_some_and(|after| !after.starts_with(is_letter)) {
            return true;
        }
        is_inside_word = is_letter(c);
        rest = rest.get(c.len_utf8()..).unwrap_or("");
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_lists_names_a_category() {
        for list in [PATHS, LABELS, HOSTS] {
            assert_eq!(lines(list).count(), list.lines().count());
        }
    }
}
