//! A lexicon from a plain table of skills.

use std::collections::{BTreeMap, BTreeSet};

use super::folder::{self, CategoryFile, JUDGEMENT, LexiconFiles, Names, RoleNames, slug};
use crate::lexicon::{Citation, DutyClasses, Lexicon, LexiconError, Side, Skill, SkillLeaning};
use crate::text::{is_word_char, nearest, normalise};

/// The first line of `lexicon.toml`.
const COMMENT: &str = "Made of a table of skills by `rolelean lexicon import`.";

/// Why a table cannot be made into a lexicon.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// The table cannot be read as CSV.
    #[error("the table cannot be read")]
    Csv(#[from] csv::Error),
    /// A column is missing.
    #[error("the table needs the columns name and side, and may have aliases, strength, category and id; it has: {0}")]
    Columns(String),
    /// There are not two sides.
    #[error("expected two sides besides `shared` and `away`, found {}: {}", .0.len(), .0.join(", "))]
    Sides(Vec<String>),
    /// A row that holds something else than expected.
    #[error("line {line}: {what}")]
    Row {
        /// The line of the table.
        line: u64,
        /// What is wrong, and what was expected.
        what: String,
    },
    /// A setting cannot be written into `lexicon.toml`.
    #[error("cannot write lexicon.toml")]
    Settings(#[from] toml::ser::Error),
    /// What was imported does not hold together.
    #[error("the lexicon that was made of the table has an error; please report the table")]
    Lexicon(#[from] LexiconError),
}

/// A row of the table.
struct Row {
    line: u64,
    name: String,
    aliases: Vec<String>,
    side: String,
    strength: String,
    category: String,
    id: String,
}

/// Makes a lexicon of a CSV table with the columns `name`, `aliases` (`;` or `|` between) and
/// `side`, and where they are there `strength` (1 to 3), `category` and `id`.
///
/// The two words in `side` besides `shared` and `away` name the roles, in the order of the
/// alphabet unless `sides` gives them. Each role gets a description of one statement, to be
/// replaced by a real one.
///
/// # Errors
/// At the first row that cannot be used, or when there are not two sides.
pub fn import(table: &str, name: Option<&str>, sides: Option<[&str; 2]>) -> Result<LexiconFiles, ImportError> {
    let rows = rows(table)?;
    let sides = match sides {
        Some(sides) => sides.map(str::to_owned),
        None => sides_of(&rows)?,
    };
    let role = |side: &String| RoleNames { id: slug(side), label: side.clone(), side_id: slug(side) };
    let names = Names {
        duties: DutyClasses::default(),
        lexicon: name.map_or_else(|| sides.join("-"), str::to_owned),
        roles: [role(&sides[0]), role(&sides[1])],
    };
    let categories = categories(&rows, &sides)?;
    for (at, leaning) in Side::BOTH.map(SkillLeaning::Toward).into_iter().enumerate() {
        if !categories.values().flatten().any(|skill| skill.leaning == leaning) {
            return Err(ImportError::Sides(vec![sides[1 - at].clone()]));
        }
    }
    let builtin = Lexicon::builtin();
    let judgement: Vec<_> = builtin.sources().iter().filter(|source| source.id == JUDGEMENT).collect();
    let mut files: LexiconFiles =
        categories.into_iter().map(|(id, skills)| category_file(id, &skills, &builtin).write(&names)).collect();
    files.insert("lexicon.toml".to_owned(), folder::manifest(COMMENT, &names, &builtin, &judgement)?);
    for role in &names.roles {
        let text = format!("# {0}\n\n1. A {0} has the skills that are listed for this side.\n", role.label);
        files.insert(format!("roles/{}.md", role.id), text);
    }
    folder::add_common_files(&mut files);
    Lexicon::from_files(&names.lexicon, files.clone())?;
    Ok(files)
}

/// The skills of the rows, by category.
fn categories(rows: &[Row], sides: &[String; 2]) -> Result<BTreeMap<String, Vec<Skill>>, ImportError> {
    let mut taken = Taken::default();
    let mut categories: BTreeMap<String, Vec<Skill>> = BTreeMap::new();
    for row in rows {
        let skill = skill(row, sides, &mut taken).map_err(|what| ImportError::Row { line: row.line, what })?;
        let category = if row.category.is_empty() { "skills".to_owned() } else { slug(&row.category) };
        categories.entry(category).or_default().push(skill);
    }
    Ok(categories)
}

/// A category goes by the title that the built-in lexicon has for it.
fn category_file<'s>(id: String, skills: &'s [Skill], builtin: &Lexicon) -> CategoryFile<'s> {
    let known = builtin.categories().iter().find(|category| category.id == id);
    let (title, technical) =
        known.map_or_else(|| (id.clone(), false), |category| (category.title.clone(), category.technical));
    CategoryFile { id, title, technical, skills }
}

fn rows(table: &str) -> Result<Vec<Row>, ImportError> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers()?.clone();
    let column = |names: &[&str]| {
        header.iter().position(|found| names.iter().any(|name| found.trim().eq_ignore_ascii_case(name)))
    };
    let (Some(name), Some(side)) = (column(&["name", "skill"]), column(&["side", "leaning"])) else {
        return Err(ImportError::Columns(header.iter().collect::<Vec<_>>().join(", ")));
    };
    let others =
        [column(&["aliases", "forms"]), column(&["strength"]), column(&["category"]), column(&["id", "skill_id"])];
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default().trim().to_owned();
        let [aliases, strength, category, id] = others.map(cell);
        let aliases = aliases.split([';', '|']).map(str::trim).filter(|alias| !alias.is_empty());
        rows.push(Row {
            line: record.position().map_or(0, csv::Position::line),
            name: cell(Some(name)),
            aliases: aliases.map(str::to_owned).collect(),
            side: cell(Some(side)),
            strength,
            category,
            id,
        });
    }
    Ok(rows)
}

/// The two words for sides, sorted.
fn sides_of(rows: &[Row]) -> Result<[String; 2], ImportError> {
    let is_side = |word: &&str| !["", SkillLeaning::SHARED, SkillLeaning::OTHER_PROFESSION].contains(word);
    let words = rows.iter().map(|row| row.side.as_str()).filter(is_side);
    let words: Vec<String> = words.collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect();
    words.try_into().map_err(ImportError::Sides)
}

/// Ids and forms of the rows so far, with the lines they stand on.
#[derive(Default)]
struct Taken {
    ids: BTreeMap<String, u64>,
    forms: BTreeMap<String, u64>,
}

/// The skill of a row, or what is wrong with it.
fn skill(row: &Row, sides: &[String; 2], taken: &mut Taken) -> Result<Skill, String> {
    let leaning = leaning(&row.side, sides)?;
    let strength = match row.strength.as_str() {
        "" | "2" => 2,
        "1" => 1,
        "3" => 3,
        other => return Err(format!("the strength is {other:?}; expected 1, 2 or 3")),
    };
    let id = if row.id.is_empty() { slug(&row.name) } else { row.id.clone() };
    if id.is_empty() {
        return Err(format!("the name {:?} holds no letter or digit", row.name));
    }
    if let Some(line) = taken.ids.insert(id.clone(), row.line) {
        return Err(format!("the skill {id} is already in line {line}; put its forms in one row"));
    }
    let mut skill = Skill::plain(&id, &row.name, leaning, strength, forms(row, taken)?);
    skill.sources.push(match leaning {
        SkillLeaning::Toward(side) => Citation::Statement { side, number: 1 },
        SkillLeaning::Shared | SkillLeaning::OtherProfession => {
            Citation::Declared { id: JUDGEMENT.to_owned(), code: None }
        }
    });
    Ok(skill)
}

/// The name and the aliases of a row, each once.
fn forms<'r>(row: &'r Row, taken: &mut Taken) -> Result<Vec<&'r str>, String> {
    let mut forms: Vec<&str> = Vec::new();
    for form in [&row.name].into_iter().chain(&row.aliases) {
        let key = normalise(form);
        if !key.contains(is_word_char) {
            return Err(format!("the alias {form:?} holds no letter or digit"));
        }
        match taken.forms.get(&key) {
            None => {
                taken.forms.insert(key, row.line);
                forms.push(form);
            }
            Some(line) if *line == row.line => {}
            Some(line) => {
                return Err(format!("the form {form:?} is already in line {line}; a form belongs to one skill"));
            }
        }
    }
    Ok(forms)
}

fn leaning(word: &str, sides: &[String; 2]) -> Result<SkillLeaning, String> {
    for (side, name) in Side::BOTH.into_iter().zip(sides) {
        if word == name || slug(word) == slug(name) {
            return Ok(SkillLeaning::Toward(side));
        }
    }
    let side_ids = sides.each_ref().map(String::as_str);
    let word = if word == "both" { SkillLeaning::SHARED } else { word };
    SkillLeaning::from_name(word, side_ids).ok_or_else(|| {
        let known = SkillLeaning::ALL.map(|leaning| leaning.name(side_ids));
        let near = nearest(word, known).map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
        format!("no side is called {word:?}; expected one of: {}{near}", known.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_becomes_a_lexicon() {
        let table = "name,aliases,side\nespresso,latte art; steam milk,barista\nkneading,knead dough|knead,baker\ntill,,shared\n";
        let files = import(table, None, None).expect("a sound table");
        let lexicon = Lexicon::from_files("imported", files).expect("it was checked");
        assert_eq!(lexicon.name(), "baker-barista");
        let (_, kneading) = lexicon.find("kneading").expect("a row");
        assert_eq!(
            (kneading.leaning, kneading.forms.len(), kneading.strength),
            (SkillLeaning::Toward(Side::Left), 3, 2)
        );
        let lexicon = import(table, Some("shop"), Some(["barista", "baker"])).expect("the other way round");
        assert!(lexicon["lexicon.toml"].contains("name = \"shop\""));
    }

    #[test]
    fn each_mistake_names_its_line() {
        let cases = [
            (
                "skill;side\nx;y\n",
                "the table needs the columns name and side, and may have aliases, strength, category and id; it has: skill;side",
            ),
            (
                "name,side\na,one\nb,two\nc,three\n",
                "expected two sides besides `shared` and `away`, found 3: one, three, two",
            ),
            ("name,side\na,one\nb,shared\n", "expected two sides besides `shared` and `away`, found 1: one"),
            ("name,side,strength\na,one,5\nb,two,1\n", "line 2: the strength is \"5\"; expected 1, 2 or 3"),
            ("name,side\na,one\na,two\n", "line 3: the skill a is already in line 2; put its forms in one row"),
            ("name,side\n--,one\nb,two\n", "line 2: the name \"--\" holds no letter or digit"),
            (
                "name,aliases,side\na,x,one\nb,X,two\n",
                "line 3: the form \"X\" is already in line 2; a form belongs to one skill",
            ),
        ];
        for (table, message) in cases {
            assert_eq!(import(table, None, None).map_err(|error| error.to_string()).err().as_deref(), Some(message));
        }
        let error =
            import("name,side\na,one\nb,two\nc,shraed\n", None, Some(["one", "two"])).expect_err("a side nobody knows");
        assert_eq!(
            error.to_string(),
            "line 4: no side is called \"shraed\"; expected one of: one, two, shared, away; did you mean \"shared\"?"
        );
    }
}
