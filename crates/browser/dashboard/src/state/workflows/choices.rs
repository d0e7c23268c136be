//! What the steps of a workflow can name: tags, custom fields, rules, links and webhooks of the workspace.

use knock_model::TagId;
use knock_routing::Funnel;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::state::rules::form::RuleForm;
use crate::state::session::Session;
use crate::words::workflows::fields::with_fields_of_workflows;

/// An id and its name.
pub(crate) type Named = (String, String);

/// The choices; a list that may not be read is empty.
#[derive(Clone, Copy)]
pub(crate) struct Choices {
    pub(crate) tags: RwSignal<Vec<Named>>,
    pub(crate) fields: RwSignal<Vec<Named>>,
    pub(crate) rules: RwSignal<Vec<Named>>,
    pub(crate) webhooks: RwSignal<Vec<Named>>,
    pub(crate) links: RwSignal<Vec<Named>>,
}

impl Choices {
    pub(crate) fn new() -> Choices {
        let [tags, fields, rules, webhooks, links] = [(); 5].map(|()| RwSignal::new(Vec::new()));
        Choices { tags, fields, rules, webhooks, links }
    }

    /// Loads the choices, and the inputs of the conditions. Without them what is chosen already can be seen.
    pub(crate) fn load(self, session: Session, conditions: RuleForm) {
        let client = session.client();
        spawn_local(async move {
            let tags = client.tags().await.map(|known| known.tags).unwrap_or_default();
            let names: Vec<String> = tags.iter().map(|tag| tag.name.clone()).collect();
            let named = |(id, name): (TagId, String)| (id.to_string(), name);
            self.tags.try_set(tags.into_iter().map(|tag| named((tag.id, tag.name))).collect());
            let inputs = client.rule_inputs(Funnel::Chat).await.unwrap_or_default();
            let has_slack = inputs.has_slack;
            conditions.inputs.try_set(with_fields_of_workflows(inputs, &names));
            if has_slack && let Ok(known) = client.slack_channels().await {
                conditions.channels.try_set(Some(known));
            }
        });
        let client = session.client();
        spawn_local(async move {
            if let Ok(known) = client.custom_fields().await {
                self.fields.try_set(known.fields.into_iter().map(|field| (field.name, field.label)).collect());
            }
            if let Ok(known) = client.rules().await {
                let of_chats = known.rules.into_iter().filter(|rule| rule.funnel() == Funnel::Chat);
                self.rules.try_set(of_chats.map(|rule| (rule.id, rule.name)).collect());
            }
            if let Ok(known) = client.links(false).await {
                self.links.try_set(known.links.into_iter().map(|link| (link.slug, link.name)).collect());
            }
            if let Ok(known) = client.workflow_webhooks().await {
                self.webhooks.try_set(known.webhooks.into_iter().map(|one| (one.id.to_string(), one.name)).collect());
            }
        });
    }
}
