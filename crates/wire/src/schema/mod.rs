//! Schemas of the domain's types, whose crates do not depend on OpenAPI. `build.rs` maps the types to their schemas.

mod rule;
mod word;
mod workflow;

pub(crate) use rule::ConditionSchema;
pub use rule::RuleSchema;
pub(crate) use workflow::{CapSchema, QuietSchema, WorkflowSchema};

use knock_crm::CreateContact;
use knock_intent::OverrideBy;
use knock_model::{
    AvailabilityState, Bucket, CalendarChanges, CardCalendar, CardKind, Category, CustomFieldSource, CustomFieldType,
    EnrichedField, EventType, HoursFor, IdentifyPolicy, IntentType, LinkKind, MemberState, Role, SignalType, TagColor,
    Trust, UnreachableCalendar, Vocabulary,
};
use std::borrow::Cow;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

/// A schema, and the name of the type that it describes.
macro_rules! named {
    ($schema_type:ident, $name:literal, $schema:expr) => {
        #[derive(Default, serde::Deserialize)]
        pub(crate) struct $schema_type;

        impl PartialSchema for $schema_type {
            fn schema() -> RefOr<Schema> {
                $schema
            }
        }

        impl ToSchema for $schema_type {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed($name)
            }
        }
    };
}
use named;

named!(AccountIdSchema, "AccountId", id("Id of a company."));
named!(CalendarAccountIdSchema, "CalendarAccountId", id("Id of a connected calendar account."));
named!(AnswerIdSchema, "AnswerId", id("Id of a question with its answer (UUIDv7)."));
named!(ConversationIdSchema, "ConversationId", id("Id of a conversation."));
named!(LeadIdSchema, "LeadId", id("Id of a person."));
named!(FileIdSchema, "FileId", id("Id of a stored file (UUIDv7)."));
named!(MeetingIdSchema, "MeetingId", id("Id of a meeting."));
named!(MessageIdSchema, "MessageId", id("Id of a chat message (UUIDv7)."));
named!(NoteIdSchema, "NoteId", id("Id of an internal note (UUIDv7)."));
named!(ReminderIdSchema, "ReminderId", id("Id of a reminder."));
named!(RepIdSchema, "RepId", id("Id of a member."));
named!(SavedReplyIdSchema, "SavedReplyId", id("Id of a saved reply."));
named!(SavedViewIdSchema, "SavedViewId", id("Id of a saved view."));
named!(SessionIdSchema, "SessionId", id("Id of a session (UUIDv7)."));
named!(SignalIdSchema, "SignalId", id("Id of a signal (UUIDv7)."));
named!(SourceIdSchema, "SourceId", id("Id of a source of knowledge (UUIDv7)."));
named!(TagIdSchema, "TagId", id("Id of a tag."));
named!(VisitorIdSchema, "VisitorId", id("Id of a browser (UUIDv7)."));
named!(WorkflowIdSchema, "WorkflowId", id("Id of a workflow."));
named!(NudgeIdSchema, "NudgeId", id("Id of a nudge."));
named!(WebhookIdSchema, "WebhookId", id("Id of a webhook."));

named!(BucketSchema, "Bucket", words_of::<Bucket>("`Knock: Intent Score`: how ready to buy."));
named!(
    CalendarChangesSchema,
    "CalendarChanges",
    words_of::<CalendarChanges>("What becomes of a meeting whose event its owner moves or deletes in their calendar.")
);
named!(CardCalendarSchema, "CardCalendar", words_of::<CardCalendar>("Whose calendar a booking card offers."));
named!(CardKindSchema, "CardKind", words_of::<CardKind>("What a message offers beside its text."));
named!(CategorySchema, "Category", words_of::<Category>("What an action is about."));
named!(
    CreateContactSchema,
    "CreateContact",
    words_of::<CreateContact>("From when on a lead without a contact in the CRM gets one.")
);
named!(
    CustomFieldSourceSchema,
    "CustomFieldSource",
    words_of::<CustomFieldSource>("Where the value of a custom field comes from.")
);
named!(CustomFieldTypeSchema, "CustomFieldType", words_of::<CustomFieldType>("What a custom field holds."));
named!(EnrichedFieldSchema, "EnrichedField", words_of::<EnrichedField>("A field that enrichment can fill."));
named!(EventTypeSchema, "EventType", words_of::<EventType>("An event that webhooks subscribe to."));
named!(IdentifyPolicySchema, "IdentifyPolicy", words_of::<IdentifyPolicy>("Whose word a site takes."));
named!(IntentTypeSchema, "IntentType", words_of::<IntentType>("`Knock: Intent Type`: what a lead wants."));
named!(LinkKindSchema, "LinkKind", words_of::<LinkKind>("What a link is that leads to no page of the same site."));
named!(MemberStateSchema, "MemberState", words_of::<MemberState>("Whether a member has signed in."));
named!(OverrideBySchema, "OverrideBy", words_of::<OverrideBy>("What a category of the team's own goes by."));
named!(
    AvailabilityStateSchema,
    "AvailabilityState",
    words_of::<AvailabilityState>("Whether a member takes leads, as they set it.")
);
named!(HoursForSchema, "HoursFor", words_of::<HoursFor>("What working hours apply to."));
named!(
    UnreachableCalendarSchema,
    "UnreachableCalendar",
    words_of::<UnreachableCalendar>("Whether a member is booked while their calendar cannot be read.")
);
named!(RoleSchema, "Role", words_of::<Role>("What a member of the team may do."));
named!(SignalTypeSchema, "SignalType", words_of::<SignalType>("What was done."));
named!(TagColorSchema, "TagColor", words_of::<TagColor>("The colour of a tag."));
named!(TrustSchema, "Trust", words_of::<Trust>("How far an `identify` was believed."));

named!(MillisSchema, "Millis", {
    let integer = ObjectBuilder::new().schema_type(Type::Integer);
    let integer = integer.format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)));
    integer.description(Some("An instant, in milliseconds since 1970-01-01 UTC.")).into()
});

named!(LeadFieldsSchema, "LeadFields", {
    let values = ObjectBuilder::new().schema_type(SchemaType::AnyValue);
    let fields = ObjectBuilder::new().schema_type(Type::Object).additional_properties(Some(values));
    fields.description(Some("What is known of a lead, by field: a text, a number, true or false, or a list.")).into()
});

named!(PropsSchema, "Props", {
    let values = ObjectBuilder::new().schema_type(SchemaType::AnyValue);
    let props = ObjectBuilder::new().schema_type(Type::Object).additional_properties(Some(values));
    props.description(Some("Properties by name, with values of any type.")).into()
});

named!(CustomValueSchema, "CustomValue", {
    let types = [Type::String, Type::Number, Type::Boolean, Type::Null];
    let value = ObjectBuilder::new().schema_type(SchemaType::from_iter(types));
    value.description(Some("The value of a custom field: a text, a number, true or false; null is none.")).into()
});

named!(NotifiedSchema, "Notified", text("A recipient of a notification: a Slack channel, or `dm:` and a rep.").into());

/// A category that the team defined; it takes precedence over all built-in lists.
#[derive(ToSchema)]
#[schema(as = CategoryOverride)]
#[expect(dead_code, reason = "described, never read")]
pub(crate) struct CategoryOverrideSchema {
    /// The property that `matches` is compared with.
    by: OverrideBySchema,
    /// The path, name or channel, without regard to case.
    matches: String,
    /// The category.
    category: CategorySchema,
}

fn text(meaning: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).description(Some(meaning))
}

fn id(meaning: &str) -> RefOr<Schema> {
    text(meaning).format(Some(SchemaFormat::Custom("uuid".into()))).into()
}

fn words_of<T: Vocabulary>(meaning: &str) -> RefOr<Schema> {
    text(meaning).enum_values(Some(T::words()).filter(|words| !words.is_empty())).into()
}
