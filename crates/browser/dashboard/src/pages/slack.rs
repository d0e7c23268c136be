//! Settings > Slack: the workspace, the monitoring channel, and problems.

use leptos::prelude::*;

use crate::kit::reactive::derived;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::installing::install_outcome;
use crate::parts::page::heading::Heading;
use crate::parts::page::lazy::lazy;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::parts::slack::connect::slack_steps;
use crate::parts::slack::everyone::slack_everyone;
use crate::parts::slack::monitoring_channel::{slack_monitoring_channel, slack_new_channel};
use crate::parts::slack::people::slack_people;
use crate::parts::slack::state::slack_state;
use crate::state::settings::installing::Vendor;
use crate::state::settings::slack_form::SlackForm;

lazy!(connections => SlackPage);

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
                    {slack_everyone(form)}
                    {slack_people(form)}
                </When>
            </div>
        </Loaded>
    }
}
