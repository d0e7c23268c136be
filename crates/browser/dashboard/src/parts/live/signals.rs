//! All signals, as they arrive.

use futures_util::FutureExt;
use knock_model::LeadId;
use knock_wire::{ContactRef, ContactRow, LiveEvent, TimelineEntry};
use leptos::ev;
use leptos::prelude::*;

use crate::api::records::TimelineOf;
use crate::kit::browser;
use crate::kit::paged::Paged;
use crate::kit::reactive::derived;
use crate::parts::page::demo_link::DemoLink;
use crate::parts::page::empty::Empty;
use crate::parts::page::icon::Icon;
use crate::parts::page::lines::Lines;
use crate::parts::page::load_more::LoadMore;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::parts::record::live_entry::LiveEntry;
use crate::parts::record::new_rows::NewRows;
use crate::state::live::use_live;
use crate::state::records::announcer::use_announcer;
use crate::state::session::use_session;

/// The largest number of lines on the page, and of lines deferred while it is scrolled.
const MOST: usize = 300;

/// The feed of all signals.
#[component]
pub(crate) fn SignalFeed() -> impl IntoView {
    let feed = Feed::new();
    feed.list.start();
    use_live().after_gap(move || feed.list.refresh());
    let announcer = use_announcer();
    use_live().listen(move |event| match event {
        LiveEvent::Signal(entry) => {
            feed.take(entry.clone());
            announcer.tell(entry);
        }
        LiveEvent::Contact(row) => feed.rename(row),
        LiveEvent::Conversation(row) if row.state.is_spam => feed.hide(row.lead),
        LiveEvent::Account(_)
        | LiveEvent::Conversation(_)
        | LiveEvent::Refused(_)
        | LiveEvent::Note(_)
        | LiveEvent::Presence(_)
        | LiveEvent::Meeting(_)
        | LiveEvent::Personal(_)
        | LiveEvent::Knowledge(_)
        | LiveEvent::Missed(_) => {}
    });
    let scrolled = window_event_listener(ev::scroll, move |_| {
        if browser::is_at_top() {
            feed.show_waiting();
        }
    });
    on_cleanup(move || scrolled.remove());
    let list = feed.list;
    let is_short = move || list.rows.count() < MOST;
    view! {
        <p class="lead">"All signals of your sites, as they arrive."</p>
        <NewRows
            count=derived(move || feed.waiting.with(Vec::len))
            noun="new signal"
            show=move |()| {
                browser::scroll_to_top();
                feed.show_waiting();
            }
        />
        <Loaded phase=list.phase retry=move |()| list.start()>
            <When is=derived(move || !list.rows.is_empty()) fallback=NothingYet>
                <ol class="live-list" aria-label="Signals">
                    <Lines of=derived(move || list.rows.drawn(|entry| view! { <LiveEntry entry /> }.into_any())) />
                </ol>
            </When>
            <When
                is=derived(is_short)
                fallback=|| view! { <p class="more muted">"Older signals are on the timelines of contacts and accounts."</p> }
            >
                <LoadMore list label="Load older" />
            </When>
        </Loaded>
    }
}

#[component]
fn NothingYet() -> impl IntoView {
    view! {
        <Empty title="No signals yet" icon=Icon::Live>
            <p>
                <a class="link" href="/app/install">"Install the snippet"</a>
                " on your website"
                <DemoLink before=", or visit the " />
                ": its signals appear here automatically."
            </p>
        </Empty>
    }
}

#[derive(Clone, Copy)]
struct Feed {
    list: Paged<TimelineEntry>,
    waiting: RwSignal<Vec<TimelineEntry>>,
}

impl Feed {
    fn new() -> Feed {
        let session = use_session();
        let list = Paged::new(move |before| {
            let client = session.client();
            async move {
                let page = client.timeline(TimelineOf::All, None, None, before.as_deref()).await?;
                Ok((page.entries, page.next))
            }
            .boxed_local()
        });
        Feed { list, waiting: RwSignal::new(Vec::new()) }
    }

    /// Takes a new signal: on top, or deferred while the page is scrolled down.
    fn take(self, entry: TimelineEntry) {
        self.name_visitor(&entry);
        if browser::is_at_top() || self.list.rows.is_empty_untracked() {
            self.put(entry);
        } else {
            self.waiting.update(|waiting| {
                waiting.push(entry);
                let surplus = waiting.len().saturating_sub(MOST);
                waiting.drain(..surplus);
            });
        }
    }

    /// Sets the contact of all signals of a visitor once one signal has it.
    fn name_visitor(self, entry: &TimelineEntry) {
        if entry.contact.is_none() {
            return;
        }
        self.list.rows.change_each(|other| {
            let is_theirs = other.visitor == entry.visitor && other.contact != entry.contact;
            if is_theirs {
                other.contact.clone_from(&entry.contact);
                other.account.clone_from(&entry.account);
            }
            is_theirs
        });
    }

    /// Renames a contact on all their signals.
    fn rename(self, row: &ContactRow) {
        self.list.rows.change_each(|entry| match &mut entry.contact {
            Some(contact) if contact.id == row.id => {
                let now = ContactRef {
                    id: row.id,
                    email: row.email.clone(),
                    display_name: row.display_name.clone(),
                    phone: row.phone.clone(),
                };
                let is_other = *contact != now;
                if is_other {
                    *contact = now;
                    entry.account.clone_from(&row.account);
                }
                is_other
            }
            _ => false,
        });
    }

    /// Removes the signals of a lead who is marked as spam.
    fn hide(self, lead: LeadId) {
        let is_theirs = move |entry: &TimelineEntry| entry.contact.as_ref().is_some_and(|contact| contact.id == lead);
        self.list.rows.remove_each(is_theirs);
        self.waiting.update(|waiting| waiting.retain(|entry| !is_theirs(entry)));
    }

    fn show_waiting(self) {
        if self.waiting.with_untracked(Vec::is_empty) {
            return;
        }
        for entry in self.waiting.try_update(std::mem::take).unwrap_or_default() {
            self.put(entry);
        }
    }

    fn put(self, entry: TimelineEntry) {
        self.list.rows.put_first(entry);
        self.list.rows.keep_first(MOST);
    }
}
