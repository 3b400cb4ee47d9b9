//! `cargo xtask`: the project's own tasks. All of it is in the library; this only meets the process.

use std::{
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use clap::Parser as _;
use xtask::cli::{Cli, Ending, run};

fn main() -> ExitCode {
    // Right for `cargo xtask` in whatever folder; the checkout that this was built from is the one it works on.
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."));
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    match run(&Cli::parse(), root, &mut out, &mut err)
        .and_then(|ending| out.flush().map(|()| ending))
    {
        Ok(ending) => ExitCode::from(ending as u8),
        // Nobody reads any more, as in `cargo xtask codegen | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(Ending::Failed as u8),
    }
}
