//! What becomes of numbers when persons are erased or merged, and when everything is computed again.

use super::{BO, DAYS, Day, totals};
use crate::support::{Knock, batch, identify};
use serde_json::json;

#[test]
fn who_is_erased_counts_no_more_and_visitors_stay() {
    let day = Day::lived();
    let steps = ["leads", "qualified", "booked", "held"];
    assert_eq!(day.totals("funnel", steps), [Some(3.0), Some(1.0), Some(1.0), Some(1.0)]);
    let visitors = day.totals("funnel", ["visitors"]);
    let (knock, key) = (&day.office.knock, &day.office.key);
    let erased = knock.ask("POST", "/api/v1/persons/erase", key, &json!({"email": BO}));
    assert_eq!(erased.code, 200, "{}", erased.body);
    assert_eq!(day.totals("funnel", steps), [Some(2.0), Some(0.0), Some(0.0), Some(0.0)]);
    assert_eq!(day.totals("funnel", ["visitors"]), visitors);
}

#[test]
fn who_is_no_spam_after_all_counts_again() {
    let day = Day::lived();
    let (knock, key) = (&day.office.knock, &day.office.key);
    let metrics = ["leads", "chats"];
    assert_eq!(day.ann.act(knock, key, &json!("mark_spam")), 204);
    assert_eq!(day.totals("overview", metrics), [Some(2.0), Some(1.0)]);
    assert_eq!(day.ann.act(knock, key, &json!("unmark_spam")), 204);
    assert_eq!(day.totals("overview", metrics), [Some(3.0), Some(2.0)]);
}

#[test]
fn merged_contacts_are_one_lead_and_two_again_when_that_is_undone() {
    let knock = Knock::start();
    let (key, site) = (knock.admin_key(), knock.site());
    let ids = [(1, "petra@holm.example"), (2, "petra.holm@gmail.com")].map(|(visitor, email)| {
        let now = knock.now();
        assert_eq!(knock.post_signals(&batch(&site, visitor, now, &[identify(now, visitor, email)])).code, 202);
        let found = knock.get(&format!("/api/v1/contacts?q={email}"), &key).body;
        found["contacts"][0]["id"].as_str().unwrap_or_else(|| panic!("{found}")).to_owned()
    });
    let leads = || totals(&knock.get("/api/v1/reports/overview", &key).body, ["leads"]);
    assert_eq!(leads(), [Some(2.0)]);
    let path = format!("/api/v1/contacts/{}/merges", ids[0]);
    let merged = knock.ask("POST", &path, &key, &json!({"goes": ids[1]}));
    assert_eq!(merged.code, 200, "{}", merged.body);
    assert_eq!(leads(), [Some(1.0)]);
    let record = knock.get(&format!("/api/v1/contacts/{}", ids[0]), &key).body;
    let merge = record["merges"][0]["id"].as_str().unwrap_or_else(|| panic!("{record}"));
    assert_eq!(knock.ask("DELETE", &format!("{path}/{merge}"), &key, &json!(null)).code, 200);
    assert_eq!(leads(), [Some(2.0)]);
}

#[test]
fn a_rebuild_and_a_restart_change_no_number() {
    let mut day = Day::lived();
    // Nothing in these is measured up to now.
    let all = |day: &Day| {
        [
            "overview",
            "funnel",
            "response",
            "agent",
            "meetings",
            "sources",
            "team",
            "routing",
            "forms",
            "workflows",
            "crm",
        ]
        .map(|name| day.report(name, DAYS))
    };
    let before = all(&day);
    let rebuilt = day.office.knock.command(&["rebuild"]);
    let said = String::from_utf8(rebuilt.stdout).expect("text");
    assert!(rebuilt.status.success() && said.lines().all(|line| line.ends_with(" 0 changed")), "{said}");
    assert_eq!(all(&day), before);
    day.office.knock = day.office.knock.kill_and_restart();
    assert_eq!(all(&day), before);
}
