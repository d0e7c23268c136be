//! Companies in CRMs: what is known of them, and the leads whose contacts belong to them.

use knock_crm::{Field, Value};
use knock_model::{CrmSystem, LeadId, Millis};
use knock_ports::{CrmCompanyRecord, CrmLeadRecord, CrmLogged, Ledger, Store, StoreError};
use knock_store::Scratch;
use std::sync::Arc;

const HUBSPOT: CrmSystem = CrmSystem::Hubspot;
const OTHER: CrmSystem = CrmSystem::Marketo;

const fn id(number: u8) -> LeadId {
    LeadId::from_bytes([number; 16])
}

fn write<T>(store: &Arc<dyn Store>, mut work: impl FnMut(&mut dyn Ledger) -> Result<T, StoreError>) -> T {
    let mut found = None;
    let done = store.write(&mut |ledger| {
        found = Some(work(ledger)?);
        Ok(())
    });
    done.expect("it is written");
    found.expect("something")
}

fn of_company(company: Option<&str>) -> CrmLeadRecord {
    let contact = Some("512".to_owned());
    CrmLeadRecord { account: "146".into(), contact, company: company.map(str::to_owned), ..CrmLeadRecord::default() }
}

#[test]
fn a_company_is_kept_by_its_crm_and_id() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let mut known = CrmCompanyRecord { account: "146".into(), epoch: 2, ..CrmCompanyRecord::default() };
    known.record.written.set(Field::Leads, Some(Value::Number(3.0)));
    let found = write(&store, |ledger| {
        ledger.save_crm_company(HUBSPOT, "77", Some(&CrmCompanyRecord::default()))?;
        ledger.save_crm_company(HUBSPOT, "77", Some(&known))?;
        Ok([ledger.crm_company(HUBSPOT, "77")?, ledger.crm_company(HUBSPOT, "78")?, ledger.crm_company(OTHER, "77")?])
    });
    assert_eq!(found, [Some(known), None, None]);
    let gone = write(&store, |ledger| {
        ledger.save_crm_company(HUBSPOT, "77", None)?;
        ledger.save_crm_company(HUBSPOT, "99", None)?;
        ledger.crm_company(HUBSPOT, "77")
    });
    assert_eq!(gone, None);
}

#[test]
fn the_leads_of_a_company_follow_their_records() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let leads = write(&store, |ledger| {
        ledger.save_crm_record(HUBSPOT, id(1), &of_company(Some("77")))?;
        ledger.save_crm_record(HUBSPOT, id(2), &of_company(Some("77")))?;
        ledger.save_crm_record(HUBSPOT, id(3), &of_company(None))?;
        ledger.save_crm_record(OTHER, id(4), &of_company(Some("77")))?;
        ledger.leads_of_crm_company(HUBSPOT, "77")
    });
    assert_eq!(leads, [id(1), id(2)]);
    let moved = write(&store, |ledger| {
        ledger.save_crm_record(HUBSPOT, id(1), &of_company(Some("78")))?;
        ledger.save_crm_record(HUBSPOT, id(2), &of_company(None))?;
        Ok([ledger.leads_of_crm_company(HUBSPOT, "77")?, ledger.leads_of_crm_company(HUBSPOT, "78")?])
    });
    assert_eq!(moved, [Vec::new(), vec![id(1)]]);
}

#[test]
fn the_log_says_which_writes_were_the_companys() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let logged = |at: i64, company: Option<&str>| CrmLogged {
        at: Millis(at),
        cause: "intent_score".into(),
        cause_at: Millis(at),
        company: company.map(str::to_owned),
        properties: vec![("knock_leads".into(), Some(Value::Number(3.0)))],
    };
    let log = write(&store, |ledger| {
        ledger.append_crm_write(HUBSPOT, [1; 16], id(1), &logged(5, None))?;
        ledger.append_crm_write(HUBSPOT, [2; 16], id(1), &logged(6, Some("77")))?;
        ledger.crm_writes(HUBSPOT, id(1), 10)
    });
    assert_eq!(log, [logged(6, Some("77")), logged(5, None)]);
}
