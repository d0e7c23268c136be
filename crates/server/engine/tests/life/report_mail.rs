//! The mail with the figures of a week: one for each week, whatever has counted it and however often.

use crate::story::{START, Step, Still, Story, rep};
use jiff::civil::date;
use knock_engine::ReportMailWorker;
use knock_engine::commands::{NoteMailSetup, SendReportMail, SetReportMail};
use knock_model::{Destination, Millis};
use knock_ports::WeekMail;
use std::sync::Arc;

/// The Monday after the start, at eight.
const MONDAY: Millis = Millis(START.0 + 7 * Millis::DAY.0 - 4 * 3_600_000);

/// A week with a chat, after the rep turned the mail on.
fn week() -> Story {
    let mut story = Story::begin();
    story.commit(NoteMailSetup { sends_mail: true });
    turn(&story, true);
    story.step(Step::Open { visitor: 0 });
    story.write(0, "We need a quote. I am ann@first.example");
    story.step(Step::Answer { visitor: 0 });
    story.now = MONDAY;
    story
}

fn turn(story: &Story, is_on: bool) {
    story.change(SetReportMail { member: rep(), is_on, now: story.now });
}

/// Lets the worker of a server look; the number of mails that it sent.
fn look(story: &Story) -> u32 {
    let (clock, store) = (Arc::new(Still(story.now)), Arc::clone(story.store.as_ref().expect("it is open")));
    let writer = story.writer.clone().expect("it runs");
    story.runtime.block_on(ReportMailWorker { clock, store, writer }.catch_up()).expect("sent")
}

fn mails(story: &Story) -> Vec<WeekMail> {
    let mut found = Vec::new();
    let read = story.store().read(&mut |view| {
        found = view.deliveries(Destination::MAIL, i64::MAX, u32::MAX)?;
        Ok(())
    });
    read.expect("read");
    let weeks = found.iter().filter(|entry| entry.effect.kind == WeekMail::KIND);
    weeks.map(|entry| serde_json::from_str(&entry.effect.data).expect("a mail")).collect()
}

/// What another server has counted of the same week.
fn counted(story: &Story, mail: &WeekMail) -> SendReportMail {
    SendReportMail { member: rep(), week: date(2026, 6, 1), mail: mail.clone(), now: story.now }
}

#[test]
fn a_week_is_mailed_once_with_its_figures() {
    let mut story = week();
    story.now = MONDAY - Millis(1);
    assert_eq!((look(&story), mails(&story)), (0, vec![]));
    story.now = MONDAY;
    assert_eq!((look(&story), look(&story)), (1, 0));
    let sent = mails(&story);
    let [mail] = &sent[..] else { panic!("{sent:?}") };
    assert_eq!((&*mail.to, &*mail.from, &*mail.until), ("rep@us.example", "2026-06-01", "2026-06-07"));
    let chats = knock_report::metric("chats").expect("a metric").label;
    let figure = mail.figures.iter().find(|figure| figure.label == chats).expect("a figure");
    assert_eq!((&*figure.value, &*figure.before, &*figure.goal), ("1", "0", ""));
    assert!(!story.commit(counted(&story, mail)), "another server has counted it too");
    story.restart();
    story.now = MONDAY + Millis::DAY;
    assert_eq!((look(&story), mails(&story).len()), (0, 1));
    story.now = MONDAY + Millis::days(7);
    assert_eq!((look(&story), mails(&story).len()), (1, 2));
}

#[test]
fn one_that_is_turned_off_while_it_is_counted_is_not_sent() {
    let story = week();
    look(&story);
    let mail = mails(&story).remove(0);
    let mut story = week();
    turn(&story, false);
    assert!(!story.commit(counted(&story, &mail)));
    turn(&story, true);
    assert_eq!(look(&story), 0, "it was due before it was turned on");
    story.now = MONDAY + Millis::days(7);
    assert!(!story.commit(counted(&story, &mail)), "that week is over");
    assert_eq!((look(&story), mails(&story).len()), (1, 1));
}

#[test]
fn a_mail_server_that_is_set_up_in_time_sends_it_still() {
    let mut story = week();
    story.commit(NoteMailSetup { sends_mail: false });
    assert_eq!((look(&story), mails(&story)), (0, vec![]));
    story.now = MONDAY + Millis::DAY;
    story.commit(NoteMailSetup { sends_mail: true });
    assert_eq!(look(&story), 1);
    let mut late = week();
    late.now = MONDAY + Millis::days(2);
    assert_eq!(look(&late), 0);
}
