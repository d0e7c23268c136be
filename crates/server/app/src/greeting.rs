//! What the person who started the server reads.

use crate::data_dir::DataDir;
use crate::foundation::Core;
use crate::secret::new_secret;
use knock_engine::commands::CreateLoginLink;

impl Core {
    /// Where everything is. On this machine a fresh sign-in link comes along: who reads it could read the data too.
    pub(crate) async fn greeting(&self, data: &DataDir) -> anyhow::Result<String> {
        let url = &self.address.url;
        let is_local = url::Url::parse(url).is_ok_and(|url| knock_ingest::is_loopback(&url));
        let program = std::env::args().next().unwrap_or_else(|| "knock".into());
        let again = format!("{program} login-link --data {}", data.path().display());
        let sign_in = if is_local {
            let (token, hash) = new_secret(&*self.chance, "");
            self.writer.commit(CreateLoginLink { email: None, hash, now: self.clock.now() }).await?;
            format!("{}\n               (once, within an hour; for another one: {again})", self.address.sign_in(&token))
        } else {
            again
        };
        let steered = if self.test_clock.is_some() {
            "\n\n  THE CLOCK OF THIS SERVER IS STEERED FROM OUTSIDE (--test-clock): for tests only"
        } else {
            ""
        };
        Ok(format!(
            "\nKnock is running.\n\n  Dashboard    {url}/app/\n  Sign in      {sign_in}\n  Demo site    {url}/demo/\n  \
             API          {url}/api/openapi.json\n  Data         {}{steered}\n",
            data.path().display()
        ))
    }
}
