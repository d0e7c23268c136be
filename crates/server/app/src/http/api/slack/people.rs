//! `GET /api/v1/slack/users`: the people of the workspace, page by page and by a search.

use crate::http::api::page::{checked_limit, no_place};
use crate::http::auth::{Allowed, ManageConnections};
use crate::http::problem::Problem;
use crate::http::reading::read;
use crate::http::state::AppState;
use axum::Json;
use axum::extract::{Query, State};
use knock_engine::slack_member;
use knock_model::MemberState;
use knock_ports::{Member, SlackPerson};
use knock_wire::{SlackUser, SlackUsers};
use serde::Deserialize;
use std::sync::Arc;

/// The search, and the page of its result.
#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// Only people whose name or address contains this.
    query: Option<String>,
    /// The cursor: `next` of the page before.
    after: Option<String>,
    /// The number of people, 1 to 200.
    limit: Option<u32>,
}

/// The people of the Slack workspace, without guests and bots; each with the member who has the same address. The
/// others can be invited. Of those who have left, only current members are listed.
#[utoipa::path(get, path = "/api/v1/slack/users", tag = "team", params(Wanted), responses(
    (status = 200, description = "The people", body = SlackUsers),
    (status = 400, description = "A parameter is wrong"),
))]
pub(super) async fn users(
    _: Allowed<ManageConnections>,
    State(state): State<AppState>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<SlackUsers>, Problem> {
    let limit = usize::try_from(checked_limit(wanted.limit)?).unwrap_or(usize::MAX);
    let (people, members) =
        read(Arc::clone(&state.core.store), |view| Ok((view.slack_people()?, view.members()?))).await?;
    let shown: Vec<SlackUser> = people.into_iter().filter_map(|person| user(person, &members)).collect();
    let left = shown.iter().filter(|user| user.has_left).count();
    let sought = wanted.query.as_deref().map(str::trim).unwrap_or_default().to_lowercase();
    let found = shown.into_iter().filter(|user| is_found(user, &sought)).collect::<Vec<_>>();
    let from = match &wanted.after {
        None => 0,
        Some(id) => found.iter().position(|user| user.id == *id).ok_or_else(|| no_place("after"))? + 1,
    };
    let has_more = found.len() - from > limit;
    let users: Vec<SlackUser> = found.into_iter().skip(from).take(limit).collect();
    let next = users.last().filter(|_| has_more).map(|last| last.id.clone());
    Ok(Json(SlackUsers { users, next, left: u64::try_from(left).unwrap_or_default() }))
}

/// A person as the list shows them; none who is not shown.
fn user(person: SlackPerson, members: &[Member]) -> Option<SlackUser> {
    let has_left = person.has_left();
    let is_invited =
        !has_left && same_address(&person, members).is_some_and(|member| member.state == MemberState::Invited);
    let member = if has_left { Some(same_address(&person, members)?) } else { slack_member(&person, members) };
    let (is_shown, member) = (has_left || person.is_colleague(), member.map(|member| member.id));
    let SlackPerson { id, name, email, .. } = person;
    is_shown.then(|| SlackUser { id, name: name.into(), email, member, is_invited, has_left })
}

fn is_found(user: &SlackUser, sought: &str) -> bool {
    user.name.to_lowercase().contains(sought) || user.email.to_lowercase().contains(sought)
}

/// The member with the same address, including those who answer no chats.
fn same_address<'m>(person: &SlackPerson, members: &'m [Member]) -> Option<&'m Member> {
    members.iter().find(|member| !person.email.is_empty() && member.email.eq_ignore_ascii_case(&person.email))
}
