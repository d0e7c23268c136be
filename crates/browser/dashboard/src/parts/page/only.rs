//! Children for some roles only.

use knock_model::Permission;
use leptos::prelude::*;

use super::heading::Heading;
use crate::state::session::use_session;
use crate::words::team::not_permitted;

/// A page for members with a permission, a sentence for others. A change of the role redraws everything.
pub(crate) fn only(needs: Permission, page: fn() -> AnyView) -> AnyView {
    let session = use_session();
    if session.may(needs) {
        return page();
    }
    view! {
        <Heading text="Not for your role" />
        <p class="lead">{not_permitted(&session.role(), needs)}</p>
    }
    .into_any()
}
