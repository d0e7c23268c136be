//! Settings > Tags: the tags of the workspace.

use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic};
use crate::parts::form::dialog::Dialog;
use crate::parts::form::failure_line::FailureLine;
use crate::parts::page::empty::Empty;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::Icon;
use crate::parts::page::lazy::lazy;
use crate::parts::page::lines::Lines;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::parts::settings::tag_form::TagForm;
use crate::parts::settings::tag_line::tag_line;
use crate::state::settings::tag_settings::TagSettings;
use crate::words::failure::errors_at;
use crate::words::tag::loss_words;

lazy!(settings => TagsPage);

/// All tags, and a form for one of them.
#[component]
pub(crate) fn TagsPage() -> impl IntoView {
    let tags = TagSettings::new(tag_line);
    tags.load();
    let form_title = move || if tags.editing.get().is_some() { "Change the tag" } else { "Add a tag" };
    let unplaced = move || {
        // Otherwise the failure is shown at its field, or in the dialog.
        let failure = tags.failure.get().filter(|_| tags.deleting.with(Option::is_none))?;
        errors_at(Some(&failure), "name").is_empty().then(|| view! { <FailureLine failure /> })
    };
    view! {
        <div class="page-head">
            <Heading text="Tags" />
        </div>
        <p class="lead">
            "Words that the team gives leads. Everybody sets them in the inbox and on the record of a contact; a change here shows everywhere."
        </p>
        <Loaded phase=tags.list.phase retry=move |()| tags.load()>
            <When
                is=derived(move || !tags.list.lines().is_empty())
                fallback=|| {
                    view! {
                        <Empty title="No tags yet" icon=Icon::Message>
                            <p>"Add the first one below, or in a chat with the key t."</p>
                        </Empty>
                    }
                }
            >
                <ol class="people" aria-label="Tags">
                    <Lines of=derived(move || tags.list.lines()) />
                </ol>
            </When>
        </Loaded>
        <p role="status">{tags.said}</p>
        <section class="panel people-invite" aria-labelledby="tag-form">
            <h2 class="panel-title" id="tag-form">
                {dynamic(form_title)}
            </h2>
            <TagForm tags />
            {dynamic(unplaced)}
        </section>
        {dynamic(move || question(tags))}
    }
}

/// The question before a tag is deleted, with the number of leads that lose it.
fn question(tags: TagSettings) -> Option<AnyView> {
    let row = tags.deleting.get()?;
    let asked = view! {
        <Dialog
            title="Delete this tag?"
            confirm="Delete"
            is_busy=tags.is_busy
            failure=tags.failure
            confirmed=move |()| tags.delete()
            closed=move |()| tags.keep()
        >
            <p><bdi>{row.name}</bdi> " is deleted. " {loss_words(row.leads)}</p>
        </Dialog>
    };
    Some(asked.into_any())
}
