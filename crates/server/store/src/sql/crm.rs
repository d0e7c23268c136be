//! Settings of CRM Sync, and the state of leads in CRMs.

use super::row::{json, millis, to_json};
use super::{Connection, Db, Row, params};
use knock_model::{LeadId, SiteId, VisitorId};
use knock_ports::{
    CrmCompanyRecord, CrmKnown, CrmLeadRecord, CrmLedger, CrmLogged, CrmState, CrmSync, CrmView, StoreError,
};
use knock_routing::CrmSystem;

impl<C: Connection> CrmLedger for Db<C> {
    fn save_crm_sync(&mut self, system: CrmSystem, sync: &CrmSync) -> Result<(), StoreError> {
        self.save_or_drop(&sync_of(system), Some(sync))
    }

    fn save_crm_state(&mut self, system: CrmSystem, state: &CrmState) -> Result<(), StoreError> {
        self.save_or_drop(&state_of(system), Some(state))
    }

    fn save_crm_record(&mut self, system: CrmSystem, lead: LeadId, record: &CrmLeadRecord) -> Result<(), StoreError> {
        let sql = "INSERT INTO crm_records (lead, crm, contact, company, record) VALUES (?1, ?2, ?3, ?4, ?5) \
                   ON CONFLICT (lead, crm) DO UPDATE SET \
                   contact = excluded.contact, company = excluded.company, record = excluded.record";
        let (contact, company) = (record.contact.as_deref(), record.company.as_deref());
        self.done(sql, params![lead.as_bytes(), system.as_str(), contact, company, &to_json(record)?])
    }

    fn save_crm_company(
        &mut self,
        system: CrmSystem,
        company: &str,
        record: Option<&CrmCompanyRecord>,
    ) -> Result<(), StoreError> {
        let Some(record) = record else {
            let sql = "DELETE FROM crm_companies WHERE crm = ?1 AND company = ?2";
            return self.done(sql, params![system.as_str(), company]);
        };
        let sql = "INSERT INTO crm_companies (crm, company, record) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (crm, company) DO UPDATE SET record = excluded.record";
        self.done(sql, params![system.as_str(), company, &to_json(record)?])
    }

    fn append_crm_write(
        &mut self,
        system: CrmSystem,
        id: [u8; 16],
        lead: LeadId,
        write: &CrmLogged,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO crm_writes (id, lead, crm, at, cause, cause_at, company, properties) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING";
        let CrmLogged { at, cause, cause_at, company, properties } = write;
        let (company, properties) = (company.as_deref(), to_json(properties)?);
        let params = params![&id, lead.as_bytes(), system.as_str(), at.0, cause, cause_at.0, company, &properties];
        self.done(sql, params)
    }

    fn save_crm_known(&mut self, system: CrmSystem, lead: LeadId, known: &CrmKnown) -> Result<(), StoreError> {
        let sql = "INSERT INTO crm_known (lead, crm, fields, contact, has_open_deal, has_won_deal, at) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (lead, crm) DO UPDATE SET \
                   fields = excluded.fields, contact = excluded.contact, has_open_deal = excluded.has_open_deal, \
                   has_won_deal = excluded.has_won_deal, at = excluded.at WHERE crm_known.at <= excluded.at";
        let CrmKnown { fields, contact, has_open_deal, has_won_deal, at } = known;
        let (fields, contact) = (to_json(fields)?, contact.as_deref());
        let [open, won] = [has_open_deal, has_won_deal].map(|has| i64::from(*has));
        self.done(sql, params![lead.as_bytes(), system.as_str(), &fields, contact, open, won, at.0])
    }
}

impl<C: Connection> CrmView for Db<C> {
    fn crm_syncs(&self) -> Result<Vec<(CrmSystem, CrmSync)>, StoreError> {
        let set = self.set()?;
        let sync = |system: CrmSystem| {
            let (name, text) = set.iter().find(|(name, _)| *name == sync_of(system))?;
            let read = serde_json::from_str(text).map(|sync| (system, sync));
            Some(read.map_err(|_| StoreError::Broken(format!("the setting {name} is unreadable"))))
        };
        CrmSystem::ALL.iter().filter_map(|system| sync(*system)).collect()
    }

    fn crm_sync(&self, system: CrmSystem) -> Result<Option<CrmSync>, StoreError> {
        self.setting(&sync_of(system))
    }

    fn crm_state(&self, system: CrmSystem) -> Result<CrmState, StoreError> {
        Ok(self.setting(&state_of(system))?.unwrap_or_default())
    }

    fn crm_record(&self, system: CrmSystem, lead: LeadId) -> Result<Option<CrmLeadRecord>, StoreError> {
        let sql = "SELECT record FROM crm_records WHERE lead = ?1 AND crm = ?2";
        self.one(sql, params![lead.as_bytes(), system.as_str()], |row| json(row, 0))
    }

    fn leads_of_crm_contact(&self, system: CrmSystem, contact: &str) -> Result<Vec<LeadId>, StoreError> {
        let sql = "SELECT lead FROM crm_records WHERE crm = ?1 AND contact = ?2 ORDER BY lead";
        self.rows(sql, params![system.as_str(), contact], |row| Ok(LeadId::from_bytes(row.get(0)?)))
    }

    fn crm_company(&self, system: CrmSystem, company: &str) -> Result<Option<CrmCompanyRecord>, StoreError> {
        let sql = "SELECT record FROM crm_companies WHERE crm = ?1 AND company = ?2";
        self.one(sql, params![system.as_str(), company], |row| json(row, 0))
    }

    fn leads_of_crm_company(&self, system: CrmSystem, company: &str) -> Result<Vec<LeadId>, StoreError> {
        let sql = "SELECT lead FROM crm_records WHERE crm = ?1 AND company = ?2 ORDER BY lead";
        self.rows(sql, params![system.as_str(), company], |row| Ok(LeadId::from_bytes(row.get(0)?)))
    }

    fn crm_writes(&self, system: CrmSystem, lead: LeadId, limit: u32) -> Result<Vec<CrmLogged>, StoreError> {
        let sql = "SELECT at, cause, cause_at, company, properties FROM crm_writes WHERE lead = ?1 AND crm = ?2 \
                   ORDER BY at DESC, id DESC LIMIT ?3";
        self.rows(sql, params![lead.as_bytes(), system.as_str(), limit], logged)
    }

    fn crm_known(&self, system: CrmSystem, lead: LeadId) -> Result<Option<CrmKnown>, StoreError> {
        let sql = "SELECT fields, contact, has_open_deal, has_won_deal, at FROM crm_known WHERE lead = ?1 AND crm = ?2";
        self.one(sql, params![lead.as_bytes(), system.as_str()], |row| known(row, 0))
    }

    fn count_named(&self) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) FROM leads WHERE email IS NOT NULL";
        Ok(self.one(sql, &[], |row| row.get::<i64>(0))?.unwrap_or_default().unsigned_abs())
    }

    fn named_past(&self, past: Option<LeadId>, limit: u32) -> Result<Vec<LeadId>, StoreError> {
        let sql = "SELECT id FROM leads WHERE email IS NOT NULL AND id > ?1 ORDER BY id LIMIT ?2";
        let past = past.map_or([0; 16], |past| *past.as_bytes());
        self.rows(sql, params![&past, limit], |row| Ok(LeadId::from_bytes(row.get(0)?)))
    }

    fn was_tracked(&self, site: SiteId, visitor: VisitorId) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM signals WHERE site = ?1 AND visitor = ?2 AND seq IS NOT NULL LIMIT 1";
        Ok(self.one(sql, params![site.0, visitor.as_bytes()], |_| Ok(()))?.is_some())
    }
}

fn sync_of(system: CrmSystem) -> String {
    format!("crm_{}", system.as_str())
}

fn state_of(system: CrmSystem) -> String {
    format!("crm_{}_state", system.as_str())
}

fn logged(row: &Row<'_>) -> Result<CrmLogged, StoreError> {
    let (at, cause_at) = (millis(row, 0)?, millis(row, 2)?);
    Ok(CrmLogged { at, cause: row.get(1)?, cause_at, company: row.get(3)?, properties: json(row, 4)? })
}

/// What a CRM said, in the columns from this one on.
pub(super) fn known(row: &Row<'_>, from: usize) -> Result<CrmKnown, StoreError> {
    let flag = |column: usize| Ok::<bool, StoreError>(row.get::<i64>(column)? != 0);
    Ok(CrmKnown {
        fields: json(row, from)?,
        contact: row.get(from + 1)?,
        has_open_deal: flag(from + 2)?,
        has_won_deal: flag(from + 3)?,
        at: millis(row, from + 4)?,
    })
}
