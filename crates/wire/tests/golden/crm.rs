//! How a CRM is synced, and how that is going.

use crate::Shape;
use crate::made::{AT, account, lead, secret};
use knock_crm::{CreateContact, PropertyType};
use knock_model::CrmSystem;
use knock_wire::{
    CredentialField, CredentialForm, CrmAccountShown, CrmCompanyWriteShown, CrmCredentials, CrmDraft, CrmDryRun,
    CrmFailure, CrmFieldShown, CrmHealth, CrmHeld, CrmLog, CrmLogEntry, CrmMapping, CrmPause, CrmProperties,
    CrmPropertyShown, CrmResync, CrmRetry, CrmSettings, CrmSystemShown, CrmSystems, CrmWriteShown,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(crate) fn shapes() -> Vec<Shape> {
    vec![
        Shape::of("crm_settings", &settings()),
        Shape::of("crm_draft", &draft()),
        Shape::of("crm_systems", &systems()),
        Shape::of("crm_credentials", &CrmCredentials([("token".to_owned(), secret())].into())),
        Shape::of("crm_properties", &properties()),
        Shape::of("crm_dry_run", &dry_run()),
        Shape::of("crm_health", &health()),
        Shape::of("crm_retry", &CrmRetry { number: Some(41) }),
        Shape::of("crm_pause", &CrmPause { is_paused: true }),
        Shape::of("crm_log", &log()),
    ]
}

fn systems() -> CrmSystems {
    let system = CrmSystem::Hubspot;
    let name = system.label().to_owned();
    CrmSystems { systems: vec![CrmSystemShown { system: system.into(), name, is_available: true, is_connected: true }] }
}

fn credential_form() -> CredentialForm {
    CredentialForm {
        fields: vec![CredentialField {
            name: "token".to_owned(),
            label: "Access token".to_owned(),
            is_secret: true,
            ..CredentialField::default()
        }],
        steps: vec!["Copy its access token.".to_owned()],
    }
}

fn mapping() -> CrmMapping {
    let pairs = [("Chat Status", "knock_chat_status"), ("Knock: Intent Score", "rating")];
    let contact = pairs.map(|(label, property)| (label.to_owned(), property.to_owned())).into();
    CrmMapping { contact, company: [("Knock: Leads".to_owned(), "knock_leads".to_owned())].into() }
}

fn settings() -> CrmSettings {
    CrmSettings {
        name: "HubSpot".to_owned(),
        is_available: true,
        is_connected: true,
        is_configured: false,
        is_app_known: true,
        credentials: Some(credential_form()),
        app: Some(CredentialForm::default()),
        scopes: vec!["crm.objects.deals.read".to_owned()],
        account: Some(CrmAccountShown {
            id: "146".to_owned(),
            name: "acme.example".to_owned(),
            missing_scopes: vec!["crm.objects.deals.read".to_owned()],
            unchecked_scopes: vec!["crm.objects.owners.read".to_owned()],
        }),
        enabled: true,
        other_sources: false,
        accept: vec!["clean_crm".to_owned()],
        create_contact: CreateContact::FirstMessage.into(),
        mapping: mapping(),
        prefix: "Knock".to_owned(),
        read_fields: vec!["jobtitle".to_owned()],
        is_paused: false,
        timeline: true,
        meetings: false,
        recreate_deleted: true,
        warnings: vec!["Meeting Time and Meeting Owner are written only when both are mapped.".to_owned()],
        fields: vec![CrmFieldShown {
            label: "Knock: Intent Score".to_owned(),
            property: "knock_intent_score".to_owned(),
            value_type: PropertyType::Choice.into(),
            options: ["Low", "Medium", "High"].map(str::to_owned).into(),
        }],
        company_fields: vec![CrmFieldShown {
            label: "Knock: Leads".to_owned(),
            property: "knock_leads".to_owned(),
            value_type: PropertyType::Number.into(),
            options: Vec::new(),
        }],
    }
}

fn draft() -> CrmDraft {
    CrmDraft {
        enabled: true,
        other_sources: false,
        accept: vec!["clean_crm".to_owned()],
        create_contact: CreateContact::NotBooked,
        mapping: mapping(),
        prefix: Some("Knock".to_owned()),
        read_fields: Some(vec!["jobtitle".to_owned()]),
        timeline: Some(true),
        meetings: Some(false),
        recreate_deleted: Some(true),
    }
}

fn properties() -> CrmProperties {
    CrmProperties {
        contact: vec![CrmPropertyShown {
            name: "rating".to_owned(),
            label: "Rating".to_owned(),
            value_type: PropertyType::Choice.into(),
            options: ["Low", "Medium", "High"].map(str::to_owned).into(),
            is_read_only: false,
            fits: vec!["Knock: Intent Score".to_owned()],
        }],
        company: vec![CrmPropertyShown {
            name: "seats".to_owned(),
            label: "Seats".to_owned(),
            value_type: PropertyType::Number.into(),
            options: Vec::new(),
            is_read_only: false,
            fits: vec!["Knock: Leads".to_owned()],
        }],
    }
}

fn values() -> BTreeMap<String, Value> {
    [("knock_chat_status".to_owned(), json!("Rep Discovery")), ("rating".to_owned(), Value::Null)].into()
}

fn dry_run() -> CrmDryRun {
    CrmDryRun {
        writes: vec![CrmWriteShown {
            lead: lead(),
            email: "ann@acme.test".to_owned(),
            may_create: true,
            properties: values(),
        }],
        companies: vec![CrmCompanyWriteShown {
            account: account(),
            domain: "acme.test".to_owned(),
            properties: [("knock_leads".to_owned(), json!(3))].into(),
        }],
        held: vec![CrmHeld { reason: "The lead has given no e-mail address.".to_owned(), leads: 3 }],
        is_cut: false,
    }
}

fn health() -> CrmHealth {
    CrmHealth {
        last_success_at: Some(AT),
        backlog: 2,
        parked: 1,
        problem: "Authentication credentials not found.".to_owned(),
        problem_since: Some(AT),
        failures: vec![CrmFailure {
            number: 41,
            lead: Some(lead()),
            is_of_company: false,
            is_parked: true,
            words: "Property \"rating\" does not exist".to_owned(),
            attempts: 1,
            at: AT,
        }],
        resync: Some(CrmResync { started_at: AT, done: 200, total: 1_000, ended_at: None }),
    }
}

fn log() -> CrmLog {
    let of_contact = CrmLogEntry {
        system: CrmSystem::Hubspot.into(),
        at: AT,
        cause: "chat_status".to_owned(),
        cause_at: AT,
        company: None,
        properties: values(),
    };
    let properties = [("knock_leads".to_owned(), json!(3))].into();
    let of_company = CrmLogEntry { company: Some("77".to_owned()), properties, ..of_contact.clone() };
    CrmLog {
        contacts: [("hubspot".to_owned(), "512".to_owned())].into(),
        deleted_at: [("salesforce".to_owned(), AT)].into(),
        writes: vec![of_contact, of_company],
    }
}
