//! The transcript of a conversation: as a text to keep, and as a mail.

use crate::brand::{Brand, BrandOf};
use crate::letter::{Letter, UnreadableEffect, subject};
use crate::links::Links;
use crate::texts::{named, of};
use crate::when::Reader;
use askama::Template;
use knock_ports::{Transcript, TranscriptAuthor, TranscriptLine, TranscriptMail};

/// The messages of a day.
struct Day {
    date: String,
    lines: Vec<Line>,
}

/// A message with its author and the time of the day.
struct Line {
    time: String,
    who: String,
    text: String,
}

/// A transcript in words.
struct Said {
    language: &'static str,
    /// The first lines.
    news: String,
    zone: String,
    /// Empty unless earlier messages are left out.
    cut: &'static str,
    days: Vec<Day>,
    /// Where an answer goes; empty in a file.
    answer: String,
    /// The page of the conversation, for members; empty otherwise.
    link: String,
    /// Why the recipient gets the mail; empty in a file.
    why: String,
    brand: Brand,
}

#[derive(Template)]
#[template(path = "transcript.txt")]
struct TranscriptText<'t> {
    said: &'t Said,
}

#[derive(Template)]
#[template(path = "transcript.html")]
struct TranscriptHtml<'t> {
    said: &'t Said,
}

/// A transcript as a text to keep.
///
/// # Errors
/// When its template fails.
pub fn transcript_text(transcript: &Transcript) -> Result<String, askama::Error> {
    TranscriptText { said: &said(transcript) }.render()
}

/// The letter to the lead or to the member who asked for it.
pub(crate) fn transcript(mail: &TranscriptMail, links: &dyn Links) -> Result<Letter, UnreadableEffect> {
    let of_mail = &mail.transcript;
    let (language, texts) = (of_mail.language, of(of_mail.language));
    let [who, with] = ["who", "with"].map(|key| named(language, key, &mail.from.name, &of_mail.site));
    let places = [("who", &*who), ("with", with.trim_end_matches(',')), ("site", &*of_mail.site)];
    // The lead asked for it, no member sends it.
    let is_own = mail.from.email.is_empty();
    let mut said = said(of_mail);
    let about = if of_mail.is_for_lead {
        if is_own {
            said.news = texts.filled("transcript.asked", &places);
        } else {
            said.news = texts.filled("transcript.news", &places);
            said.answer = texts.filled("transcript.answer", &places);
        }
        said.why = texts.filled("transcript.why", &places);
        said.brand = links.brand(BrandOf::Conversation(mail.conversation));
        texts.filled("transcript.subject", &places)
    } else {
        said.link = links.inbox(&mail.conversation.to_string());
        "You get this mail because you asked for the transcript in Knock.".clone_into(&mut said.why);
        format!("Transcript: {}", of_mail.lead)
    };
    Ok(Letter {
        to: mail.to.clone(),
        name: if of_mail.is_for_lead { mail.name.clone() } else { mail.from.name.clone() },
        subject: subject(&about),
        text: TranscriptText { said: &said }.render()?,
        html: TranscriptHtml { said: &said }.render()?,
        thread: Some(mail.conversation.to_string()),
        reply_to: (of_mail.is_for_lead && !is_own).then(|| mail.from.clone()),
        ..Letter::default()
    })
}

fn said(transcript: &Transcript) -> Said {
    let (texts, zone) = (of(transcript.language), &*transcript.zone);
    let reader = if transcript.is_for_lead { Reader::new(transcript.language, zone) } else { Reader::of_member(zone) };
    let mut days: Vec<Day> = Vec::new();
    for line in &transcript.lines {
        let date = reader.day(line.at);
        let shown = Line { time: reader.time(line.at), who: author(transcript, line), text: line.text.clone() };
        match days.last_mut().filter(|day| day.date == date) {
            Some(day) => day.lines.push(shown),
            None => days.push(Day { date, lines: vec![shown] }),
        }
    }
    Said {
        language: transcript.language.as_str(),
        news: format!("Conversation with {} ({})", transcript.lead, transcript.site),
        zone: texts.filled("transcript.zone", &[("zone", reader.zone())]),
        cut: if transcript.is_cut { texts.text("transcript.cut") } else { "" },
        days,
        answer: String::new(),
        link: String::new(),
        why: String::new(),
        brand: Brand::default(),
    }
}

fn author(transcript: &Transcript, line: &TranscriptLine) -> String {
    let texts = of(transcript.language);
    match line.author {
        TranscriptAuthor::Lead if transcript.is_for_lead => texts.text("transcript.you").to_owned(),
        TranscriptAuthor::Lead => transcript.lead.to_string(),
        TranscriptAuthor::AiAgent => texts.text("transcript.agent").to_owned(),
        TranscriptAuthor::Rep if line.name.is_empty() => texts.text("transcript.team").to_owned(),
        TranscriptAuthor::Rep => line.name.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::tests::Fixed;
    use knock_agent::Language;
    use knock_model::{ConversationId, LeadId, Millis};
    use knock_ports::MeetingParty;

    /// 28 November 2026, 22:50 UTC.
    const LATE: i64 = 1_795_906_200_000;

    fn line(author: TranscriptAuthor, name: &str, text: &str, minutes: i64) -> TranscriptLine {
        TranscriptLine { author, name: name.into(), text: text.into(), at: Millis(LATE + minutes * 60_000) }
    }

    fn mail(language: Language, is_for_lead: bool) -> TranscriptMail {
        TranscriptMail {
            to: "ann@acme.example".into(),
            name: "Ann".into(),
            conversation: ConversationId::new([2; 16]),
            lead: LeadId::new([1; 16]),
            from: MeetingParty { name: "Bo".into(), email: "bo@us.example".into() },
            transcript: Transcript {
                is_for_lead,
                lead: "Ann Lee".into(),
                site: "Acme".into(),
                language,
                zone: "Europe/Berlin".into(),
                is_cut: false,
                lines: vec![
                    line(TranscriptAuthor::AiAgent, "", "Hello!", 0),
                    line(TranscriptAuthor::Lead, "", "What does <b>it</b> cost?\nFor 20", 2),
                    line(TranscriptAuthor::Rep, "Bo", "$490", 15),
                    line(TranscriptAuthor::Rep, "", "offer.pdf", 16),
                ],
            },
        }
    }

    #[test]
    fn a_file_has_each_message_with_its_author_below_its_day() {
        let text = transcript_text(&mail(Language::En, false).transcript).expect("a text");
        let expected = "Conversation with Ann Lee (Acme)\nTimes are those of Europe/Berlin.\n\n\
            Saturday, 28 November 2026\n\n23:50  AI agent\nHello!\n\n23:52  Ann Lee\nWhat does <b>it</b> cost?\nFor 20\n\n\
            Sunday, 29 November 2026\n\n00:05  Bo\n$490\n\n00:06  Our team\noffer.pdf\n";
        assert_eq!(text.trim_end(), expected.trim_end());
    }

    #[test]
    fn a_lead_reads_it_in_their_language_and_answers_the_member() {
        let letter = transcript(&mail(Language::De, true), &Fixed).expect("a letter");
        assert_eq!(letter.subject, "Ihr Gespräch mit Acme");
        assert!(letter.text.starts_with("Bo von Acme schickt Ihnen das Gespräch bis hierher."), "{}", letter.text);
        assert!(letter.text.contains("Samstag, 28. November 2026\n\n23:50  KI-Agent\nHello!"), "{}", letter.text);
        assert!(letter.text.contains("23:52  Sie\n") && letter.text.contains("00:06  Unser Team\n"), "{}", letter.text);
        assert!(!letter.text.contains("Ann Lee") && !letter.text.contains("http"), "{}", letter.text);
        assert!(letter.html.contains("What does &#60;b&#62;it") && !letter.html.contains("<b>it"), "{}", letter.html);
        assert_eq!(letter.reply_to.map(|to| to.email), Some("bo@us.example".to_owned()));
    }

    #[test]
    fn a_member_gets_the_page_of_the_conversation_too() {
        let mut asked = mail(Language::En, false);
        asked.transcript.is_cut = true;
        let letter = transcript(&asked, &Fixed).expect("a letter");
        assert_eq!((&*letter.subject, letter.reply_to), ("Transcript: Ann Lee", None));
        for text in [&letter.text, &letter.html] {
            assert!(text.contains("/app/inbox/02020202-") && text.contains("Earlier messages are left out."), "{text}");
        }
    }
}
