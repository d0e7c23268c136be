//! Permissions in the types of handlers: a request without the required permission is refused.

use super::{Caller, not_permitted};
use crate::http::problem::Problem;
use crate::http::state::AppState;
use crate::permissions::KeyNeeds;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use knock_model::Permission;
use std::marker::PhantomData;

/// A caller with the permission that `P` names; an API key has to be what `K` says besides.
pub(crate) struct Allowed<P, K = AnyKey> {
    pub(crate) caller: Caller,
    needs: PhantomData<(P, K)>,
}

/// What an API key has to be, as a type; [`KeyNeeds`] has the same by names.
pub(crate) trait KeyRule {
    const NEEDS: KeyNeeds;
}

macro_rules! key_rules {
    ($($name:ident: $rule:ident),+ $(,)?) => {
        $(
            #[doc = concat!("The rule `", stringify!($rule), "`.")]
            pub(crate) struct $name;

            impl KeyRule for $name {
                const NEEDS: KeyNeeds = KeyNeeds::$rule;
            }
        )+
    };
}

key_rules!(AnyKey: Role, KeyWithAuthor: Author, KeyOfMember: Member, NoKey: SignIn);

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
    ManageWorkflows,
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

impl<P: Needs, K: KeyRule> FromRequestParts<AppState> for Allowed<P, K> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Allowed<P, K>, Problem> {
        let caller = Caller::of(parts, state).await?;
        let role = caller.who.role();
        if !role.may(P::PERMISSION) {
            return Err(not_permitted(role, P::PERMISSION, caller.who.pointer()));
        }
        match K::NEEDS {
            KeyNeeds::Role => {}
            KeyNeeds::Author => drop(caller.need_author()?),
            KeyNeeds::Member => drop(caller.need_member()?),
            KeyNeeds::SignIn => drop(caller.need_sign_in()?),
        }
        Ok(Allowed { caller, needs: PhantomData })
    }
}
