//! Permissions in the types of handlers: a request without the required permission is refused.

use super::{Caller, not_permitted};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use knock_model::Permission;
use std::marker::PhantomData;

/// A caller with the permission that `P` names.
pub(crate) struct Allowed<P> {
    pub(crate) caller: Caller,
    needs: PhantomData<P>,
}

/// A permission as a type.
pub(crate) trait Needs {
    const PERMISSION: Permission;
}

macro_rules! needs {
    ($($name:ident),+ $(,)?) => {
        $(
            #[doc = concat!("The permission `", stringify!($name), "`.")]
            pub(crate) struct $name;

            impl Needs for $name {
                const PERMISSION: Permission = Permission::$name;
            }
        )+
    };
}

needs!(
    UseSession,
    UseInbox,
    EditTags,
    SeeRecords,
    MergeContacts,
    EditRouting,
    SeeKnowledge,
    EditKnowledge,
    SeeReports,
    SeeTeam,
    ManageTeam,
    ManageSites,
    ManageConnections,
    SeeAudit,
    ManagePersons
);

impl<P: Needs> FromRequestParts<AppState> for Allowed<P> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Allowed<P>, Problem> {
        let caller = Caller::of(parts, state).await?;
        let role = caller.who.role();
        if role.may(P::PERMISSION) {
            return Ok(Allowed { caller, needs: PhantomData });
        }
        Err(not_permitted(role, P::PERMISSION, caller.who.pointer()))
    }
}
