//! `rolelean lexicon`: one file a command.

mod background;
mod build;
mod check;
mod diff;
mod export;
mod fit;
mod folder;
mod import;
mod init;
mod review;
mod schema;
mod show;
mod stats;
mod suggest;
mod test;
mod trace;

use crate::args::Output;
use crate::lexicon_args::LexiconCommand;
use crate::outcome::Outcome;

pub fn run(command: &LexiconCommand, output: &Output) -> anyhow::Result<Outcome> {
    match command {
        LexiconCommand::Check(choice) => check::run(choice, output),
        LexiconCommand::Show { what, lexicon } => show::run(what.as_deref(), lexicon),
        LexiconCommand::Trace { form, lexicon } => trace::run(&form.join(" "), lexicon),
        LexiconCommand::Test { what, lexicon } => test::run(what.as_deref(), lexicon, output),
        LexiconCommand::Stats(given) => stats::run(given, output),
        LexiconCommand::Init { out } => init::run(out, output),
        LexiconCommand::Import(given) => import::run(given, output),
        LexiconCommand::Diff(given) => diff::run(given),
        LexiconCommand::Export(given) => export::run(given),
        LexiconCommand::Schema { out } => schema::run(out, output),
        LexiconCommand::Build(given) => build::run(given, output),
        LexiconCommand::Background(given) => background::run(given),
        LexiconCommand::Review(given) => review::run(given, output),
        LexiconCommand::Suggest(given) => suggest::run(given, output),
        LexiconCommand::Fit(given) => fit::run(given, output),
    }
}
