//! Addresses of a Knock Link for the contacts of a mail merge.

use futures_util::FutureExt;
use knock_wire::LinkAddressAsk;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::api::Failure;
use crate::browser;
use crate::changing::one_at_a_time;
use crate::links::Links;
use crate::parts::{ActionFailure, Field};
use crate::reactive::{derived, handler};
use crate::words::{addresses_csv, counted, field_errors, pasted_emails};

/// A field for the addresses of contacts, and a file with an address of the link for each.
#[component]
pub(crate) fn MailMerge(
    links: Links,
    /// The link.
    slug: String,
) -> impl IntoView {
    let (emails, file, said) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (is_busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let errors = derived(move || match failure.get() {
        Some(Failure::Refused(problem)) => field_errors(&problem, "emails"),
        _ => Vec::new(),
    });
    let (id, name, of) = (format!("merge-{slug}"), format!("{slug}.csv"), slug.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (client, slug) = (links.session.client(), of.clone());
        let ask = LinkAddressAsk { emails: emails.with_untracked(|emails| pasted_emails(emails)) };
        file.set(String::new());
        said.set(String::new());
        let work = async move {
            let made = client.link_addresses(&slug, &ask).await?.addresses;
            file.try_set(browser::file_of(&addresses_csv(&made)));
            let contacts = counted(i64::try_from(made.len()).unwrap_or_default(), "contact");
            said.try_set(format!("Created for {contacts}. The addresses identify them for 90 days."));
            Ok(())
        };
        let ended = move |refused| failure.set(refused);
        one_at_a_time(is_busy, failure, work.boxed_local(), Box::new(ended));
    };
    view! {
        <form class="form" on:submit=handler(submit) novalidate>
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
                    prop:value=emails
                    on:input:target=move |event| emails.set(event.target().value())
                ></textarea>
            </Field>
            <ActionFailure of=derived(move || failure.get().filter(|_| errors.with(Vec::is_empty))) />
            <div class="form-actions">
                <button class="button button-strong" type="submit" prop:disabled=is_busy>
                    "Make addresses"
                </button>
                <a
                    class="button"
                    rel="external"
                    download=name
                    href=file
                    hidden=derived(move || file.with(String::is_empty))
                >
                    "Download CSV"
                </a>
            </div>
            <p class="muted" role="status">
                {said}
            </p>
        </form>
    }
}
