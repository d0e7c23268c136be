//! HubSpot against its contract server: what every CRM must do, and what is HubSpot's own.

mod account;
mod life;
#[cfg(target_os = "linux")]
mod memory;
mod own;
mod tokens;

use account::Account;

fn oauth() -> Account {
    Account::by_oauth()
}

contract_crm::suite!(oauth);
