//! Settings > Saved replies: reusable texts.

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
use crate::parts::settings::reply_form::ReplyForm;
use crate::parts::settings::reply_line::reply_line;
use crate::state::settings::reply_settings::ReplySettings;

lazy!(settings => RepliesPage);

/// The replies of the team and of the member, and a form for one of them.
#[component]
pub(crate) fn RepliesPage() -> impl IntoView {
    let replies = ReplySettings::new(reply_line);
    replies.load();
    let is_deleting = derived(move || replies.deleting_name.with(|name| !name.is_empty()));
    let form_title = move || if replies.editing.get().is_some() { "Change the reply" } else { "Add a reply" };
    let unplaced = move || {
        // Otherwise the failure is shown at its field, or in the dialog.
        let is_placed = ["name", "text"].iter().any(|field| replies.errors(field).with(|errors| !errors.is_empty()));
        let failure = replies.failure.get().filter(|_| !is_placed && !is_deleting.get())?;
        Some(view! { <FailureLine failure /> })
    };
    view! {
        <div class="page-head">
            <Heading text="Saved replies" />
        </div>
        <p class="lead">
            "In a chat, type / and the first letters of a name, or choose \u{201c}Saved replies\u{201d}. Team replies are for everyone, personal ones for you only."
        </p>
        <Loaded phase=replies.list.phase retry=move |()| replies.load()>
            <When
                is=derived(move || !replies.list.lines().is_empty())
                fallback=|| {
                    view! {
                        <Empty title="No saved replies yet" icon=Icon::Message>
                            <p>"Add the first one below."</p>
                        </Empty>
                    }
                }
            >
                <ol class="people" aria-label="Saved replies">
                    <Lines of=derived(move || replies.list.lines()) />
                </ol>
            </When>
        </Loaded>
        <p role="status">{replies.said}</p>
        <section class="panel people-invite" aria-labelledby="reply-form">
            <h2 class="panel-title" id="reply-form">
                {dynamic(form_title)}
            </h2>
            <ReplyForm replies />
            {dynamic(unplaced)}
        </section>
        <When is=is_deleting>
            <Dialog
                title="Delete this reply?"
                confirm="Delete"
                is_busy=replies.is_busy
                failure=replies.failure
                confirmed=move |()| replies.delete()
                closed=move |()| replies.keep()
            >
                <p><bdi>{replies.deleting_name}</bdi> " is deleted. Messages that were sent with it stay."</p>
            </Dialog>
        </When>
    }
}
