//! What a lead chooses among the questions that the agent offered: another wording of a known question, or none of them.

use super::heard::Heard;
use super::thread::Thread;
use crate::changes::Changes;
use crate::notice::Notice;
use knock_agent::{Asked, question_key};
use knock_model::Millis;
use knock_ports::{Conversation, FoundIn, KnownAnswer, Ledger, Message, StoreError};

/// The longest text of a lead that is suggested as a wording, in characters.
const LONGEST: usize = 300;

/// Keeps the text to which the agent offered questions: as a wording of the one that the lead taps, for the team to accept,
/// or as a question without an answer where it is none of them.
pub(in crate::commands) fn keep_choice(
    ledger: &mut dyn Ledger,
    heard: &Heard<'_>,
    thread: &Thread,
    of: &Conversation,
    now: Millis,
    changes: &mut Changes,
) -> Result<(), StoreError> {
    if heard.asked != Some(Asked::Offered) || !heard.is_tapped {
        return Ok(());
    }
    let Some(asked) = thread.earlier_of_lead().next() else { return Ok(()) };
    let Some(FoundIn::Question { id, .. }) = heard.words.consulted.found.first().map(|found| &found.source) else {
        return note_unanswered(ledger, of, asked);
    };
    let Some(known) = ledger.known_answer(*id)? else { return Ok(()) };
    let wording = asked.text.trim();
    if (1..=LONGEST).contains(&wording.chars().count()) && !has_wording(&known, wording) {
        ledger.suggest_wording(*id, wording, of.lead, now)?;
        changes.push(Notice::Knowledge(of.site));
    }
    Ok(())
}

fn note_unanswered(ledger: &mut dyn Ledger, of: &Conversation, asked: &Message) -> Result<(), StoreError> {
    let key = question_key(&asked.text);
    if key.is_empty() { Ok(()) } else { ledger.note_unanswered(of.id, asked.seq, &key) }
}

fn has_wording(known: &KnownAnswer, text: &str) -> bool {
    let is_same = |known: &String| known.trim().to_lowercase() == text.to_lowercase();
    is_same(&known.question) || known.wordings.iter().any(is_same)
}
