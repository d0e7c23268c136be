//! A server that is killed between the steps of workflows, and one that comes back after a week: each action is done once,
//! none is lost, and what was too late is kept as such.

use super::firm::{DAY, Firm, HOUR, PAST_CLAIMS, log};
use knock_testing::{Answer, eventually};
use serde_json::json;

const ANN: &str = "ann@first.example";
const BOB: &str = "bob@second.example";

#[test]
fn a_server_killed_between_any_two_steps_does_every_action_once() {
    let firm = Firm::open(|_, before| if before == 0 { Answer::Silence } else { Answer::Code(200) });
    firm.begin("Prices", &["wait1", "mail", "wait2", "slack", "webhook", "wait3", "task"]);
    let lead = firm.views(&firm.knock, 1, ANN);
    firm.settles();
    // Between the enrolment and the wait, then between the mail and its delivery.
    let firm = firm.killed("die_before_delivery=1");
    assert_eq!(firm.logs(&lead), [("Prices".to_owned(), Vec::new())]);
    firm.passes_deadly(HOUR);
    let firm = firm.started_again("");
    let claimed = firm.under_way();
    assert!(claimed.iter().any(|effect| effect.contains("mail.workflow")), "{claimed:?}");
    assert_eq!(firm.mailed(ANN), 0);
    firm.passes(PAST_CLAIMS);
    firm.mails.until_to(ANN, 1);
    firm.settles();
    // While Slack, which has made the post, and the webhook are waited for.
    firm.slack.control("POST", "faults", &json!({"method": "chat.postMessage", "do": "hang", "times": 1}));
    firm.passes(HOUR);
    firm.receiver.count(1);
    eventually("Slack is asked", || !firm.slack.calls("chat.postMessage").is_empty());
    let firm = firm.killed("");
    firm.passes(PAST_CLAIMS);
    firm.settles();
    // Right after the last step.
    firm.passes(HOUR);
    let firm = firm.killed("");
    firm.passes(DAY);
    firm.settles();
    let done = ["mail", "slack", "webhook", "task"].map(|step| [step, "done", ""]);
    let waited = ["wait1", "wait2", "wait3"].map(|step| [step, "waited", ""]);
    let expected = [waited[0], done[0], waited[1], done[1], done[2], waited[2], done[3]];
    assert_eq!(firm.logs(&lead), [("Prices".to_owned(), log(&expected))]);
    assert_eq!((firm.mailed(ANN), firm.mails.until_to(ANN, 1).len()), (1, 1));
    assert_eq!((firm.posted(), firm.called(), firm.tasks(&lead)), (1, vec![lead.clone()], 1));
}

#[test]
fn after_a_week_without_a_server_the_team_gets_everything_and_the_lead_nothing_that_is_late() {
    let firm = Firm::open(|_, _| Answer::Code(200));
    firm.begin("Prices", &["wait1", "mail", "slack", "webhook", "task"]);
    firm.begin("Bubble", &["wait1", "nudge"]);
    let ann = firm.views(&firm.knock, 1, ANN);
    // An erased lead is in no workflow any more.
    let bob = firm.views(&firm.knock, 2, BOB);
    firm.erases(BOB);
    firm.settles();
    let firm = firm.away(7 * DAY);
    let waited = ["wait1", "waited", ""];
    let done = ["slack", "webhook", "task"].map(|step| [step, "done", ""]);
    let prices = [waited, ["mail", "skipped", "expired"], done[0], done[1], done[2]];
    let bubble = [waited, ["nudge", "skipped", "expired"]];
    let expected = [("Prices".to_owned(), log(&prices)), ("Bubble".to_owned(), log(&bubble))];
    eventually("both runs have ended", || firm.logs(&ann) == expected);
    firm.settles();
    assert_eq!((firm.posted(), firm.called(), firm.tasks(&ann)), (1, vec![ann], 1));
    assert_eq!((firm.mailed(ANN), firm.mailed(BOB)), (0, 0));
    assert_eq!(firm.logs(&bob), []);
}
