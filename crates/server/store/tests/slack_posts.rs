//! Conformance of stores for posts in Slack: each is found by what it is about, and a key is stored once.

use knock_model::{ConversationId, LeadId, MeetingId, Millis};
use knock_ports::{SlackAbout, SlackPost, Store, View};
use knock_store::Scratch;

fn post(key: &str, about: SlackAbout, ts: &str) -> SlackPost {
    let (key, channel, said) = (key.to_owned(), "C1".to_owned(), "hash".to_owned());
    SlackPost { key, about, channel, ts: ts.to_owned(), said, tried_at: Millis(7) }
}

fn write(store: &dyn Store, posts: &[SlackPost]) {
    let written = store.write(&mut |ledger| posts.iter().try_for_each(|post| ledger.save_slack_post(post)));
    written.expect("it is written");
}

fn read<T>(store: &dyn Store, wanted: impl Fn(&dyn View) -> T) -> T {
    let mut found = None;
    let read = store.read(&mut |view| {
        found = Some(wanted(view));
        Ok(())
    });
    read.expect("it is read");
    found.expect("a result")
}

#[test]
fn posts_are_kept_by_what_they_are_about() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let (chat, meeting, lead) =
        (ConversationId::from_bytes([1; 16]), MeetingId::new([2; 16]), LeadId::from_bytes([3; 16]));
    let of_chat = post("monitor:1", SlackAbout::Chat(chat), "1.000000");
    let of_meeting = post("meeting:2:channel", SlackAbout::Meeting(meeting), "2.000000");
    let of_lead = post("asked:3", SlackAbout::Lead(lead), "");
    write(&*store, &[of_chat.clone(), of_meeting.clone(), of_lead.clone()]);
    assert_eq!(read(&*store, |view| view.slack_posts(chat).expect("read")), [of_chat]);
    assert_eq!(read(&*store, |view| view.slack_meeting_posts(meeting).expect("read")), [of_meeting]);
    assert_eq!(read(&*store, |view| view.slack_lead_posts(lead).expect("read")), std::slice::from_ref(&of_lead));
    let posted = SlackPost { ts: "3.000000".to_owned(), said: "other".to_owned(), ..of_lead };
    write(&*store, std::slice::from_ref(&posted));
    assert_eq!(read(&*store, |view| view.slack_lead_posts(lead).expect("read")), [posted]);
    let other = LeadId::from_bytes([4; 16]);
    assert_eq!(read(&*store, |view| view.slack_lead_posts(other).expect("read")), []);
    store.write(&mut |ledger| ledger.drop_slack_post("asked:3")).expect("it is dropped");
    assert_eq!(read(&*store, |view| view.slack_lead_posts(lead).expect("read")), []);
    store.write(&mut |ledger| ledger.drop_slack_posts()).expect("all are dropped");
    assert_eq!(read(&*store, |view| view.slack_meeting_posts(meeting).expect("read")), []);
}
