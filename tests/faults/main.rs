//! The behaviour of the server under kills, power loss, full and failing disks, damaged files and clock jumps.
//!
//! `KNOCK_FAULTS_ROUNDS` and `KNOCK_FAULTS_SEED` say how long and with which chances; each test prints its own.
#![expect(clippy::print_stdout, reason = "a test says with which chances it ran, and what it measured")]

mod booking;
mod clock;
mod crash;
mod damage;
mod disk;
mod full;
mod hearing;
mod journal;
mod kill;
mod ledger;
mod mailing;
mod migrate;
mod power;
mod replay;
mod restart;
mod seed;
mod server;
mod slow;
mod sync;
mod traffic;
