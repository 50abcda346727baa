//! Reports: every format is fed by one table of columns and takes results as a
//! [`Sink`](crate::run::Sink).

mod amounts;
pub mod columns;
mod comparison;
mod csv;
mod date;
mod decimals;
mod explanation;
mod folder;
mod gap;
mod html;
mod json;
mod jsonl;
mod kept;
mod market;
mod merging;
mod one_line;
mod proportion;
mod reading;
mod run_file;
mod skills;
mod stdout;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use amounts::Median;
pub use comparison::{
    Compared, Comparison, ComparisonError, ComparisonFolder, Match, PostingChange, SkillShift, VerdictShift,
};
pub use csv::{CsvStyle, CsvTable};
pub(crate) use csv::{end_row, needs_quotes, push_quoted};
pub(crate) use decimals::decimal;
pub use decimals::to_decimals;
pub use explanation::Explanation;
pub use folder::ReportFolder;
pub use gap::{MissingSkill, SkillGap};
pub use html::HtmlReport;
pub use jsonl::{JsonLines, JsonStream};
pub use market::Market;
pub use merging::{Difference, Earlier, Further, Merge, MergeError, Merged};
pub use proportion::{Proportion, Shift};
pub use run_file::RunSettings;
pub use skills::{SkillCount, SkillCounts};
pub use stdout::PostingsStream;
