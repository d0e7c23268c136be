//! The JavaScript fallback of a module, for pages whose policy forbids WebAssembly and for browsers that have it turned off.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::features::FEATURES;
use super::scripts::esbuild;
use crate::run;
use crate::tools::npm;

/// Instructions that the translation does not know, in terms of those that it does.
const LOWERED: [&str; 4] =
    ["--llvm-nontrapping-fptoint-lowering", "--signext-lowering", "--llvm-memory-copy-fill-lowering", "-Oz"];

/// Makes a script whose `create(imports)` returns what the module exports; `imports` are those of the module.
pub(super) fn make(module: &Path, output: &Path) -> anyhow::Result<()> {
    let plain = module.with_extension("plain.wasm");
    let mut lower = run::command(npm::program("wasm-opt"));
    run::run(lower.args(LOWERED).args(FEATURES).arg(module).arg("--output").arg(&plain))?;
    let script = module.with_extension("fallback.js");
    let mut translate = run::command(npm::program("wasm2js"));
    run::run(translate.args(FEATURES).arg("-Oz").arg(&plain).arg("--output").arg(&script))?;
    let text = wrap(&fs::read_to_string(&script)?).context("wasm2js writes another frame than it did")?;
    fs::write(&script, text)?;
    esbuild(&script, output, &["--format=esm", "--target=es2021"])
}

/// Takes the translated function out of its frame, which imports a file that is not there, and instantiates at once.
fn wrap(script: &str) -> Option<String> {
    let (first, body) = script.split_once('\n')?;
    first.strip_prefix("import * as ")?;
    let (body, _) = body.split_once("var retasmFunc")?;
    Some(format!("{body}\nexport {{ asmFunc as create }};\n"))
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn the_frame_is_replaced_and_takes_the_imports() {
        let script = "import * as $x from './x_bg.js';\nfunction asmFunc(i) { i['./x_bg.js'].__wbg_ask_1; }\n\
            var retasmFunc = asmFunc({});\nexport var on_event = retasmFunc.on_event;";
        let wrapped = "function asmFunc(i) { i['./x_bg.js'].__wbg_ask_1; }\n\nexport { asmFunc as create };\n";
        assert_eq!(wrap(script).as_deref(), Some(wrapped));
        assert_eq!(wrap("something else"), None);
    }
}
