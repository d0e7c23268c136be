//! Routing rules: versions, what-if, and their links.

use knock_routing::{Funnel, Rule};
use knock_wire::{
    CustomFields, Fairness, LinkRule, RuleInputs, RuleList, RuleMatches, RuleMatchesAsk, RuleVersions, SegmentTemplate,
    SegmentTemplateDraft, SegmentTemplateList, TesterLeads, WhatIf, WhatIfAsk,
};

use super::{Client, Failure, Method, encode, json};

impl Client {
    /// All rules, with their uses.
    pub(crate) async fn rules(&self) -> Result<RuleList, Failure> {
        self.get("/api/v1/rules".to_owned()).await
    }

    pub(crate) async fn create_rule(&self, rule: &Rule) -> Result<Rule, Failure> {
        self.ask(Method::Post, "/api/v1/rules".to_owned(), Some(json(rule)?)).await
    }

    /// Saves a rule as its next version.
    pub(crate) async fn save_rule(&self, rule: &Rule) -> Result<Rule, Failure> {
        self.ask(Method::Put, path(&rule.id), Some(json(rule)?)).await
    }

    /// Deletes a rule that no link uses.
    pub(crate) async fn delete_rule(&self, id: &str) -> Result<(), Failure> {
        self.done(Method::Delete, path(id), None).await
    }

    /// All versions of a rule, newest first.
    pub(crate) async fn rule_versions(&self, id: &str) -> Result<RuleVersions, Failure> {
        self.get(format!("{}/versions", path(id))).await
    }

    pub(crate) async fn rule_inputs(&self, funnel: Funnel) -> Result<RuleInputs, Failure> {
        self.get(format!("/api/v1/rules/inputs?funnel={}", funnel.as_str())).await
    }

    /// The number of leads that each segment of a draft matches.
    pub(crate) async fn rule_matches(&self, ask: &RuleMatchesAsk) -> Result<RuleMatches, Failure> {
        self.ask(Method::Post, "/api/v1/rules/matches".to_owned(), Some(json(ask)?)).await
    }

    pub(crate) async fn what_if(&self, ask: &WhatIfAsk) -> Result<WhatIf, Failure> {
        self.ask(Method::Post, "/api/v1/rules/what-if".to_owned(), Some(json(ask)?)).await
    }

    /// Past leads of a funnel for the tester.
    pub(crate) async fn tester_leads(&self, funnel: Funnel, search: &str) -> Result<TesterLeads, Failure> {
        self.get(format!("/api/v1/rules/tester?funnel={}&limit=20&q={}", funnel.as_str(), encode(search))).await
    }

    /// The fairness of a rule's pools.
    pub(crate) async fn fairness(&self, id: &str, days: u32) -> Result<Fairness, Failure> {
        self.get(format!("{}/fairness?days={days}", path(id))).await
    }

    /// Sets or removes the rule of a link.
    pub(crate) async fn give_rule(&self, slug: &str, rule: Option<String>) -> Result<(), Failure> {
        let path = format!("/api/v1/links/{}/rule", encode(slug));
        self.done(Method::Put, path, Some(json(&LinkRule { rule })?)).await
    }

    pub(crate) async fn segment_templates(&self) -> Result<SegmentTemplateList, Failure> {
        self.get("/api/v1/segment-templates".to_owned()).await
    }

    /// Saves a condition as a template.
    pub(crate) async fn add_segment_template(&self, draft: &SegmentTemplateDraft) -> Result<SegmentTemplate, Failure> {
        self.ask(Method::Post, "/api/v1/segment-templates".to_owned(), Some(json(draft)?)).await
    }

    pub(crate) async fn save_segment_template(
        &self,
        id: &str,
        draft: &SegmentTemplateDraft,
    ) -> Result<SegmentTemplate, Failure> {
        self.ask(Method::Put, format!("/api/v1/segment-templates/{}", encode(id)), Some(json(draft)?)).await
    }

    /// Deletes a template; segments made of it stay.
    pub(crate) async fn delete_segment_template(&self, id: &str) -> Result<(), Failure> {
        self.done(Method::Delete, format!("/api/v1/segment-templates/{}", encode(id)), None).await
    }

    pub(crate) async fn custom_fields(&self) -> Result<CustomFields, Failure> {
        self.get("/api/v1/custom-fields".to_owned()).await
    }

    pub(crate) async fn save_custom_fields(&self, fields: &CustomFields) -> Result<CustomFields, Failure> {
        self.ask(Method::Put, "/api/v1/custom-fields".to_owned(), Some(json(fields)?)).await
    }
}

fn path(id: &str) -> String {
    format!("/api/v1/rules/{}", encode(id))
}
