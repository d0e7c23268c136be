//! Workflows to begin with. Their texts and steps are data.

use knock_wire::WorkflowTemplates;

/// Drafts to begin with, in the order in which they are offered.
pub fn workflow_templates() -> WorkflowTemplates {
    // A test reads the same text.
    serde_json::from_str(include_str!("../data/workflow_templates.json")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use knock_agent::Language;
    use knock_wire::{StepContent, Texts, WorkflowTemplate};
    use knock_workflow::{StepKind, Workflow, check_nudge_placeholders, check_placeholders};

    fn texts(content: &StepContent) -> Vec<&Texts> {
        match content {
            StepContent::Nudge { text, buttons, .. } => {
                std::iter::once(text).chain(buttons.iter().map(|button| &button.label)).collect()
            }
            StepContent::Message { text } => vec![text],
            StepContent::Mail { subject, body } => vec![subject, body],
            StepContent::Slack { .. }
            | StepContent::Assign { .. }
            | StepContent::Tag { .. }
            | StepContent::SetField { .. }
            | StepContent::Webhook { .. }
            | StepContent::Task { .. } => Vec::new(),
        }
    }

    #[test]
    fn every_template_can_be_saved_once_its_choices_are_made() {
        let templates = workflow_templates().templates;
        assert_eq!(templates.len(), 9);
        for WorkflowTemplate { key, draft, .. } in templates {
            let definition = Workflow { id: key.clone(), ..draft.definition.clone() };
            assert_eq!(definition.check(), Ok(()), "{key}");
            let actions =
                definition.all_steps().into_iter().filter(|(_, step)| matches!(step.kind, StepKind::Act { .. }));
            let actions: Vec<&str> = actions.map(|(_, step)| step.id.as_str()).collect();
            for step in draft.contents.keys() {
                assert!(actions.contains(&step.as_str()), "{key}: {step} is no action");
            }
            // A tag is chosen in the workspace.
            let missing = actions.iter().filter(|step| !draft.contents.contains_key(**step)).count();
            assert_eq!(missing, usize::from(key == "clean-crm"), "{key}");
        }
    }

    #[test]
    fn leads_read_every_text_in_all_languages_and_every_placeholder_has_a_fallback() {
        for WorkflowTemplate { key, draft, .. } in workflow_templates().templates {
            let all = draft.contents.values();
            for (content, text) in all.flat_map(|content| texts(content).into_iter().map(move |text| (content, text))) {
                let languages: Vec<&str> = text.keys().map(String::as_str).collect();
                assert_eq!(languages.len(), Language::ALL.len(), "{key}: {languages:?}");
                for text in text.values() {
                    let checked = match content {
                        StepContent::Nudge { .. } => check_nudge_placeholders(text),
                        _ => check_placeholders(text, |_| false),
                    };
                    assert_eq!(checked, Ok(()), "{key}");
                }
            }
        }
    }
}
