//! One WebAssembly module: compiled, bound to JavaScript, made small.

use std::fs;
use std::path::{Path, PathBuf};

use super::scripts::esbuild;
use super::stamp::Work;
use crate::report::{Ended, announce, step};
use crate::tools::{bindgen::Bindgen, nightly::Nightly, npm, rust};
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

/// What compiles a module.
#[derive(Clone, Copy)]
pub(super) enum Compiler {
    Stable,
    Nightly(Nightly),
}

/// A module to be built from the crate `knock-NAME`.
pub(super) struct Module {
    pub(super) name: &'static str,
    pub(super) compiler: Compiler,
    /// Where `NAME.wasm` and `NAME.js` go.
    pub(super) folder: PathBuf,
}

/// Builds `NAME.wasm` and `NAME.js`.
pub(super) fn build(bindgen: &Bindgen, module: &Module) -> anyhow::Result<Vec<PathBuf>> {
    let Module { name, compiler, folder } = module;
    let by = match compiler {
        Compiler::Stable => "",
        Compiler::Nightly(_) => ", release",
    };
    step(&format!("{name}{by}, compiled"), || compile(name, *compiler))?;
    let compiled = compiler.target().join(rust::WASM).join(format!("wasm/knock_{name}.wasm"));
    let outputs = vec![folder.join(format!("{name}.wasm")), folder.join(format!("{name}.js"))];
    // A script of our own that starts the module, in place of the one that wasm-bindgen writes.
    let own = Some(places::at("www").join(format!("{name}.js"))).filter(|script| script.is_file());
    let inputs: Vec<PathBuf> = [compiled.clone()].into_iter().chain(own.clone()).collect();
    step(&format!("{name}.wasm, {name}.js{by}"), || {
        let stamp = format!("{name}{by}");
        let work = Work { name: &stamp, inputs: &inputs, recipe: bindgen.version(), outputs: &outputs };
        work.run(|| {
            announce(format_args!("{name}: wasm-bindgen and wasm-opt"));
            fs::create_dir_all(folder)?;
            let bound = bind(bindgen, name, &compiled, if own.is_some() { "bundler" } else { "web" })?;
            shrink(&bound.join(format!("{name}_bg.wasm")), &outputs[0])?;
            wrap(&bound, name, own.as_deref(), &outputs[1])
        })
    })?;
    Ok(outputs)
}

impl Compiler {
    fn target(self) -> PathBuf {
        match self {
            Self::Stable => places::wasm_target(),
            Self::Nightly(_) => places::nightly_target(),
        }
    }
}

/// One package per run of cargo: two in one run would share the features of their dependencies.
fn compile(name: &str, compiler: Compiler) -> anyhow::Result<Ended> {
    let package = format!("knock-{name}");
    let mut cargo = match compiler {
        Compiler::Stable => run::cargo(["build"]),
        Compiler::Nightly(nightly) => nightly.cargo_build(),
    };
    cargo.args(["--package", &package, "--target", rust::WASM, "--profile", "wasm", "--target-dir"]);
    run::run(cargo.arg(compiler.target()))?;
    Ok(Ended::Done)
}

fn bind(bindgen: &Bindgen, name: &str, compiled: &Path, target: &str) -> anyhow::Result<PathBuf> {
    let folder = places::scratch().join("bound").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let mut command = run::command(bindgen.cli());
    command.args([
        "--target",
        target,
        // Every browser with WebAssembly modules and reference types has `encodeInto`.
        "--encode-into",
        "always",
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

/// Taking control flow apart and putting it together anew makes it compress better. Low memory is the end of the
/// stack, where nothing lies. Not `--traps-never-happen`: it takes away the checks that end a bug in a trap.
fn shrink(module: &Path, output: &Path) -> anyhow::Result<()> {
    let mut command = run::command(npm::program("wasm-opt"));
    command
        .args(["-Oz", "--low-memory-unused", "--flatten", "--rereloop", "-Oz", "--converge"])
        .args(["--strip-debug", "--strip-producers", "--strip-target-features"])
        .args(FEATURES)
        .arg(module)
        .arg("--output")
        .arg(output);
    run::run(&mut command)
}

fn wrap(bound: &Path, name: &str, own: Option<&Path>, output: &Path) -> anyhow::Result<()> {
    let script = bound.join(format!("{name}.js"));
    match own {
        Some(own) => {
            fs::copy(own, &script)?;
        }
        None => {
            let text = fs::read_to_string(&script)?;
            fs::write(&script, text.replace(&format!("{name}_bg.wasm"), &format!("{name}.wasm")))?;
        }
    }
    esbuild(&script, output, &["--bundle", "--format=esm", "--target=es2021"])
}
