//! The numbers of the made day.

use super::{Day, place, row, rows, totals};
use crate::meetings::HOUR;
use serde_json::{Value, json};

#[test]
fn the_figures_of_the_day_are_right_and_spam_is_in_none() {
    let day = Day::lived();
    let metrics = ["leads", "chats", "within_two_minutes", "meetings_booked", "meetings_held", "deals"];
    let overview = day.report("overview", super::DAYS);
    assert_eq!(
        totals(&overview, metrics),
        [Some(3.0), Some(2.0), Some(0.0), Some(1.0), Some(1.0), Some(0.0)],
        "{overview}"
    );
    let [median] = totals(&overview, ["first_reply_median"]);
    assert!(median.is_some_and(|minutes| (3.0..3.5).contains(&minutes)), "{overview}");
    let before = |metric: &str| overview["previous"][place(&overview, metric)].clone();
    assert_eq!((before("leads"), before("first_reply_median")), (json!(0.0), Value::Null));

    let steps = ["leads", "wrote", "answered", "qualified", "booked", "held", "deals"];
    assert_eq!(
        day.totals("funnel", steps),
        [Some(3.0), Some(2.0), Some(1.0), Some(1.0), Some(1.0), Some(1.0), Some(0.0)]
    );
    assert_eq!(
        day.totals("response", ["first_replies", "first_replies_answered", "unanswered"]),
        [Some(1.0), Some(1.0), Some(0.0)]
    );
    assert_eq!(
        day.totals("agent", ["chats", "agent_alone", "handed_over", "agent_alone_share"]),
        [Some(2.0), Some(1.0), Some(1.0), Some(50.0)]
    );
    assert_eq!(
        day.totals("meetings", ["meetings_booked", "meetings_held", "no_show", "no_show_share", "unmarked", "moved"]),
        [Some(1.0), Some(1.0), Some(0.0), Some(0.0), Some(0.0), Some(0.0)]
    );
    assert_eq!(day.totals("team", ["messages_sent", "meetings_held"]), [Some(1.0), Some(1.0)]);
}

#[test]
fn a_campaign_has_its_visitors_and_its_leads() {
    let day = Day::lived();
    let campaigns = day.report("sources", &format!("{}&group=campaign", super::DAYS));
    let of_spring = row(&campaigns, "spring");
    let value = |metric: &str| of_spring["values"][place(&campaigns, metric)].clone();
    assert_eq!([value("visitors"), value("leads"), value("wrote")], [json!(2.0), json!(1.0), json!(1.0)]);
    let spring = day.report("sources", &format!("{}&campaign=spring", super::DAYS));
    assert_eq!(totals(&spring, ["visitors", "leads", "held"]), [Some(2.0), Some(1.0), Some(0.0)]);
    assert_eq!(row(&spring, "newsletter")["values"], spring["total"], "{spring}");
    let others = day.report("sources", &format!("{}&campaign=", super::DAYS));
    assert_eq!(totals(&others, ["leads", "held"]), [Some(2.0), Some(1.0)]);
}

#[test]
fn a_site_is_named_by_its_row_or_by_its_key() {
    let day = Day::lived();
    let sites = day.report("sources", &format!("{}&group=site", super::DAYS));
    let (first, key) = (rows(&sites)[0]["key"].as_str().expect("a key"), day.office.knock.site());
    let [by_row, by_key] = [first, &key].map(|site| day.report("sources", &format!("{}&site={site}", super::DAYS)));
    assert_eq!((&by_row["total"], &by_row["rows"]), (&by_key["total"], &by_key["rows"]));
    assert_eq!(by_row["total"], row(&sites, first)["values"], "{by_row}");
    let other = day.report("sources", &format!("{}&site=other", super::DAYS));
    assert_eq!(totals(&other, ["visitors", "leads"]), [Some(0.0), Some(0.0)]);
}

#[test]
fn a_day_is_one_of_the_zone() {
    let day = Day::lived();
    let leads = |date: &str, zone: &str| {
        let report = day.report("overview", &format!("from={date}&to={date}&tz={zone}"));
        assert_eq!((&report["zone"], &report["from"], &report["to"]), (&json!(zone), &json!(date), &json!(date)));
        totals(&report, ["leads"])
    };
    let [monday, tuesday] = ["2026-06-01", "2026-06-02"];
    assert_eq!([leads(monday, "UTC"), leads(tuesday, "UTC")], [[Some(3.0)], [Some(0.0)]]);
    // Noon by UTC is two in the morning of the next day there.
    let far = "Pacific/Kiritimati";
    assert_eq!([leads(monday, far), leads(tuesday, far)], [[Some(0.0)], [Some(3.0)]]);
    let hours = day.report("overview", "from=2026-06-01&to=2026-06-01&tz=UTC");
    let series = hours["series"].as_array().expect("a list");
    assert_eq!((&hours["step"], series[0]["points"].as_array().map(Vec::len)), (&json!("hour"), Some(24)));
}

#[test]
fn without_a_zone_it_is_that_of_the_member_and_without_days_the_last_ones() {
    let day = Day::lived();
    let by_member = day.office.admin.get(&day.office.knock, "/api/v1/reports/overview").body;
    assert_eq!((&by_member["zone"], &by_member["to"]), (&json!("Europe/Berlin"), &json!("2026-06-02")), "{by_member}");
    assert_eq!((&by_member["from"], &by_member["previous_to"]), (&json!("2026-05-06"), &json!("2026-05-05")));
    let by_key = day.report("overview", "");
    assert_eq!(by_key["zone"], "UTC");
    assert_eq!(rows(&by_key).len(), 28, "a row for each day, those without anything too");
}

#[test]
fn an_anchor_moves_an_item_to_its_other_instant() {
    let day = Day::lived();
    let booked = |anchor: &str, date: &str| {
        let report = day.report("meetings", &format!("from={date}&to={date}&tz=UTC&anchor={anchor}"));
        assert_eq!(report["anchor"], anchor);
        totals(&report, ["meetings_held"])
    };
    assert_eq!([booked("booked", "2026-06-01"), booked("booked", "2026-06-02")], [[Some(1.0)], [Some(0.0)]]);
    assert_eq!([booked("start", "2026-06-01"), booked("start", "2026-06-02")], [[Some(0.0)], [Some(1.0)]]);
}

#[test]
fn a_chat_that_is_opened_again_is_another_chat_of_the_same_lead() {
    let day = Day::lived();
    let knock = &day.office.knock;
    knock.advance(13 * 24 * HOUR);
    assert_eq!(day.ann.status(knock, &day.office.key), "Closed");
    assert_eq!(day.ann.write(knock, 60, "Is the offer still good?").code, 201);
    let month = day.report("overview", "from=2026-06-01&to=2026-06-30");
    assert_eq!(totals(&month, ["leads", "chats"]), [Some(3.0), Some(3.0)], "{month}");
    let later = day.report("overview", "from=2026-06-10&to=2026-06-30");
    assert_eq!(totals(&later, ["leads", "chats"]), [Some(0.0), Some(1.0)], "{later}");
}
