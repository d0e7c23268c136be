//! Exports of lists are in the audit log: by whom, of what, how many.

use super::{actions, entries};
use crate::members::Browser;
use crate::support::{Knock, batch, identify};
use knock_model::Role;
use serde_json::json;

#[test]
fn an_export_of_contacts_is_in_the_log_with_its_filter_and_count() {
    let knock = Knock::start();
    let (site, now, key, admin) = (knock.site(), knock.now(), knock.admin_key(), Browser::admin(&knock));
    for number in 1..4 {
        let email = format!("lead{number}@firm.example");
        assert_eq!(knock.post_signals(&batch(&site, number, now, &[identify(now, number, &email)])).code, 202);
    }
    let bo = Browser::member(&knock, &admin, "bo@us.example", Role::Rep);
    let given = bo.get(&knock, "/api/v1/contacts.csv?q=firm&sort=contact");
    assert_eq!((given.code, given.body.as_str().map(|text| text.lines().count())), (200, Some(4)), "{}", given.body);
    let found = entries(&knock, &key, "&action=contacts.exported");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&found[0]["actor"]["name"], &found[0]["actor"]["kind"]), (&json!("bo@us.example"), &json!("member")));
    assert_eq!(found[0]["after"], json!({"filter": "q=***&sort=contact", "count": 3}), "no name or address");
    let by_key = knock.key("rep");
    assert_eq!(knock.get("/api/v1/contacts.csv", &by_key).code, 200);
    let found = entries(&knock, &key, "&action=contacts.exported");
    assert_eq!(found[0]["actor"]["kind"], "api_key");
    // A list on the screen is no export, nor is a wrong filter.
    assert_eq!(knock.get("/api/v1/contacts", &key).code, 200);
    assert_eq!(knock.get("/api/v1/contacts.csv?score=x", &key).code, 400);
    assert_eq!(entries(&knock, &key, "&action=contacts.exported").len(), 2);
}

#[test]
fn an_export_of_the_log_is_in_the_log() {
    let knock = Knock::start();
    let key = knock.admin_key();
    let all = entries(&knock, &key, "").len();
    let given = knock.get("/api/v1/audit.csv", &key);
    assert_eq!(given.code, 200);
    let found = entries(&knock, &key, "");
    assert_eq!(actions(&found)[0], "audit.exported");
    assert_eq!(found[0]["after"], json!({"filter": "", "count": all}));
    assert_eq!(knock.get("/api/v1/audit.csv", &knock.key("manager")).code, 403);
    assert_eq!(entries(&knock, &key, "&action=audit.exported").len(), 1);
}
