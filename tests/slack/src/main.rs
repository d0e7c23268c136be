//! `contract-slack --listen 127.0.0.1:0`: serves until it is killed, and says where on its first line.
#![expect(clippy::print_stdout, reason = "the line is how tests learn the port")]

use std::io::Write;
use std::net::SocketAddr;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [flag, address] = arguments.as_slice() else { return Err("usage: contract-slack --listen ADDRESS".into()) };
    if flag != "--listen" {
        return Err("usage: contract-slack --listen ADDRESS".into());
    }
    let address: SocketAddr = address.parse()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await?;
        println!("listening on http://{}", listener.local_addr()?);
        std::io::stdout().flush()?;
        contract_slack::serve(listener).await?;
        Ok(())
    })
}
