//! The settings of the sync for display.

use crate::http::api::credentials::form_shown;
use jiff::Timestamp;
use knock_context::read;
use knock_crm::{Field, Object, Prefix, Value, Warning, Write};
use knock_crm_sync::SyncedCrm;
use knock_model::CrmSystem;
use knock_ports::{CrmAccountName, CrmSync, StoreError};
use knock_wire::{CrmAccountShown, CrmFieldShown, CrmMapping, CrmSettings};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The settings of a CRM that this version cannot be connected to.
pub(super) fn unavailable(system: CrmSystem) -> CrmSettings {
    CrmSettings { name: system.label().to_owned(), ..settings(&CrmSync::default()) }
}

/// The settings now, with warnings about what the last writes left out.
///
/// # Errors
/// When the database fails.
pub(super) async fn shown_now(crm: &SyncedCrm) -> Result<CrmSettings, StoreError> {
    let system = crm.system();
    let found = read(Arc::clone(&crm.core.store), move |view| {
        Ok((view.crm_sync(system)?.unwrap_or_default(), view.crm_state(system)?.skipped))
    });
    let (sync, skipped) = found.await?;
    let mut settings = shown(crm, &sync);
    settings.warnings.extend(skipped.into_values());
    Ok(settings)
}

fn shown(crm: &SyncedCrm, sync: &CrmSync) -> CrmSettings {
    CrmSettings {
        name: crm.label().to_owned(),
        is_available: true,
        is_connected: crm.is_connected(sync),
        is_configured: crm.is_configured(),
        is_app_known: crm.known_app(sync).is_some(),
        credentials: crm.vendor.credentials().as_ref().map(form_shown),
        app: crm.vendor.app().as_ref().map(form_shown),
        scopes: crm.vendor.scopes().iter().map(|scope| (*scope).to_owned()).collect(),
        ..settings(sync)
    }
}

/// What is the same for every vendor.
fn settings(sync: &CrmSync) -> CrmSettings {
    let prefix = Prefix::parse(&sync.prefix).unwrap_or_default();
    let account = |account: &CrmAccountName| CrmAccountShown {
        id: account.id.clone(),
        name: account.name.clone(),
        missing_scopes: account.missing_scopes.clone(),
        unchecked_scopes: account.unchecked_scopes.clone(),
    };
    let mapped = |object: Object| {
        let mapping = sync.mapping_of(object);
        let of = |field: &Field| Some((field.as_str().to_owned(), mapping.property(*field)?.to_owned()));
        Field::of(object).iter().filter_map(of).collect()
    };
    let fields = |object: Object| Field::of(object).iter().map(|field| field_shown(*field, &prefix)).collect();
    CrmSettings {
        account: sync.connection.as_ref().map(|connection| account(&connection.account)),
        enabled: sync.is_on,
        other_sources: sync.other_sources,
        accept: sync.accept.clone(),
        create_contact: sync.create.into(),
        mapping: CrmMapping { contact: mapped(Object::Contact), company: mapped(Object::Company) },
        prefix: prefix.as_str().to_owned(),
        read_fields: sync.read_fields.clone(),
        is_paused: sync.is_paused,
        timeline: sync.timeline,
        meetings: sync.meetings,
        recreate_deleted: sync.recreate_deleted,
        warnings: sync.mapping.warnings().into_iter().map(Warning::as_str).map(str::to_owned).collect(),
        fields: fields(Object::Contact),
        company_fields: fields(Object::Company),
        ..CrmSettings::default()
    }
}

fn field_shown(field: Field, prefix: &Prefix) -> CrmFieldShown {
    CrmFieldShown {
        label: field.as_str().to_owned(),
        property: field.property_name(prefix),
        value_type: field.value_type().into(),
        options: field.options().into_iter().map(str::to_owned).collect(),
    }
}

pub(super) fn properties_of(write: &Write) -> BTreeMap<String, serde_json::Value> {
    write.changes.iter().map(|change| (change.property.clone(), value_shown(change.value.as_ref()))).collect()
}

/// A value; null clears a property.
pub(super) fn value_shown(value: Option<&Value>) -> serde_json::Value {
    match value {
        None => serde_json::Value::Null,
        Some(Value::Text(text)) => json!(text),
        // A count is shown as one: 3, not 3.0.
        Some(Value::Number(number)) => serde_json::from_str(&number.to_string()).unwrap_or_default(),
        Some(Value::Instant { at, .. }) => {
            let at = Timestamp::from_millisecond(at.0);
            at.map_or(serde_json::Value::Null, |at| json!(at.to_string()))
        }
    }
}
