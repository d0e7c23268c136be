//! Google Calendar against its contract server: what every provider must do, and what is Google's own.

mod account;
mod conferences;
mod consent;
mod entries;
mod increments;
mod meetings;
mod own;
mod provider;
mod push;
mod tokens;

use account::Account;

fn account() -> Account {
    let account = Account::connected();
    // At Google an account has a primary calendar always; the cases begin without any.
    account.steer("PUT", "calendars/access", &serde_json::json!({"calendar": contract_google::ACCOUNT, "role": null}));
    account
}

contract_calendar::suite!(account);
