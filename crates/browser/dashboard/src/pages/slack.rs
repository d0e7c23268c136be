//! Settings > Slack: the workspace, the monitoring channel, and problems.

use leptos::prelude::*;

use crate::installing::Vendor;
use crate::parts::{
    ActionFailure, Heading, Loaded, When, install_outcome, slack_monitoring_channel, slack_new_channel, slack_people,
    slack_state, slack_steps,
};
use crate::reactive::derived;
use crate::slack_form::SlackForm;

/// Steps until a workspace is connected, then its state.
#[component]
pub(crate) fn SlackPage() -> impl IntoView {
    let form = SlackForm::start();
    view! {
        <div class="page-head">
            <Heading text="Slack" />
        </div>
        <p class="lead">
            "Chats are shown in a channel of your Slack workspace, and reps answer leads from there. The inbox has the same conversations."
        </p>
        {install_outcome(Vendor::Slack)}
        <Loaded phase=form.stored.phase retry=move |()| form.stored.load()>
            <div class="vendor">
                <p class="muted" role="status">{form.said}</p>
                <ActionFailure of=derived(move || form.unplaced()) />
                <When is=derived(move || form.of(|stored| stored.is_connected)) fallback=move || slack_steps(form)>
                    {slack_state(form)}
                    {slack_monitoring_channel(form)}
                    {slack_new_channel(form)}
                    {slack_people(form)}
                </When>
            </div>
        </Loaded>
    }
}
