//! The connector to Microsoft 365 against the contract server: what every calendar does, and what is Microsoft's alone.

mod account;
mod consent;
mod own;

use account::account;

contract_calendar::suite!(account);
