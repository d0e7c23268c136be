//! `POST /api/v1/playbooks/preview`.

use super::steps::checked;
use crate::http::auth::{Allowed, SeeKnowledge};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_agent::{Language, Playbook};
use knock_engine::commands::{MessageText, Wanted};
use knock_engine::{Line, Rehearsal, Rehearsed, answer_source, known_question};
use knock_knowledge::Knowledge;
use knock_ports::{Site, StoreError};
use knock_routing::AgentKind;
use knock_wire::{Author, FieldError, Preview, PreviewAsk, PreviewDraft, PreviewMessage};

/// The largest number of messages of a preview.
const MOST: usize = 50;
/// The longest message, in characters.
const LONGEST: usize = 2_000;

/// A chat with the agent that is not stored, with the saved playbook or with a draft.
#[utoipa::path(post, path = "/api/v1/playbooks/preview", tag = "team", request_body = PreviewAsk, responses(
    (status = 200, description = "The chat", body = Preview),
    (status = 422, description = "Invalid field; `errors` names it"),
))]
pub(super) async fn post(
    _: Allowed<SeeKnowledge>,
    State(state): State<AppState>,
    JsonBody(ask): JsonBody<PreviewAsk>,
) -> Result<Json<Preview>, Problem> {
    let language = language_of(&ask.language, "/language")?;
    let kind = ask.kind.as_deref().map(|kind| kind_of(kind, "/kind")).transpose()?;
    let draft = ask.draft.map(draft_of).transpose()?;
    if ask.messages.len() > MOST {
        return Err(wrong("/messages", format!("has more than {MOST} messages")));
    }
    if let Some(at) = ask.messages.iter().position(|text| text.trim().is_empty() || text.chars().count() > LONGEST) {
        return Err(wrong(&format!("/messages/{at}"), format!("must have 1 to {LONGEST} characters")));
    }
    let site = state.sites.in_use(&ask.site).ok_or_else(|| wrong("/site", "is the key of no site here".into()))?;
    let rehearsal = rehearsal(&state, &site, (kind, language), draft, ask.messages).await?;
    let (messages, intent_type) = rehearsal.play();
    let messages = messages.into_iter().zip(1..).map(|(message, seq)| shown(message, seq)).collect();
    Ok(Json(Preview { messages, intent_type }))
}

async fn rehearsal(
    state: &AppState,
    site: &Site,
    (kind, language): (Option<AgentKind>, Language),
    draft: Option<Playbook>,
    texts: Vec<String>,
) -> Result<Rehearsal, Problem> {
    let usual_wait = state.usual_wait.get(&state.core).await?;
    let now = state.core.clock.now();
    let (knowledge, id, title) = (state.knowledge.clone(), site.id, site.title().to_owned());
    let rehearsal = read(state.core.store.clone(), move |view| {
        let mut playbooks = view.playbooks(id)?;
        if let Some(draft) = &draft {
            playbooks.put(draft.clone());
        }
        let line = |text: &String| {
            let text = MessageText::read(text.as_str());
            let consulted = knowledge.consult_in(view, id, text.text(), text.understood(), language)?;
            let taught = known_question(view, id, text.text())?;
            Ok(Line { text, consulted, taught })
        };
        Ok(Rehearsal {
            playbooks,
            kind,
            language,
            title: title.clone(),
            has_knowledge: Knowledge::has_any(view, id)?,
            settings: view.settings()?,
            usual_wait,
            has_times: Wanted::of_stranger(id).has_times(view, now)?,
            messages: texts.iter().map(line).collect::<Result<_, StoreError>>()?,
        })
    });
    rehearsal.await
}

fn draft_of(draft: PreviewDraft) -> Result<Playbook, Problem> {
    let kind = kind_of(&draft.kind, "/draft/kind")?;
    let language = language_of(&draft.language, "/draft/language")?;
    let playbook = checked(kind, language, &draft.steps, "/draft/steps")?;
    Ok(playbook.unwrap_or_else(|| Playbook::shipped(kind, language)))
}

fn shown(message: Rehearsed, seq: u64) -> PreviewMessage {
    let Rehearsed { is_of_lead, text, choices, source } = message;
    let author = if is_of_lead { Author::Lead } else { Author::AiAgent };
    PreviewMessage { author, text, choices, source: source.map(|source| answer_source(source, seq)) }
}

fn kind_of(word: &str, pointer: &str) -> Result<AgentKind, Problem> {
    AgentKind::parse(word).ok_or_else(|| wrong(pointer, "is no kind of agent".into()))
}

fn language_of(word: &str, pointer: &str) -> Result<Language, Problem> {
    Language::parse(word).ok_or_else(|| wrong(pointer, "is none of en, de, fr, es".into()))
}

fn wrong(pointer: &str, reason: String) -> Problem {
    Problem::invalid(FieldError { pointer: pointer.into(), reason })
}
