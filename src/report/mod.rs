//! Reports: every format is fed by one table of columns and takes results as a
//! [`Sink`](crate::run::Sink).

mod building;
pub mod columns;
mod csv;
mod explanation;
mod folder;
mod html;
mod jsonl;
mod skills;
mod stream;
#[cfg(feature = "xlsx")]
mod xlsx;

pub(crate) use csv::decimal;
pub use csv::{CsvStyle, CsvTable};
pub use explanation::Explanation;
pub use folder::{ReportError, ReportFolder, RunSettings};
pub use html::HtmlReport;
pub use jsonl::{JsonLines, JsonStream};
pub use skills::{SkillCount, SkillCounts};
pub use stream::PostingsStream;
#[cfg(feature = "xlsx")]
pub use xlsx::Workbook;
