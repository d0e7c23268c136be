//! Schemas of the domain's vocabularies, whose crates know nothing of OpenAPI.

use knock_model::{DeliveryState, EventType, MemberState, Role};
use std::borrow::Cow;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// Declares the schema of a vocabulary: its name and its words.
macro_rules! schema_of {
    ($name:ident, $vocabulary:ident) => {
        pub(crate) struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let words = $vocabulary::ALL.iter().map(|value| value.as_str());
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($vocabulary))
            }
        }
    };
}

schema_of!(EventTypeSchema, EventType);
schema_of!(DeliveryStateSchema, DeliveryState);
schema_of!(MemberStateSchema, MemberState);
schema_of!(RoleSchema, Role);
