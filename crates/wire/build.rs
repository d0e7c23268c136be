//! Names the schemas of the domain's types: their crates know nothing of OpenAPI, and no field has to say it again.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "openapi")]
    write();
}

/// Types whose schema is named after them in `schema`; a field of one needs that schema in scope.
#[cfg(feature = "openapi")]
const SCHEMAS: &[(&str, &str)] = &[
    ("AccountId", "AccountIdSchema"),
    ("AnswerId", "AnswerIdSchema"),
    ("Bucket", "BucketSchema"),
    ("CalendarAccountId", "CalendarAccountIdSchema"),
    ("CalendarChanges", "CalendarChangesSchema"),
    ("CardCalendar", "CardCalendarSchema"),
    ("CardKind", "CardKindSchema"),
    ("Category", "CategorySchema"),
    ("CategoryOverride", "CategoryOverrideSchema"),
    ("Condition", "ConditionSchema"),
    ("ConversationId", "ConversationIdSchema"),
    ("CreateContact", "CreateContactSchema"),
    ("CustomFieldSource", "CustomFieldSourceSchema"),
    ("CustomFieldType", "CustomFieldTypeSchema"),
    ("EnrichedField", "EnrichedFieldSchema"),
    ("EventType", "EventTypeSchema"),
    ("FileId", "FileIdSchema"),
    ("IdentifyPolicy", "IdentifyPolicySchema"),
    ("IntentType", "IntentTypeSchema"),
    ("LeadFields", "LeadFieldsSchema"),
    ("LeadId", "LeadIdSchema"),
    ("LinkKind", "LinkKindSchema"),
    ("MemberState", "MemberStateSchema"),
    ("MeetingId", "MeetingIdSchema"),
    ("MessageId", "MessageIdSchema"),
    ("Millis", "MillisSchema"),
    ("NoteId", "NoteIdSchema"),
    ("NudgeId", "NudgeIdSchema"),
    ("Notified", "NotifiedSchema"),
    ("AvailabilityState", "AvailabilityStateSchema"),
    ("HoursFor", "HoursForSchema"),
    ("UnreachableCalendar", "UnreachableCalendarSchema"),
    ("ReminderId", "ReminderIdSchema"),
    ("RepId", "RepIdSchema"),
    ("Role", "RoleSchema"),
    ("Rule", "RuleSchema"),
    ("SavedReplyId", "SavedReplyIdSchema"),
    ("SavedViewId", "SavedViewIdSchema"),
    ("SessionId", "SessionIdSchema"),
    ("SignalId", "SignalIdSchema"),
    ("SignalType", "SignalTypeSchema"),
    ("SourceId", "SourceIdSchema"),
    ("TagColor", "TagColorSchema"),
    ("TagId", "TagIdSchema"),
    ("Trust", "TrustSchema"),
    ("VisitorId", "VisitorIdSchema"),
    ("WebhookId", "WebhookIdSchema"),
    ("WorkflowId", "WorkflowIdSchema"),
    ("Props", "PropsSchema"),
    ("RawSignal", "SignalBody"),
];

#[cfg(feature = "openapi")]
fn write() {
    let config = utoipa_config::Config::new();
    let config = SCHEMAS.iter().fold(config, |config, (of, schema)| config.alias_for(of, schema));
    config.write_to_file();
}
