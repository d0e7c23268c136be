//! `GET` and `PUT /api/v1/slack`: the monitoring channel, the note mark, and the state of the connection.

use super::problems::{parked_reasons, problems};
use crate::http::auth::{Allowed, ManageConnections};
use crate::http::body::JsonBody;
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::State;
use knock_engine::commands::SaveSlackChoice;
use knock_engine::slack_member;
use knock_model::{Destination, Role};
use knock_ports::{SlackChoice, StoreError, View};
use knock_wire::{FieldError, SlackDraft, SlackEveryone, SlackSettings};
use std::sync::Arc;

/// The longest note mark, in characters.
const LONGEST_MARK: usize = 10;
/// The most domains, and the longest one in bytes.
const MOST_DOMAINS: usize = 50;
const LONGEST_DOMAIN: usize = 253;
/// The longest id of a channel, in bytes.
const LONGEST_ID: usize = 30;

/// The settings of Slack, and the state of the connection.
#[utoipa::path(get, path = "/api/v1/slack", tag = "team", responses(
    (status = 200, description = "The Slack workspace as it is set up", body = SlackSettings),
))]
pub(super) async fn get(
    _: Allowed<ManageConnections>,
    State(state): State<AppState>,
) -> Result<Json<SlackSettings>, Problem> {
    settings(&state).await.map(Json)
}

/// Sets the monitoring channel, and the mark with which a rep's internal message begins. The bot joins a public channel
/// by itself; `problems` lists the problems of the channel.
#[utoipa::path(put, path = "/api/v1/slack", tag = "team", request_body = SlackDraft, responses(
    (status = 200, description = "The Slack workspace as it is set up now", body = SlackSettings),
    (status = 422, description = "A field is wrong"),
))]
pub(super) async fn put(
    Allowed { caller, .. }: Allowed<ManageConnections>,
    State(state): State<AppState>,
    JsonBody(draft): JsonBody<SlackDraft>,
) -> Result<Json<SlackSettings>, Problem> {
    let SlackDraft { monitoring_channel, note_mark, everyone } = draft;
    let (channel, note_mark) = (checked_channel(&monitoring_channel)?, checked_mark(&note_mark)?);
    let entered = match state.slack.credentials().await? {
        Some(credentials) if !channel.is_empty() => Some(state.slack.enter(&credentials, &channel).await),
        Some(_) | None => None,
    };
    let channel_name = entered.as_ref().and_then(|entered| entered.as_ref().ok()).cloned().unwrap_or_default();
    let everyone = match everyone {
        Some(everyone) => checked_everyone(everyone)?,
        None => read(Arc::clone(&state.core.store), |view| view.slack_choice()).await?.everyone,
    };
    let choice = SlackChoice { monitoring_channel: channel.clone(), channel_name, note_mark, everyone };
    state.core.make(caller.actor(), SaveSlackChoice { choice, now: state.core.clock.now() }).await?;
    if let Some(Err(refusal)) = entered {
        state.slack.note_failed_check(&refusal, &channel).await;
    }
    state.slack.look();
    settings(&state).await.map(Json)
}

fn checked_channel(text: &str) -> Result<String, Problem> {
    let text = text.trim();
    let is_id = text.starts_with(['C', 'G'])
        && text.len() <= LONGEST_ID
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if text.is_empty() || is_id {
        return Ok(text.to_owned());
    }
    let reason = "is no id of a channel, such as C0123456789: it stands at the end of the channel's details in Slack";
    Err(Problem::invalid(FieldError { pointer: "/monitoring_channel".into(), reason: reason.into() }))
}

fn checked_mark(text: &str) -> Result<String, Problem> {
    let mark = text.trim();
    let wrong = |reason: &str| Problem::invalid(FieldError { pointer: "/note_mark".into(), reason: reason.into() });
    if mark.is_empty() || mark.chars().count() > LONGEST_MARK || mark.chars().any(char::is_control) {
        return Err(wrong("is empty, longer than 10 characters, or has more than one line"));
    }
    if mark.chars().all(char::is_alphanumeric) || mark.starts_with('/') && !mark.starts_with("//") {
        return Err(wrong("could begin an ordinary message or a command of Slack: take a mark such as // or !!"));
    }
    Ok(mark.to_owned())
}

/// The role of members, and domains without `@`, each once.
fn checked_everyone(everyone: SlackEveryone) -> Result<SlackEveryone, Problem> {
    let SlackEveryone { is_on, role, domains } = everyone;
    let wrong = |pointer: &str, reason: &str| {
        Err(Problem::invalid(FieldError { pointer: format!("/everyone{pointer}"), reason: reason.into() }))
    };
    if !role.is_of_members() || role == Role::Admin {
        return wrong("/role", "is not a role for everybody: take manager or rep");
    }
    if domains.len() > MOST_DOMAINS {
        return wrong("/domains", "has more than 50 domains");
    }
    let mut checked: Vec<String> = Vec::new();
    for domain in domains {
        let domain = domain.trim().trim_start_matches('@').to_lowercase();
        let is_domain = domain.len() <= LONGEST_DOMAIN
            && domain.contains('.')
            && domain.split('.').all(|label| !label.is_empty())
            && domain.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-'));
        if !is_domain {
            return wrong("/domains", &format!("{domain} is no domain, such as acme.com"));
        }
        if !checked.contains(&domain) {
            checked.push(domain);
        }
    }
    Ok(SlackEveryone { is_on, role, domains: checked })
}

/// The current settings.
pub(super) async fn settings(state: &AppState) -> Result<SlackSettings, Problem> {
    let (is_connected, is_configured) = (state.slack.credentials().await?.is_some(), state.slack.is_configured());
    let is_app_known = state.slack.known_app().await?.is_some();
    let found = read(Arc::clone(&state.core.store), shown).await?;
    Ok(SlackSettings { is_connected, is_configured, is_app_known, ..found })
}

fn shown(view: &dyn View) -> Result<SlackSettings, StoreError> {
    let SlackChoice { monitoring_channel, channel_name, note_mark, everyone } = view.slack_choice()?;
    let identity = view.slack_identity()?.unwrap_or_default();
    let colleagues: Vec<_> = view.slack_people()?.into_iter().filter(|person| person.is_colleague()).collect();
    let members = view.members()?;
    let matched = colleagues.iter().filter(|person| slack_member(person, &members).is_some()).count();
    let counts = view.outbox_counts(Destination::SLACK)?;
    Ok(SlackSettings {
        monitoring_channel,
        monitoring_channel_name: channel_name,
        note_mark,
        is_connected: false,
        is_configured: false,
        is_app_known: false,
        team: identity.team,
        bot: identity.bot,
        missing_scopes: identity.missing_scopes,
        problems: problems(view)?,
        users: u64::try_from(colleagues.len()).unwrap_or_default(),
        users_matched: u64::try_from(matched).unwrap_or_default(),
        waiting: counts.waiting,
        parked: counts.parked,
        parked_reasons: parked_reasons(view)?,
        everyone,
    })
}
