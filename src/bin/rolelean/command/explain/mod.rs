//! `rolelean explain`: one posting, marked up, with what each skill contributes.

mod chart;
mod facts;
mod marks;

use std::cmp::Reverse;
use std::fmt::Write as _;

use anstyle::Style;
use anyhow::bail;
use rolelean::LogOdds;
use rolelean::classifier::{Analysis, Classifier};
use rolelean::input::{Inputs, Posting, Source};
use rolelean::leaning::{Leaning, NeitherTerm, SkillMatch, neither_terms, what_would_flip, why};
use rolelean::lexicon::{Lexicon, Side, SkillLeaning};
use rolelean::report::Explanation;
use rolelean::run::Classified;
use rolelean::text::{inert_json, nearest};

use super::{load, read_options, shown};
use crate::args::Explain;
use crate::outcome::Outcome;
use crate::terminal::{BOLD, DIM, LEFT, RIGHT, WARNING, has_colours, output_width, plain, plain_line, print, styled};
use crate::wrap::{list, wrap};

/// Ids that are listed where none is the one asked for.
const LISTED: usize = 5;
/// Letters of an id that may be a mistyped one.
const LEAST_TO_MEAN: usize = 4;

pub fn run(args: &Explain) -> anyhow::Result<Outcome> {
    let (number, posting) = find_posting(args)?;
    let classifier = Classifier::new(load(&args.lexicon)?);
    let analysis = classifier.classify(&posting)?;
    let result = Classified { number, posting, analysis };
    if args.json {
        let object = Explanation::of(classifier.lexicon(), &result);
        return print(&(inert_json(&serde_json::to_string_pretty(&object)?) + "\n"));
    }
    let lexicon = classifier.lexicon();
    let explained = Explained { lexicon, posting: &result.posting, analysis: &result.analysis };
    print(&explained.page(has_colours(), output_width())?)
}

/// The one posting of the path, or the one asked for, and its number, as in the column
/// `posting` of a report.
fn find_posting(args: &Explain) -> anyhow::Result<(u64, Posting)> {
    let mut inputs = Inputs::new(vec![args.path.clone()], read_options(&args.columns, &[]))?;
    let mut number = 0;
    let (mut first, mut unread, mut ids) = (None, None, Vec::new());
    while let Some(item) = inputs.next() {
        let posting = match item.and_then(|pending| pending.read()) {
            Ok(posting) => posting,
            Err(skipped) => {
                unread.get_or_insert(skipped);
                continue;
            }
        };
        number += 1;
        match &args.posting {
            Some(asked) if posting.id == *asked || number.to_string() == *asked => return Ok((number, posting)),
            Some(_) => ids.push(posting.id),
            None if first.is_some() => bail!(
                "{} holds several postings; choose one with --posting ID (its id, or 1, 2, 3 ...)",
                shown(&args.path)
            ),
            None => first = Some(posting),
        }
    }
    match (first, &args.posting, unread) {
        (Some(posting), ..) => Ok((1, posting)),
        (None, Some(asked), unread) => {
            let unread = unread.map(|skipped| format!("; not read: {skipped}")).unwrap_or_default();
            bail!(
                "no posting `{}` among the {number} in {}{}{unread}",
                plain(asked),
                shown(&args.path),
                named(asked, &ids)
            )
        }
        (None, None, Some(skipped)) => bail!("{skipped}"),
        (None, None, None) => bail!("nothing to read in {}", shown(&args.path)),
    }
}

/// Which ids there are instead, and the one that was probably meant.
fn named(asked: &str, ids: &[String]) -> String {
    let listed: Vec<String> = ids.iter().take(LISTED).map(|id| format!("`{}`", plain_line(id))).collect();
    let more = match ids.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    // One digit is as near to any other.
    let meant = nearest(asked, ids.iter().map(String::as_str)).filter(|_| asked.len() >= LEAST_TO_MEAN);
    let meant = meant.map(|id| format!("; did you mean `{}`?", plain_line(id))).unwrap_or_default();
    if listed.is_empty() { String::new() } else { format!("; the ids are {}{more}{meant}", listed.join(", ")) }
}

fn side_style(side: Side) -> Style {
    match side {
        Side::Left => LEFT,
        Side::Right => RIGHT,
    }
}

/// A posting with all that is said of it.
struct Explained<'e> {
    lexicon: &'e Lexicon,
    posting: &'e Posting,
    analysis: &'e Analysis,
}

impl Explained<'_> {
    fn page(&self, colours: bool, width: Option<usize>) -> Result<String, std::fmt::Error> {
        let mut page = String::new();
        self.header(&mut page)?;
        page += &wrap(&self.marked_text(colours), width);
        page += &self.legend(colours);
        self.chart(&mut page, width)?;
        let rest = self.neither(width) + &self.flip(width) + &self.set_aside(width) + &self.facts(width);
        write!(page, "\n{rest}")?;
        Ok(page)
    }

    fn header(&self, page: &mut String) -> std::fmt::Result {
        let (posting, verdict) = (self.posting, &self.analysis.verdict);
        let title = if posting.title.is_empty() { &posting.id } else { &posting.title };
        writeln!(page, "{}", styled(BOLD, title))?;
        let style = match verdict.leaning {
            Leaning::Role(side) => side_style(side),
            Leaning::Balanced | Leaning::Neither => BOLD,
        };
        write!(page, "leans to {}", styled(style, verdict.leaning.name(self.lexicon)))?;
        if let Some(tilt) = verdict.tilt {
            write!(page, "   tilt {tilt:+.2}")?;
        }
        writeln!(page, "   probability {}", self.probabilities())?;
        if let Some(why) = why(self.lexicon, verdict, &self.analysis.evidence) {
            writeln!(page, "{DIM}{why}{DIM:#}")?;
        }
        if let Some(side) = self.analysis.title_leaning {
            let agrees = self.analysis.title_agrees() == Some(true);
            let agrees = if agrees { "as the body does" } else { "the body says otherwise" };
            writeln!(page, "{DIM}the title claims {}: {agrees}{DIM:#}", self.lexicon.role(side).id)?;
        }
        for warning in &posting.warnings {
            writeln!(page, "{WARNING}warning:{WARNING:#} {}", plain(warning))?;
        }
        writeln!(page)
    }

    /// The three answers, each with its probability.
    fn probabilities(&self) -> String {
        let probabilities = &self.analysis.verdict.probabilities;
        let [left, right] = self
            .lexicon
            .roles()
            .each_ref()
            .map(|role| format!("{} {:.2}", role.side_id, probabilities.of_side(role.side)));
        format!("{left}, {right}, {} {:.2}", Leaning::Neither.name(self.lexicon), probabilities.neither)
    }

    /// The terms that say whether the posting belongs to neither role, strongest first.
    fn neither(&self, width: Option<usize>) -> String {
        let mut terms = neither_terms(self.lexicon, &self.analysis.evidence);
        let sum: LogOdds = terms.iter().map(|term| term.amount).sum();
        terms.retain(|term| term.amount != LogOdds::ZERO);
        terms.sort_by_key(|term| Reverse(term.amount.abs()));
        let named = |term: &NeitherTerm| format!("{:+.4} {}", term.amount, term.feature.name().replace('_', " "));
        let terms: Vec<String> = terms.iter().map(named).collect();
        let label = format!("{} {sum:+.4}", styled(BOLD, "log-odds of neither role"));
        list(&format!("{label} = "), &terms.join(", "), 2, width)
    }

    /// What was found and adds nothing: shared, negated, of other professions.
    fn set_aside(&self, width: Option<usize>) -> String {
        let pull = |found: &SkillMatch| self.lexicon.skill(found.skill).leaning;
        let rows = [
            ("skills of both roles", self.names(|found| pull(found) == SkillLeaning::Shared && !found.negated)),
            ("negated", self.names(|found| found.negated)),
            (
                "of other professions",
                self.names(|found| pull(found) == SkillLeaning::OtherProfession && !found.negated),
            ),
        ];
        let rows = rows.into_iter().filter(|(_, names)| !names.is_empty());
        rows.map(|(label, names)| list(&format!("{}: ", styled(BOLD, label)), &names, 2, width)).collect()
    }

    fn names(&self, wanted: impl Fn(&SkillMatch) -> bool) -> String {
        let found = self.analysis.evidence.matches.iter().filter(|found| wanted(found));
        let names: Vec<&str> = found.map(|found| self.lexicon.skill(found.skill).name.as_str()).collect();
        names.join(", ")
    }

    /// What would have to be gone for the tilt to turn.
    fn flip(&self, width: Option<usize>) -> String {
        let gone = what_would_flip(&self.analysis.evidence);
        let names: Vec<&str> = gone.iter().map(|found| self.lexicon.skill(found.skill).name.as_str()).collect();
        if names.is_empty() {
            return String::new();
        }
        let label = styled(BOLD, "the tilt would change sides without");
        list(&format!("{label}: "), &names.join(", "), 2, width)
    }
}
