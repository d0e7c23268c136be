//! A route of the server, and how it authorizes callers.

use knock_model::Permission;

/// The authorization of a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// By this, without a role.
    Open(&'static str),
    /// By a role with this permission.
    Needs(Permission),
    /// By this, or with an API key whose role has this permission.
    OpenOrKey(&'static str, Permission),
}

/// What an API key has to be for a route, beside the permission of its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyNeeds {
    /// Nothing else.
    Role,
    /// Bound to a member or to an integration, who is the author.
    Author,
    /// Bound to a member.
    Member,
    /// No key: only a signed-in member.
    SignIn,
}

impl KeyNeeds {
    /// What is said of it after the permission.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            KeyNeeds::Role => "",
            KeyNeeds::Author => " An API key has to be bound to a member or to an integration.",
            KeyNeeds::Member => " An API key has to be bound to a member.",
            KeyNeeds::SignIn => " API keys are refused.",
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Route {
    pub method: &'static str,
    /// The path, as the router has it.
    pub path: &'static str,
    /// Its name in generated clients, part of the contract; none if the API's document leaves it out.
    pub operation: Option<&'static str>,
    /// The authorization.
    pub gate: Gate,
    /// What an API key has to be.
    pub key: KeyNeeds,
}

impl Route {
    pub(super) const fn key(self, key: KeyNeeds) -> Route {
        Route { key, ..self }
    }
}

pub(super) const fn route(method: &'static str, path: &'static str, gate: Gate) -> Route {
    Route { method, path, operation: None, gate, key: KeyNeeds::Role }
}

pub(super) const fn operation(method: &'static str, path: &'static str, id: &'static str, gate: Gate) -> Route {
    Route { method, path, operation: Some(id), gate, key: KeyNeeds::Role }
}
