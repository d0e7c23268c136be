//! The test runner of `wasm-bindgen` as a crate of this workspace: of its pinned version, and compiled with what `xtask`
//! has compiled already.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
