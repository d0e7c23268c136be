//! Two servers on one database walk the timers of workflows together.

use super::firm::{Firm, HOUR, log};
use knock_testing::Answer;

#[test]
fn two_servers_on_one_database_do_every_action_once() {
    const LEADS: u64 = 8;
    let mut firm = Firm::open(|_, _| Answer::Code(200));
    firm.begin("Prices", &["wait1", "mail", "slack", "webhook", "wait2", "task"]);
    let Some(other) = firm.knock.start_beside() else { return };
    // Both follow one clock from here on.
    other.advance(firm.knock.now() - other.now());
    firm.peers.push(other);
    let email = |visitor: u64| format!("lead{visitor}@acme{visitor}.example");
    let server = |visitor: u64| if visitor.is_multiple_of(2) { &firm.knock } else { &firm.peers[0] };
    let leads: Vec<String> = (1..=LEADS).map(|visitor| firm.views(server(visitor), visitor, &email(visitor))).collect();
    firm.settles();
    for _ in 0..2 {
        firm.passes(HOUR);
        firm.settles();
    }
    let done = ["mail", "slack", "webhook"].map(|step| [step, "done", ""]);
    let waited = ["wait1", "wait2"].map(|step| [step, "waited", ""]);
    let expected = log(&[waited[0], done[0], done[1], done[2], waited[1], ["task", "done", ""]]);
    for lead in &leads {
        assert_eq!(firm.logs(lead), [("Prices".to_owned(), expected.clone())]);
        assert_eq!(firm.tasks(lead), 1);
    }
    let mailed: Vec<usize> = (1..=LEADS).map(|visitor| firm.mails.until_to(&email(visitor), 1).len()).collect();
    assert_eq!(mailed, vec![1; leads.len()]);
    assert_eq!((firm.posted(), firm.receiver.all().len()), (leads.len(), leads.len()));
    let mut called = firm.called();
    let mut expected = leads;
    called.sort();
    expected.sort();
    assert_eq!(called, expected);
}
