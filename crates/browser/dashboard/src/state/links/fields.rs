//! Form state of a Knock Link.

use knock_wire::{LinkChange, LinkDraft, LinkQuestion, LinkShown, LinkUtm, QuestionKind, Texts, Word};
use leptos::prelude::*;

/// The languages of greetings.
pub(crate) const GREETING_LANGUAGES: [&str; 4] = ["en", "de", "fr", "es"];

/// The fields; an empty text is left out of the request.
#[derive(Clone, Copy)]
pub(crate) struct LinkFields {
    /// Its name in the team.
    pub(crate) name: RwSignal<String>,
    /// The end of its address.
    pub(crate) slug: RwSignal<String>,
    /// `chat` or `meeting`.
    pub(crate) funnel: RwSignal<String>,
    /// The channel in which it is published.
    pub(crate) channel: RwSignal<String>,
    /// The id of its rule.
    pub(crate) rule: RwSignal<String>,
    /// The code of its language.
    pub(crate) language: RwSignal<String>,
    /// The greeting on its page.
    pub(crate) greeting: RwSignal<String>,
    /// The greetings in place of it, in the order of the languages.
    pub(crate) greetings: [RwSignal<String>; 4],
    /// The key of its site.
    pub(crate) site: RwSignal<String>,
    /// Source, medium, campaign, term and content of its campaign.
    pub(crate) utm: [RwSignal<String>; 5],
    /// The duration of a meeting, in minutes.
    pub(crate) duration: RwSignal<String>,
    /// The questions before a meeting.
    pub(crate) questions: RwSignal<Vec<QuestionFields>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct QuestionFields {
    /// Its number, from which its id for the server is derived.
    pub(crate) number: usize,
    /// Its id on the server; empty for a new question.
    id: StoredValue<String>,
    /// The question.
    pub(crate) label: RwSignal<String>,
    /// `text`, `choice` or `number`.
    pub(crate) kind: RwSignal<String>,
    /// The answers to choose from, one a line.
    pub(crate) options: RwSignal<String>,
    pub(crate) required: RwSignal<bool>,
    /// The name for routing rules.
    pub(crate) field: RwSignal<String>,
}

fn text() -> RwSignal<String> {
    RwSignal::new(String::new())
}

impl LinkFields {
    pub(crate) fn new() -> LinkFields {
        LinkFields {
            name: text(),
            slug: text(),
            funnel: text(),
            channel: text(),
            rule: text(),
            language: text(),
            greeting: text(),
            greetings: [(); 4].map(|()| text()),
            site: text(),
            utm: [(); 5].map(|()| text()),
            duration: text(),
            questions: RwSignal::new(Vec::new()),
        }
    }

    /// Fills the form from a link; empty for a new one.
    pub(crate) fn fill(self, link: Option<&LinkShown>) {
        let of = |field: fn(&LinkShown) -> &str| link.map_or("", field).to_owned();
        let maybe =
            |field: fn(&LinkShown) -> &Option<String>| link.and_then(|link| field(link).clone()).unwrap_or_default();
        self.name.set(of(|link| &link.name));
        self.slug.set(of(|link| &link.slug));
        self.funnel.set(link.map_or_else(|| "chat".to_owned(), |link| link.funnel.to_string()));
        self.channel.set(of(|link| &link.channel));
        self.rule.set(maybe(|link| &link.rule));
        self.language.set(maybe(|link| &link.language));
        self.greeting.set(maybe(|link| &link.greeting));
        for (field, code) in self.greetings.into_iter().zip(GREETING_LANGUAGES) {
            field.set(link.and_then(|link| link.greetings.get(code).cloned()).unwrap_or_default());
        }
        self.site.set(maybe(|link| &link.site));
        let utm = link.map(|link| link.utm.clone()).unwrap_or_default();
        let parts = [utm.source, utm.medium, utm.campaign, utm.term, utm.content];
        self.utm.into_iter().zip(parts).for_each(|(field, part)| field.set(part));
        self.duration
            .set(link.and_then(|link| link.duration_min).map(|minutes| minutes.to_string()).unwrap_or_default());
        let questions = link.map(|link| link.questions.as_slice()).unwrap_or_default();
        self.questions
            .set(questions.iter().enumerate().map(|(number, known)| QuestionFields::of(number, known)).collect());
    }

    /// Whether the link opens a booking.
    pub(crate) fn is_meeting(self) -> bool {
        self.funnel.with(|funnel| funnel == "meeting")
    }

    /// Adds a question and returns its number.
    pub(crate) fn add_question(self) -> usize {
        let next =
            self.questions.with_untracked(|all| all.iter().map(|known| known.number + 1).max().unwrap_or_default());
        self.questions.update(|all| all.push(QuestionFields::new(next)));
        next
    }

    /// The request that creates it.
    pub(crate) fn draft(self) -> LinkDraft {
        LinkDraft {
            slug: given(self.slug),
            name: self.name.get_untracked(),
            funnel: Word::parse(&self.funnel.get_untracked()),
            channel: self.channel.get_untracked(),
            rule: given(self.rule),
            language: given(self.language),
            greeting: given(self.greeting),
            greetings: self.by_language(),
            site: given(self.site),
            utm: self.campaign(),
            duration_min: self.minutes(),
            questions: self.asked(),
        }
    }

    pub(crate) fn change(self) -> LinkChange {
        LinkChange {
            name: Some(self.name.get_untracked()),
            channel: Some(self.channel.get_untracked()),
            rule: Some(given(self.rule)),
            language: Some(given(self.language)),
            greeting: Some(given(self.greeting)),
            greetings: Some(self.by_language()),
            site: Some(given(self.site)),
            utm: Some(self.campaign()),
            duration_min: Some(self.minutes()),
            questions: Some(self.asked()),
            archived: None,
        }
    }

    fn by_language(self) -> Texts {
        let all = self.greetings.into_iter().zip(GREETING_LANGUAGES);
        all.filter_map(|(field, code)| Some((code.to_owned(), given(field)?))).collect()
    }

    fn campaign(self) -> LinkUtm {
        let [source, medium, campaign, term, content] = self.utm.map(|field| field.get_untracked());
        LinkUtm { source, medium, campaign, term, content }
    }

    /// The duration of a meeting; 0 for text that is not a number: out of bounds, so that the server refuses it.
    fn minutes(self) -> Option<u32> {
        given(self.duration).filter(|_| untrack(|| self.is_meeting())).map(|text| text.parse().unwrap_or_default())
    }

    fn asked(self) -> Vec<LinkQuestion> {
        let all = if untrack(|| self.is_meeting()) { self.questions.get_untracked() } else { Vec::new() };
        all.into_iter().map(QuestionFields::asked).collect()
    }
}

impl QuestionFields {
    fn new(number: usize) -> QuestionFields {
        QuestionFields {
            number,
            id: StoredValue::new(format!("q{}", number + 1)),
            label: text(),
            kind: RwSignal::new("text".to_owned()),
            options: text(),
            required: RwSignal::new(false),
            field: text(),
        }
    }

    fn of(number: usize, known: &LinkQuestion) -> QuestionFields {
        let question = QuestionFields::new(number);
        question.id.set_value(known.id.clone());
        question.label.set(known.label.clone());
        let kind = KINDS.iter().find(|(kind, _)| *kind == known.kind).map_or("", |(_, word)| *word);
        question.kind.set(kind.to_owned());
        question.options.set(known.options.join("\n"));
        question.required.set(known.required);
        question.field.set(known.field.clone());
        question
    }

    fn asked(self) -> LinkQuestion {
        let word = self.kind.get_untracked();
        let kind = KINDS.iter().find(|(_, known)| *known == word).map_or(QuestionKind::Text, |(kind, _)| *kind);
        let options = self.options.get_untracked();
        let options = options.lines().map(str::trim).filter(|line| !line.is_empty() && kind == QuestionKind::Choice);
        LinkQuestion {
            id: self.id.get_value(),
            label: self.label.get_untracked(),
            kind,
            options: options.map(str::to_owned).collect(),
            required: self.required.get_untracked(),
            field: self.field.get_untracked(),
        }
    }
}

const KINDS: [(QuestionKind, &str); 3] =
    [(QuestionKind::Text, "text"), (QuestionKind::Choice, "choice"), (QuestionKind::Number, "number")];

/// A text, unless it is empty.
fn given(field: RwSignal<String>) -> Option<String> {
    Some(field.get_untracked().trim().to_owned()).filter(|text| !text.is_empty())
}
