//! New browsers: each is counted once on each site, with how it came; and where the leads of them came from.

use crate::meetings::Office;
use crate::story::{Step, Story, session, visitor};
use knock_engine::commands::AppendSignals;
use knock_model::{Category, LeadId, Millis, SignalType, SiteId};
use knock_ports::{Client, Detail, EVER, FirstTouch, NewSignal, VisitCount, WEBSITE};

/// All counts: the site, the link, the page and the number of browsers.
fn counted(story: &Story) -> Vec<(i64, String, String, u64)> {
    let mut counts = Vec::new();
    let read = story.store().read(&mut |view| {
        counts = view.visit_counts(Millis(0), EVER)?;
        Ok(())
    });
    read.expect("it reads");
    let shown = |count: VisitCount| {
        let touch = FirstTouch::parse(&count.touch).expect("a touch");
        assert_eq!(touch.get(FirstTouch::SITE), count.site.0.to_string());
        (count.site.0, touch.reported(FirstTouch::LINK).to_owned(), touch.path().to_owned(), count.visitors)
    };
    let mut shown: Vec<_> = counts.into_iter().map(shown).collect();
    shown.sort();
    shown
}

fn touch_of(story: &Story, lead: LeadId) -> FirstTouch {
    let mut found = None;
    let read = story.store().read(&mut |view| {
        found = view.lead(lead)?;
        Ok(())
    });
    read.expect("it reads");
    found.expect("it is there").first_touch
}

/// A page view of a browser of its own, now.
fn viewed(story: &mut Story, number: u8, url: &str) -> AppendSignals {
    let (at, id) = (story.now, story.signal_id());
    let client = Some(Client { device: "mobile".into(), country: "AT".into(), ..Client::default() });
    let detail = Detail { url: url.into(), client, ..Detail::default() };
    let view = NewSignal {
        id,
        session: session(number, at),
        kind: SignalType::PageView,
        at,
        received_at: at,
        clamped: false,
        category: Category::Pricing,
        strength: 0.0,
        seq: None,
        view: None,
        detail: detail.into(),
    };
    let (site, visitor, fresh) = (SiteId(1), visitor(number), vec![story.fresh()]);
    AppendSignals { site, visitor, received_at: at, signals: vec![view], fresh }
}

#[test]
fn a_browser_is_counted_on_each_site_when_it_is_heard_of_first_and_never_again() {
    let mut story = Story::begin();
    // An odd age is on the second site.
    let signals = |visitor, age| Step::Signals { visitor, kind: 0, category: 1, age, email: 0 };
    for step in [signals(0, 0), signals(0, 0), Step::Open { visitor: 0 }, signals(0, 1), signals(0, 1)] {
        story.step(step);
    }
    let of = |site: i64, link: &str, browsers: u64| (site, link.to_owned(), String::new(), browsers);
    assert_eq!(counted(&story), [of(1, "", 1), of(2, "", 1)]);
    // One that opens a chat before it has sent a signal.
    for step in [Step::Open { visitor: 1 }, signals(1, 0), Step::Open { visitor: 1 }] {
        story.step(step);
    }
    let all = [of(1, "", 1), of(1, WEBSITE, 1), of(2, "", 1)];
    assert_eq!(counted(&story), all);
    for batch in story.sent.clone() {
        story.commit(batch);
    }
    story.rebuild();
    assert_eq!(counted(&story), all);
}

#[test]
fn counts_say_how_browsers_came_and_outlive_the_persons() {
    let mut story = Story::begin();
    for (number, query) in
        [(0, "?utm_source=mail&utm_campaign=spring&to=ann"), (1, "?utm_campaign=spring&utm_source=mail")]
    {
        let batch = viewed(&mut story, number, &format!("https://us.example/pricing{query}"));
        story.commit(batch);
    }
    story.step(Step::Signals { visitor: 0, kind: 3, category: 1, age: 0, email: 0 });
    let rows = story.scratch.rows("visit_counts");
    assert_eq!(rows.len(), 1, "{rows:?}");
    assert!(["Campaign", "spring", "mobile", "AT"].iter().all(|said| rows[0].contains(said)), "{rows:?}");
    assert!(["utm_term", "to=ann", "us.example"].iter().all(|said| !rows[0].contains(said)), "{rows:?}");
    let expected = [(1_i64, String::new(), "/pricing".to_owned(), 2_u64)];
    assert_eq!(counted(&story), expected);
    assert!(story.erase(0).0.is_some());
    assert_eq!(counted(&story), expected);
}

#[test]
fn the_first_touch_of_a_lead_has_its_site_link_and_client() {
    let mut story = Story::begin();
    let batch = viewed(&mut story, 0, "https://us.example/pricing?a=b");
    story.commit(batch);
    story.step(Step::Open { visitor: 0 });
    let conversation = story.conversations[&0];
    let mut lead = None;
    let read = story.store().read(&mut |view| {
        lead = view.conversation(conversation)?.map(|conversation| conversation.lead);
        Ok(())
    });
    read.expect("it reads");
    let touch = touch_of(&story, lead.expect("there is one"));
    let shown = [FirstTouch::SITE, FirstTouch::LINK, FirstTouch::COUNTRY, FirstTouch::DEVICE, FirstTouch::LANGUAGE];
    assert_eq!(shown.map(|name| touch.reported(name)), ["1", WEBSITE, "AT", "mobile", ""]);
    assert_eq!((touch.path(), touch.reported("channel")), ("/pricing", "Direct"));
}

#[test]
fn a_lead_who_only_booked_came_by_the_link_of_the_meeting() {
    let mut office = Office::open();
    office.books(0, 0, 0);
    let lead = office.meetings().first().expect("one was booked").lead;
    assert_eq!(touch_of(&office.story, lead).reported(FirstTouch::LINK), "meeting");
    let rebuilt = office.story.rebuild();
    assert_eq!((rebuilt.persons.changed, rebuilt.chats.changed), (0, 0));
}
