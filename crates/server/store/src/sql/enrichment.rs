//! Enrichment data of companies and persons, and the settings of the provider.

use super::row::{json, to_json};
use super::settings::SAVE;
use super::{Connection, Db, Row, params};
use knock_model::{AccountId, LeadId, Millis};
use knock_ports::{Enriched, EnrichmentLedger, EnrichmentProblem, EnrichmentProvider, EnrichmentView, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;

const PROVIDER: &str = "enrichment";
const PROBLEM: &str = "enrichment_problem";

impl<C: Connection> EnrichmentLedger for Db<C> {
    fn save_company_enrichment(&mut self, account: AccountId, said: &Enriched) -> Result<(), StoreError> {
        self.save_said("company_enrichments", "account", account.as_bytes(), said)
    }

    fn save_person_enrichment(&mut self, lead: LeadId, said: &Enriched) -> Result<(), StoreError> {
        self.save_said("person_enrichments", "lead", lead.as_bytes(), said)
    }

    fn save_enrichment_provider(&mut self, provider: Option<&EnrichmentProvider>) -> Result<(), StoreError> {
        if provider.is_none() {
            self.save_enrichment_problem(None)?;
        }
        self.save_or_drop(PROVIDER, provider)
    }

    fn save_enrichment_problem(&mut self, problem: Option<&EnrichmentProblem>) -> Result<(), StoreError> {
        self.save_or_drop(PROBLEM, problem)
    }
}

impl<C: Connection> EnrichmentView for Db<C> {
    fn company_enrichment(&self, account: AccountId) -> Result<Option<Enriched>, StoreError> {
        let sql = "SELECT fields, source, at FROM company_enrichments WHERE account = ?1";
        self.one(sql, params![account.as_bytes()], said)
    }

    fn person_enrichment(&self, lead: LeadId) -> Result<Option<Enriched>, StoreError> {
        self.one("SELECT fields, source, at FROM person_enrichments WHERE lead = ?1", params![lead.as_bytes()], said)
    }

    fn enrichment_provider(&self) -> Result<Option<EnrichmentProvider>, StoreError> {
        self.setting(PROVIDER)
    }

    fn enrichment_problem(&self) -> Result<Option<EnrichmentProblem>, StoreError> {
        self.setting(PROBLEM)
    }
}

impl<C: Connection> Db<C> {
    fn save_said(&self, table: &str, key: &str, of: &[u8; 16], said: &Enriched) -> Result<(), StoreError> {
        let sql = format!(
            "INSERT INTO {table} ({key}, fields, source, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT ({key}) DO UPDATE \
             SET fields = excluded.fields, source = excluded.source, at = excluded.at WHERE {table}.at <= excluded.at"
        );
        let Enriched { fields, source, at } = said;
        self.done(&sql, params![of, &to_json(fields)?, source, at.0])
    }

    pub(super) fn save_or_drop<T: Serialize>(&self, name: &str, value: Option<&T>) -> Result<(), StoreError> {
        match value {
            Some(value) => self.done(SAVE, params![name, &to_json(value)?]),
            None => self.done("DELETE FROM settings WHERE name = ?1", params![name]),
        }
    }

    pub(super) fn setting<T: DeserializeOwned>(&self, wanted: &str) -> Result<Option<T>, StoreError> {
        let stored = self.set()?.into_iter().find(|(name, _)| name == wanted);
        let read = stored.map(|(_, text)| serde_json::from_str(&text)).transpose();
        read.map_err(|_| StoreError::Broken(format!("the setting {wanted} is unreadable")))
    }
}

fn said(row: &Row<'_>) -> Result<Enriched, StoreError> {
    Ok(Enriched { fields: json(row, 0)?, source: row.get(1)?, at: Millis(row.get(2)?) })
}
