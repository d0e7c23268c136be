//! The connector to Microsoft 365 against the contract server: what every calendar does, and what is Microsoft's alone.

mod account;
mod conferences;
mod consent;
mod entries;
mod increments;
mod own;
mod owner;
mod push;

use account::account;

contract_calendar::suite!(account);
