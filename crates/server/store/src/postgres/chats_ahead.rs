//! Prefetching for chat commands: first the conversations, which name lead and browser; then the history of each lead with
//! rules, links, members and answers; for a lead without a routing decision, their page views.

use super::bulk::BulkStatement;
use super::session::Session;
use crate::sql;
use crate::statement::Query;
use crate::write_behind::{PrefetchSet, WriteBehind};
use knock_model::{EventType, LeadId, Millis, SiteId};
use knock_ports::{Conversation, Span, StoreError};
use std::collections::BTreeSet;
use tokio_postgres::Row;

/// Conversations that are asked for.
pub(super) struct Chats {
    found: Vec<Conversation>,
    /// The rows of the conversations and their messages.
    answers: Vec<(Query, Vec<Row>)>,
}

impl Chats {
    /// Reads the conversations that are foreseen; of their leads and browsers more is foreseen then.
    pub(super) fn meet(session: &Session, foreseen: &mut PrefetchSet) -> Result<Chats, StoreError> {
        let ids = foreseen.chats.keys();
        let conversations = ids.clone().map(|id| sql::of_conversation(*id));
        let answers = all(session, conversations.chain(ids.map(|id| sql::messages_of(*id))).collect())?;
        let found = answers.iter().take(foreseen.chats.len()).flat_map(|(_, rows)| rows);
        let found = found.map(|row| sql::conversation(&sql::Row(row))).collect::<Result<Vec<_>, _>>()?;
        found.iter().for_each(|conversation| foreseen.meet(conversation));
        Ok(Chats { found, answers })
    }

    /// The queries for the leads, and for the workspace.
    pub(super) fn queries(&self, foreseen: &PrefetchSet) -> Vec<Query> {
        let mut queries: Vec<Query> = foreseen.leads.iter().flat_map(|lead| of_lead(*lead)).collect();
        if !queries.is_empty() {
            queries.extend(EventType::ALL.iter().map(|event| sql::subscribers_of(*event)));
        }
        if !self.found.is_empty() {
            queries.extend([sql::current_rules(), sql::all_turns(), sql::all_members(), sql::all_sites()]);
            queries.extend([sql::all_settings(), sql::all_notification_settings()]);
            let sites: BTreeSet<SiteId> = self.found.iter().map(|conversation| conversation.site).collect();
            queries.extend(sites.into_iter().map(sql::current_playbooks));
            let links: BTreeSet<&str> = self.found.iter().map(|conversation| conversation.link.as_str()).collect();
            queries.extend(links.into_iter().map(sql::link_of));
            queries.extend(self.found.iter().map(|conversation| sql::invitations_of(conversation.id)));
        }
        queries
    }

    /// Caches the answers, and reads the journeys of leads without a routing decision.
    pub(super) fn know(
        self,
        session: &Session,
        foreseen: &PrefetchSet,
        ahead: &mut WriteBehind,
    ) -> Result<(), StoreError> {
        let mut queries = Vec::new();
        for conversation in &self.found {
            let decision = ahead.answers.get(&sql::last_decision_of(conversation.lead));
            let is_new = decision.is_some_and(|rows| rows.is_empty());
            if let Some(chat) = foreseen.chats.get(&conversation.id).filter(|_| is_new) {
                let spans = spans_of(conversation.lead, ahead)?;
                queries.extend(sql::of_journey(conversation, &spans, chat.until));
            }
        }
        for (query, rows) in self.answers.into_iter().chain(all(session, queries)?) {
            if ahead.answers.get(&query).is_none() {
                ahead.answers.know(query, rows.into());
            }
        }
        Ok(())
    }
}

/// The history of a lead's chat, and whether a workflow is to react to it.
fn of_lead(lead: LeadId) -> [Query; 9] {
    [
        sql::facts_of(lead),
        sql::types_of(lead),
        sql::last_decision_of(lead),
        sql::chat_of(lead),
        sql::spans_of_lead(lead),
        sql::notified_of(lead),
        sql::custom_values_of(lead),
        sql::contact_details_of(lead),
        sql::active_run_of(lead),
    ]
}

fn spans_of(lead: LeadId, ahead: &WriteBehind) -> Result<Vec<(Span, Millis)>, StoreError> {
    let rows = ahead.answers.get(&sql::spans_of_lead(lead)).unwrap_or_default();
    rows.iter().map(|row| sql::span_with_end(&sql::Row(row))).collect()
}

/// Each with its rows, asked together.
fn all(session: &Session, queries: Vec<Query>) -> Result<Vec<(Query, Vec<Row>)>, StoreError> {
    let asked: Vec<BulkStatement> = queries.iter().map(BulkStatement::query).collect();
    Ok(queries.into_iter().zip(session.all(&asked, None)?).collect())
}
