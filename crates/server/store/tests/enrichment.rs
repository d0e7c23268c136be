//! The contract of every database for enrichment data: the newest counts, and it is deleted with its person or company.

use knock_model::{AccountId, EnrichedField, LeadId, Millis};
use knock_ports::{Enriched, EnrichmentProblem, EnrichmentProvider, FieldMapping, Ledger, Store, StoreError, View};
use knock_routing::{Field, LeadFields, Value};
use knock_store::Scratch;

const NOW: Millis = Millis(1_780_000_000_000);

fn said(employees: f64, at: Millis) -> Enriched {
    let mut fields = LeadFields::default();
    fields.set(&Field::parse("company.employees").expect("a field"), Value::Number(employees));
    Enriched { fields, source: "Acme".into(), at }
}

fn read<T>(store: &dyn Store, ask: impl Fn(&dyn View) -> Result<T, StoreError>) -> T {
    let mut found = None;
    store
        .read(&mut |view| {
            found = Some(ask(view)?);
            Ok(())
        })
        .expect("it reads");
    found.expect("it was asked")
}

fn write(store: &dyn Store, mut work: impl FnMut(&mut dyn Ledger) -> Result<(), StoreError>) {
    store.write(&mut |ledger| work(ledger)).expect("it is written");
}

#[test]
fn the_newest_counts_whenever_it_is_stored() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let (account, lead) = (AccountId::new([1; 16]), LeadId::new([2; 16]));
    let company = || read(&*store, |view| view.company_enrichment(account));
    let person = || read(&*store, |view| view.person_enrichment(lead));
    assert_eq!((company(), person()), (None, None));
    for (at, expected) in [(5, 5), (7, 7), (6, 7), (7, 7)] {
        let (said_now, expected) = (said(f64::from(at), NOW + Millis(at.into())), Some(expected));
        write(&*store, |ledger| {
            ledger.save_company_enrichment(account, &said_now)?;
            ledger.save_person_enrichment(lead, &said_now)
        });
        let expected = expected.map(|at: i32| said(f64::from(at), NOW + Millis(at.into())));
        assert_eq!((company(), person()), (expected.clone(), expected), "{at}");
    }
    // That nothing is known any more is said in no field.
    let nothing = Enriched { fields: LeadFields::default(), source: "Acme".into(), at: NOW + Millis(9) };
    write(&*store, |ledger| ledger.save_person_enrichment(lead, &nothing));
    assert_eq!(person(), Some(nothing));
    assert_eq!(read(&*store, |view| view.person_enrichment(LeadId::new([3; 16]))), None);
    write(&*store, |ledger| {
        ledger.erase_lead(lead)?;
        ledger.erase_account(account)
    });
    assert_eq!((company(), person()), (None, None));
}

#[test]
fn a_provider_is_removed_with_its_problem() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let stored = || read(&*store, |view| Ok((view.enrichment_provider()?, view.enrichment_problem()?)));
    assert_eq!(stored(), (None, None));
    let provider = EnrichmentProvider {
        name: "Acme".into(),
        url: "https://api.acme.example/{domain}".into(),
        header: "X-Key".into(),
        secret: "sealed".into(),
        fields: vec![FieldMapping { field: EnrichedField::CompanyName, pointer: "/name".into() }],
        keep_days: 30,
        is_on: true,
    };
    let problem = EnrichmentProblem { text: "it is down".into(), since: NOW };
    write(&*store, |ledger| {
        ledger.save_enrichment_provider(Some(&provider))?;
        ledger.save_enrichment_problem(Some(&problem))
    });
    assert_eq!(stored(), (Some(provider.clone()), Some(problem)));
    write(&*store, |ledger| ledger.save_enrichment_problem(None));
    assert_eq!(stored(), (Some(provider), None));
    write(&*store, |ledger| {
        ledger.save_enrichment_problem(Some(&EnrichmentProblem { text: "it is down".into(), since: NOW }))?;
        ledger.save_enrichment_provider(None)
    });
    assert_eq!(stored(), (None, None));
}
