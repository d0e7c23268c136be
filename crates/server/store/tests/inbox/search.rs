//! Searching in views, and in all of them.

use super::{COUNT, NOW, ann, expected, filled, id, is_in, message, pages, query, summary};
use knock_model::search::Search;
use knock_model::{ConversationId, NoteId};
use knock_ports::{ChatSummary, InboxQuery, InternalNote, Store, TeamAuthor};
use knock_status::chat::InboxView;

#[test]
fn a_search_finds_names_addresses_and_what_was_written_in_its_view_only() {
    let (_scratch, store) = filled();
    let found = |view: InboxView, search: &str| {
        pages(&*store, InboxQuery { search: Search::parse(search), limit: 3, ..query(view) })
    };
    for view in InboxView::ALL {
        assert_eq!(found(*view, "xylophones"), expected(*view), "{view:?}");
    }
    for number in 1..=COUNT {
        let here = |chat: &ChatSummary| chat.lead == id(number);
        for search in
            [format!("LEAD{number}@globex"), format!("100%_{number}"), format!(" {} xylo", u32::from(number) * 1_001)]
        {
            let all = InboxView::ALL.iter().filter(|view| is_in(**view, &summary(number)));
            for view in all {
                assert!(found(*view, &search).iter().any(here), "{search} in {view:?}");
            }
        }
    }
    let everywhere = |search: &str| {
        let query =
            InboxQuery { search: Search::parse(search), limit: 3, is_everywhere: true, ..query(InboxView::Spam) };
        pages(&*store, query)
    };
    let mut all: Vec<ChatSummary> = (1..=COUNT).map(summary).filter(|chat| !is_in(InboxView::Spam, chat)).collect();
    let mut found_all = everywhere("xylophones");
    assert!(
        found_all.iter().rposition(|chat| chat.waiting_since.is_some())
            < found_all.iter().position(|chat| chat.waiting_since.is_none())
    );
    all.sort_by_key(|chat| *chat.lead.as_bytes());
    found_all.sort_by_key(|chat| *chat.lead.as_bytes());
    assert_eq!(found_all, all);
    // Wildcards are taken literally.
    assert!(found(InboxView::Open, "100__").is_empty());
    assert!(found(InboxView::Open, "xylo%phones").is_empty());
}

/// The texts that a search finds in chats 1 and 2.
fn found_in(store: &dyn Store, search: &str) -> (Vec<u8>, Vec<String>) {
    let (mut leads, mut texts) = (Vec::new(), Vec::new());
    let search = Search::parse(search);
    let read = store.read(&mut |view| {
        let query = InboxQuery { search: search.clone(), is_everywhere: true, ..query(InboxView::Open) };
        leads = view.inbox(&query)?.chats.iter().map(|chat| chat.lead.as_bytes()[0]).collect();
        let found = view.found_texts(&[id(1), id(2)], &search)?;
        texts = found.into_iter().map(|found| found.text).collect();
        Ok(())
    });
    read.expect("it reads");
    leads.sort_unstable();
    (leads, texts)
}

#[test]
fn words_are_found_whatever_their_case_accents_and_place() {
    let (_scratch, store) = filled();
    let written = store.write(&mut |ledger| {
        let of = |number: u8| ConversationId::new([number; 16]);
        ledger.append_message(of(1), &message(2, "Łódź, STRAßE 7\nΣΊΣΥΦΟΣ ЁЛКА"))?;
        let note = |number: u8, text: &str| InternalNote {
            id: NoteId::from_bytes([number; 16]),
            conversation: of(number),
            author: TeamAuthor::Member(ann()),
            text: text.to_owned(),
            mentions: Vec::new(),
            at: NOW,
        };
        ledger.append_note(&note(1, "Wants Coupa"))?;
        ledger.append_note(&note(2, "Wants Çoupa’s punch-out"))?;
        Ok(())
    });
    written.expect("it is stored");
    let message = "Łódź, STRAßE 7\nΣΊΣΥΦΟΣ ЁЛКА";
    let cases: [(&str, &[u8], &[&str]); 9] = [
        ("lodz", &[1], &[message]),
        ("STRASSE", &[1], &[message]),
        ("strasse coupa", &[1], &["Wants Coupa", "Wants Çoupa’s punch-out", message]),
        ("\"7 σίσυφος ёлка\"", &[1], &[message]),
        ("\"coupa lodz\"", &[], &[]),
        ("çoupa's", &[2], &["Wants Çoupa’s punch-out"]),
        ("wants coupa", &[1, 2], &["Wants Coupa", "Wants Çoupa’s punch-out"]),
        ("coupa absent", &[], &["Wants Coupa", "Wants Çoupa’s punch-out"]),
        ("7%straße", &[], &[]),
    ];
    for (search, leads, texts) in cases {
        let (found, mut shown) = found_in(&*store, search);
        assert_eq!(found, leads, "{search}");
        shown.sort_unstable();
        let mut expected = texts.to_vec();
        expected.sort_unstable();
        assert_eq!(shown, expected, "{search}");
    }
}
