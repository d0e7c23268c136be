//! What the AI agent says, and what it could not answer.

use crate::Shape;
use crate::made::{AT, conversation};
use knock_model::{AnswerId, IntentType};
use knock_wire::{
    AgentRejection, AgentRejections, AgentSettings, AnswerSource, Author, FoundIn, Playbook, PlaybookDraft,
    PlaybookList, PlaybookStep, PlaybookVersions, Preview, PreviewAsk, PreviewDraft, PreviewMessage, QuestionDismissal,
    StepDraft, TextsOf, UnansweredList, UnansweredQuestion,
};

use serde_json::json;

const CLOSE: &str = "Thank you, {rep} will answer.";

pub(crate) fn shapes() -> Vec<Shape> {
    let draft = PreviewDraft { kind: "support".into(), language: "en".into(), steps: vec![step_draft()] };
    let ask = PreviewAsk {
        site: "sitekey".into(),
        language: "en".into(),
        kind: Some("support".into()),
        draft: Some(draft),
        messages: vec!["hi".into(), "Do you have an API?".into()],
    };
    let plain = PreviewAsk { kind: None, draft: None, ..ask.clone() };
    let versions = PlaybookVersions { versions: vec![playbook(1), playbook(0)], own_sites: vec!["sitekey".into()] };
    let dismissal = QuestionDismissal { site: "sitekey".into(), question: "5f".repeat(32) };
    vec![
        Shape::of("playbook", &of_site(2)),
        Shape::of("playbook_list", &PlaybookList { playbooks: vec![playbook(2)] }),
        Shape::of("playbook_versions", &versions),
        Shape::of("playbook_draft", &PlaybookDraft { version: 1, steps: vec![step_draft()] }),
        Shape::of("preview_ask", &ask),
        Shape::of("preview_ask_plain", &plain),
        Shape::of("preview", &preview()),
        Shape::of("agent_settings", &AgentSettings { asks_to_clarify: true, rejects_abuse: true }),
        Shape::of("agent_rejections", &rejections()),
        Shape::of("unanswered_list", &UnansweredList { questions: vec![question()] }),
        Shape::of("question_dismissal", &dismissal),
    ]
}

fn rejections() -> AgentRejections {
    let when = json!({"any": [{"field": "email.is_free", "op": "eq", "value": true}]});
    let when = serde_json::from_value(when).expect("a condition");
    let hiring = AgentRejection { kind: "hiring".into(), is_on: true, when, reason: "Job seeker".into() };
    AgentRejections { agents: vec![hiring] }
}

fn playbook(version: u32) -> Playbook {
    let steps = vec![PlaybookStep { step: "close".into(), texts: vec![CLOSE.into()], places: vec!["rep".into()] }];
    let (kind, language, saved_at) = ("support".into(), "en".into(), (version > 0).then_some(AT));
    let texts_of = if version == 0 { TextsOf::Standard } else { TextsOf::Workspace };
    Playbook { kind, language, site: None, version, saved_at, texts_of, is_standard: version == 0, steps }
}

fn of_site(version: u32) -> Playbook {
    Playbook { site: Some("sitekey".into()), texts_of: TextsOf::Own, ..playbook(version) }
}

fn step_draft() -> StepDraft {
    StepDraft { step: "close".into(), texts: vec![CLOSE.into()] }
}

fn preview() -> Preview {
    let message = |author, text: &str| PreviewMessage { author, text: text.into(), choices: Vec::new(), source: None };
    let id = AnswerId::new(AT, &[1; 10]);
    let source = FoundIn::Question { id, question: "Do you have an API?".into() };
    let asked = message(Author::AiAgent, "What is this about?");
    let answered = message(Author::AiAgent, "Yes, a REST API.");
    let messages = vec![
        message(Author::Lead, "hi"),
        PreviewMessage { choices: vec!["Buying".into(), "Support".into()], ..asked },
        message(Author::Lead, "Do you have an API?"),
        PreviewMessage { source: Some(AnswerSource { seq: 4, source, confidence: 100 }), ..answered },
    ];
    Preview { messages, intent_type: IntentType::Buying }
}

fn question() -> UnansweredQuestion {
    UnansweredQuestion {
        id: "5f".repeat(32),
        question: "Do you support SAML?".into(),
        times: 3,
        last_at: AT,
        conversation: conversation(),
    }
}
