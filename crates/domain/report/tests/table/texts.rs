//! Definitions in words.

use knock_report::{REPORTS, metric, reference};

#[test]
fn a_definition_has_all_that_a_figure_depends_on() {
    let check = |name: &str, expected: &str| assert_eq!(metric(name).expect("a metric").definition(), expected);
    check(
        "first_reply_median",
        "The median of the time from the assignment, or the message of the lead after it, to the answer of a person, \
         of first replies that a lead awaited of a person after an assignment, only those that a person answered. \
         Counts when the lead began to wait or, where so chosen, when a person answered. In all time, or in the working \
         hours of the rep or the team. Leads marked as spam never count, and merged leads count once.",
    );
    check(
        "no_show_share",
        "Of meetings, only those that a rep marked as held or not attended, the share of those to which the lead did \
         not come, as a rep marked. Counts when the meeting begins or, where so chosen, when the meeting was booked. \
         Meetings of leads marked as spam never count, nor does one whose instant is still to come.",
    );
}

#[test]
fn the_reference_has_every_figure_of_every_report() {
    let text = reference();
    for report in REPORTS {
        assert!(text.contains(&format!("### {} (`{}`)", report.label, report.name)), "{}", report.name);
        for metric in report.metrics {
            assert!(text.contains(&format!("| `{}` | {} |", metric.name, metric.unit.as_str())), "{}", metric.name);
        }
    }
}
