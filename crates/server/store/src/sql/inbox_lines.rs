//! The data of a page of the inbox, fetched for all of its rows: first that of leads, which names their conversations,
//! then that of the conversations.

use super::chat::{chat_of, conversation, conversations_of, facts_of, last_message_of};
use super::member::{everybody, of_member};
use super::member_reads::{lead_messages_of, unread_of};
use super::on_site::recent_signals_of;
use super::person::first_visitor_of;
use super::record::lead_of;
use super::tag::tags_of;
use super::{Connection, Db, Query, Row};
use knock_model::{LeadId, Millis, RepId};
use knock_ports::StoreError;

impl<C: Connection> Db<C> {
    pub(super) fn fetch_lines(&self, leads: &[LeadId], reader: Option<RepId>, now: Millis) -> Result<(), StoreError> {
        if !self.0.reads_from_afar() {
            return Ok(());
        }
        let of_lead = |lead: &LeadId| {
            let (lead, recent) = (*lead, recent_signals_of(*lead, now));
            [lead_of(lead), conversations_of(lead), facts_of(lead), chat_of(lead), recent, tags_of(lead)]
        };
        self.0.fetch_by_key(leads.iter().flat_map(of_lead).collect())?;
        // A team is small, and which of its members the lines name is known only when they are made.
        self.0.fetch_each(&everybody(), |row| Ok(of_member(RepId::from_bytes(row.get(0)?))))?;
        let mut queries = Vec::new();
        for lead in leads {
            queries.extend(self.of_newest(*lead, reader)?);
        }
        self.0.fetch_by_key(queries)
    }

    /// The queries for the newest conversation of a lead, and for the label of one without a name and an address.
    fn of_newest(&self, lead: LeadId, reader: Option<RepId>) -> Result<Vec<Query>, StoreError> {
        let mut queries = Vec::new();
        let named = |row: &Row<'_>| Ok(row.get::<Option<String>>(1)?.is_some() || !row.get::<String>(2)?.is_empty());
        if !self.read_row(&lead_of(lead), named)?.unwrap_or_default() {
            queries.push(first_visitor_of(lead));
        }
        if let Some(newest) = self.read_row(&conversations_of(lead), conversation)? {
            queries.extend([last_message_of(newest.id), lead_messages_of(newest.id)]);
            queries.extend(reader.map(|reader| unread_of(newest.id, reader)));
        }
        Ok(queries)
    }
}
