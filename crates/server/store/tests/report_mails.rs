//! The mail with the figures of a week: the members that want it, and the week they had it for.

use knock_model::RepId;
use knock_ports::{Ledger, ReportMailRow, Store, StoreError};
use knock_store::Scratch;
use knock_wire::{ReportGoal, ReportGoals};
use std::sync::Arc;

fn row(member: u8, is_on: bool, sent_for: &str) -> ReportMailRow {
    ReportMailRow { member: RepId::from_bytes([member; 16]), is_on, sent_for: sent_for.to_owned() }
}

fn write(store: &Arc<dyn Store>, work: impl Fn(&mut dyn Ledger) -> Result<(), StoreError>) {
    store.write(&mut |ledger| work(ledger)).expect("it is kept");
}

fn wanted(store: &Arc<dyn Store>) -> Vec<ReportMailRow> {
    let mut found = Vec::new();
    let read = store.read(&mut |view| {
        found = view.report_mails()?;
        Ok(())
    });
    read.expect("it is read");
    found
}

#[test]
fn members_that_want_it_are_listed_and_one_that_turned_it_off_keeps_the_week() {
    let scratch = Scratch::new();
    let store = scratch.store();
    write(&store, |ledger| {
        assert_eq!(ledger.report_mail(RepId::from_bytes([2; 16]))?, None);
        [row(2, true, "2026-11-23"), row(1, true, ""), row(3, true, "2026-11-16")]
            .iter()
            .try_for_each(|row| ledger.save_report_mail(row))
    });
    assert_eq!(wanted(&store), [row(1, true, ""), row(2, true, "2026-11-23"), row(3, true, "2026-11-16")]);
    write(&store, |ledger| {
        ledger.save_report_mail(&row(2, false, "2026-11-23"))?;
        ledger.save_report_mail(&row(1, true, "2026-11-30"))?;
        assert_eq!(ledger.report_mail(RepId::from_bytes([2; 16]))?, Some(row(2, false, "2026-11-23")));
        ledger.forget_report_mail(RepId::from_bytes([3; 16]))
    });
    assert_eq!(wanted(&store), [row(1, true, "2026-11-30")]);
}

#[test]
fn goals_are_kept_whole() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let goals = ReportGoals { goals: vec![ReportGoal { metric: "first_reply_median".to_owned(), value: 2.5 }] };
    write(&store, |ledger| {
        assert_eq!(ledger.report_goals()?, ReportGoals::default());
        ledger.save_report_goals(&goals)?;
        assert_eq!(ledger.report_goals()?, goals);
        ledger.save_report_goals(&ReportGoals::default())?;
        assert_eq!(ledger.report_goals()?, ReportGoals::default());
        Ok(())
    });
}
