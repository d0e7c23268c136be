//! The intent type of accounts: in the table, on the record, as a filter, and live.

use crate::chat::open_as;
use crate::support::{Knock, batch, identify};
use serde_json::{Value, json};

fn accounts(knock: &Knock, key: &str, query: &str) -> Vec<Value> {
    let reply = knock.get(&format!("/api/v1/accounts?{query}"), key);
    assert_eq!(reply.code, 200, "{}", reply.body);
    reply.body["accounts"].as_array().expect("a list").clone()
}

#[test]
fn an_account_has_the_type_of_its_contact_now_and_as_of_then() {
    let knock = Knock::start();
    let (site, key, now) = (knock.site(), knock.admin_key(), knock.now());
    for (visitor, email) in [(1, "ann@hollis.example"), (2, "bo@globex.example")] {
        knock.post_signals(&batch(&site, visitor, now, &[identify(now, visitor, email)]));
    }
    let before = knock.now();
    knock.advance(1_000);
    let chat = open_as(&knock, &site, 1);
    assert_eq!(chat.write(&knock, 1, "We are 200 people and need a quote").code, 201);

    let found = accounts(&knock, &key, "q=hollis");
    assert_eq!(found[0]["intent"]["type"], "Buying", "{found:?}");
    let id = found[0]["id"].as_str().expect("an id");
    let record = |at: &str| knock.get(&format!("/api/v1/accounts/{id}{at}"), &key).body;
    assert_eq!(record("")["account"]["intent"]["type"], "Buying");
    assert_eq!(record(&format!("?at={before}"))["account"]["intent"]["type"], "Unknown");
    for (query, count) in [
        ("type=Buying", 1),
        ("type=Unknown", 1),
        ("type=Support", 0),
        ("type=Buying&q=globex", 0),
        ("score=Low", 1),
        ("score=Medium", 1),
        ("score=High", 0),
    ] {
        assert_eq!(accounts(&knock, &key, query).len(), count, "{query}");
    }
    for (query, pointer) in [("score=Hot", "query/score"), ("type=buying", "query/type")] {
        let reply = knock.get(&format!("/api/v1/accounts?{query}"), &key);
        assert_eq!((reply.code, &reply.body["errors"][0]["pointer"]), (400, &json!(pointer)), "{}", reply.body);
    }
}
