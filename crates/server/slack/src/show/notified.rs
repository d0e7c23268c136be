//! What a notification says of a chat: who it is, how much and what they want, and their words.

use super::plan::Plan;
use knock_slack::text::cut;
use knock_wire::{Author, Message};

/// The most characters of the lead's words, so that a phone shows all of it.
const WORDS: usize = 200;

/// Such as `Ann (Acme), High, Buying: We need 40 seats`, escaped.
pub(super) fn notification(plan: &Plan) -> String {
    let intent = &plan.conversation.conversation.intent;
    let who = match plan.company() {
        Some(company) => format!("{} ({company})", plan.name()),
        None => plan.name(),
    };
    let is_spam = plan.conversation.conversation.state.is_spam;
    let words = if is_spam { String::new() } else { last_words(plan) };
    let text = format!("{who}, {}, {}", intent.bucket.as_str(), intent.kind.as_str());
    let text = cut(&one_line(&text), WORDS).text;
    if words.is_empty() { text } else { format!("{text}: {}", cut(&words, WORDS).text) }
}

/// What the lead wrote last, on one line; of a lead by form the form.
fn last_words(plan: &Plan) -> String {
    let of_lead = plan.conversation.messages.iter().rfind(|message| message.author == Author::Lead);
    match (of_lead, plan.conversation.forms.last()) {
        (Some(last), _) => one_line(&said(last)),
        (None, Some(form)) if plan.is_by_form() => one_line(&format!("sent the form {}", form.name)),
        (None, _) => String::new(),
    }
}

/// A text on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a message says: its text, and the names of its files.
pub(super) fn said(message: &Message) -> String {
    let files = message.files.iter().map(|file| format!("[file] {}", file.name));
    let card = message.card.iter().map(|_| "[booking card]".to_owned());
    let text = std::iter::once(message.text.clone()).filter(|text| !text.is_empty()).chain(files).chain(card);
    text.collect::<Vec<_>>().join("\n")
}
