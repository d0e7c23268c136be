//! Settings > CRM Sync: the access to HubSpot, the mapping, and the state of the sync.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::crm::CrmForm;
use crate::installing::Vendor;
use crate::parts::{
    ActionFailure, Heading, Loaded, When, crm_access, crm_dry_run, crm_health, crm_mapping, crm_sync_rules,
    install_outcome,
};
use crate::reactive::{derived, handler};

/// The account, and the form once it is connected.
#[component]
pub(crate) fn CrmPage() -> impl IntoView {
    let form = CrmForm::start();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.save();
    };
    view! {
        <div class="page-head">
            <Heading text="CRM Sync" />
        </div>
        <p class="lead">
            "Leads, their statuses and their intent are written to contacts in HubSpot as they change. Nothing leaves before you switch it on."
        </p>
        {install_outcome(Vendor::HubSpot)}
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
                        <div class="form-actions">
                            <button class="button button-strong" type="submit" prop:disabled=form.is_busy>
                                "Save"
                            </button>
                        </div>
                    </form>
                    {crm_dry_run(form)}
                </When>
            </div>
        </Loaded>
    }
}
