//! Companies: the company that HubSpot has for a contact gets the score, type, stage, leads and deals of its leads.

use super::{Office, SECOND, SETTINGS};
use knock_testing::found;
use serde_json::{Value, json};

const ANN: &str = "ann@acme.example";
const BEA: &str = "bea@acme.example";
const CID: &str = "cid@acme.test";
const MINUTE: i64 = 60_000;

impl Office {
    /// An office whose fields of companies are mapped, too.
    fn with_companies() -> Office {
        let office = Office::synced();
        office.maps_companies();
        office
    }

    fn maps_companies(&self) {
        let reply = self.ask("POST", &format!("{SETTINGS}/fields?object=company"), &Value::Null);
        assert_eq!(reply.code, 200, "{}", reply.body);
    }

    fn add_company(&self, name: &str) -> String {
        let company = json!({"object": "companies", "properties": {"name": name}});
        self.hubspot.control("POST", "records", &company)["id"].as_str().expect("an id").to_owned()
    }

    /// Adds a contact of a company; of none if it is empty.
    fn add_contact(&self, email: &str, company: &str) -> String {
        let contact = json!({"object": "contacts", "properties": {"email": email, "associatedcompanyid": company}});
        self.hubspot.control("POST", "records", &contact)["id"].as_str().expect("an id").to_owned()
    }

    fn moves(&self, contact: &str, company: &str) {
        let change = json!({"associatedcompanyid": company});
        self.hubspot.control("POST", &format!("records/contacts/{contact}"), &change);
    }

    /// The fields of Knock that a company in HubSpot has, by the end of their names.
    fn company(&self, id: &str) -> Value {
        let records = self.hubspot.control("GET", "records/companies", &Value::Null);
        let record = records.as_array().into_iter().flatten().find(|record| record["id"] == id);
        let properties = record.and_then(|record| record["properties"].as_object()).into_iter().flatten();
        let own = properties.filter_map(|(name, value)| Some((name.strip_prefix("knock_")?.to_owned(), value.clone())));
        own.filter(|(_, value)| *value != "").collect::<serde_json::Map<_, _>>().into()
    }

    /// Waits until a company in HubSpot has a value.
    fn has(&self, company: &str, name: &str, value: &str) {
        self.knock.advance(SECOND);
        self.knock.advance(SECOND);
        let what = format!("{name} of company {company} is {value}");
        found(&what, || (self.company(company)[name].as_str().unwrap_or_default() == value).then_some(()));
    }

    /// The requests that write companies.
    fn company_writes(&self) -> usize {
        self.written()
            .iter()
            .filter(|call| call["path"].as_str().is_some_and(|path| path.contains("companies")))
            .count()
    }
}

#[test]
fn a_company_has_the_score_type_stage_leads_and_deals_of_its_leads() {
    let office = Office::with_companies();
    let acme = office.add_company("Acme");
    office.add_contact(ANN, &acme);
    office.add_contact(BEA, &acme);
    let chat = office.writes(1, ANN, "We need a quote for 200 seats");
    office.settle();
    office.has(&acme, "leads", "1");
    let row = office.knock.get("/api/v1/accounts?q=acme", &office.key).body["accounts"][0]["intent"].clone();
    let expected = json!({"intent_score": row["bucket"], "intent_type": row["type"], "funnel_stage": "Existing",
        "leads": "1", "deals": "0"});
    assert_eq!(office.company(&acme), expected);
    // Another lead of the same company, a deal with the first, and what is spam counts nowhere.
    let other = office.writes(2, BEA, "Can you call me?");
    office.settle();
    office.has(&acme, "leads", "2");
    assert_eq!(chat.act(&office.knock, &office.key, &json!("open_deal")), 204);
    office.settle();
    office.has(&acme, "deals", "1");
    office.has(&acme, "funnel_stage", "Opportunity");
    assert_eq!(other.act(&office.knock, &office.key, &json!("mark_spam")), 204);
    office.settle();
    office.has(&acme, "leads", "1");
    let log = office.log(ANN);
    let of_company = log.iter().rfind(|write| write["company"] == *acme).unwrap_or_else(|| panic!("{log:?}"));
    assert_eq!(of_company["properties"]["knock_leads"], 1, "{log:?}");
}

#[test]
fn without_a_field_of_companies_no_company_is_written() {
    let office = Office::synced();
    let acme = office.add_company("Acme");
    office.add_contact(ANN, &acme);
    office.writes(1, ANN, "We need a quote");
    office.settle();
    office.knock.advance(MINUTE);
    office.settle();
    assert_eq!((office.company_writes(), office.company(&acme)), (0, json!({})));
    // A full resync writes those of before.
    office.maps_companies();
    assert_eq!(office.ask("POST", &format!("{SETTINGS}/resync"), &Value::Null).code, 202);
    found("the resync has ended", || office.health()["resync"]["ended_at"].is_i64().then_some(()));
    office.has(&acme, "leads", "1");
    // Nothing is written a second time.
    let before = office.company_writes();
    office.is_known(1, ANN);
    office.settle();
    office.knock.advance(MINUTE);
    office.settle();
    assert_eq!(office.company_writes(), before);
}

#[test]
fn a_contact_that_moves_takes_its_lead_to_the_other_company() {
    let office = Office::with_companies();
    let (acme, orbit) = (office.add_company("Acme"), office.add_company("Orbit"));
    let ann = office.add_contact(ANN, &acme);
    let chat = office.writes(1, ANN, "We need a quote");
    office.settle();
    office.has(&acme, "leads", "1");
    office.moves(&ann, &orbit);
    assert_eq!(chat.act(&office.knock, &office.key, &json!("open_deal")), 204);
    office.settle();
    office.has(&orbit, "deals", "1");
    office.has(&acme, "leads", "");
    assert_eq!(office.company(&acme), json!({}), "nothing of it is left at the first one");
}

#[test]
fn a_company_whose_leads_are_all_spam_has_nothing_of_them() {
    let office = Office::with_companies();
    let acme = office.add_company("Acme");
    office.add_contact(ANN, &acme);
    let chat = office.writes(1, ANN, "We need a quote");
    office.settle();
    office.has(&acme, "leads", "1");
    assert_eq!(chat.act(&office.knock, &office.key, &json!("mark_spam")), 204);
    office.settle();
    office.has(&acme, "leads", "");
    assert_eq!(office.company(&acme), json!({}));
}

#[test]
fn leads_of_two_domains_at_one_company_are_counted_together() {
    let office = Office::with_companies();
    let acme = office.add_company("Acme");
    office.add_contact(ANN, &acme);
    office.add_contact(CID, &acme);
    office.writes(1, ANN, "We need a quote");
    office.settle();
    office.has(&acme, "leads", "1");
    office.writes(2, CID, "We need a quote, too");
    office.settle();
    office.has(&acme, "leads", "2");
}

/// HubSpot associates a contact with a company of its own some seconds after it was created.
#[test]
fn a_company_that_comes_after_the_contact_is_looked_for_once_more() {
    let office = Office::with_companies();
    office.writes(1, ANN, "We need a quote");
    office.settle();
    office.knock.advance(SECOND);
    let finds = || {
        let counts = office.hubspot.control("GET", "counts", &Value::Null);
        counts["by_label"]["POST /crm/objects/contacts/batch/read"].as_i64().unwrap_or_default()
    };
    let contact = found("the contact is there", || {
        let records = office.hubspot.control("GET", "records/contacts", &Value::Null);
        records.as_array()?.iter().find(|record| record["properties"]["email"] == ANN)?["id"]
            .as_str()
            .map(str::to_owned)
    });
    let before = found("it was asked for its company", || Some(finds()).filter(|finds| *finds > 0));
    let acme = office.add_company("Acme");
    office.moves(&contact, &acme);
    office.knock.advance(MINUTE);
    office.has(&acme, "leads", "1");
    assert!(finds() > before);
}

#[test]
fn a_company_that_was_merged_or_deleted_is_followed() {
    let office = Office::with_companies();
    let (acme, orbit) = (office.add_company("Acme"), office.add_company("Orbit"));
    let ann = office.add_contact(ANN, &acme);
    let chat = office.writes(1, ANN, "We need a quote");
    office.settle();
    office.has(&acme, "leads", "1");
    let merge = json!({"primaryObjectId": orbit, "objectIdToMerge": acme});
    office.hubspot.ask("POST", "/crm/v3/objects/companies/merge", &merge);
    office.moves(&ann, &orbit);
    assert_eq!(chat.act(&office.knock, &office.key, &json!("open_deal")), 204);
    office.settle();
    office.has(&orbit, "deals", "1");
    office.hubspot.ask("DELETE", &format!("/crm/v3/objects/companies/{orbit}"), &Value::Null);
    office.moves(&ann, "");
    assert_eq!(chat.act(&office.knock, &office.key, &json!("mark_spam")), 204);
    office.settle();
    office.knock.advance(MINUTE);
    let health = found("nothing waits", || Some(office.health()).filter(|health| health["backlog"] == 0));
    assert_eq!((&health["parked"], &health["problem"]), (&json!(0), &json!("")), "{health}");
}

#[test]
fn a_refused_company_is_parked_with_its_field_and_contacts_go_on() {
    let office = Office::with_companies();
    let acme = office.add_company("Acme");
    office.add_contact(ANN, &acme);
    office.hubspot.ask("DELETE", "/crm/v3/properties/companies/knock_deals", &Value::Null);
    office.writes(1, ANN, "We need a quote");
    office.settle();
    office.knock.advance(SECOND);
    let failure = found("it is parked", || {
        office.health()["failures"].get(0).filter(|failure| failure["is_parked"] == true).cloned()
    });
    assert_eq!(failure["is_of_company"], true, "{failure}");
    assert!(failure["words"].as_str().is_some_and(|said| said.contains("Knock: Deals (knock_deals)")), "{failure}");
    assert_eq!(failure["lead"], office.contact_id(ANN), "{failure}");
    assert_eq!(office.contact(ANN).expect("a contact")["knock_chat_status"], "AI Discovery");
    let contact = office.settings()["mapping"]["contact"].clone();
    office.turn_on(&json!({"mapping": {"contact": contact, "company": {"Knock: Leads": "knock_leads"}}}));
    assert_eq!(office.ask("POST", &format!("{SETTINGS}/retry"), &json!({})).body["sent"], 1);
    office.has(&acme, "leads", "1");
}

#[test]
fn companies_are_mapped_by_fields_of_their_own() {
    let office = Office::open();
    office.connect();
    let put = |mapping: &Value| office.ask("PUT", &SETTINGS, &office.draft(&json!({"mapping": mapping})));
    let contact = json!({"Chat Status": "knock_chat_status"});
    for (label, property, reason) in [
        ("Chat Status", "name", "is a field of contacts"),
        ("Chat Mood", "name", "is no field of Knock"),
        ("Knock: Leads", "gone", "no property `gone`"),
        ("Knock: Leads", "hs_object_id", "by the CRM alone"),
        ("Knock: Funnel Stage", "hubspot_owner_id", "has the type owner"),
    ] {
        let reply = put(&json!({"contact": contact, "company": {label: property}}));
        let error = &reply.body["errors"][0];
        let pointer = json!(format!("/mapping/company/{label}"));
        assert_eq!((reply.code, &error["pointer"]), (422, &pointer), "{label} {property}: {}", reply.body);
        assert!(error["reason"].as_str().is_some_and(|said| said.contains(reason)), "{label} {property}: {error}");
    }
    let reply = put(&json!({"contact": {"Knock: Leads": "firstname"}}));
    assert!(reply.body["errors"][0]["reason"].as_str().is_some_and(|said| said.contains("a field of companies")));
    let mapping = json!({"contact": contact, "company": {"Knock: Leads": "name"}});
    assert_eq!(put(&mapping).body["mapping"], mapping);
    let reply = office.ask("POST", &format!("{SETTINGS}/fields?object=deal"), &Value::Null);
    assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (400, &json!("query/object")), "{}", reply.body);
    // A mapped field keeps its property, and those of contacts are left alone.
    office.maps_companies();
    let settings = office.settings();
    assert_eq!(settings["mapping"]["contact"], contact);
    assert_eq!(settings["mapping"]["company"]["Knock: Leads"], "name");
    assert_eq!(settings["mapping"]["company"]["Knock: Deals"], "knock_deals");
    let properties = office.knock.get(&format!("{SETTINGS}/properties"), &office.key).body;
    let fits = |object: &str, name: &str| {
        let mut all = properties[object].as_array().expect("a list").iter();
        all.find(|one| one["name"] == name).unwrap_or_else(|| panic!("no {name}"))["fits"].clone()
    };
    assert_eq!(fits("company", "knock_deals"), json!(["Knock: Leads", "Knock: Deals"]));
    assert!(!fits("contact", "firstname").as_array().expect("a list").contains(&json!("Knock: Leads")));
}

#[test]
fn a_dry_run_says_what_companies_would_get() {
    let office = Office::open();
    office.connect();
    office.maps_companies();
    office.writes(1, ANN, "We need a quote");
    let tried = office.ask("POST", &format!("{SETTINGS}/dry-run"), &Value::Null).body;
    let company = &tried["companies"][0];
    assert_eq!(
        (&company["domain"], &company["properties"]["knock_leads"]),
        (&json!("acme.example"), &json!(1)),
        "{tried}"
    );
}

#[test]
fn properties_of_companies_need_their_own_scope() {
    let office = Office::synced();
    let scopes =
        ["contacts", "companies"].map(|object| ["read", "write"].map(|verb| format!("crm.objects.{object}.{verb}")));
    office.hubspot.control("POST", "token", &json!({"scopes": scopes.concat()}));
    let reply = office.ask("POST", &format!("{SETTINGS}/fields?object=company"), &Value::Null);
    assert_eq!(reply.code, 422, "{}", reply.body);
    assert!(reply.body.to_string().contains("crm.schemas.companies.write"), "{}", reply.body);
}
