//! The command line of the converter, which is implemented in the library.

use std::{
    env,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::Parser as _;
use xtask::cli::{Cli, Ending, root, run};

fn main() -> ExitCode {
    let folder = env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    match run(&Cli::parse(), &root(&folder), &mut out, &mut err)
        .and_then(|ending| out.flush().map(|()| ending))
    {
        Ok(ending) => ExitCode::from(ending as u8),
        // Nobody reads any more, as in `cargo xtask codegen | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(Ending::Failed as u8),
    }
}
