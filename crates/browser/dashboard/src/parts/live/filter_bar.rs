//! The filter and the search of the visitors on a site.

use knock_wire::KnowledgeSite;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

use crate::kit::reactive::{derived, memo};
use crate::parts::form::search_box::SearchBox;
use crate::parts::page::when::When;
use crate::parts::table::condition_line::option;
use crate::state::inbox::team::Team;
use crate::state::session::{Session, use_session};
use crate::state::visits::list::OnSite;
use crate::words::inbox_filter::{Labelled, Names, OWNER, SCORE, SITE, TYPE, scores, sites, types};
use crate::words::visit_filter::{KNOWN, VisitFilter, knowledge, visit_owners};

/// Navigates within the app, to an address.
type Go = StoredValue<Rc<dyn Fn(&str)>, LocalStorage>;

/// The filter as the page changes it: every choice changes the address.
#[derive(Clone, Copy)]
pub(super) struct Filtering {
    session: Session,
    on_site: OnSite,
    /// What members and sites are called.
    names: Memo<Names>,
    go: Go,
}

impl Filtering {
    /// The filter of the address; `go` navigates within the app.
    pub(super) fn start(on_site: OnSite, go: impl Fn(&str) + 'static) -> Filtering {
        let (session, team) = (use_session(), Team::start());
        let all = RwSignal::new(Vec::<KnowledgeSite>::new());
        let client = session.client();
        // Without them none is offered, and a chosen one is shown by its key.
        spawn_local(async move {
            if let Ok(list) = client.knowledge_sites().await {
                all.try_set(list.sites);
            }
        });
        let names = memo(move || Names { members: team.assignees.get(), tags: Vec::new(), sites: all.get() });
        Filtering { session, on_site, names, go: StoredValue::new_local(Rc::new(go) as Rc<dyn Fn(&str)>) }
    }

    /// Whether there is more than one site.
    pub(super) fn has_sites(self) -> bool {
        self.names.with(|names| names.sites.len() > 1)
    }

    fn value(self, name: &str) -> String {
        self.on_site.filter.with(|filter| filter.value(name).to_owned())
    }

    fn set(self, name: &str, value: &str) {
        self.show(&self.on_site.filter.with_untracked(|filter| filter.with(name, value)));
    }

    /// Removes the filter and the search.
    pub(super) fn clear(self) {
        self.on_site.search.set(String::new());
        self.show(&VisitFilter::default());
    }

    fn show(self, filter: &VisitFilter) {
        self.go.with_value(|go| go(&filter.address()));
    }
}

#[component]
pub(super) fn FilterBar(filtering: Filtering) -> impl IntoView {
    let session = filtering.session;
    let owners = derived(move || filtering.names.with(|names| visit_owners(names, &session.email())));
    let of_sites = derived(move || filtering.names.with(sites));
    view! {
        <div class="visits-tools">
            <SearchBox label="Search visitors" text=filtering.on_site.search />
            {choice(filtering, (KNOWN, "Known", "Everyone"), Signal::stored(knowledge()))}
            {choice(filtering, (TYPE, "Intent type", "Every type"), Signal::stored(types()))}
            {choice(filtering, (SCORE, "Intent score", "Every score"), Signal::stored(scores()))}
            {choice(filtering, (OWNER, "Owner", "Any owner"), owners)}
            <When is=derived(move || filtering.has_sites())>
                {move || choice(filtering, (SITE, "Site", "Every site"), of_sites)}
            </When>
        </div>
    }
}

/// A part with one of several values; `any` is the label of none. One that is not offered is shown as it stands.
fn choice(
    filtering: Filtering,
    (name, label, any): (&'static str, &'static str, &'static str),
    all: Signal<Vec<Labelled>>,
) -> AnyView {
    let options = derived(move || {
        let (chosen, all) = (filtering.value(name), all.get());
        let is_offered = chosen.is_empty() || all.iter().any(|(value, _)| *value == chosen);
        let other = if is_offered { String::new() } else { option(&chosen, &chosen, true) };
        let all = all.iter().map(|(value, label)| option(value, label, *value == chosen)).collect::<String>();
        option("", any, chosen.is_empty()) + &all + &other
    });
    view! {
        <select
            class="input table-choice"
            aria-label=label
            inner_html=options
            on:change:target=move |event| filtering.set(name, &event.target().value())
        ></select>
    }
    .into_any()
}
