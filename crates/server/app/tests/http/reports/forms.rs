//! Forms in reports: one that a rep answered, and one that waits.

use super::asked::Asked;
use crate::office::Office;
use crate::support::{batch, id, identify, signal};
use serde_json::json;

const DAYS: &str = "from=2030-01-08&to=2030-01-08";
const MINUTE: i64 = 60_000;

/// Sends the form "Book a demo" as a visitor who looked at the prices.
fn sends_form(office: &Office, visitor: u64, email: &str) {
    let (site, now) = (office.knock.site(), office.knock.now());
    let mut form = signal(now, visitor + 20, "form_submit", "/book-a-demo");
    form["form"] = json!("Book a demo");
    form["fields"] = json!(["email", "company"]);
    let said = identify(now, visitor + 30, email);
    let view = signal(now, visitor + 10, "page_view", "/pricing?utm_source=newsletter&utm_campaign=spring");
    assert_eq!(office.knock.post_signals(&batch(&site, visitor, now, &[view, form, said])).code, 202);
}

/// Ann's form is answered after five minutes, Ben's is not.
fn lived() -> Office {
    let office = Office::open("2030-01-08T09:00:00Z");
    sends_form(&office, 1, "ann@first.example");
    sends_form(&office, 2, "ben@second.example");
    let page = office.admin.get(&office.knock, "/api/v1/conversations?view=open").body;
    let all = page["conversations"].as_array().expect("a list");
    let of_ann = all.iter().find(|row| row["contact"]["email"] == "ann@first.example");
    let path = of_ann.unwrap_or_else(|| panic!("no line: {page}"))["id"].as_str().expect("an id");
    office.knock.advance(5 * MINUTE);
    let message = json!({"id": id(office.knock.now(), 90), "text": "Hello Ann, shall we talk?"});
    let path = format!("/api/v1/conversations/{path}/messages");
    let reply = office.bo.ask(&office.knock, "POST", &path, &message);
    assert_eq!(reply.code, 201, "{}", reply.body);
    office
}

#[test]
fn forms_are_counted_with_the_time_to_the_first_message_of_a_rep() {
    let office = lived();
    let asked = Asked { knock: &office.knock, key: &office.key, days: DAYS };
    let metrics = ["forms_sent", "forms_answered", "forms_booked"];
    assert_eq!(asked.totals("forms", metrics), [Some(2.0), Some(1.0), Some(0.0)]);
    let [median] = asked.totals("forms", ["form_answer_median"]);
    assert!(median >= Some(5.0) && median < Some(5.5), "{median:?}");
    let (of_bo, _) = asked.of_row("forms", "rep", &office.id("bo@us.example"), "forms_answered");
    assert_eq!(of_bo, Some(1.0));
    assert_eq!(asked.of_row("forms", "campaign", "spring", "forms_sent").0, Some(2.0));
}

#[test]
fn groups_of_forms_add_up_and_numbers_open_as_many() {
    let office = lived();
    Asked { knock: &office.knock, key: &office.key, days: DAYS }.check("forms");
}
