//! Decisions of routing.

use super::cells::{Cell, Column, flag, instant, integer, text};
use super::cursor::Place;
use super::{Placed, Reader, WarehouseError};
use knock_ports::{Decided, Marked, StoreError};
use knock_routing::{Assignee, Decision, LeadFields, Note, Skipped};
use serde::Serialize;

pub(super) const COLUMNS: &[Column] = &[
    text("id", "The id of the decision."),
    instant("at", "The instant of the decision."),
    text("lead", "The id of the lead."),
    flag("is_spam", "Whether the lead is marked as spam."),
    text("funnel", "What was routed: `chat` or `meeting`."),
    text("link", "The link that the lead used; `Website` for the launcher."),
    text("rule", "The id of the rule."),
    text("rule_name", "The name of the rule at that time."),
    integer("rule_version", "The version of the rule."),
    text("segment", "The id of the segment; empty where none was asked."),
    text("segment_name", "The name of the segment at that time."),
    text("outcome", "The outcome for the lead."),
    text("reason", "The reason of the outcome."),
    text("assignee_type", "`rep`, `ai_agent` or `calendar_set`; empty without one."),
    text("assignee", "The id of the member, where it is known by then, or the kind of the AI agent."),
    text("assignee_name", "The name of the member now."),
    text("turn", "The id of the member whose turn it used up."),
    text("detail", "The fields of the lead at that time, the members passed over, and the notes, as JSON."),
];

#[derive(Serialize)]
struct Detail<'d> {
    fields: &'d LeadFields,
    skipped: &'d [Skipped],
    notes: &'d [Note],
}

pub(super) fn rows(reader: &Reader<'_>, after: Option<&Place>) -> Result<Vec<Placed>, WarehouseError> {
    let after = after.map(Place::cursor).transpose()?;
    let found = reader.view.warehouse_decisions(reader.stretch, after)?;
    let place = |decided: &Decided| Place::new(decided.at, decided.id.as_bytes());
    found.iter().map(|decided| Ok((place(&decided.row), row(reader, decided)?))).collect()
}

fn row(reader: &Reader<'_>, Marked { row, is_spam }: &Marked<Decided>) -> Result<Vec<Cell>, StoreError> {
    let Decided { id, lead, at, link, fields, decision } = row;
    let Decision { funnel, rule, rule_name, version, segment, segment_name, outcome, reason, .. } = decision;
    let (kind, assignee, member) = match &decision.assignee {
        None => ("", "", None),
        Some(Assignee::Rep { id }) => ("rep", id.as_str(), Some(id.as_str())),
        Some(Assignee::AiAgent { id }) => ("ai_agent", id.as_str(), None),
        Some(Assignee::CalendarSet { owner, .. }) => {
            ("calendar_set", owner.as_deref().unwrap_or_default(), owner.as_deref())
        }
    };
    let detail = Detail { fields, skipped: &decision.skipped, notes: &decision.notes };
    Ok(vec![
        Cell::id(id),
        Cell::Instant(*at),
        Cell::id(lead),
        Cell::Flag(*is_spam),
        Cell::text(funnel.as_str()),
        Cell::text(link),
        Cell::text(rule),
        Cell::text(rule_name),
        Cell::count(*version),
        Cell::text(segment.as_deref().unwrap_or_default()),
        Cell::text(segment_name),
        Cell::text(outcome.as_str()),
        Cell::text(reason.as_str()),
        Cell::text(kind),
        Cell::text(assignee),
        Cell::text(&reader.presenter.member_name(member)?),
        Cell::text(decision.turn.as_ref().map_or("", |turn| turn.rep.as_str())),
        Cell::json(&detail)?,
    ])
}
