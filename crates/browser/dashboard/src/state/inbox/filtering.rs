//! Filtering the inbox: every choice changes the address of the page.

use knock_wire::{KnowledgeSite, TagRow};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

use super::list::Inbox;
use super::team::Team;
use crate::kit::reactive::memo;
use crate::state::session::{Session, use_session};
use crate::words::inbox::inbox_address;
use crate::words::inbox_filter::{Chip, InboxFilter, Names, ORDER, SITE, TAG};

/// Navigates within the app, to an address.
type Go = StoredValue<Rc<dyn Fn(&str)>, LocalStorage>;

/// The filter of the inbox, as the page changes it.
#[derive(Clone, Copy)]
pub(crate) struct Filtering {
    session: Session,
    inbox: Inbox,
    /// The path of the page, with the open conversation.
    path: Memo<String>,
    /// The sites and the tags to choose from; none before they were needed.
    sites: RwSignal<Vec<KnowledgeSite>>,
    tags: RwSignal<Vec<TagRow>>,
    /// What members, tags and sites are called.
    pub(crate) names: Memo<Names>,
    go: Go,
}

impl Filtering {
    /// The filter of the address; `go` navigates within the app.
    pub(crate) fn start(inbox: Inbox, team: Team, path: Memo<String>, go: impl Fn(&str) + 'static) -> Filtering {
        let (sites, tags) = (RwSignal::new(Vec::new()), RwSignal::new(Vec::new()));
        let names = memo(move || Names { members: team.assignees.get(), tags: tags.get(), sites: sites.get() });
        let go = StoredValue::new_local(Rc::new(go) as Rc<dyn Fn(&str)>);
        let filtering = Filtering { session: use_session(), inbox, path, sites, tags, names, go };
        if inbox.filter.with_untracked(|filter| [SITE, TAG].iter().any(|name| !filter.value(name).is_empty())) {
            filtering.load_choices();
        }
        filtering
    }

    /// Loads the sites and the tags to choose from.
    pub(crate) fn load_choices(self) {
        let client = self.session.client();
        // Without them neither is offered, and a chosen one is shown by its key or id.
        spawn_local(async move {
            if let Ok(list) = client.knowledge_sites().await {
                self.sites.try_set(list.sites);
            }
            if let Ok(list) = client.tags().await {
                self.tags.try_set(list.tags);
            }
        });
    }

    pub(crate) fn value(self, name: &str) -> String {
        self.inbox.filter.with(|filter| filter.value(name).to_owned())
    }

    pub(crate) fn has_status(self, status: &str) -> bool {
        self.inbox.filter.with(|filter| filter.has_status(status))
    }

    /// The parts of the filter in words.
    pub(crate) fn chips(self) -> Vec<Chip> {
        self.names.with(|names| self.inbox.filter.with(|filter| filter.chips(names)))
    }

    /// Whether it leaves out conversations of the view.
    pub(crate) fn is_narrow(self) -> bool {
        self.inbox.filter.with(InboxFilter::is_narrow)
    }

    /// Whether there is something that a saved view would keep beside a view.
    pub(crate) fn is_worth_saving(self) -> bool {
        self.is_narrow() || !self.value(ORDER).is_empty()
    }

    /// Sets a parameter; an empty value removes it.
    pub(crate) fn set(self, name: &str, value: &str) {
        self.show(&self.inbox.filter.with_untracked(|filter| filter.with(name, value)));
    }

    pub(crate) fn set_status(self, status: &str, is_chosen: bool) {
        self.show(&self.inbox.filter.with_untracked(|filter| filter.with_status(status, is_chosen)));
    }

    /// Removes the whole filter; the order stays.
    pub(crate) fn clear(self) {
        self.show(&self.inbox.filter.with_untracked(InboxFilter::cleared));
    }

    /// Shows the view with another filter; the open conversation stays.
    pub(crate) fn show(self, filter: &InboxFilter) {
        let open = self.path.with_untracked(|path| path.strip_prefix("/app/inbox/").map(str::to_owned));
        let open = open.as_deref().map(|id| id.trim_end_matches('/')).filter(|id| !id.is_empty());
        let address = inbox_address(self.inbox.view.get_untracked(), filter, open);
        self.go.with_value(|go| go(&address));
    }
}
