//! The transcript of a conversation: its messages, without anything that only the team reads.

use crate::language::language_of_chat;
use knock_agent::Language;
use knock_model::{Label, display_name};
use knock_ports::{
    Conversation, Member, Message, MessageAuthor, StoreError, Transcript, TranscriptAuthor, TranscriptLine, View,
};

/// The most messages of a transcript.
const MOST: usize = 500;
/// The most bytes of all its messages.
const LARGEST: usize = 200_000;

/// Who reads a transcript.
#[derive(Clone, Copy, Debug)]
pub enum TranscriptReader<'m> {
    /// The lead: in their language and time zone, with the names of members as visitors read them.
    Lead,
    /// The team: in English, in the time zone of the member who asks, if one does.
    Team(Option<&'m Member>),
}

/// Returns the transcript of a conversation; the newest messages, if there are too many.
///
/// # Errors
/// When the database fails.
pub fn transcript(
    view: &dyn View,
    conversation: &Conversation,
    reader: TranscriptReader<'_>,
) -> Result<Transcript, StoreError> {
    let messages = view.messages_after(conversation.id, 0)?;
    let first = first_of(&messages);
    let is_for_lead = matches!(reader, TranscriptReader::Lead);
    let own = match reader {
        TranscriptReader::Team(Some(Member { availability, .. })) => availability.hours.as_ref(),
        TranscriptReader::Team(None) | TranscriptReader::Lead => None,
    };
    let lead = match view.lead(conversation.lead)? {
        Some(lead) => display_name(&lead.name, lead.email.as_ref(), view.first_visitor_of(lead.id)?),
        None => String::new(),
    };
    Ok(Transcript {
        is_for_lead,
        lead: Label::parse(&lead),
        site: view.site(conversation.site)?.map(|site| Label::parse(site.title())).unwrap_or_default(),
        language: if is_for_lead { language_of_chat(&messages, conversation.language) } else { Language::En },
        zone: own.map_or_else(|| conversation.time_zone.clone(), |hours| hours.zone.clone()),
        is_cut: first > 0,
        lines: messages[first..].iter().map(|message| line(view, message, is_for_lead)).collect::<Result<_, _>>()?,
    })
}

/// The place of the first message that has room.
fn first_of(messages: &[Message]) -> usize {
    let mut room = LARGEST;
    let fits = |message: &&Message| {
        let size = message.in_words().len();
        let fits = size <= room;
        room = room.saturating_sub(size);
        fits
    };
    messages.len() - messages.iter().rev().take(MOST).take_while(fits).count()
}

fn line(view: &dyn View, message: &Message, is_for_lead: bool) -> Result<TranscriptLine, StoreError> {
    let (author, name) = match message.author {
        MessageAuthor::Lead => (TranscriptAuthor::Lead, String::new()),
        MessageAuthor::AiAgent => (TranscriptAuthor::AiAgent, String::new()),
        MessageAuthor::Rep(rep) => {
            let shown = |member: Member| {
                if is_for_lead { member.public_name().to_owned() } else { member.display_name() }
            };
            (TranscriptAuthor::Rep, view.member(rep)?.map(shown).unwrap_or_default())
        }
        MessageAuthor::Integration(_) if is_for_lead => (TranscriptAuthor::Rep, String::new()),
        MessageAuthor::Integration(id) => {
            (TranscriptAuthor::Rep, view.integration(id)?.map(|known| known.display_name()).unwrap_or_default())
        }
    };
    Ok(TranscriptLine { author, name: name.into(), text: message.in_words(), at: message.at })
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_model::{MessageChannel, MessageId, Millis};

    fn message(seq: u64, size: usize) -> Message {
        Message {
            seq,
            id: MessageId::new(Millis(1), &[0; 10]),
            author: MessageAuthor::Lead,
            text: "x".repeat(size),
            at: Millis(1),
            choices: Vec::new(),
            source: None,
            unanswered: None,
            files: Vec::new(),
            card: None,
            channel: MessageChannel::Chat,
        }
    }

    #[test]
    fn the_newest_messages_stay() {
        let sized = |sizes: &[usize]| (1..).zip(sizes).map(|(seq, size)| message(seq, *size)).collect::<Vec<_>>();
        assert_eq!(first_of(&sized(&[])), 0);
        assert_eq!(first_of(&sized(&[LARGEST - 1, 1])), 0);
        assert_eq!(first_of(&sized(&[5, LARGEST, 1])), 2, "no message is cut, and none is left out in between");
        assert_eq!(first_of(&sized(&[1; MOST + 3])), 3);
    }
}
