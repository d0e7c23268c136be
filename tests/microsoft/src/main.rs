//! `contract-microsoft --listen 127.0.0.1:0`: prints where it listens, and serves until it is killed.

use contract_microsoft::Server;
use std::process::ExitCode;

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a program for tests")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let listen = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => "127.0.0.1:0",
        ["--listen", listen] => listen,
        _ => {
            eprintln!("usage: contract-microsoft [--listen HOST:PORT]");
            return ExitCode::FAILURE;
        }
    };
    match Server::start(listen) {
        Ok(server) => {
            println!("listening on {}", server.url());
            loop {
                std::thread::park();
            }
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
