//! The app and the mailbox that are there from the start.

/// The client id of the registered app.
pub const CLIENT_ID: &str = "6f3a1c52-94d0-4e0b-8a57-2b7d6f1c9e40";
/// Its secret.
pub const CLIENT_SECRET: &str = "contract~secret.of-the-app";
/// The tenant of work accounts.
pub const TENANT: &str = "3c5be1f7-0d2a-4b8e-9f61-7e84d2a05c19";
/// The domain of the tenant.
pub const DOMAIN: &str = "contract.example";
/// The tenant of personal accounts, which is the same for all of them.
pub const CONSUMERS: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";
/// The address of the account that is signed in from the start.
pub const MAIL: &str = "rep@contract.example";
/// Its name.
pub const NAME: &str = "Rita Rep";
