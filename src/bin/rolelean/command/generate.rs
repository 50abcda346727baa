//! `completions` and `man`: made from the arguments themselves.

use std::path::Path;

use anyhow::Context;
use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::Args;
use crate::outcome::Outcome;
use crate::terminal::print_bytes;

pub fn completions(shell: Shell) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "rolelean", &mut script);
    print_bytes(&script)
}

pub fn man(out: Option<&Path>) -> anyhow::Result<Outcome> {
    match out {
        Some(folder) => {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
            clap_mangen::generate_to(Args::command(), folder)
                .with_context(|| format!("cannot write to {}", folder.display()))?;
            Ok(Outcome::Complete)
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Args::command()).render(&mut page)?;
            print_bytes(&page)
        }
    }
}
