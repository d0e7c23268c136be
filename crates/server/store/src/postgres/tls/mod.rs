//! TLS to the database: what an address says of it, in the words of libpq, and who is believed to be the server.

#[cfg(test)]
mod tests;
mod verifiers;

use super::failure::unreached;
use percent_encoding::percent_decode_str;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;
use tokio_postgres::Config;
use tokio_postgres::config::{SslMode, SslNegotiation};
use tokio_postgres_rustls::MakeRustlsConnect;
use verifiers::{AnyName, Anybody};

/// The verification of a server's certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Proof {
    /// No verification: any server is trusted.
    None,
    /// A known root has issued it.
    Issuer,
    /// The same, and for the host in the address.
    Name,
}

/// The TLS options of an address.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    mode: SslMode,
    proof: Proof,
    /// The file of the roots; the system's when there is none.
    roots: Option<String>,
    /// The address without it.
    address: String,
}

/// The connections that an address asks for.
pub(super) fn connections(address: &str) -> Result<(Config, MakeRustlsConnect), String> {
    let wanted = wanted(address)?;
    let mut config: Config = wanted.address.parse().map_err(|error| unreached(&error))?;
    config.ssl_mode(wanted.mode);
    let mut tls = client(wanted.proof, wanted.roots.as_deref())?;
    if config.get_ssl_negotiation() == SslNegotiation::Direct {
        // PostgreSQL asks for it where TLS begins without a word before.
        tls.alpn_protocols = vec![b"postgresql".to_vec()];
    }
    Ok((config, MakeRustlsConnect::new(tls)))
}

/// Takes what is about TLS out of an address; the driver knows less of it than libpq.
fn wanted(address: &str) -> Result<Wanted, String> {
    let (place, options) = address.split_once('?').unwrap_or((address, ""));
    let (mut mode, mut roots, mut others) = (None, None, Vec::new());
    for option in options.split('&').filter(|option| !option.is_empty()) {
        match option.split_once('=') {
            Some(("sslmode", value)) => mode = Some(decoded(value)?),
            Some(("sslrootcert", value)) => roots = Some(decoded(value)?),
            _ => others.push(option),
        }
    }
    let (mode, proof) = match (mode.as_deref(), &roots) {
        (None | Some("disable" | "prefer"), Some(_)) => {
            return Err("`sslrootcert` needs `sslmode` require, verify-ca or verify-full".into());
        }
        (Some("disable"), None) => (SslMode::Disable, Proof::None),
        (None | Some("prefer"), None) => (SslMode::Prefer, Proof::None),
        (Some("require"), None) => (SslMode::Require, Proof::None),
        (Some("require"), Some(_)) | (Some("verify-ca"), _) => (SslMode::Require, Proof::Issuer),
        (Some("verify-full"), _) => (SslMode::Require, Proof::Name),
        (Some(other), _) => {
            return Err(format!("`sslmode` is `{other}`, expected disable, prefer, require, verify-ca or verify-full"));
        }
    };
    let address = if others.is_empty() { place.to_owned() } else { format!("{place}?{}", others.join("&")) };
    Ok(Wanted { mode, proof, roots, address })
}

fn decoded(value: &str) -> Result<String, String> {
    let text = percent_decode_str(value).decode_utf8();
    text.map(Into::into).map_err(|_| "an option of the address is not UTF-8".into())
}

fn client(proof: Proof, roots: Option<&str>) -> Result<ClientConfig, String> {
    let provider = Arc::new(ring::default_provider());
    let verifier: Arc<dyn ServerCertVerifier> = match proof {
        Proof::None => Arc::new(Anybody(Arc::clone(&provider))),
        Proof::Issuer => Arc::new(AnyName(by_roots(&provider, roots)?)),
        Proof::Name => by_roots(&provider, roots)?,
    };
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| error.to_string())?;
    Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
}

fn by_roots(provider: &Arc<CryptoProvider>, file: Option<&str>) -> Result<Arc<WebPkiServerVerifier>, String> {
    let mut roots = RootCertStore::empty();
    let place = file.map_or_else(|| "the system's root certificates".to_owned(), |file| format!("sslrootcert={file}"));
    match file {
        Some(file) => {
            let read = CertificateDer::pem_file_iter(file).and_then(Iterator::collect::<Result<Vec<_>, _>>);
            roots.add_parsable_certificates(read.map_err(|error| format!("{place}: {error}"))?);
        }
        None => drop(roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs)),
    }
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider)).build();
    verifier.map_err(|error| format!("{place}: {error}"))
}
