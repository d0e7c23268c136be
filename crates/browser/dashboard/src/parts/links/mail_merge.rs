//! Addresses of a Knock Link for the contacts of a mail merge.

use futures_util::FutureExt;
use knock_wire::LinkAddressAsk;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::api::Failure;
use crate::kit::browser::files;
use crate::kit::changing::one_at_a_time;
use crate::kit::reactive::{derived, handler};
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::field::{Field, refused_at};
use crate::state::links::Links;
use crate::words::link::{addresses_csv, pasted_emails};
use crate::words::number::counted;

/// A field for the addresses of contacts, and a file with an address of the link for each.
#[component]
pub(crate) fn MailMerge(
    links: Links,
    /// The link.
    slug: String,
) -> impl IntoView {
    let (id, name) = (format!("merge-{slug}"), format!("{slug}.csv"));
    let merge = Merge::new(links, slug);
    let errors = refused_at(merge.failure, "emails");
    view! {
        <form class="form" on:submit=handler(move |event| merge.submit(&event)) novalidate>
            <Field
                id=id.clone()
                label="E-mail addresses"
                hint="One per line, up to 1,000. Each contact gets their own address, which identifies them: send it to them only."
                errors
            >
                <textarea
                    class="input"
                    id=id.clone()
                    rows="4"
                    spellcheck="false"
                    aria-describedby=format!("{id}-notes")
                    aria-invalid=derived(move || errors.with(|errors| !errors.is_empty()).to_string())
                    prop:value=merge.emails
                    on:input:target=move |event| merge.emails.set(event.target().value())
                ></textarea>
            </Field>
            <ActionFailure of=derived(move || merge.failure.get().filter(|_| errors.with(Vec::is_empty))) />
            <div class="form-actions">
                <button class="button button-strong" type="submit" prop:disabled=merge.is_busy>
                    "Make addresses"
                </button>
                <a
                    class="button"
                    rel="external"
                    download=name
                    href=merge.file
                    hidden=derived(move || merge.file.with(String::is_empty))
                >
                    "Download CSV"
                </a>
            </div>
            <p class="muted" role="status">
                {merge.said}
            </p>
        </form>
    }
}

/// The pasted addresses, and the file that was made of them.
#[derive(Clone, Copy)]
struct Merge {
    links: Links,
    slug: StoredValue<String>,
    emails: RwSignal<String>,
    /// The address of the file; empty for none.
    file: RwSignal<String>,
    said: RwSignal<String>,
    is_busy: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
}

impl Merge {
    fn new(links: Links, slug: String) -> Merge {
        let text = || RwSignal::new(String::new());
        Merge {
            links,
            slug: StoredValue::new(slug),
            emails: text(),
            file: text(),
            said: text(),
            is_busy: RwSignal::new(false),
            failure: RwSignal::new(None),
        }
    }

    fn submit(self, event: &SubmitEvent) {
        event.prevent_default();
        let Merge { file, said, failure, .. } = self;
        let (client, slug) = (self.links.session.client(), self.slug.get_value());
        let ask = LinkAddressAsk { emails: self.emails.with_untracked(|emails| pasted_emails(emails)) };
        file.set(String::new());
        said.set(String::new());
        let work = async move {
            let made = client.link_addresses(&slug, &ask).await?.addresses;
            file.try_set(files::file_of(&addresses_csv(&made)));
            let contacts = counted(i64::try_from(made.len()).unwrap_or_default(), "contact");
            said.try_set(format!("Created for {contacts}. The addresses identify them for 90 days."));
            Ok(())
        };
        let ended = move |refused| failure.set(refused);
        one_at_a_time(self.is_busy, failure, work.boxed_local(), Box::new(ended));
    }
}
