//! The address of a listener.

use anyhow::ensure;

/// Checks the form of an address: a host or its address, and a port. Whether it is one of this machine shows when it is
/// listened on.
pub(crate) fn check_listener(key: &str, text: &str) -> anyhow::Result<()> {
    let parts = text.rsplit_once(':').filter(|(host, _)| !host.is_empty());
    let is_one = parts.is_some_and(|(host, port)| {
        let is_host =
            !host.contains([' ', '/']) && (!host.contains(':') || host.starts_with('[') && host.ends_with(']'));
        is_host && port.parse::<u16>().is_ok()
    });
    ensure!(is_one, "`{key}` is `{text}`, expected an address with its port, such as 127.0.0.1:8787");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_host_and_a_port() {
        for good in ["127.0.0.1:8787", "0.0.0.0:0", "localhost:80", "[::1]:8787", "knock.internal:9187"] {
            assert!(check_listener("listen", good).is_ok(), "{good}");
        }
        for wrong in ["", "8787", ":8787", "localhost", "localhost:http", "127.0.0.1:70000", "::1:80", "http://a:80"] {
            let error = check_listener("metrics.listen", wrong).expect_err("refused").to_string();
            assert!(error.starts_with(&format!("`metrics.listen` is `{wrong}`, expected")), "{error}");
        }
    }
}
