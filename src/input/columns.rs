//! Which column of a table, or key of a JSON object, holds what.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::ReadOptions;
use super::structured::{self, JobField, normal};
use crate::text::nearest;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// What the posting is called in reports.
    Id,
    /// The job title.
    Title,
    /// The employer.
    Company,
    /// Where the job is.
    Location,
    /// The whole text; one such column is enough.
    Text,
    /// A part of the text, joined with the others under its name.
    Part,
    /// Something said of the job beside its text.
    Job(JobField),
    /// Something else, which the user wants carried through.
    Other,
}

/// A field, and how good a name for it the column has: 0 is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Role {
    pub field: Field,
    pub rank: usize,
    pub keep: Keep,
}

impl Role {
    /// The role of a column that is not kept.
    pub(super) fn new(field: Field, rank: usize) -> Self {
        Self { field, rank, keep: Keep::No }
    }
}

/// Whether a column is carried through to the reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    No,
    /// Where no part of the posting is made of it.
    Unused,
    /// In any case: the user named it, the column of this number among those that were named.
    Named(usize),
}

/// What stands for all columns among those of [`ReadOptions::keep_columns`].
pub const ALL_COLUMNS: &str = "*";

/// Names that exports and job boards use, best first; see [`normal`].
const KNOWN: [(Field, &[&str]); 5] = [
    (
        Field::Id,
        &[
            "id",
            "jobid",
            "postingid",
            "url",
            "joburl",
            "objectid",
            "matchedobjectid",
            "vacancyid",
            "vacancyref",
            "vacancyreference",
            "jobref",
            "jobreference",
            "reference",
            "ref",
            "requisitionid",
            "reqid",
            "jobreqid",
            "refnr",
            "referencenumber",
            "uuid",
            "guid",
            "hashid",
            "shortcode",
            "slug",
            "joblink",
            "link",
            "applyurl",
        ],
    ),
    (
        Field::Title,
        &[
            "title",
            "jobtitle",
            "position",
            "positiontitle",
            "vacancytitle",
            "roletitle",
            "postingtitle",
            "jobname",
            "positionname",
            "openingname",
            "jobopeningname",
            "headline",
            "role",
            "jobrole",
            "vacancy",
            "jobpositionname",
            "titel",
            "stellentitel",
            "jobtitel",
            "beruf",
            "stellenbezeichnung",
            "intitule",
            "intituleposte",
            "titre",
            "puesto",
            "titulo",
            "cargo",
            "titolo",
            "functietitel",
            "functie",
            "name",
        ],
    ),
    (
        Field::Text,
        &[
            "description",
            "jobdescription",
            "text",
            "body",
            "content",
            "descriptionhtml",
            "descriptionplain",
            "descriptiontext",
            "commenttext",
            "fulldescription",
            "jobdescriptionhtml",
            "jobdescriptiontext",
            "jobtext",
            "jobdesc",
            "jd",
            "fulltext",
            "adverttext",
            "jobadvert",
            "adtext",
            "jobspec",
            "jobspecification",
            "jobdetails",
            "roledescription",
            "positiondescription",
            "vacancydescription",
            "vacancytext",
            "stellenbeschreibung",
            "jobbeschreibung",
            "beschreibung",
            "anzeigentext",
            "descriptif",
            "descripcion",
            "descrizione",
            "omschrijving",
            "functieomschrijving",
            "beskrivning",
            "contents",
            "jobdescriptions",
            "snippet",
        ],
    ),
    (
        Field::Company,
        &[
            "company",
            "companyname",
            "organization",
            "employer",
            "hiringorganization",
            "employername",
            "organizationname",
            "organisation",
            "organisationname",
            "arbeitgeber",
            "unternehmen",
            "firma",
            "entreprise",
            "empresa",
            "azienda",
        ],
    ),
    (
        Field::Location,
        &[
            "location",
            "joblocation",
            "city",
            "locationname",
            "locationsname",
            "place",
            "arbeitsort",
            "standort",
            "lieu",
            "ubicacion",
            "positionlocationdisplay",
            "locationstext",
            "locations",
            "worklocation",
            "worklocations",
            "joblocations",
            "locationrestrictions",
            "candidaterequiredlocation",
            "lieutravail",
            "lieudetravail",
            "einsatzort",
            "dienstort",
            "area",
        ],
    ),
];

/// Names of columns that hold a part of the text. They are joined in the order in
/// which the table has them, so none ranks above another.
const PARTS: [&str; 59] = [
    "about",
    "abouttherole",
    "anforderungen",
    "anforderungsprofil",
    "aufgaben",
    "basicqualifications",
    "benefits",
    "desirable",
    "desirablecriteria",
    "duties",
    "educationrequirements",
    "essential",
    "essentialcriteria",
    "experiencerequirements",
    "ihraufgaben",
    "ihreaufgaben",
    "ihrprofil",
    "jobduties",
    "jobpurpose",
    "jobrequirements",
    "jobresponsibilities",
    "jobsummary",
    "keyrequirements",
    "keyresponsibilities",
    "keyskills",
    "lists",
    "mainduties",
    "majorduties",
    "minimumqualifications",
    "minimumrequirements",
    "missions",
    "musthave",
    "nicetohave",
    "personspecification",
    "preferredqualifications",
    "preferredskills",
    "profil",
    "profilrecherche",
    "qualifications",
    "qualificationsummary",
    "qualifikationen",
    "requiredqualifications",
    "requiredskills",
    "requirements",
    "requisitos",
    "responsibilities",
    "rolesandresponsibilities",
    "skills",
    "skillsdesc",
    "summary",
    "tasks",
    "thejob",
    "therole",
    "whatwelookfor",
    "whatyoulldo",
    "whatyouwilldo",
    "whoyouare",
    "yourprofile",
    "yourtasks",
];

/// Words in a column's name that tell what it may hold, where the whole name is not known.
/// A word of six letters or more counts as part of a longer one too: `Stellenbeschreibung`.
const HINTS: [(Hint, &[&str]); 8] = [
    (
        Hint::Other,
        &[
            "department",
            "category",
            "team",
            "industry",
            "sector",
            "function",
            "seniority",
            "level",
            "type",
            "contract",
            "salary",
            "pay",
            "wage",
            "status",
            "date",
            "created",
            "updated",
            "posted",
            "contact",
            "recruiter",
            "user",
            "author",
            "creator",
            "phone",
            "email",
            "source",
            "meta",
            "tag",
            "tags",
            "currency",
            "benefit",
            "perks",
            "branche",
            "abteilung",
            "logo",
            "image",
            "icon",
            "questions",
            "legal",
            "disclaimer",
            "similar",
            "related",
            "search",
            "query",
            "input",
        ],
    ),
    (
        Hint::Company,
        &[
            "company",
            "employer",
            "organisation",
            "organization",
            "firm",
            "firma",
            "arbeitgeber",
            "unternehmen",
            "entreprise",
            "empresa",
            "azienda",
            "bedrijf",
            "agency",
            "client",
            "org",
            "publisher",
            "brand",
        ],
    ),
    (Hint::Title, &["title", "titel", "headline", "titre", "titolo", "título", "intitulé", "bezeichnung"]),
    (Hint::Id, &["id", "ref", "reference", "uuid", "guid", "slug", "kennziffer"]),
    (
        Hint::Text,
        &[
            "description",
            "desc",
            "descr",
            "text",
            "body",
            "content",
            "contents",
            "advert",
            "ad",
            "jd",
            "spec",
            "specification",
            "detail",
            "details",
            "html",
            "posting",
            "markdown",
            "narrative",
            "copy",
            "beschreibung",
            "anzeige",
            "descriptif",
            "descripcion",
            "descripción",
            "descrizione",
            "descrição",
            "omschrijving",
            "vacature",
            "beskrivning",
            "opis",
            "annonce",
            "popis",
        ],
    ),
    (
        Hint::Location,
        &[
            "location",
            "city",
            "town",
            "place",
            "region",
            "country",
            "state",
            "address",
            "standort",
            "ort",
            "lieu",
            "ville",
            "ciudad",
            "ubicación",
            "plaats",
            "locatie",
            "miasto",
            "lokalizacja",
            "città",
            "cidade",
            "office",
            "site",
        ],
    ),
    (
        Hint::Title,
        &[
            "role",
            "position",
            "vacancy",
            "job",
            "stelle",
            "beruf",
            "poste",
            "puesto",
            "cargo",
            "functie",
            "stilling",
            "tjänst",
            "stanowisko",
            "name",
        ],
    ),
    (Hint::Id, &["nr", "no", "nummer", "número", "number", "key", "code", "url", "link"]),
];

/// What a word in a column's name speaks for. The first of [`HINTS`] that is found
/// counts: `company description` is of the company, `job description` a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    /// Something of which no report has need.
    Other,
    Company,
    Text,
    Location,
    Title,
    Id,
}

/// The shortest word of a hint that counts as part of a longer word.
const SHORTEST_PART: usize = 6;

/// What the words of a column's name speak for, if any is known.
pub(super) fn hint(name: &str) -> Option<Hint> {
    let name = heading(name).to_lowercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let holds =
        |hint: &&str| words.iter().any(|word| word == hint || (hint.len() >= SHORTEST_PART && word.contains(*hint)));
    HINTS.iter().find(|(_, hints)| hints.iter().any(&holds)).map(|(hint, _)| *hint)
}

/// How a refusal begins.
pub(super) const NO_TEXT_COLUMN: &str = "no text column such as `description` was found";

/// How many columns a refusal lists before it stops.
const LISTED: usize = 30;
/// How many columns are remembered while one that was named is missing.
const SEEN: usize = 200;

/// Finds columns by name, case, spaces and punctuation aside.
#[derive(Debug)]
pub(super) struct Columns {
    roles: HashMap<String, Role>,
    /// The columns the user named, which a table must have.
    demanded: Vec<Demanded>,
    /// Names of columns that were seen while one that was named was not, the first of them.
    seen: Mutex<Vec<String>>,
    /// How many part columns make a text where there is no text column.
    enough_parts: usize,
    named: Named,
    kept: KeptNames,
}

/// Which columns the user has named.
#[derive(Debug)]
struct Named {
    id: bool,
    title: bool,
    text: bool,
}

/// The columns that are carried through to the reports.
#[derive(Debug, Default)]
struct KeptNames {
    /// Those that were named, as they were, but [`ALL_COLUMNS`].
    named: Vec<Demanded>,
    /// Whether all others are kept, too.
    all: bool,
}

impl KeptNames {
    fn new(names: &[String]) -> Self {
        let named = names.iter().filter(|name| *name != ALL_COLUMNS).map(|name| Demanded::new(name)).collect();
        Self { named, all: names.iter().any(|name| name == ALL_COLUMNS) }
    }

    fn of(&self, normal_name: &str) -> Keep {
        match self.named.iter().position(|column| normal(&column.name) == normal_name) {
            Some(number) => Keep::Named(number),
            None if self.all => Keep::Unused,
            None => Keep::No,
        }
    }
}

/// A column that the user named.
#[derive(Debug)]
struct Demanded {
    name: String,
    /// Whether any input has had it.
    found: AtomicBool,
}

impl Demanded {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), found: AtomicBool::new(false) }
    }

    fn is_found(&self) -> bool {
        self.found.load(Ordering::Relaxed)
    }
}

/// A column that the user named and no input has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NeverFound {
    pub name: String,
    /// The columns that there are instead; empty when no input has columns.
    pub columns: Vec<String>,
    /// The one that is spelled nearly the same.
    pub nearest: Option<String>,
}

impl Columns {
    pub(super) fn new(options: &ReadOptions) -> Self {
        let (demanded, seen) = (Vec::new(), Mutex::default());
        let named = Named {
            id: options.id_column.is_some(),
            title: options.title_column.is_some(),
            text: !options.text_columns.is_empty(),
        };
        let kept = KeptNames::new(&options.keep_columns);
        let mut columns = Self { roles: HashMap::new(), demanded, seen, enough_parts: 2, named, kept };
        for (field, names) in KNOWN {
            for (rank, name) in names.iter().enumerate() {
                columns.roles.insert(normal(name), Role::new(field, rank));
            }
        }
        for (field, names) in structured::KNOWN {
            for (rank, name) in names.iter().enumerate() {
                columns.roles.insert((*name).to_owned(), Role::new(Field::Job(field), rank));
            }
        }
        // What Lever puts after the lists: the offer, and what the law wants said.
        columns.roles.insert("additional".to_owned(), Role::new(Field::Part, 1));
        for name in PARTS {
            columns.roles.insert(normal(name), Role::new(Field::Part, 0));
        }
        columns.name_text(&options.text_columns);
        columns.name_one(Field::Id, options.id_column.as_deref());
        columns.name_one(Field::Title, options.title_column.as_deref());
        columns
    }

    fn name_text(&mut self, names: &[String]) {
        if names.is_empty() {
            return;
        }
        self.roles.retain(|_, role| !matches!(role.field, Field::Text | Field::Part));
        self.enough_parts = 1;
        let field = if names.len() == 1 { Field::Text } else { Field::Part };
        for (rank, name) in names.iter().enumerate() {
            self.roles.insert(normal(name), Role::new(field, rank));
            self.demanded.push(Demanded::new(name));
        }
    }

    fn name_one(&mut self, field: Field, name: Option<&str>) {
        let Some(name) = name else { return };
        self.roles.retain(|_, role| role.field != field);
        self.roles.insert(normal(name), Role::new(field, 0));
        self.demanded.push(Demanded::new(name));
    }

    /// Whether the user named the column of that field, so that there is nothing to choose.
    pub(super) fn is_named(&self, field: Field) -> bool {
        match field {
            Field::Text | Field::Part => self.named.text,
            Field::Title => self.named.title,
            Field::Id => self.named.id,
            Field::Company | Field::Location | Field::Job(_) | Field::Other => false,
        }
    }

    /// How many part columns make a text where there is no text column.
    pub(super) fn enough_parts(&self) -> usize {
        self.enough_parts
    }

    /// What the column of that name holds, if it is of use.
    pub(super) fn role(&self, name: &str) -> Option<Role> {
        self.with_keep(self.known_role(name), name)
    }

    /// What the column of that name holds of a posting.
    pub(super) fn known_role(&self, name: &str) -> Option<Role> {
        self.roles.get(&normal(name)).copied()
    }

    /// The role of the column of that name, and whether it is kept; none if it is of no use.
    pub(super) fn with_keep(&self, role: Option<Role>, name: &str) -> Option<Role> {
        let keep = self.kept.of(&normal(name));
        match role {
            Some(role) => Some(Role { keep, ..role }),
            None if keep == Keep::No => None,
            None => Some(Role { keep, ..Role::new(Field::Other, 0) }),
        }
    }

    /// What reports call a kept column: as the user named it, else as it is called.
    pub(super) fn kept_name<'n>(&'n self, keep: Keep, name: &'n str) -> &'n str {
        match keep {
            Keep::Named(number) => &self.kept.named[number].name,
            Keep::Unused | Keep::No => name,
        }
    }

    /// Whether columns of these names hold a posting's text.
    pub(super) fn have_text<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> bool {
        let mut parts = 0;
        names.into_iter().filter_map(|name| self.role(name)).any(|role| {
            parts += usize::from(role.field == Field::Part);
            role.field == Field::Text || parts >= self.enough_parts
        })
    }

    /// Takes note of the columns that a table has, or of the keys of an object; see [`Self::never_found`].
    pub(super) fn saw(&self, names: &[String]) {
        if self.named().all(Demanded::is_found) {
            return;
        }
        let known: Vec<String> = names.iter().map(|name| normal(name)).collect();
        for column in self.named().filter(|column| known.contains(&normal(&column.name))) {
            column.found.store(true, Ordering::Relaxed);
        }
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        for name in names {
            if seen.len() < SEEN && !seen.contains(name) {
                seen.push(name.clone());
            }
        }
    }

    /// All columns that the user named.
    fn named(&self) -> impl Iterator<Item = &Demanded> {
        self.demanded.iter().chain(&self.kept.named)
    }

    /// The first column that the user named and none of the inputs so far has had.
    pub(super) fn never_found(&self) -> Option<NeverFound> {
        let name = self.named().find(|column| !column.is_found())?.name.clone();
        let columns = self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Some(NeverFound { nearest: nearest_column(&name, &columns), name, columns })
    }

    /// Whether a table with these columns has those that the user named; if not, which it lacks.
    pub(super) fn check_demanded(&self, names: &[String]) -> Result<(), ColumnError> {
        self.saw(names);
        let known: Vec<String> = names.iter().map(|name| normal(name)).collect();
        match self.demanded.iter().find(|column| !known.contains(&normal(&column.name))) {
            Some(missing) => Err(ColumnError::missing(&missing.name, names)),
            None => Ok(()),
        }
    }
}

/// A table that cannot be read for want of a column.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ColumnError {
    /// A column that was named is not there.
    #[error("no column `{name}`{}; the columns are {columns}", suggested(.nearest.as_deref()))]
    Missing {
        /// The name that was given.
        name: String,
        /// The one of those that are there which is spelled nearly the same.
        nearest: Option<String>,
        /// The names of those that are there.
        columns: String,
    },
    /// No column was named, and none is called as columns with postings are.
    #[error("{NO_TEXT_COLUMN}; the columns are {columns}")]
    NoText {
        /// The names of those that are there.
        columns: String,
    },
}

/// The column that is named nearly so, case and punctuation aside.
fn nearest_column(name: &str, columns: &[String]) -> Option<String> {
    let names: Vec<String> = columns.iter().map(|column| normal(column)).collect();
    let near = nearest(&normal(name), names.iter().map(String::as_str))?;
    names.iter().position(|normal| normal == near).map(|at| columns[at].clone())
}

impl ColumnError {
    fn missing(name: &str, names: &[String]) -> Self {
        Self::Missing { name: name.to_owned(), nearest: nearest_column(name, names), columns: list(names) }
    }

    /// The reason with which a file is skipped, which ends with the option that helps.
    pub(super) fn reason(&self) -> String {
        match self {
            Self::Missing { .. } => self.to_string(),
            Self::NoText { .. } => format!("{self}; name one with `--text-column`"),
        }
    }
}

/// What was probably meant, for a message.
fn suggested(name: Option<&str>) -> String {
    name.map(|name| format!(" (did you mean `{}`?)", shortened(name))).unwrap_or_default()
}

/// Names between commas, for a message.
pub(super) fn list(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(LISTED).map(|name| format!("`{}`", shortened(name))).collect();
    match names.len().saturating_sub(LISTED) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// At most 40 characters of a name, on one line.
fn shortened(name: &str) -> String {
    let line: Vec<&str> = name.split_whitespace().collect();
    let line = line.join(" ");
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("{}...", &line[..end]),
        None => line,
    }
}

/// A column's name as a heading: `job_summary` and `jobSummary` are "Job summary".
pub(super) fn heading(name: &str) -> String {
    let mut heading = String::with_capacity(name.len() + 4);
    let mut after_lower = false;
    for c in name.trim().chars() {
        if matches!(c, '_' | '-' | '.') {
            heading.push(' ');
        } else if heading.is_empty() {
            heading.extend(c.to_uppercase());
        } else if after_lower && c.is_uppercase() {
            heading.push(' ');
            heading.extend(c.to_lowercase());
        } else {
            heading.push(c);
        }
        after_lower = c.is_lowercase();
    }
    heading
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::choice::choose;

    fn field(columns: &Columns, name: &str) -> Option<(Field, usize)> {
        columns.role(name).map(|role| (role.field, role.rank))
    }

    fn strings(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn spelling_does_not_matter() {
        let columns = Columns::new(&ReadOptions::default());
        let cases = [
            ("Job Description", Some((Field::Text, 1))),
            ("job_description", Some((Field::Text, 1))),
            ("jobDescription", Some((Field::Text, 1))),
            (" DESCRIPTION ", Some((Field::Text, 0))),
            ("Job ID", Some((Field::Id, 1))),
            ("job-url", Some((Field::Id, 4))),
            ("Position", Some((Field::Title, 2))),
            ("Company Name", Some((Field::Company, 1))),
            ("job_location", Some((Field::Location, 1))),
            ("Minimum Qualifications", Some((Field::Part, 0))),
            ("Nice to have", Some((Field::Part, 0))),
            ("salary", Some((Field::Job(JobField::Pay), 0))),
            ("colour", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(field(&columns, name), expected, "{name}");
        }
    }

    #[test]
    fn columns_that_the_user_names_replace_the_known_ones() {
        let options = ReadOptions {
            id_column: Some("Ref".to_owned()),
            title_column: Some("Role".to_owned()),
            text_columns: strings(&["Duties", "Wants"]),
            ..ReadOptions::default()
        };
        let columns = Columns::new(&options);
        let cases = [
            ("ref", Some((Field::Id, 0))),
            ("id", None),
            ("ROLE", Some((Field::Title, 0))),
            ("duties", Some((Field::Part, 0))),
            ("wants", Some((Field::Part, 1))),
            ("description", None),
            ("company", Some((Field::Company, 0))),
        ];
        for (name, expected) in cases {
            assert_eq!(field(&columns, name), expected, "{name}");
        }
    }

    #[test]
    fn a_table_without_text_is_refused_with_its_columns() {
        let named =
            |text: &[&str]| Columns::new(&ReadOptions { text_columns: strings(text), ..ReadOptions::default() });
        let none = "no text column such as `description` was found; the columns are `id`, `skills`; name one with `--text-column`";
        type Case<'c> = (&'c [&'c str], &'c [&'c str], Result<(), &'c str>);
        let cases: [Case; 7] = [
            (&[], &["id", "Description"], Ok(())),
            (&[], &["duties", "requirements"], Ok(())),
            (&[], &["id", "skills"], Err(none)),
            (&["notes"], &["id", "Notes"], Ok(())),
            (&["notes"], &["id", "text"], Err("no column `notes`; the columns are `id`, `text`")),
            (&["a", "bb"], &["a", "text"], Err("no column `bb`; the columns are `a`, `text`")),
            (
                &["Job descripton"],
                &["id", "job_description"],
                Err(
                    "no column `Job descripton` (did you mean `job_description`?); the columns are `id`, `job_description`",
                ),
            ),
        ];
        for (given, names, expected) in cases {
            let checked =
                choose::<&str>(&named(given), &strings(names), &[]).map(|_| ()).map_err(|error| error.reason());
            assert_eq!(checked, expected.map_err(str::to_owned), "{names:?}");
        }
    }

    #[test]
    fn a_named_column_that_no_input_has_is_told() {
        let options = ReadOptions {
            id_column: Some("Ref".to_owned()),
            text_columns: strings(&["Job-Descripton"]),
            ..ReadOptions::default()
        };
        let columns = Columns::new(&options);
        let never = |name: &str, seen: &[&str], nearest: Option<&str>| {
            Some(NeverFound { name: name.to_owned(), columns: strings(seen), nearest: nearest.map(str::to_owned) })
        };
        assert_eq!(columns.never_found(), never("Job-Descripton", &[], None));
        columns.saw(&strings(&["ref", "job_description"]));
        columns.saw(&strings(&["pay", "ref"]));
        let seen = ["ref", "job_description", "pay"];
        assert_eq!(columns.never_found(), never("Job-Descripton", &seen, Some("job_description")));
        columns.saw(&strings(&["JobDescripton"]));
        assert_eq!(columns.never_found(), None);
        assert_eq!(Columns::new(&ReadOptions::default()).never_found(), None);
    }

    #[test]
    fn names_read_as_headings() {
        let cases = [
            ("job_requirements", "Job requirements"),
            ("jobRequirements", "Job requirements"),
            ("Minimum Qualifications", "Minimum Qualifications"),
            ("SKILLS", "SKILLS"),
            (" about ", "About"),
        ];
        for (name, expected) in cases {
            assert_eq!(heading(name), expected, "{name}");
        }
    }
}
