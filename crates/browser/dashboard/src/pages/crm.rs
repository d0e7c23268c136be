//! Settings > CRM Sync: the access to a CRM, the mapping, and the state of the sync.

use knock_model::CrmSystem;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::kit::reactive::{derived, dynamic, handler, memo};
use crate::parts::crm::access::crm_access;
use crate::parts::crm::choice::crm_choice;
use crate::parts::crm::dry_run::crm_dry_run;
use crate::parts::crm::health::crm_health;
use crate::parts::crm::mapping::crm_mapping;
use crate::parts::crm::sync_rules::crm_sync_rules;
use crate::parts::form::failure_line::ActionFailure;
use crate::parts::form::save_bar::SaveBar;
use crate::parts::installing::install_outcome;
use crate::parts::page::heading::Heading;
use crate::parts::page::lazy::lazy;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::state::crm::choice::CrmChoice;
use crate::state::crm::form::CrmForm;
use crate::state::settings::installing::Vendor;

lazy!(connections => CrmPage);

/// The choice of a CRM where there is one, and the shown CRM.
#[component]
pub(crate) fn CrmPage() -> impl IntoView {
    let choice = CrmChoice::start();
    let shown = memo(move || choice.shown());
    view! {
        <div class="page-head">
            <Heading text="CRM Sync" />
        </div>
        <Loaded phase=choice.known.phase retry=move |()| choice.known.load()>
            {crm_choice(choice)}
            {dynamic(move || shown.get().map(of_crm))}
        </Loaded>
    }
}

/// The account of a CRM, and the form once it is connected.
fn of_crm(system: CrmSystem) -> AnyView {
    let form = CrmForm::start(system);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    let lead = format!(
        "Leads, their statuses and their intent are written to contacts in {} as they change, and to companies if you map fields of theirs. Nothing leaves before you switch it on.",
        system.label()
    );
    view! {
        <p class="lead">{lead}</p>
        {install_outcome(Vendor::Crm(system))}
        <Loaded phase=form.stored.phase retry=move |()| form.stored.load()>
            <div class="vendor">
                <p class="muted" role="status">{form.said}</p>
                <ActionFailure of=derived(move || form.unplaced()) />
                {crm_access(form)}
                <When is=derived(move || form.is_connected())>
                    {crm_health(form)}
                    <form class="form vendor" on:submit=handler(submit) novalidate>
                        {crm_sync_rules(form)}
                        {crm_mapping(form)}
                        <SaveBar
                            is_changed=derived(move || form.is_changed())
                            is_busy=form.is_busy
                            said=Signal::stored("")
                            discard=move |()| form.discard()
                        />
                    </form>
                    {crm_dry_run(form)}
                </When>
            </div>
        </Loaded>
    }
    .into_any()
}
