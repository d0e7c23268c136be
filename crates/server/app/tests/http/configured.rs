//! Settings that are refused, commands without a workspace, and a `secret.key` of another one.

use crate::support::Knock;
use knock_store::Scratch;
use knock_testing::{Binary, Place, Setup};
use std::path::Path;
use std::process::Output;

fn knock(args: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Binary::built().command(args);
    command.env_remove("KNOCK_DATABASE").envs(variables.iter().copied()).output().expect("the binary runs")
}

fn complaint(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_mistyped_setting_stops_every_command_that_reads_it_and_names_what_was_meant() {
    let dir = tempfile::tempdir().expect("a directory");
    let data = dir.path().join("data");
    let place = ["--data", data.to_str().expect("text")];
    let cases = [
        ("KNOCK_PUBLICURL", "https://a.example", "KNOCK_PUBLICURL is no setting; did you mean KNOCK_PUBLIC_URL?"),
        ("KNOCK_PUBLIC_URL", "a.example", "did you mean https://a.example?"),
        ("KNOCK_LOG", "verbose", "`log` is `verbose`, expected a level"),
        ("KNOCK_LISTEN", "8787", "`listen` is `8787`, expected an address with its port"),
        ("KNOCK_METRICS_LISTEN", "nowhere", "`metrics.listen` is `nowhere`"),
        ("KNOCK_DATABASE_URL", "postgres://db/knock", "did you mean KNOCK_DATABASE?"),
        ("knock_public_url", "https://a.example", "did you mean KNOCK_PUBLIC_URL?"),
    ];
    for (name, value, expected) in cases {
        for command in [&["serve"][..], &["login-link"], &["backup", "x.db"], &["rebuild"]] {
            let said = complaint(&knock(&[command, &place].concat(), &[(name, value)]));
            assert!(said.contains(expected), "{command:?}: {said}");
        }
    }
    assert!(!data.exists(), "nothing was made");
    let other = [("KNOCK_TEST_ANYTHING", "1"), ("KNOCK_BLESS", "0"), ("KNOCK_PORT", "tcp://10.0.0.1:8787")];
    assert!(knock(&["serve", "--print-config"], &other).status.success());
}

#[test]
fn only_serve_makes_a_workspace() {
    let home = tempfile::tempdir().expect("a directory");
    let (missing, empty) = (home.path().join("missing"), home.path().join("empty"));
    std::fs::create_dir(&empty).expect("made");
    let commands: [&[&str]; 9] = [
        &["login-link"],
        &["api-key", "create", "--role", "admin"],
        &["api-key", "list"],
        &["rebuild"],
        &["backtest"],
        &["report", "overview"],
        &["export", "--person", "ann@a.example"],
        &["erase", "--person", "ann@a.example"],
        &["backup", "x.db"],
    ];
    for data in [&missing, &empty] {
        for command in commands {
            let said = complaint(&knock(&[command, &["--data", data.to_str().expect("text")]].concat(), &[]));
            assert!(said.contains(&format!("no workspace in {}", data.display())), "{command:?}: {said}");
            assert!(said.contains("knock serve"), "{said}");
        }
    }
    assert!(!missing.exists());
    assert_eq!(std::fs::read_dir(&empty).expect("it is there").count(), 0);
}

#[test]
fn a_command_makes_no_tables_in_an_empty_database() {
    let scratch = Scratch::bare();
    if !scratch.is_postgres() {
        return;
    }
    let place = ["--data", scratch.dir().to_str().expect("text"), "--database", scratch.database()];
    let said = complaint(&knock(&[&["login-link"][..], &place].concat(), &[]));
    assert!(said.contains("no workspace in postgres"), "{said}");
    let tables = scratch.select("SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()");
    assert!(tables.is_empty(), "{tables:?}");
}

/// Puts the key of another workspace in place of that of a stopped server.
fn replace_key(data: &Path) -> Vec<u8> {
    let file = data.join("secret.key");
    let own = std::fs::read(&file).expect("it is there");
    std::fs::write(&file, "5a".repeat(32)).expect("written");
    own
}

#[test]
fn a_server_with_the_key_of_another_workspace_does_not_start() {
    let mut first = Knock::start();
    first.ask_to_stop();
    first.ended();
    let (data, database) = (first.data(), first.database().to_owned());
    let own = replace_key(&data);
    let on = || Setup::on(Place::kept(&data, &database));
    let Err(ended) = on().try_start() else { panic!("it started") };
    assert_eq!(ended.status.code(), Some(2), "{}", ended.said);
    for part in ["secret.key is not the secret.key of this workspace", "--new-secret-key"] {
        assert!(ended.said.contains(part), "{part}: {}", ended.said);
    }
    let said = complaint(&first.command(&["login-link"]));
    assert!(said.contains("is not the secret.key of this workspace"), "{said}");
    std::fs::write(data.join("secret.key"), own).expect("written");
    let server = on().start();
    assert!(!server.said().contains("stopped in order"), "the refused start has left no mark: {}", server.said());
    server.stop();
    replace_key(&data);
    on().arguments(&["--new-secret-key"]).start().stop();
    on().start().stop();
}

#[test]
fn refused_settings_leave_no_mark_on_the_data_directory() {
    let home = tempfile::tempdir().expect("a directory");
    let on = || Setup::on(Place::kept(home.path(), ""));
    on().start().stop();
    for (name, value) in [
        ("KNOCK_SMTP_URL", "imaps://mail.example"),
        ("KNOCK_SLACK_BOT_TOKEN", "xoxb-1"),
        ("KNOCK_SLACK_API_URL", "slack.example"),
        ("KNOCK_HUBSPOT_CLIENT_ID", "1"),
        ("KNOCK_HUBSPOT_API_URL", "hubspot"),
        ("KNOCK_LOCATION_DATABASE", "/nowhere/places.mmdb"),
        ("KNOCK_HTTP_TRUSTED_PROXIES", "10.0.0.0/99"),
        ("KNOCK_METRICS_LISTEN", "nowhere"),
    ] {
        let from = [("KNOCK_SMTP_FROM", "Acme <hello@acme.example>"), (name, value)];
        let Err(ended) = on().settings(&from).try_start() else { panic!("{name}: it started") };
        assert_eq!(ended.status.code(), Some(2), "{name}: {}", ended.said);
        assert!(!home.path().join("running").exists(), "{name}: {}", ended.said);
    }
    let server = on().start();
    assert!(!server.said().contains("stopped in order"), "{}", server.said());
}
