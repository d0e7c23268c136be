//! Saved views: of the team, and of a member alone.

use knock_model::{Millis, RepId, SavedViewId};
use knock_ports::{SavedView, Store};
use knock_store::Scratch;

fn rep(number: u8) -> RepId {
    RepId::new([number; 16])
}

fn view(number: u8, page: &str, name: &str, member: Option<RepId>) -> SavedView {
    SavedView {
        id: SavedViewId::new([number; 16]),
        member,
        page: page.into(),
        name: name.into(),
        query: format!("view=open&score=High&n={number}"),
        created_by: "ann@globex.test".into(),
        created_at: Millis(i64::from(number)),
    }
}

fn read(store: &dyn Store, of: Option<RepId>) -> Vec<SavedView> {
    let mut views = Vec::new();
    let read = store.read(&mut |view| {
        views = view.saved_views(of)?;
        Ok(())
    });
    read.expect("it reads");
    views
}

#[test]
fn a_member_has_their_own_views_and_those_of_the_team_by_page_and_name() {
    let scratch = Scratch::new();
    let store = scratch.store();
    let teams = [view(1, "inbox", "b", None), view(2, "contacts", "z", None)];
    let anns = [view(3, "inbox", "A", Some(rep(1))), view(4, "inbox", "c", Some(rep(1)))];
    let bobs = view(5, "inbox", "a", Some(rep(2)));
    let done =
        store.write(&mut |ledger| teams.iter().chain(&anns).chain([&bobs]).try_for_each(|view| ledger.save_view(view)));
    done.expect("it is kept");
    let [of_inbox, of_contacts] = teams;
    let [first, last] = anns;
    assert_eq!(read(&*store, None), [of_contacts.clone(), of_inbox.clone()]);
    assert_eq!(read(&*store, Some(rep(1))), [of_contacts.clone(), first.clone(), of_inbox.clone(), last]);
    assert_eq!(read(&*store, Some(rep(2))), [of_contacts, bobs, of_inbox]);

    // A member can give their view to the team; who made it, and when, stays.
    let given = SavedView { member: None, name: "new".into(), created_by: "bob@globex.test".into(), ..first.clone() };
    store.write(&mut |ledger| ledger.save_view(&given)).expect("it is kept");
    let kept = SavedView { created_by: first.created_by, ..given };
    assert!(read(&*store, None).contains(&kept));
    let deleted = |id| {
        let mut was_there = false;
        let done = store.write(&mut |ledger| {
            was_there = ledger.drop_view(id)?;
            Ok(())
        });
        done.expect("it is kept");
        was_there
    };
    assert!(deleted(kept.id) && !deleted(kept.id) && !read(&*store, None).contains(&kept));
}
