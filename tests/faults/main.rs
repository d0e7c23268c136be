//! What the server makes of kills, losses of power, full and failing disks, damaged files and clocks that jump.
//!
//! `KNOCK_FAULTS_ROUNDS` and `KNOCK_FAULTS_SEED` say how long and with which chances; each test prints its own.
#![expect(clippy::print_stdout, reason = "a test says with which chances it ran, and what it measured")]

mod clock;
mod crash;
mod damage;
mod disk;
mod full;
mod hearing;
mod journal;
mod kill;
mod ledger;
#[path = "../smtp/mail_server.rs"]
#[expect(dead_code, reason = "the tests over HTTP use the rest of it")]
mod mail_server;
mod mailing;
mod migrate;
mod power;
#[path = "../../crates/server/app/tests/http/webhooks/receiver.rs"]
#[expect(dead_code, reason = "the tests over HTTP use the rest of it")]
mod receiver;
mod replay;
mod restart;
mod seed;
mod server;
mod slow;
mod sync;
mod traffic;
