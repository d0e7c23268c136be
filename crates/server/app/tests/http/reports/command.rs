//! `knock report`.

use super::{DAYS, Day};
use serde_json::Value;

const ARGS: [&str; 6] = ["report", "overview", "--from", "2026-06-01", "--to", "2026-06-02"];

fn printed(day: &Day, args: &[&str]) -> String {
    let output = day.office.knock.command(args);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}

fn refused(day: &Day, args: &[&str]) -> String {
    let output = day.office.knock.command(args);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    String::from_utf8(output.stderr).expect("text")
}

#[test]
fn the_command_prints_what_the_api_answers() {
    let mut day = Day::lived();
    let asked = day.report("overview", DAYS);
    let json: Value = serde_json::from_str(&printed(&day, &[&ARGS[..], &["--json"]].concat())).expect("JSON");
    assert_eq!(json, asked);
    let file = day.office.knock.get(&format!("/api/v1/reports/overview.csv?{DAYS}"), &day.office.key).body;
    let file = file.as_str().expect("a text").trim_start_matches('\u{feff}').trim_end();
    assert_eq!(printed(&day, &[&ARGS[..], &["--csv"]].concat()).trim_end(), file);

    let table = printed(&day, &ARGS);
    let line = |first: &str| table.lines().find(|line| line.starts_with(first)).expect("a line").to_owned();
    assert!(table.contains("2026-06-01 to 2026-06-02 in UTC"), "{table}");
    assert!(line("day").contains("first_reply_median") && line("Total").contains("0.00 %"), "{table}");
    assert!(line("Before").contains(" - "), "{table}");

    day.office.knock.kill();
    let without_server = printed(&day, &["report", "sources", "--group", "campaign", "--filter", "campaign=spring"]);
    assert!(without_server.contains("Total"), "{without_server}");
}

#[test]
fn without_a_name_it_lists_the_reports_and_a_wrong_word_is_named() {
    let day = Day::lived();
    let list = printed(&day, &["report"]);
    assert!(list.lines().count() == super::names(&day).len() && list.starts_with("overview "), "{list}");
    assert!(refused(&day, &["report", "weather"]).contains("overview, funnel, response"));
    for (args, expected) in [
        (["--from", "yesterday"], "`from` is not"),
        (["--tz", "Nowhere/Else"], "`tz` is not"),
        (["--group", "colour"], "`group` is none of day"),
        (["--filter", "colour=red"], "`filter` has no `colour`"),
        (["--filter", "rep=bo"], "`rep` is not the id of a member"),
    ] {
        let said = refused(&day, &[&["report", "overview"][..], &args].concat());
        assert!(said.contains(expected), "{args:?}: {said}");
    }
    let both = day.office.knock.command(&["report", "overview", "--csv", "--json"]);
    assert!(!both.status.success());
}
