//! The editor of what an action says or does.

use knock_model::{IntentType, RepId, TagId, WebhookId};
use knock_wire::{NudgeButton, NudgeOpens, StepContent, Texts};
use knock_workflow::Action;

use super::span::SpanDraft;
use crate::words::rules::next_id;

/// The languages of texts: code and name.
pub(crate) const LANGUAGES: [(&str, &str); 4] =
    [("en", "English"), ("de", "German"), ("fr", "French"), ("es", "Spanish")];
/// The most buttons of a nudge.
pub(crate) const MOST_BUTTONS: usize = 3;
/// What a button opens: spelling and label.
pub(crate) const OPENS: [(&str, &str); 3] = [("chat", "the chat"), ("booking", "the calendar"), ("page", "a page")];
/// What an assignment is to: spelling and label.
pub(crate) const ASSIGNEES: [(&str, &str); 4] =
    [("rep", "One member"), ("pool", "Members, in turn"), ("agent", "The AI agent"), ("rule", "By a routing rule")];

/// A button of a nudge in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ButtonDraft {
    /// The key of its controls.
    pub(crate) key: usize,
    pub(crate) label: Texts,
    pub(crate) opens: String,
    pub(crate) page: String,
}

/// What an action says or does; values of other kinds are kept while one is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ContentDraft {
    /// The text of a nudge, of a message and of a mail, by language.
    pub(crate) text: Texts,
    pub(crate) subject: Texts,
    pub(crate) buttons: Vec<ButtonDraft>,
    /// The kind whose AI agent answers; empty for the usual one.
    pub(crate) agent: String,
    /// The Slack channel, as typed: `#name` or its id.
    pub(crate) channel: String,
    /// The id of that channel; empty if it is not known.
    pub(crate) channel_id: String,
    /// The words of a post or a task, for the team.
    pub(crate) words: String,
    pub(crate) assignee: String,
    pub(crate) rep: String,
    pub(crate) rule: String,
    pub(crate) tag: String,
    pub(crate) field: String,
    pub(crate) value: String,
    pub(crate) webhook: String,
    pub(crate) due: SpanDraft,
    /// The member of a task; empty for the owner.
    pub(crate) member: String,
}

impl ButtonDraft {
    pub(crate) fn new() -> ButtonDraft {
        ButtonDraft { key: next_id(), label: Texts::new(), opens: "chat".to_owned(), page: String::new() }
    }

    fn read(button: &NudgeButton) -> ButtonDraft {
        let (opens, page) = match &button.opens {
            NudgeOpens::Chat => ("chat", ""),
            NudgeOpens::Booking => ("booking", ""),
            NudgeOpens::Page(page) => ("page", page.as_str()),
        };
        let label = button.label.clone();
        ButtonDraft { key: next_id(), label, opens: opens.to_owned(), page: page.to_owned() }
    }

    fn written(&self) -> Result<NudgeButton, String> {
        let opens = match self.opens.as_str() {
            "booking" => NudgeOpens::Booking,
            "page" => NudgeOpens::Page(filled(&self.page, "Fill in the address of the page.")?),
            _ => NudgeOpens::Chat,
        };
        Ok(NudgeButton { label: texts(&self.label, "Fill in the words of the button.")?, opens })
    }
}

impl ContentDraft {
    pub(crate) fn new() -> ContentDraft {
        ContentDraft {
            text: Texts::new(),
            subject: Texts::new(),
            buttons: Vec::new(),
            agent: String::new(),
            channel: String::new(),
            channel_id: String::new(),
            words: String::new(),
            assignee: "rep".to_owned(),
            rep: String::new(),
            rule: String::new(),
            tag: String::new(),
            field: String::new(),
            value: String::new(),
            webhook: String::new(),
            due: SpanDraft { number: "1".to_owned(), unit: 86_400_000 },
            member: String::new(),
        }
    }

    /// What is saved of an action, and the members of its assignment.
    pub(crate) fn read(content: &StepContent) -> (ContentDraft, Vec<String>) {
        let mut new = ContentDraft::new();
        let mut members = Vec::new();
        match content.clone() {
            StepContent::Nudge { text, buttons, agent } => {
                new.text = text;
                new.buttons = buttons.iter().map(ButtonDraft::read).collect();
                new.agent = agent.map_or("", IntentType::as_str).to_owned();
            }
            StepContent::Message { text } => new.text = text,
            StepContent::Mail { subject, body } => (new.subject, new.text) = (subject, body),
            StepContent::Slack { channel, channel_name, text } => {
                new.channel = if channel_name.is_empty() { channel.clone() } else { channel_name };
                new.channel_id = channel;
                new.words = text;
            }
            StepContent::Assign { rep, pool, agent, rule } => {
                members = pool.iter().map(ToString::to_string).collect();
                let is = [(!members.is_empty(), "pool"), (agent, "agent"), (rule.is_some(), "rule")];
                new.assignee = is.into_iter().find(|(is, _)| *is).map_or("rep", |(_, word)| word).to_owned();
                new.rep = rep.map(|rep| rep.to_string()).unwrap_or_default();
                new.rule = rule.unwrap_or_default();
            }
            StepContent::Tag { tag } => new.tag = tag.to_string(),
            StepContent::SetField { field, value } => (new.field, new.value) = (field, value),
            StepContent::Webhook { webhook } => new.webhook = webhook.to_string(),
            StepContent::Task { text, due_in_ms, member } => {
                new.words = text;
                new.due = SpanDraft::read(due_in_ms);
                new.member = member.map(|member| member.to_string()).unwrap_or_default();
            }
        }
        (new, members)
    }

    /// What is saved for an action of this kind; `members` are those of its assignment. The error says what is missing.
    pub(crate) fn written(&self, action: Action, members: &[String]) -> Result<StepContent, String> {
        Ok(match action {
            Action::Nudge => StepContent::Nudge {
                text: texts(&self.text, "Fill in a text.")?,
                buttons: self.buttons.iter().map(ButtonDraft::written).collect::<Result<_, _>>()?,
                agent: IntentType::parse(&self.agent),
            },
            Action::Message => StepContent::Message { text: texts(&self.text, "Fill in a text.")? },
            Action::Mail => StepContent::Mail {
                subject: texts(&self.subject, "Fill in a subject.")?,
                body: texts(&self.text, "Fill in a text.")?,
            },
            Action::Slack => {
                let channel_name = filled(&self.channel, "Fill in a Slack channel.")?;
                let channel = Some(self.channel_id.clone()).filter(|id| !id.is_empty());
                let text = self.words.trim().to_owned();
                StepContent::Slack { channel: channel.unwrap_or_else(|| channel_name.clone()), channel_name, text }
            }
            Action::Assign => self.assignment(members)?,
            Action::Tag => StepContent::Tag { tag: TagId::parse(&self.tag).map_err(|_| "Choose a tag.")? },
            Action::SetField => {
                StepContent::SetField { field: filled(&self.field, "Choose a field.")?, value: self.value.clone() }
            }
            Action::Webhook => {
                let webhook = WebhookId::parse(&self.webhook).map_err(|_| "Choose a webhook.")?;
                StepContent::Webhook { webhook }
            }
            Action::Task => StepContent::Task {
                text: filled(&self.words, "Fill in what is to be done.")?,
                due_in_ms: self.due.written()?,
                member: RepId::parse(&self.member).ok(),
            },
        })
    }

    fn assignment(&self, members: &[String]) -> Result<StepContent, String> {
        let (mut rep, mut pool, mut agent, mut rule) = (None, Vec::new(), false, None);
        match self.assignee.as_str() {
            "pool" => pool = members.iter().filter_map(|id| RepId::parse(id).ok()).collect(),
            "agent" => agent = true,
            "rule" => rule = Some(filled(&self.rule, "Choose a routing rule.")?),
            _ => rep = Some(RepId::parse(&self.rep).map_err(|_| "Choose a member.")?),
        }
        if self.assignee == "pool" && pool.is_empty() {
            return Err("Choose at least one member.".to_owned());
        }
        Ok(StepContent::Assign { rep, pool, agent, rule })
    }
}

/// The text of a language; empty if it has none.
pub(crate) fn text_of<'t>(texts: &'t Texts, language: &str) -> &'t str {
    texts.get(language).map_or("", String::as_str)
}

/// The text that a lead of a language reads: else the English one, else the first.
pub(crate) fn read_text<'t>(texts: &'t Texts, language: &str) -> &'t str {
    let given = |language: &str| texts.get(language).map(String::as_str).filter(|text| !text.trim().is_empty());
    let first = || texts.values().map(String::as_str).find(|text| !text.trim().is_empty());
    given(language).or_else(|| given("en")).or_else(first).unwrap_or_default()
}

/// The texts that are filled in.
fn texts(typed: &Texts, missing: &str) -> Result<Texts, String> {
    let trimmed = typed.iter().map(|(language, text)| (language.clone(), text.trim().to_owned()));
    let all: Texts = trimmed.filter(|(_, text)| !text.is_empty()).collect();
    if all.is_empty() { Err(missing.to_owned()) } else { Ok(all) }
}

fn filled(typed: &str, missing: &str) -> Result<String, String> {
    let text = typed.trim();
    if text.is_empty() { Err(missing.to_owned()) } else { Ok(text.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_json::parse_with_fractions;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn what_an_action_says_is_read_and_written_again() {
        let id = "08080808-0808-4808-8808-080808080808";
        for text in [
            r#"{"do":"nudge","text":{"en":"Hi"},"buttons":[{"label":{"en":"Chat"},"opens":"chat"},{"label":{"de":"Preise"},"opens":{"page":"https://a.test/"}}],"agent":"Buying"}"#
                .to_owned(),
            r#"{"do":"message","text":{"en":"Hi","de":"Hallo"}}"#.to_owned(),
            r#"{"do":"mail","subject":{"en":"A"},"body":{"en":"B"}}"#.to_owned(),
            r##"{"do":"slack","channel":"#hiring","channel_name":"#hiring","text":"See"}"##.to_owned(),
            format!(r#"{{"do":"assign","rep":"{id}"}}"#),
            format!(r#"{{"do":"assign","pool":["{id}"]}}"#),
            r#"{"do":"assign","agent":true}"#.to_owned(),
            r#"{"do":"assign","rule":"default_chat"}"#.to_owned(),
            r#"{"do":"set_field","field":"plan","value":"pro"}"#.to_owned(),
            r#"{"do":"task","text":"Call","due_in_ms":3600000}"#.to_owned(),
        ] {
            let content: StepContent = parse_with_fractions(&text).expect("a content");
            let action = Action::ALL.iter().find(|action| text.contains(&format!("\"{}\"", action.as_str())));
            let (draft, members) = ContentDraft::read(&content);
            assert_eq!(draft.written(*action.expect("its kind"), &members), Ok(content), "{text}");
        }
    }

    #[wasm_bindgen_test]
    fn what_is_missing_is_said() {
        let new = ContentDraft::new();
        for (action, missing) in [
            (Action::Nudge, "Fill in a text."),
            (Action::Mail, "Fill in a subject."),
            (Action::Slack, "Fill in a Slack channel."),
            (Action::Assign, "Choose a member."),
            (Action::Tag, "Choose a tag."),
            (Action::Webhook, "Choose a webhook."),
        ] {
            assert_eq!(new.written(action, &[]), Err(missing.to_owned()));
        }
        let pool = ContentDraft { assignee: "pool".to_owned(), ..new };
        assert_eq!(pool.written(Action::Assign, &[]), Err("Choose at least one member.".to_owned()));
    }

    #[wasm_bindgen_test]
    fn a_lead_reads_their_language_else_english_else_the_first() {
        let texts: Texts =
            [("de", "Hallo"), ("en", "Hi"), ("fr", " ")].map(|(code, text)| (code.into(), text.into())).into();
        assert_eq!(["de", "fr", "es"].map(|language| read_text(&texts, language)), ["Hallo", "Hi", "Hi"]);
        let german: Texts = [("de".to_owned(), "Hallo".to_owned())].into();
        assert_eq!((read_text(&german, "fr"), read_text(&Texts::new(), "en")), ("Hallo", ""));
    }
}
