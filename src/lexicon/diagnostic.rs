//! Findings about lexicon files: where, what was expected, what to do.

use std::fmt;

use crate::text::{LineCursor, Place, Span};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The lexicon cannot be used.
    Error,
    /// The lexicon can be used; something in it is likely not meant.
    Warning,
}

/// The kinds of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Code {
    /// A file that a lexicon must have is not there or cannot be read.
    MissingFile,
    /// The file is not valid TOML or CSV, or has a key or value nobody knows.
    Syntax,
    /// Two skills have the same id.
    DuplicateId,
    /// A form is listed by two skills, or twice by one.
    DuplicateForm,
    /// A leaning that is neither a side, nor `shared`, nor `away`.
    UnknownLeaning,
    /// A strength other than 1, 2 or 3, or a factor out of its range.
    OutOfRange,
    /// A case, context or section word nobody knows.
    UnknownWord,
    /// A form, phrase or list that holds nothing to match.
    Empty,
    /// A source that is not declared, or a role statement that does not exist.
    UnknownSource,
    /// A role statement that no skill rests on.
    UncoveredStatement,
    /// A role statement that only everyday words cover, or words nobody has confirmed.
    Everyday,
    /// A role's own title that does not lean to it.
    Title,
    /// An ambiguous skill without an example of each kind.
    MissingExample,
    /// An example sentence that does not come out as it says.
    FailingExample,
    /// A skill that none of its own forms reaches.
    Unreachable,
    /// A role file whose statements are not numbered 1, 2, 3 ...
    Statements,
}

impl Code {
    /// The word for this kind of finding.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::MissingFile => "missing-file",
            Self::Syntax => "syntax",
            Self::DuplicateId => "duplicate-id",
            Self::DuplicateForm => "duplicate-form",
            Self::UnknownLeaning => "unknown-leaning",
            Self::OutOfRange => "out-of-range",
            Self::UnknownWord => "unknown-word",
            Self::Empty => "empty",
            Self::UnknownSource => "unknown-source",
            Self::UncoveredStatement => "uncovered-statement",
            Self::Everyday => "everyday",
            Self::Title => "title",
            Self::MissingExample => "missing-example",
            Self::FailingExample => "failing-example",
            Self::Unreachable => "unreachable",
            Self::Statements => "statements",
        }
    }
}

/// One finding about a lexicon file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of finding.
    pub code: Code,
    /// Whether it keeps the lexicon from being used.
    pub severity: Severity,
    /// The file, relative to the lexicon folder.
    pub file: String,
    /// The bytes of the file it is about, where there are any.
    pub span: Option<Span>,
    /// The line and column where `span` starts.
    pub place: Option<Place>,
    /// What is wrong, and what was expected.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    pub(crate) fn error(code: Code, file: &str, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            file: file.to_owned(),
            span: None,
            place: None,
            message: message.into(),
            help: None,
        }
    }

    /// The same, as a warning.
    pub(crate) fn warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    pub(crate) fn at(mut self, span: std::ops::Range<usize>, text: &str) -> Self {
        let start = span.start.min(text.len());
        self.place = Some(LineCursor::new(text).advance(start));
        self.span = Some(Span::new(start, span.end.min(text.len())));
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Offers the word that was probably meant; says `otherwise` where there is none.
    pub(crate) fn did_you_mean(self, near: Option<&str>, otherwise: &str) -> Self {
        match near {
            Some(near) => self.help(format!("did you mean {near:?}?")),
            None if otherwise.is_empty() => self,
            None => self.help(otherwise),
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(out, "{}", self.file)?;
        if let Some(Place { line, column }) = self.place {
            write!(out, ":{line}:{column}")?;
        }
        write!(out, ": {severity}[{}]: {}", self.code.name(), self.message)?;
        if let Some(help) = &self.help {
            write!(out, "; {help}")?;
        }
        Ok(())
    }
}

/// A lexicon that cannot be used, with everything that is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("the lexicon {name} has {} error{}, first: {}", .errors.len(), if .errors.len() == 1 { "" } else { "s" }, .errors[0])]
pub struct LexiconError {
    /// The folder, or the name of the embedded lexicon.
    pub name: String,
    /// Every finding that keeps it from being used; at least one.
    pub errors: Vec<Diagnostic>,
}

/// Divides findings into those that keep a lexicon from being used, and the warnings.
pub(crate) fn errors_and_warnings(findings: Vec<Diagnostic>) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    findings.into_iter().partition(|finding| finding.severity == Severity::Error)
}
