//! The acts of a message out of the patterns that fit to it.

use super::table::{Hit, table};
use super::tokens::STOP;
use super::{Act, Spoken};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// Acts of politeness, the one that ends or answers most first.
const SOCIAL: [Act; 6] = [Act::Bye, Act::Thanks, Act::No, Act::Yes, Act::Greeting, Act::Ok];
/// The same where one of them is all that is said: `no thanks` is a no.
const WHOLE: [Act; 6] = [Act::No, Act::Yes, Act::Bye, Act::Thanks, Act::Greeting, Act::Ok];

/// The score of a topic that so many words say that a message is not only polite.
const CERTAIN: usize = 7;

/// The words of a message of several politenesses, at most.
const MOST_POLITE: usize = 6;

/// What the patterns say of a text.
#[derive(Default)]
pub(super) struct Reading {
    /// The acts, the main one first.
    pub acts: Vec<Act>,
    /// How sure the main one is: about twice the words that say it.
    pub score: usize,
}

/// Reads the acts of a text by its words. Where its language is known, topics are said in that one; politeness is
/// borrowed from others: `merci`, `ciao`.
pub(super) fn read(text: &str, spoken: Option<Spoken>) -> Reading {
    let words = table().words(text);
    let whole = read_words(&words, spoken);
    if !whole.acts.is_empty() || words.len() > MOST_POLITE {
        return whole;
    }
    // Two politenesses in a row: "ok je comprends", "alles klar super".
    let halves = (1..words.len()).find_map(|at| {
        let halves = [read_words(&words[..at], spoken), read_words(&words[at..], spoken)];
        let is_polite = |half: &Reading| !half.acts.is_empty() && half.acts.iter().all(|act| SOCIAL.contains(act));
        halves.iter().all(is_polite).then_some(halves)
    });
    let Some([first, second]) = halves else { return whole };
    let acts = SOCIAL.into_iter().filter(|act| first.acts.contains(act) || second.acts.contains(act)).collect();
    Reading { acts, score: first.score + second.score }
}

fn read_words(words: &[String], spoken: Option<Spoken>) -> Reading {
    let hits = table().hits(words);
    let is_heard = |hit: &Hit| match spoken {
        Some(Spoken::Own(language)) => hit.language == language || SOCIAL.contains(&hit.act),
        _ => true,
    };
    let hits: Vec<Hit> = hits.into_iter().filter(is_heard).collect();
    let is_denied = |act: Act| hits.iter().any(|hit| hit.is_denied && hit.act == act);
    let hits: Vec<Hit> = hits.iter().filter(|hit| !hit.is_denied && !is_denied(hit.act)).copied().collect();
    let count = words.iter().filter(|word| *word != STOP).count();
    let social: Vec<Hit> = hits.iter().filter(|hit| SOCIAL.contains(&hit.act)).copied().collect();
    let mut is_polite = vec![false; words.len()];
    for hit in &social {
        is_polite[hit.found.start..hit.found.end].fill(true);
    }
    let rest = (0..words.len()).filter(|at| !is_polite[*at] && words[*at] != STOP).count();
    let mut polite: Vec<Act> = SOCIAL.into_iter().filter(|act| social.iter().any(|hit| hit.act == *act)).collect();
    if let Some(whole) =
        WHOLE.into_iter().find(|act| social.iter().any(|hit| hit.act == *act && length(hit) == words.len()))
    {
        polite.retain(|act| *act != whole);
        polite.insert(0, whole);
    }
    let topics = topics(&hits, words.len());
    match topics.first() {
        Some((act, score)) if rest > 0 || polite.is_empty() || is_stronger(*act, *score, &polite) => {
            let others = topics.iter().skip(1).filter(|(_, other)| *other + 2 >= *score).map(|(act, _)| *act);
            let acts = core::iter::once(*act).chain(others.take(2)).chain(polite).collect();
            Reading { acts, score: *score }
        }
        _ if !polite.is_empty() && (rest <= 1 || rest * 4 <= count) => Reading { acts: polite, score: 2 * count },
        _ => Reading::default(),
    }
}

fn length(hit: &Hit) -> usize {
    hit.found.end - hit.found.start
}

/// Whether a topic counts in what the patterns of politeness fit to as well: "no me llega el correo".
fn is_stronger(act: Act, score: usize, polite: &[Act]) -> bool {
    score >= CERTAIN || act == Act::Insult && polite[0] != Act::No
}

/// The other acts with the best score of each, the best first.
fn topics(hits: &[Hit], words: usize) -> Vec<(Act, usize)> {
    let mut best: Vec<(Act, usize)> = Vec::new();
    for hit in hits.iter().filter(|hit| !SOCIAL.contains(&hit.act)) {
        let is_whole = length(hit) == words;
        if is_about_agent(hit.act) && 2 * hit.found.named < words.min(7) {
            continue;
        }
        let score = 2 * hit.found.named + if is_whole { 3 } else { 0 } + weight(hit.act);
        match best.iter_mut().find(|(act, _)| *act == hit.act) {
            Some((_, known)) => *known = score.max(*known),
            None => best.push((hit.act, score)),
        }
    }
    best.sort_by_key(|(act, score)| (core::cmp::Reverse(*score), act.index()));
    best
}

/// Whether an act is about the agent itself: then a message says little else.
fn is_about_agent(act: Act) -> bool {
    matches!(act, Act::AsksBot | Act::AsksIdentity | Act::AsksCapabilities)
}

/// What a more specific act has before a general one that the same words fit to.
fn weight(act: Act) -> usize {
    match act {
        Act::CancelMeeting | Act::RescheduleMeeting | Act::PromptInjection => 3,
        Act::Insult | Act::Job | Act::Partnership | Act::CallMe | Act::AsksOrderStatus | Act::AsksPrivacy => 2,
        Act::Complaint | Act::AsksBot | Act::AsksHours => 1,
        _ => 0,
    }
}
