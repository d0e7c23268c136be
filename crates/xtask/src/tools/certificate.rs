//! A certificate for 127.0.0.1 and the root that issued it, for a PostgreSQL with TLS.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

/// The name of the root certificate in a folder.
pub(super) const ROOT: &str = "root.pem";
pub(super) const CERTIFICATE: &str = "server.pem";
pub(super) const KEY: &str = "server.key";

/// Makes all three in a folder.
pub(super) fn make(folder: &Path) -> anyhow::Result<()> {
    let mut root = CertificateParams::default();
    root.distinguished_name.push(DnType::CommonName, "Root of a PostgreSQL for tests");
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root_key = KeyPair::generate()?;
    fs::write(folder.join(ROOT), root.self_signed(&root_key)?.pem())?;
    let key = KeyPair::generate()?;
    let certificate = CertificateParams::new(["127.0.0.1".to_owned()])?;
    let certificate = certificate.signed_by(&key, &Issuer::new(root, root_key))?;
    fs::write(folder.join(CERTIFICATE), certificate.pem())?;
    fs::write(folder.join(KEY), key.serialize_pem())?;
    // PostgreSQL takes no key that others may read.
    Ok(fs::set_permissions(folder.join(KEY), fs::Permissions::from_mode(0o600))?)
}
