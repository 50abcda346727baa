//! A lexicon folder's files, written for people to read on.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::build::{LEFT_TERMS, Origin, Proposal, RIGHT_TERMS, SHARED_TERMS};
use crate::lexicon::{Case, Context, DeclaredSource, Form, Lexicon, Pull, Scoring, Side, Skill, Source};
use crate::report::decimal;
use crate::document::Section;

/// Paths in a lexicon's folder, and texts.
pub type Files = BTreeMap<String, String>;

/// The names that files go by.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    /// The lexicon's name.
    pub lexicon: String,
    /// Id, label and side word of each role.
    pub roles: [RoleNames; 2],
}

/// What a role is called.
#[derive(Debug, Clone)]
pub(crate) struct RoleNames {
    pub id: String,
    pub label: String,
    pub side: String,
}

impl Names {
    /// The word for a pull.
    fn leaning(&self, pull: Pull) -> &str {
        match pull {
            Pull::Toward(side) => &self.roles[side.index()].side,
            Pull::Shared => "shared",
            Pull::Away => "away",
        }
    }
}

/// A string as TOML has it.
pub(crate) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// `lexicon.toml`: the roles, how evidence is weighed, and the sources that are cited.
pub(crate) fn manifest(names: &Names, scoring: &Scoring, sources: &[&DeclaredSource]) -> String {
    let [left, right] = &names.roles;
    let mut file = format!(
        "# Built from two role descriptions by `rolelean lexicon build`; review.csv says in which order to read it.\n\
         name = {}\nversion = \"1\"\ndescription = {}\n",
        quoted(&names.lexicon),
        quoted(&format!("{} against {}", left.label, right.label)),
    );
    for role in &names.roles {
        let _ = write!(
            file,
            "\n[[role]]\nid = {}\nlabel = {}\nside = {}\nstatements = {}\n",
            quoted(&role.id),
            quoted(&role.label),
            quoted(&role.side),
            quoted(&format!("roles/{}.md", role.id)),
        );
    }
    file += &scoring_tables(scoring);
    for source in sources {
        let _ = write!(
            file,
            "\n[[source]]\nid = {}\ntitle = {}\nlicence = {}\n",
            quoted(&source.id),
            quoted(&source.title),
            quoted(&source.licence)
        );
        if source.codes {
            file += "codes = true\n";
        }
    }
    file
}

/// The tables of `lexicon.toml` that say how evidence is weighed.
pub(crate) fn scoring_tables(scoring: &Scoring) -> String {
    let [weak, medium, strong] = scoring.strength_weights;
    let mut file = format!(
        "\n[scoring]\n\
         # Log-odds of a skill of strength 1, 2, 3 that has no fitted weight in weights.csv.\n\
         strength_weights = [{weak:?}, {medium:?}, {strong:?}]\n\
         # A skill named n times counts 1 + repeat_gain * ln n times.\n\
         repeat_gain = {:?}\n\
         # Evidence added to both sides before the tilt is taken.\n\
         tilt_smoothing = {:?}\n\
         # Below this absolute tilt, and with this much evidence on each side, a posting is balanced.\n\
         balanced_tilt = {:?}\n\
         balanced_evidence = {:?}\n\
         # Less evidence, fewer skills, or less evidence for a hundred words than this is too little.\n\
         least_evidence = {:?}\n\
         least_skills = {}\n\
         least_density = {:?}\n\
         # Words of other professions above this multiple of both roles' evidence decide for neither.\n\
         away_share = {:?}\n\
         # Log-odds of the tilt's side being right, for each unit of score and of tilt.\n\
         calibration_slope = {:?}\n\
         calibration_tilt = {:?}\n",
        scoring.repeat_gain,
        scoring.tilt_smoothing,
        scoring.balanced_tilt,
        scoring.balanced_evidence,
        scoring.least_evidence,
        scoring.least_skills,
        scoring.least_density,
        scoring.away_share,
        scoring.calibration_slope,
        scoring.calibration_tilt,
    );
    file += "\n# What a mention counts in each part of a posting.\n[section_factors]\n";
    for section in Section::ALL {
        let _ = writeln!(file, "{} = {:?}", section.name(), scoring.section_factor(section));
    }
    let _ = write!(
        file,
        "\n# What a mention counts by how much it is asked for.\n[requirement_factors]\nrequired = {:?}\npreferred = {:?}\nunstated = {:?}\n",
        scoring.required, scoring.preferred, scoring.unstated
    );
    file
}

/// The files of `skills/`, one a category, in each the most telling skill first.
pub(crate) fn skills(names: &Names, catalogue: &Lexicon, proposals: &[Proposal]) -> Files {
    let mut by_category: BTreeMap<&str, Vec<&Proposal>> = BTreeMap::new();
    for proposal in proposals {
        by_category.entry(&proposal.category).or_default().push(proposal);
    }
    let mut files = Files::new();
    for (category, members) in by_category {
        let (title, technical) = about(names, catalogue, category);
        let id = file_stem(names, category);
        let mut file = format!(
            "# The most telling first: those said of one role alone, in several statements.\n\
             category = {}\ntitle = {}\ntechnical = {technical}\n",
            quoted(&id),
            quoted(&title),
        );
        for member in members {
            file += &skill(names, member);
        }
        files.insert(format!("skills/{id}.toml"), file);
    }
    files
}

/// What the file of a category is called, `.toml` aside.
fn file_stem(names: &Names, category: &str) -> String {
    match category {
        LEFT_TERMS => format!("{}-terms", names.roles[0].id),
        RIGHT_TERMS => format!("{}-terms", names.roles[1].id),
        _ => category.to_owned(),
    }
}

/// The title of a category, and whether it is technical.
fn about(names: &Names, catalogue: &Lexicon, id: &str) -> (String, bool) {
    let of_role = |side: Side| format!("Words of the description of the {}", names.roles[side.index()].label);
    match id {
        LEFT_TERMS => (of_role(Side::Left), true),
        RIGHT_TERMS => (of_role(Side::Right), true),
        SHARED_TERMS => ("Words of both descriptions".to_owned(), false),
        _ => {
            let known = catalogue.categories().iter().find(|category| category.id == id);
            known.map_or_else(|| (id.to_owned(), false), |category| (category.title.clone(), category.technical))
        }
    }
}

fn skill(names: &Names, proposal: &Proposal) -> String {
    let Proposal { skill, places, .. } = proposal;
    let mut file = format!(
        "\n[[skill]]\nid = {}\nname = {}\nleaning = {}\nstrength = {}\n",
        quoted(&skill.id),
        quoted(&skill.name),
        quoted(names.leaning(skill.pull)),
        skill.strength,
    );
    list(&mut file, "forms", skill.forms.iter().map(form));
    list(&mut file, "not", skill.not.iter().map(|phrase| quoted(phrase)));
    list(&mut file, "needs", skill.needs.iter().map(|phrase| quoted(phrase)));
    let statements = places.iter().map(|(side, number)| format!("role:{}#{number}", names.roles[side.index()].id));
    list(&mut file, "sources", statements.chain(declared(skill)).map(|source| quoted(&source)));
    if let Some(note) = &skill.note {
        let _ = writeln!(file, "note = {}", quoted(note));
    }
    list(&mut file, "yes", skill.yes.iter().map(|example| quoted(example)));
    list(&mut file, "no", skill.no.iter().map(|example| quoted(example)));
    file
}

/// What a skill of the catalogue cites besides the catalogue's own roles.
fn declared(skill: &Skill) -> impl Iterator<Item = String> + '_ {
    skill.sources.iter().filter_map(|source| match source {
        Source::Statement { .. } => None,
        Source::Declared { id, code: Some(code) } => Some(format!("{id}:{code}")),
        Source::Declared { id, code: None } => Some(id.clone()),
    })
}

/// The ids of the sources that proposals cite.
pub(crate) fn cited(proposals: &[Proposal]) -> BTreeSet<&str> {
    let sources = proposals.iter().flat_map(|proposal| &proposal.skill.sources);
    sources
        .filter_map(|source| match source {
            Source::Declared { id, .. } => Some(id.as_str()),
            Source::Statement { .. } => None,
        })
        .collect()
}

pub(crate) fn form(form: &Form) -> String {
    let mut rules = String::new();
    if form.case == Case::Exact {
        rules += ", case = \"exact\"";
    }
    if form.context != Context::Certain {
        let _ = write!(rules, ", context = {}", quoted(form.context.name()));
    }
    let text = quoted(&form.text);
    if rules.is_empty() { text } else { format!("{{ form = {text}{rules} }}") }
}

/// The longest line an array is put on.
const LINE: usize = 100;

fn list(file: &mut String, key: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        return;
    }
    let line = format!("{key} = [{}]\n", items.join(", "));
    if line.len() <= LINE {
        *file += &line;
    } else {
        let _ = writeln!(file, "{key} = [\n    {},\n]", items.join(",\n    "));
    }
}

/// `review.csv`: every skill, the one most worth a look first, with what it rests on.
pub(crate) fn review(names: &Names, proposals: &[Proposal]) -> String {
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    let header = ["skill_id", "leaning", "strength", "origin", "keyness", "statements", "forms", "file"];
    let mut write = |record: [String; 8]| {
        // Writing to memory cannot fail.
        let _ = table.write_record(record);
    };
    write(header.map(str::to_owned));
    for proposal in proposals {
        let Proposal { skill, category, origin, places, keyness, .. } = proposal;
        let statements: Vec<String> =
            places.iter().map(|(side, number)| format!("{}#{number}", names.roles[side.index()].id)).collect();
        let forms: Vec<&str> = skill.forms.iter().map(|form| form.text.as_str()).collect();
        write([
            skill.id.clone(),
            names.leaning(skill.pull).to_owned(),
            skill.strength.to_string(),
            Origin::name(*origin).to_owned(),
            decimal(*keyness, 2),
            statements.join("; "),
            forms.join("; "),
            format!("skills/{}.toml", file_stem(names, category)),
        ]);
    }
    table.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
