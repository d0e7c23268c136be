//! The audit log in words: actor, action, object and changed fields.

use knock_model::{ActorKind, AuditAction};
use knock_wire::{AuditActor, AuditEntry, AuditSubject, ErasureReceipt, Word};
use serde_json::Value;
use std::collections::BTreeSet;

pub(crate) const fn action_label(action: AuditAction) -> &'static str {
    match action {
        AuditAction::WorkspaceSetUp => "Workspace set up",
        AuditAction::WorkspaceRebuilt => "Workspace rebuilt",
        AuditAction::BackupMade => "Backup made",
        AuditAction::OutboundReleased => "Sending from a copy started",
        AuditAction::SignInLinkCreated => "Sign-in link created",
        AuditAction::MemberSignedIn => "Signed in",
        AuditAction::PasswordSet => "Password set",
        AuditAction::PasswordRemoved => "Password removed",
        AuditAction::SessionEnded => "Session ended",
        AuditAction::MemberInvited => "Member invited",
        AuditAction::MemberRoleChanged => "Role changed",
        AuditAction::MemberProfileChanged => "Name or picture changed",
        AuditAction::MemberRemoved => "Member removed",
        AuditAction::AvailabilityChanged => "Availability changed",
        AuditAction::MemberHandedOver => "Chats handed over",
        AuditAction::KeyCreated => "API key created",
        AuditAction::KeyRevoked => "API key revoked",
        AuditAction::SiteCreated => "Site added",
        AuditAction::SiteLookChanged => "Look of a site changed",
        AuditAction::SiteChanged => "Site changed",
        AuditAction::SiteSecretRotated => "Identify secret rotated",
        AuditAction::SiteRemoved => "Site removed",
        AuditAction::RuleCreated => "Rule created",
        AuditAction::RuleChanged => "Rule changed",
        AuditAction::RuleDeleted => "Rule deleted",
        AuditAction::CustomFieldsChanged => "Custom fields changed",
        AuditAction::ContactDetailsChanged => "Details of a contact changed",
        AuditAction::ContactsMerged => "Contacts merged",
        AuditAction::ContactMergeUndone => "Merge of contacts undone",
        AuditAction::ContactFieldsChanged => "Fields of a contact changed",
        AuditAction::WorkflowSaved => "Workflow added",
        AuditAction::WorkflowChanged => "Workflow changed",
        AuditAction::WorkflowRestored => "Workflow restored to an earlier version",
        AuditAction::WorkflowStateChanged => "Workflow switched on or off",
        AuditAction::WorkflowArchived => "Workflow archived",
        AuditAction::WorkflowMoved => "Order of workflows changed",
        AuditAction::WorkflowRunStopped => "Workflow stopped for a contact",
        AuditAction::WorkflowMailTested => "Mail of a workflow tested",
        AuditAction::WorkflowSettingsChanged => "Limits of workflows changed",
        AuditAction::SegmentTemplateCreated => "Segment template added",
        AuditAction::SegmentTemplateChanged => "Segment template changed",
        AuditAction::SegmentTemplateDeleted => "Segment template deleted",
        AuditAction::LinkCreated => "Knock Link created",
        AuditAction::LinkChanged => "Knock Link changed",
        AuditAction::LinkArchived => "Knock Link archived",
        AuditAction::LinkRestored => "Knock Link restored",
        AuditAction::LinkAddressesMade => "Addresses for contacts created",
        AuditAction::LinkRuleChanged => "Rule of a link changed",
        AuditAction::DestinationCreated => "Destination created",
        AuditAction::DestinationChanged => "Destination changed",
        AuditAction::DestinationDeleted => "Destination deleted",
        AuditAction::DestinationTested => "Destination tested",
        AuditAction::DeliverySentAgain => "Deliveries sent again",
        AuditAction::ViewSaved => "View saved",
        AuditAction::ViewChanged => "View changed",
        AuditAction::ViewDeleted => "View deleted",
        AuditAction::SavedReplyCreated => "Saved reply added",
        AuditAction::SavedReplyChanged => "Saved reply changed",
        AuditAction::SavedReplyDeleted => "Saved reply deleted",
        AuditAction::TagCreated => "Tag added",
        AuditAction::TagChanged => "Tag changed",
        AuditAction::TagDeleted => "Tag deleted",
        AuditAction::LeadTagged => "Lead tagged",
        AuditAction::LeadUntagged => "Tag of a lead removed",
        AuditAction::MeetingChanged => "Meeting changed",
        AuditAction::MeetingAdded => "Meeting added",
        AuditAction::AnswerCreated => "Answer added",
        AuditAction::AnswerChanged => "Answer changed",
        AuditAction::AnswerDeleted => "Answer deleted",
        AuditAction::SourceCreated => "Knowledge source added",
        AuditAction::SourceReread => "Knowledge source read again",
        AuditAction::SourceDeleted => "Knowledge source deleted",
        AuditAction::ChatAssigned => "Chat assigned",
        AuditAction::TranscriptSaved => "Transcript saved",
        AuditAction::TranscriptMailed => "Transcript mailed",
        AuditAction::LeadTypeSet => "Intent type set",
        AuditAction::LeadRejected => "Lead rejected",
        AuditAction::LeadRejectionReversed => "Rejection reversed",
        AuditAction::LeadMarkedSpam => "Marked as spam",
        AuditAction::LeadUnmarkedSpam => "Marked as not spam",
        AuditAction::LeadDealOpened => "Deal opened",
        AuditAction::InboundMailChanged => "Answers by mail set up",
        AuditAction::InboundMailRemoved => "Answers by mail switched off",
        AuditAction::MailServerChanged => "Mail server set up",
        AuditAction::MailServerRemoved => "Mail server removed",
        AuditAction::MailBounceForgotten => "Returned address mailed again",
        AuditAction::PrivacyChanged => "Privacy changed",
        AuditAction::NotificationsChanged => "Notifications changed",
        AuditAction::FirstStepChanged => "First steps changed",
        AuditAction::TeamNotificationsChanged => "Escalation changed",
        AuditAction::RejectReasonsChanged => "Reject reasons changed",
        AuditAction::ReportGoalsChanged => "Goals of reports changed",
        AuditAction::PushDeviceAdded => "Push notifications turned on",
        AuditAction::PushDeviceRemoved => "Push notifications turned off",
        AuditAction::PushDeviceTested => "Push notification tested",
        AuditAction::MeetingSettingsChanged => "Meeting settings changed",
        AuditAction::CalendarConnected => "Calendar connected",
        AuditAction::CalendarChanged => "Calendar changed",
        AuditAction::CalendarDisconnected => "Calendar disconnected",
        AuditAction::CalendarAppChanged => "Calendar app set up",
        AuditAction::CalendarAppRemoved => "Calendar app removed",
        AuditAction::EnrichmentChanged => "Enrichment changed",
        AuditAction::EnrichmentRemoved => "Enrichment removed",
        AuditAction::CrmConnected => "CRM connected",
        AuditAction::CrmDisconnected => "CRM disconnected",
        AuditAction::CrmChanged => "CRM sync changed",
        AuditAction::CrmFieldsCreated => "CRM properties created",
        AuditAction::CrmResyncStarted => "CRM resync started",
        AuditAction::AgentChanged => "AI agent changed",
        AuditAction::PlaybookSaved => "Playbook saved",
        AuditAction::QuestionSettled => "Unanswered question dismissed",
        AuditAction::WordingDismissed => "Suggested wording dismissed",
        AuditAction::TestSentencesSaved => "Test sentences changed",
        AuditAction::ContactsExported => "Contacts downloaded",
        AuditAction::AccountsExported => "Accounts downloaded",
        AuditAction::AuditExported => "Audit log downloaded",
        AuditAction::WarehouseExported => "Tables exported",
        AuditAction::PersonExported => "Person exported",
        AuditAction::PersonErased => "Person erased",
    }
}

/// The action of an entry; an unknown action is shown as its word.
pub(crate) fn action_words(entry: &AuditEntry) -> String {
    match &entry.action {
        Word::Known(action) => action_label(*action).to_owned(),
        Word::Unknown(word) => word.clone(),
    }
}

pub(crate) fn actor_words(actor: &AuditActor) -> String {
    match &actor.kind {
        Word::Known(ActorKind::CommandLine) => "Command line".to_owned(),
        Word::Known(ActorKind::Server) => "Server".to_owned(),
        Word::Known(ActorKind::Workflow) => format!("Workflow {}", actor.name),
        Word::Known(ActorKind::Key) if actor.name.is_empty() => "API key without a name".to_owned(),
        Word::Known(ActorKind::Key) => format!("API key {}", actor.name),
        Word::Known(ActorKind::Member) => actor.name.clone(),
        Word::Unknown(word) => format!("{word} {}", actor.name),
    }
}

/// The subject of an action: its name, otherwise its kind.
pub(crate) fn subject_words(subject: &AuditSubject, receipt: Option<&str>) -> String {
    if !subject.name.is_empty() {
        return subject.name.clone();
    }
    match (subject.kind.as_str(), receipt) {
        (_, Some(_)) => "Erased person".to_owned(),
        ("workspace", _) => "Workspace".to_owned(),
        ("conversation", _) => "Visitor".to_owned(),
        ("api_key", _) => "API key without a name".to_owned(),
        (kind, _) => kind.to_owned(),
    }
}

/// The changed fields by name, each with its value before and after.
pub(crate) fn changed_fields(entry: &AuditEntry) -> Vec<(String, String, String)> {
    let names: BTreeSet<&String> = entry.before.keys().chain(entry.after.keys()).collect();
    let shown = |value: Option<&Value>| match value {
        None | Some(Value::Null) => "\u{2013}".to_owned(),
        Some(Value::String(text)) if text.is_empty() => "\u{2013}".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let field = |name: &String| (name.replace('_', " "), shown(entry.before.get(name)), shown(entry.after.get(name)));
    names.into_iter().map(field).collect()
}

/// The erased data in one sentence.
pub(crate) fn receipt_words(receipt: &ErasureReceipt) -> String {
    let ErasureReceipt { browsers, signals, conversations, messages, elsewhere, files, .. } = receipt;
    format!(
        "{signals} signals of {browsers} browsers, {conversations} conversations with {messages} messages, {files} files; {elsewhere} signals of others no longer name the address."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn every_action_has_a_label_of_its_own() {
        let labels: BTreeSet<&str> = AuditAction::ALL.iter().map(|action| action_label(*action)).collect();
        assert_eq!(labels.len(), AuditAction::ALL.len());
    }

    #[wasm_bindgen_test]
    fn fields_stand_side_by_side_and_missing_ones_as_a_dash() {
        let dash = || "\u{2013}".to_owned();
        let entry = sample::audit_entry(1);
        assert_eq!(changed_fields(&entry), [("role".to_owned(), "rep".to_owned(), "manager".to_owned())]);
        let fields = [("is_active".to_owned(), Value::Bool(true)), ("name".to_owned(), Value::from(""))].into();
        let entry = AuditEntry { before: [].into(), after: fields, ..entry };
        let expected = [("is active".to_owned(), dash(), "true".to_owned()), ("name".to_owned(), dash(), dash())];
        assert_eq!(changed_fields(&entry), expected);
    }

    #[wasm_bindgen_test]
    fn actors_and_subjects_without_a_name_have_their_kind() {
        let actor = |kind: ActorKind| AuditActor { kind: kind.into(), id: String::new(), name: String::new() };
        assert_eq!(actor_words(&actor(ActorKind::CommandLine)), "Command line");
        assert_eq!(actor_words(&actor(ActorKind::Key)), "API key without a name");
        let subject = |kind: &str| AuditSubject { kind: kind.to_owned(), id: String::new(), name: String::new() };
        assert_eq!(subject_words(&subject("workspace"), None), "Workspace");
        assert_eq!(subject_words(&subject("api_key"), None), "API key without a name");
        assert_eq!(subject_words(&subject("conversation"), None), "Visitor");
        assert_eq!(subject_words(&subject("conversation"), Some("r")), "Erased person");
    }
}
