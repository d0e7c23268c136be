//! A routing rule: segments, tester, what-if, links, versions and the fairness of its pools.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::kit::leaving::Leaving;
use crate::kit::reactive::{derived, memo};
use crate::parts::form::leave_question::LeaveQuestion;
use crate::parts::page::heading::Heading;
use crate::parts::page::icon::{Icon, IconMark};
use crate::parts::page::lazy::lazy;
use crate::parts::page::loaded::Loaded;
use crate::parts::page::when::When;
use crate::parts::rules::fairness::FairnessPanel;
use crate::parts::rules::given_links::GivenLinks;
use crate::parts::rules::rule_bar::rule_bar;
use crate::parts::rules::rule_fields::rule_fields;
use crate::parts::rules::rule_versions::RuleVersionList;
use crate::parts::rules::segment_list::SegmentList;
use crate::parts::rules::templates::{DropQuestion, RenameQuestion, TemplateQuestion};
use crate::parts::rules::tester_panel::TesterPanel;
use crate::parts::rules::what_if_panel::WhatIfPanel;
use crate::state::rules::form::RuleForm;
use crate::words::rule::funnel_plural;

lazy!(rules => RoutingRulePage);

/// The rule of the address; another address starts over.
#[component]
pub(crate) fn RoutingRulePage() -> impl IntoView {
    let params = use_params_map();
    let id = memo(move || params.read().get("id").unwrap_or_default());
    move || view! { <Editor id=id.get() /> }.into_any()
}

#[component]
fn Editor(id: String) -> impl IntoView {
    let address = format!("/app/routing-rules/{id}");
    let form = RuleForm::start(id);
    let leaving = Leaving::watch(move || form.is_changed(), move || address.clone());
    let title = derived(move || {
        form.base.with(|base| base.as_ref().map_or_else(|| "Routing rule".to_owned(), |base| base.name.clone()))
    });
    view! {
        <a class="back" href="/app/routing-rules">
            <IconMark icon=Icon::Back />
            "Routing Rules"
        </a>
        <div class="page-head">
            <Heading text=title />
            <span class="badge">{derived(move || funnel_plural(form.draft.with(|draft| draft.funnel)))}</span>
        </div>
        <Loaded phase=form.versions.phase retry=move |()| form.load_newest()>
            <When is=derived(move || form.base.with(Option::is_some))>
                {rule_bar(form)}
                <div class="agents-columns rule-columns">
                    <div class="agents-parts">
                        {rule_fields(form)} <SegmentList form /> <RuleVersionList form /> <FairnessPanel form />
                    </div>
                    <div class="agents-parts">
                        <TesterPanel form /> <WhatIfPanel form /> <GivenLinks form />
                    </div>
                </div>
            </When>
        </Loaded>
        <When is=derived(move || form.templated.get().is_some())>
            <TemplateQuestion form />
        </When>
        <When is=derived(move || form.renamed.get().is_some())>
            <RenameQuestion form />
        </When>
        <When is=derived(move || form.dropped.get().is_some())>
            <DropQuestion form />
        </When>
        <LeaveQuestion leaving lost="Your changes to this rule are lost." choose=|_| () />
    }
}
