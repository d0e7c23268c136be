//! Routes with their description in the OpenAPI document. The description is built only for that document: the schemas
//! of all requests and responses were a fifth of the instructions of a start.

use super::state::AppState;
use axum::Router;
use axum::routing::MethodRouter;
use utoipa::openapi::OpenApi;
use utoipa::openapi::path::HttpMethod;
use utoipa_axum::PathItemExt as _;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

/// The handlers of one path, and their description.
pub(super) struct Described {
    pub(super) path: String,
    pub(super) handlers: MethodRouter<AppState>,
    pub(super) document: fn() -> UtoipaMethodRouter<AppState>,
}

/// A part of the API.
#[derive(Default)]
pub(super) struct Routes {
    router: Router<AppState>,
    documents: Vec<fn() -> UtoipaMethodRouter<AppState>>,
}

impl Routes {
    pub(super) fn new() -> Routes {
        Routes::default()
    }

    /// Adds the handlers of a path, as [`routes!`] names them.
    pub(super) fn routes(mut self, described: Described) -> Routes {
        self.documents.push(described.document);
        Routes { router: self.router.route(&described.path, described.handlers), ..self }
    }

    /// Adds all of another part.
    pub(super) fn merge(mut self, other: Routes) -> Routes {
        self.documents.extend(other.documents);
        Routes { router: self.router.merge(other.router), ..self }
    }

    /// Puts something around what is there so far, such as a layer.
    pub(super) fn around(self, wrap: impl FnOnce(Router<AppState>) -> Router<AppState>) -> Routes {
        Routes { router: wrap(self.router), ..self }
    }

    /// The router, without descriptions.
    pub(super) fn into_router(self) -> Router<AppState> {
        self.router
    }

    /// `begun` with the descriptions of all routes. Of two schemas with one name the last one stays.
    pub(super) fn into_document(self, begun: OpenApi) -> OpenApi {
        let begun = OpenApiRouter::with_openapi(begun);
        self.documents.into_iter().fold(begun, |router, document| router.routes(document())).into_openapi()
    }
}

/// Lets a handler answer these methods.
pub(super) fn on<H, T>(handlers: MethodRouter<AppState>, methods: &[HttpMethod], handler: H) -> MethodRouter<AppState>
where
    H: axum::handler::Handler<T, AppState> + Clone,
    T: 'static,
{
    methods.iter().fold(handlers, |handlers, method| handlers.on(method.to_method_filter(), handler.clone()))
}

/// The handlers of one path, each with its `#[utoipa::path]`.
macro_rules! routes {
    ($($part:ident)::+ $(, $($more:ident)::+)* $(,)?) => {{
        use $crate::http::routes::{Described, on};
        let handlers = axum::routing::MethodRouter::new();
        let handlers = on(handlers, &utoipa_axum::routes!(@path [methods()] of $($part)::+), $($part)::+);
        $( let handlers = on(handlers, &utoipa_axum::routes!(@path [methods()] of $($more)::+), $($more)::+); )*
        Described {
            path: utoipa_axum::routes!(@path [path()] of $($part)::+),
            handlers,
            document: || utoipa_axum::routes!($($part)::+ $(, $($more)::+)*),
        }
    }};
}
pub(super) use routes;
