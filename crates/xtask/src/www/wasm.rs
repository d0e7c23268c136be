//! One WebAssembly module: compiled, bound to JavaScript, made small.

use std::fs;
use std::path::{Path, PathBuf};
use std::slice;

use super::scripts::esbuild;
use super::stamp::Work;
use crate::report::{Ended, announce, step};
use crate::tools::{bindgen::Bindgen, npm, rust};
use crate::{places, run};

/// What every browser of the last years understands. All features at once would be refused.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Builds `NAME.wasm` and `NAME.js` from the crate `knock-NAME`.
pub(crate) fn build(bindgen: &Bindgen, name: &str) -> anyhow::Result<Vec<PathBuf>> {
    step(&format!("{name}, compiled"), || compile(name))?;
    let compiled = places::wasm_target().join(rust::WASM).join(format!("wasm/knock_{name}.wasm"));
    let module = places::www().join(format!("{name}.wasm"));
    let glue = places::www().join(format!("{name}.js"));
    let outputs = vec![module.clone(), glue.clone()];
    step(&format!("{name}.wasm, {name}.js"), || {
        let work = Work { name, inputs: slice::from_ref(&compiled), recipe: bindgen.version(), outputs: &outputs };
        work.run(|| {
            announce(format_args!("{name}: wasm-bindgen and wasm-opt"));
            let bound = bind(bindgen, name, &compiled)?;
            shrink(&bound.join(format!("{name}_bg.wasm")), &module)?;
            wrap(&bound, name, &glue)
        })
    })?;
    Ok(outputs)
}

/// One package per run of cargo: two in one run would share the features of their dependencies.
fn compile(name: &str) -> anyhow::Result<Ended> {
    let package = format!("knock-{name}");
    let mut cargo =
        run::cargo(["build", "--package", &package, "--target", rust::WASM, "--profile", "wasm", "--target-dir"]);
    run::run(cargo.arg(places::wasm_target()))?;
    Ok(Ended::Done)
}

fn bind(bindgen: &Bindgen, name: &str, compiled: &Path) -> anyhow::Result<PathBuf> {
    let folder = places::scratch().join("bound").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let mut command = run::command(bindgen.cli());
    command.args([
        "--target",
        "web",
        "--no-typescript",
        "--remove-name-section",
        "--remove-producers-section",
        "--out-name",
        name,
        "--out-dir",
    ]);
    run::run(command.arg(&folder).arg(compiled))?;
    Ok(folder)
}

fn shrink(module: &Path, output: &Path) -> anyhow::Result<()> {
    let mut command = run::command(npm::program("wasm-opt"));
    command
        .args(["-Oz", "--strip-debug", "--strip-producers", "--strip-target-features"])
        .args(FEATURES)
        .arg(module)
        .arg("--output")
        .arg(output);
    run::run(&mut command)
}

fn wrap(bound: &Path, name: &str, output: &Path) -> anyhow::Result<()> {
    let script = bound.join(format!("{name}.js"));
    let text = fs::read_to_string(&script)?;
    fs::write(&script, text.replace(&format!("{name}_bg.wasm"), &format!("{name}.wasm")))?;
    esbuild(&script, output, &["--bundle", "--format=esm", "--target=es2021"])
}
