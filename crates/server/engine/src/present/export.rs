//! Export of all data of a person as one JSON document.

use super::Presenter;
use base64::prelude::{BASE64_STANDARD, Engine};
use knock_identity::Claim;
use knock_model::{DestinationKind, SignalId, WebhookId};
use knock_ports::{
    ContactDetail, ContactMerge, Cursor, CustomValue, EVER, Effect, Enriched, Files, Lead, MailBounce, OutboxEntry,
    Reminder, SlackAbout, SlackPost, StoreError, StoredFile, StoredSignal, TimelineScope,
};
use knock_routing::CrmSystem;
use serde_json::{Value, json};

/// The version of the document's format (`docs/operations.md`); adding a member does not change it.
const FORMAT: u32 = 1;
/// The number of signals in one read.
const PAGE: u32 = 1_000;

impl Presenter<'_> {
    /// Returns all data of a person.
    ///
    /// # Errors
    /// When the database fails, or a content cannot be read.
    pub fn export(&self, lead: &Lead, files: &dyn Files) -> Result<Value, StoreError> {
        let mut conversations = Vec::new();
        for conversation in self.view.conversations_of_lead(lead.id)? {
            conversations.extend(self.conversation_record(conversation.id)?);
        }
        let claims = self.view.claims_of(lead.id)?.into_iter().map(|(site, visitor, Claim { cause, at, .. })| {
            json!({"site": self.site_key(site), "visitor": visitor, "at": at, "cause": cause})
        });
        let decisions = self.view.decisions_of(lead.id)?.into_iter().map(|decided| {
            json!({"id": decided.id, "at": decided.at, "link": decided.link, "fields": decided.fields,
                "decision": decided.decision})
        });
        let custom = self.view.custom_values(lead.id)?.into_iter();
        let custom = custom.map(|CustomValue { name, value, source, at, .. }| {
            json!({"name": name, "value": value, "source": source, "at": at})
        });
        let details = self.view.contact_details(lead.id)?.into_iter();
        let details = details.map(|ContactDetail { field, value, source, at, .. }| {
            json!({"field": field, "value": value, "source": source, "at": at})
        });
        let read = self.view.reads_of(lead.id)?.into_iter();
        let read = read.map(|(conversation, seq)| json!({"conversation": conversation, "seq": seq}));
        let deliveries = self.view.deliveries_of(lead.id)?.into_iter().map(exported_delivery);
        Ok(json!({
            "format": FORMAT,
            "exported_at": self.now,
            "person": &self.contact_record(lead)?,
            "former_ids": self.view.merged_from(lead.id)?,
            "merges": self.exported_merges(lead)?,
            "claims": claims.collect::<Vec<_>>(),
            "signals": self.exported_signals(lead)?,
            "summed_up": self.exported_past(lead)?,
            "conversations": &conversations,
            "read_by_team": read.collect::<Vec<_>>(),
            "decisions": decisions.collect::<Vec<_>>(),
            "contact_details": details.collect::<Vec<_>>(),
            "reminders": self.exported_reminders(lead)?,
            "tags": self.exported_tags(lead.id)?,
            "suggested_wordings": self.exported_wordings(lead)?,
            "custom_values": custom.collect::<Vec<_>>(),
            "deliveries": deliveries.collect::<Vec<_>>(),
            "waits_told": self.view.told_of_wait(lead.id)?.into_iter().map(|(_, since)| since).collect::<Vec<_>>(),
            "meetings": self.exported_meetings(lead)?,
            "mail_bounces": self.exported_bounces(lead)?,
            "mail_stopped_at": self.view.mail_stopped_at(lead.id)?,
            "enrichment": self.exported_enrichment(lead)?,
            "crm": self.exported_crm(lead)?,
            "slack_posts": self.exported_slack_posts(lead)?,
            "workflows": self.exported_workflows(lead.id)?,
            "files": self.exported_files(lead, files)?,
            "audit": self.exported_audit(lead)?,
        }))
    }

    /// The contacts that members merged into the person's.
    fn exported_merges(&self, lead: &Lead) -> Result<Vec<Value>, StoreError> {
        let merges = self.view.contact_merges(lead.id)?.into_iter();
        let shown = merges.map(|ContactMerge { former, name, email, at, .. }| {
            json!({"former_id": former, "name": name, "email": email.map(|email| email.to_text()), "at": at})
        });
        Ok(shown.collect())
    }

    /// The addresses from which mail was returned.
    fn exported_bounces(&self, lead: &Lead) -> Result<Vec<Value>, StoreError> {
        let bounces = self.view.mail_bounces(lead.id)?.into_iter();
        let shown = bounces.map(|MailBounce { email, at, reason, is_dead }| {
            json!({"email": email.to_text(), "at": at, "reason": reason, "is_dead": is_dead})
        });
        Ok(shown.collect())
    }

    /// The enrichment data of a person and their company.
    fn exported_enrichment(&self, lead: &Lead) -> Result<Value, StoreError> {
        let shown = |said: Option<Enriched>| {
            said.map(|said| json!({"fields": said.fields, "source": said.source, "at": said.at}))
        };
        let company = lead.account.map(|account| self.view.company_enrichment(account)).transpose()?.flatten();
        Ok(json!({"person": shown(self.view.person_enrichment(lead.id)?), "company": shown(company)}))
    }

    /// The person's records in CRMs: acknowledged values, write log and look-ups.
    fn exported_crm(&self, lead: &Lead) -> Result<Value, StoreError> {
        let mut systems = serde_json::Map::new();
        for system in CrmSystem::ALL {
            let record = self.view.crm_record(*system, lead.id)?;
            let said = self.view.crm_known(*system, lead.id)?;
            let writes = self.view.crm_writes(*system, lead.id, PAGE)?;
            if record.is_none() && said.is_none() && writes.is_empty() {
                continue;
            }
            let said = said.map(|said| {
                json!({"at": said.at, "contact": said.contact, "fields": said.fields,
                    "has_open_deal": said.has_open_deal, "has_won_deal": said.has_won_deal})
            });
            let written = writes.into_iter().map(|write| {
                json!({"at": write.at, "cause": write.cause, "cause_at": write.cause_at,
                    "company": write.company, "properties": write.properties})
            });
            let written = written.collect::<Vec<_>>();
            systems.insert(system.as_str().to_owned(), json!({"record": record, "written": written, "said": said}));
        }
        Ok(Value::Object(systems))
    }

    /// Returns the Slack posts about the person, and about their conversations and meetings: the place and the instant of each.
    fn exported_slack_posts(&self, lead: &Lead) -> Result<Vec<Value>, StoreError> {
        let mut posts = Vec::new();
        for conversation in self.view.conversations_of_lead(lead.id)? {
            posts.extend(self.view.slack_posts(conversation.id)?);
        }
        for meeting in self.view.meetings_of_lead(lead.id)? {
            posts.extend(self.view.slack_meeting_posts(meeting.id)?);
        }
        posts.extend(self.view.slack_lead_posts(lead.id)?);
        Ok(posts.into_iter().map(exported_slack_post).collect())
    }

    /// Returns the meetings, the times reserved for them, and the facts of their status.
    fn exported_meetings(&self, lead: &Lead) -> Result<Value, StoreError> {
        let facts = self.view.meeting_facts(lead.id)?.into_iter();
        let facts = facts.map(|fact| json!({"id": fact.id, "at": fact.at, "event": fact.what}));
        let booked = self.view.meetings_of_lead(lead.id)?.into_iter().map(|meeting| {
            json!({"id": meeting.id, "owner": meeting.owner, "start_at": meeting.start, "end_at": meeting.end,
                "state": meeting.state, "sequence": meeting.sequence, "booked_at": meeting.booked_at,
                "updated_at": meeting.updated_at, "details": meeting.details})
        });
        let mut unseen = Vec::new();
        for meeting in self.view.meetings_of_lead(lead.id)? {
            unseen.extend(self.view.news_of_meeting(meeting.id)?);
        }
        let unseen = unseen.into_iter().map(|(member, at)| json!({"member": member, "changed_at": at}));
        let reserved = self.view.reserved_for(lead.id)?.into_iter();
        let reserved = reserved.map(|taken| json!({"rep": taken.rep, "start_at": taken.start, "end_at": taken.end}));
        let unconfirmed = self.view.unconfirmed_of(lead.id)?.into_iter().map(|booking| {
            json!({"start_at": booking.start, "end_at": booking.end, "expires_at": booking.expires_at,
                "details": booking.details})
        });
        Ok(json!({
            "facts": facts.collect::<Vec<_>>(),
            "booked": booked.collect::<Vec<_>>(),
            "unseen_by": unseen.collect::<Vec<_>>(),
            "reserved": reserved.collect::<Vec<_>>(),
            "unconfirmed": unconfirmed.collect::<Vec<_>>(),
            "requests": self.view.booking_keys_of(lead.id)?,
        }))
    }

    /// Returns the reminders of members about the person, without the member.
    fn exported_reminders(&self, lead: &Lead) -> Result<Vec<Value>, StoreError> {
        let reminders = self.view.reminders_about(lead.id)?.into_iter();
        let shown = reminders.map(|Reminder { due_at, text, created_at, fired_at, .. }| {
            json!({"due_at": due_at, "text": text, "created_at": created_at, "fired_at": fired_at})
        });
        Ok(shown.collect())
    }

    /// Returns the words of the person that are suggested to the team as a wording of a known question.
    fn exported_wordings(&self, lead: &Lead) -> Result<Vec<Value>, StoreError> {
        let wordings = self.view.suggested_wordings_of(lead.id)?.into_iter();
        Ok(wordings.map(|wording| json!({"text": wording.text, "at": wording.at})).collect())
    }

    /// Returns the carry-over of expired signals.
    fn exported_past(&self, lead: &Lead) -> Result<Value, StoreError> {
        let past = self.view.past_of(lead.id)?;
        let (first_at, last_at) = past.seen.unzip();
        Ok(
            json!({"signals": past.signals, "first_at": first_at, "last_at": last_at, "evidence": past.evidence.to_text()}),
        )
    }

    /// Returns the entries of the audit log about the person, without the member named in them.
    fn exported_audit(&self, lead: &Lead) -> Result<Vec<Value>, StoreError> {
        let entries = self.view.audit_of(lead.id)?.into_iter();
        let entries = entries.map(|entry| {
            json!({"at": entry.at, "actor": entry.actor_kind, "action": entry.action,
                "before": entry.before, "after": entry.after})
        });
        Ok(entries.collect())
    }

    /// Returns the files with their content in base64; null if the content is lost.
    fn exported_files(&self, lead: &Lead, files: &dyn Files) -> Result<Vec<Value>, StoreError> {
        let exported = |file: StoredFile| {
            let content = files.get(file.id)?.map(|content| BASE64_STANDARD.encode(content));
            let sha256 = file.sha256.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
            Ok(
                json!({"id": file.id, "conversation": file.conversation, "name": file.name, "media_type": file.media_type,
                "bytes": file.bytes, "sha256": sha256, "stored_at": file.stored_at, "content": content}),
            )
        };
        self.view.files_of(lead.id)?.into_iter().map(exported).collect()
    }

    fn exported_signals(&self, lead: &Lead) -> Result<Vec<Value>, StoreError> {
        let mut signals = Vec::new();
        let mut before = None;
        loop {
            let page = self.view.timeline(TimelineScope::Lead(lead.id), before, EVER, PAGE)?;
            let Some(last) = page.last() else { break };
            before = Some(Cursor { at: last.signal.at, id: *last.signal.id.as_bytes() });
            for stored in &page {
                signals.push(self.exported_signal(stored));
            }
        }
        signals.reverse();
        Ok(signals)
    }

    fn exported_signal(&self, StoredSignal { site, visitor, signal, .. }: &StoredSignal) -> Value {
        json!({
            "id": signal.id, "at": signal.at, "received_at": signal.received_at, "type": signal.kind,
            "category": signal.category, "strength": signal.strength, "site": self.site_key(*site),
            "visitor": visitor, "session": signal.session, "seq": signal.seq,
            "view": signal.view.map(|view| SignalId::from_bytes(*view.as_bytes())),
            "detail": &signal.detail,
        })
    }
}

/// Converts a delivery about the person. A webhook is given by its id, as in `/api/v1/webhooks`.
fn exported_delivery(entry: OutboxEntry) -> Value {
    let Effect { kind, data, at } = entry.effect;
    let data = serde_json::from_str::<Value>(&data).unwrap_or_default();
    let mut exported =
        json!({"destination": entry.to.kind, "event": kind.as_str(), "at": at, "state": entry.state, "data": data});
    if entry.to.kind == DestinationKind::Webhook {
        exported["webhook"] = json!(WebhookId::from_bytes(entry.to.id));
    }
    exported
}

fn exported_slack_post(post: SlackPost) -> Value {
    let SlackPost { key, about, channel, ts, tried_at, .. } = post;
    let mut exported = json!({"key": key, "channel": channel, "ts": ts, "tried_at": tried_at});
    match about {
        SlackAbout::Chat(id) => exported["conversation"] = json!(id),
        SlackAbout::Meeting(id) => exported["meeting"] = json!(id),
        SlackAbout::Lead(id) => exported["lead"] = json!(id),
    }
    exported
}
