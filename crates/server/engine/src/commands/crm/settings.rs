//! Settings of CRM Sync, and its state.

use crate::audited::{Change, Note, subject};
use crate::changes::Changes;
use crate::notice::Notice;
use crate::writer::{After, Command};
use knock_crm::{CreateContact, Field, Mapping, Object};
use knock_model::{AuditAction, Destination, Millis};
use knock_ports::{CrmAccountName, CrmConnection, CrmState, CrmSync, Endpoint, Ledger, RuleProperty, StoreError};
use knock_routing::CrmSystem;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The maximum number of parked writes sent again at once.
const SENT_AGAIN: usize = 10_000;

/// A change of the settings.
#[derive(Clone, Debug, PartialEq)]
pub enum CrmEdit {
    Connect(CrmConnection),
    /// Disconnected; all settings are kept.
    Disconnect,
    /// The leads and fields to write.
    Settings {
        /// Whether leads are written: the switch.
        is_on: bool,
        /// Whether leads of other sources are written: the second switch.
        other_sources: bool,
        /// The ids of the segment templates of the accept-list.
        accept: Vec<String>,
        /// The event that creates a contact.
        create: CreateContact,
        /// The property of contacts of each field.
        mapping: Mapping,
        /// The property of companies of each field.
        companies: Mapping,
        /// The prefix of created properties.
        prefix: String,
        /// The properties that routing reads.
        read_fields: Vec<String>,
        /// What the CRM says of these properties, as far as it is known.
        read_schema: Vec<RuleProperty>,
        /// Whether signals are written to timelines.
        timeline: bool,
        /// Whether meetings are written.
        meetings: bool,
        /// Whether a contact that was deleted in the CRM is created again.
        recreate_deleted: bool,
    },
    /// The mapping of an object after the creation of the standard properties.
    Fields(Object, Mapping),
    /// Whether the writes are paused.
    Pause(bool),
}

/// Changes the settings of CRM Sync.
#[derive(Clone, Debug)]
pub struct ChangeCrm {
    pub system: CrmSystem,
    pub edit: CrmEdit,
    pub now: Millis,
}

impl Change for ChangeCrm {
    type Outcome = ();

    fn make(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<((), Option<Note>), StoreError> {
        let before = ledger.crm_sync(self.system)?.unwrap_or_default();
        let mut after = before.clone();
        self.edit.apply(&mut after);
        if after.mapping != before.mapping || after.companies != before.companies {
            after.epoch += 1;
            forget_skipped(ledger, self.system)?;
        }
        ledger.save_crm_sync(self.system, &after)?;
        if matches!(self.edit, CrmEdit::Connect(_)) {
            note_connected(ledger, self.system, &before, &after)?;
        }
        let is_active = after.is_on && !after.is_paused && after.connection.is_some();
        for to in Destination::all_of_crm(self.system) {
            save_endpoint(ledger, to, is_active, self.now)?;
            if matches!(self.edit, CrmEdit::Connect(_)) {
                ledger.requeue(to, None, self.now, SENT_AGAIN)?;
                ledger.retry_now(to, self.now)?;
            }
        }
        changes.push(Notice::Outbox);
        let note = Note::new(self.edit.action(), subject("crm", self.system.as_str(), self.system.as_str()));
        Ok(((), Some(note.changed(shown(&before, false), shown(&after, before.connection != after.connection)))))
    }
}

impl CrmEdit {
    fn apply(&self, sync: &mut CrmSync) {
        match self {
            CrmEdit::Connect(connection) => sync.connection = Some(connection.clone()),
            CrmEdit::Disconnect => sync.connection = None,
            CrmEdit::Settings {
                is_on,
                other_sources,
                accept,
                create,
                mapping,
                companies,
                prefix,
                read_fields,
                read_schema,
                timeline,
                meetings,
                recreate_deleted,
            } => {
                (sync.timeline, sync.meetings, sync.recreate_deleted) = (*timeline, *meetings, *recreate_deleted);
                (sync.is_on, sync.other_sources, sync.create) = (*is_on, *other_sources, *create);
                sync.accept.clone_from(accept);
                sync.mapping.clone_from(mapping);
                sync.companies.clone_from(companies);
                sync.prefix.clone_from(prefix);
                sync.read_fields.clone_from(read_fields);
                sync.read_schema.clone_from(read_schema);
            }
            CrmEdit::Fields(Object::Contact, mapping) => sync.mapping.clone_from(mapping),
            CrmEdit::Fields(Object::Company, mapping) => sync.companies.clone_from(mapping),
            CrmEdit::Pause(is_paused) => sync.is_paused = *is_paused,
        }
    }

    const fn action(&self) -> AuditAction {
        match self {
            CrmEdit::Connect(_) => AuditAction::CrmConnected,
            CrmEdit::Disconnect => AuditAction::CrmDisconnected,
            CrmEdit::Settings { .. } | CrmEdit::Pause(_) => AuditAction::CrmChanged,
            CrmEdit::Fields(..) => AuditAction::CrmFieldsCreated,
        }
    }
}

/// Forgets which values were left out: they were those of the mapping before.
fn forget_skipped(ledger: &mut dyn Ledger, system: CrmSystem) -> Result<(), StoreError> {
    let mut state = ledger.crm_state(system)?;
    if state.skipped.is_empty() {
        return Ok(());
    }
    state.skipped.clear();
    ledger.save_crm_state(system, &state)
}

/// Resets the problems of an account that is connected again; all state of another account is dropped.
fn note_connected(
    ledger: &mut dyn Ledger,
    system: CrmSystem,
    before: &CrmSync,
    after: &CrmSync,
) -> Result<(), StoreError> {
    let mut state = ledger.crm_state(system)?;
    (state.problem, state.unread) = (None, None);
    if !before.account().is_empty() && before.account() != after.account() {
        state = CrmState::default();
    }
    ledger.save_crm_state(system, &state)
}

fn save_endpoint(ledger: &mut dyn Ledger, to: Destination, is_active: bool, now: Millis) -> Result<(), StoreError> {
    let known = ledger.endpoints(Some(to.kind))?.into_iter().find(|known| known.destination == to);
    let created_at = known.map_or(now, |known| known.created_at);
    let (settings, events, why_stopped) = ("{}".to_owned(), Vec::new(), String::new());
    let sites = Vec::new();
    ledger.save_endpoint(&Endpoint { destination: to, settings, events, sites, is_active, why_stopped, created_at })
}

/// The part that the audit log shows: no token, sealed or not.
fn shown(sync: &CrmSync, is_new_token: bool) -> Value {
    let CrmSync { connection, is_on, other_sources, accept, create, prefix, read_fields, .. } = sync;
    let CrmSync { is_paused, timeline, meetings, recreate_deleted, .. } = sync;
    let [mapping, companies] = [Object::Contact, Object::Company].map(|object| mapped(sync, object));
    let account = connection.as_ref().map(|connection| &connection.account.name);
    json!({"account": account, "token": is_new_token.then_some("changed"), "enabled": is_on,
        "other_sources": other_sources, "accept": accept, "create_contact": create.as_str(), "mapping": mapping,
        "companies": companies, "prefix": prefix, "read_fields": read_fields, "is_paused": is_paused, "timeline": timeline, "meetings": meetings,
        "recreate_deleted": recreate_deleted})
}

/// The properties of an object by the labels of their fields.
fn mapped(sync: &CrmSync, object: Object) -> BTreeMap<&'static str, &str> {
    let mapping = sync.mapping_of(object);
    let mapped = Field::of(object).iter().filter_map(|field| Some((field.as_str(), mapping.property(*field)?)));
    mapped.collect()
}

/// Records the result of a check of the access.
#[derive(Clone, Debug)]
pub struct NoteCrmState {
    pub system: CrmSystem,
    /// The problem; empty for none.
    pub problem: String,
    /// The account, if its token is in the configuration and no member connects it.
    pub account: Option<CrmAccountName>,
    pub now: Millis,
}

impl Command for NoteCrmState {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, changes: &mut Changes) -> Result<(), StoreError> {
        note_problem(ledger, self.system, &self.problem, self.now)?;
        let Some(account) = &self.account else { return Ok(()) };
        let mut sync = ledger.crm_sync(self.system)?.unwrap_or_default();
        let connection = Some(CrmConnection { token: String::new(), account: account.clone(), app: None });
        if sync.connection == connection {
            return Ok(());
        }
        sync.connection = connection;
        ledger.save_crm_sync(self.system, &sync)?;
        for to in Destination::all_of_crm(self.system) {
            save_endpoint(ledger, to, sync.is_on && !sync.is_paused, self.now)?;
        }
        changes.push(Notice::Outbox);
        Ok(())
    }

    fn after(&self) -> After {
        After::Nothing
    }
}

/// Records the problem of the account; empty for none.
pub(super) fn note_problem(
    ledger: &mut dyn Ledger,
    system: CrmSystem,
    problem: &str,
    now: Millis,
) -> Result<(), StoreError> {
    let mut state = ledger.crm_state(system)?;
    let noted = noted(state.problem.clone(), problem, now);
    if noted == state.problem {
        return Ok(());
    }
    state.problem = noted;
    ledger.save_crm_state(system, &state)
}

/// Returns a problem with the instant of its start; none if the text is empty.
fn noted(known: Option<(String, Millis)>, words: &str, now: Millis) -> Option<(String, Millis)> {
    let since = known.map_or(now, |(_, since)| since);
    (!words.is_empty()).then(|| (words.to_owned(), since))
}

/// Records why the changes of a CRM cannot be read. The problem stays until they can be read again.
#[derive(Clone, Debug)]
pub struct NoteCrmUnread {
    pub system: CrmSystem,
    /// The error in the CRM's words.
    pub words: String,
    pub now: Millis,
}

impl Command for NoteCrmUnread {
    type Outcome = ();

    fn run(&self, ledger: &mut dyn Ledger, _: &mut Changes) -> Result<(), StoreError> {
        let mut state = ledger.crm_state(self.system)?;
        state.unread = noted(state.unread, &self.words, self.now);
        ledger.save_crm_state(self.system, &state)
    }

    fn after(&self) -> After {
        After::Nothing
    }
}
