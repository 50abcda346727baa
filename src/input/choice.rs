//! Which columns of a table hold what: by name where the names tell, by what the columns
//! hold where they do not.
//!
//! This is the one entry point for all kinds of tables. Delimited files, sheets, feeds and
//! JSON objects give their column names and the first of their rows, and get a [`Choice`].

use std::collections::HashSet;

use super::account::Chosen;
use super::columns::{ColumnError, Columns, Field, Hint, Role, hint, list};
use super::profile::{Profile, count_words};

/// The fewest words, in the middle of a column, that make it a text, where nothing in its
/// name says that it is one.
const FEWEST_WORDS: usize = 8;
/// The fewest words where its name says so.
const FEWEST_WORDS_NAMED: usize = 4;
/// A column called like a text loses to one that is so many times as long ...
const TEASER: usize = 2;
/// ... or so many times, where that one is not called like a text.
const TEASER_TO_UNNAMED: usize = 4;
/// The most words of a column called like a text that may lose to one that is not.
const LONGEST_TEASER: usize = 60;
/// The most words of a column called like a title, in the middle, that may be one.
const LONGEST_TITLE: usize = 30;
/// Columns at least this part as long as the longest are parts of the text with it, where no
/// name tells which column the text is.
const SHARE_OF_LONGEST: usize = 3;
/// The share of words, in percent, that two versions of one text have in common.
const SAME_TEXT: usize = 70;
/// The fewest words of a column that is told of where it was not taken.
const LONG: usize = 20;
/// The share of cells, in percent, that name a job in a column of titles.
const TITLES: usize = 40;
/// Ranks by which a field that stands one deeper is worse; more than there are names.
const DEEPER: usize = 100;
/// Ranks by which a title that names no job is worse than one that does, however deep they stand.
const NO_JOB: usize = 1_000_000;

/// What each column of a table holds.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// In the order of the columns; none where a column is of no use.
    roles: Vec<Option<Role>>,
    profiles: Vec<Profile>,
}

impl Choice {
    /// The columns of use: their index and what they hold.
    pub(super) fn useful(&self) -> impl Iterator<Item = (usize, Role)> + '_ {
        self.roles.iter().enumerate().filter_map(|(index, role)| Some((index, (*role)?)))
    }

    /// The columns of use that hold `field`, best first.
    pub(super) fn columns(&self, field: Field) -> Vec<usize> {
        let mut columns: Vec<(usize, usize)> =
            self.useful().filter(|(_, role)| role.field == field).map(|(index, role)| (role.rank, index)).collect();
        columns.sort_unstable();
        columns.into_iter().map(|(_, index)| index).collect()
    }

    /// Which columns of these names were taken, and which were not although they are long.
    pub(super) fn told(&self, names: &[String]) -> Chosen {
        let name = |column: usize| names.get(column).cloned().unwrap_or_default();
        let best = |field| self.columns(field).into_iter().take(1);
        let fields = [Field::Id, Field::Title, Field::Text, Field::Company, Field::Location];
        let single = fields.into_iter().flat_map(|field| best(field).map(move |column| (field, column)));
        let parts = self.columns(Field::Part).into_iter().map(|column| (Field::Part, column));
        let taken: Vec<(Field, usize)> = single.chain(parts).collect();
        let is_long = |column: &usize| self.profiles[*column].median_words() >= LONG;
        let left_out = (0..self.profiles.len()).filter(|column| taken.iter().all(|(_, taken)| taken != column));
        let left_out = left_out.filter(is_long);
        Chosen {
            left_out: left_out.map(|column| (name(column), self.profiles[column].median_words() as u64)).collect(),
            columns: taken.into_iter().map(|(field, column)| (field, name(column))).collect(),
        }
    }

    /// Of several ids, titles, employers or places, makes those the best that stand least deep.
    pub(super) fn prefer_least_deep(&mut self, depth: impl Fn(usize) -> usize) {
        for (column, role) in self.roles.iter_mut().enumerate() {
            if let Some(role) = role
                && matches!(role.field, Field::Id | Field::Title | Field::Company | Field::Location)
            {
                role.rank += depth(column) * DEEPER;
            }
        }
    }

    /// Whether the columns hold a text.
    pub(super) fn has_text(&self) -> bool {
        self.useful().any(|(_, role)| matches!(role.field, Field::Text | Field::Part))
    }

    /// What is known of a column from the first rows.
    pub(super) fn profile(&self, column: usize) -> &Profile {
        &self.profiles[column]
    }
}

/// Chooses among columns of these names, of which the first `rows` are known; without rows
/// the names alone decide. A row may be shorter than the names.
///
/// # Errors
/// When a column is missing that the user named, or none holds a text.
pub(super) fn choose<C: AsRef<str>>(
    columns: &Columns,
    names: &[String],
    rows: &[Vec<C>],
) -> Result<Choice, ColumnError> {
    columns.check_demanded(names)?;
    let choice = choose_any(columns, names, rows);
    if choice.has_text() { Ok(choice) } else { Err(ColumnError::NoText { columns: list(names) }) }
}

/// The choice of [`choose`] where no text, or a missing column, is no error.
pub(super) fn choose_any<C: AsRef<str>>(columns: &Columns, names: &[String], rows: &[Vec<C>]) -> Choice {
    let cells = |column: usize| rows.iter().map(move |row| row.get(column).map(AsRef::as_ref));
    let column = |(index, name): (usize, &String)| Column {
        index,
        role: columns.known_role(name),
        hint: hint(name),
        profile: Profile::of(cells(index)),
    };
    let mut table = Candidates { columns: names.iter().enumerate().map(column).collect() };
    if !rows.is_empty() {
        table.drop_misnamed(columns);
        if !columns.is_named(Field::Text) {
            table.settle_text(rows);
        }
        if !columns.is_named(Field::Title) {
            table.settle_title();
            table.order_titles();
        }
        if !columns.is_named(Field::Id) {
            table.settle(Field::Id, Hint::Id, Profile::is_key);
        }
        table.settle(Field::Company, Hint::Company, Profile::is_lines);
        table.settle(Field::Location, Hint::Location, Profile::is_lines);
    }
    table.settle_parts(columns);
    let kept = |column: &Column| columns.with_keep(column.role, &names[column.index]);
    let (roles, profiles) = table.columns.into_iter().map(|column| (kept(&column), column.profile)).unzip();
    Choice { roles, profiles }
}

/// A column about which something is still to be settled.
struct Column {
    index: usize,
    role: Option<Role>,
    hint: Option<Hint>,
    profile: Profile,
}

impl Column {
    fn holds(&self, field: Field) -> bool {
        self.role.is_some_and(|role| role.field == field)
    }

    /// Whether its name says that it is a text.
    fn is_called_text(&self) -> bool {
        self.holds(Field::Text) || (self.role.is_none() && self.hint == Some(Hint::Text))
    }

    /// Whether it could be the text by what it holds.
    fn may_be_text(&self) -> bool {
        let free = self.role.is_none() && !matches!(self.hint, Some(Hint::Other | Hint::Company));
        let fewest = if self.is_called_text() { FEWEST_WORDS_NAMED } else { FEWEST_WORDS };
        let profile = &self.profile;
        (free || self.holds(Field::Text)) && profile.median_words() >= fewest && !profile.is_repeated()
    }

    /// Whether it could be of `field` by what it holds, of columns whose names tell nothing.
    fn is_free(&self) -> bool {
        self.role.is_none() && !matches!(self.hint, Some(Hint::Other | Hint::Text))
    }
}

struct Candidates {
    columns: Vec<Column>,
}

impl Candidates {
    /// Takes the role from columns called like a title, a place or an employer that hold
    /// whole texts, and from titles that are numbers, such as places in a list.
    fn drop_misnamed(&mut self, columns: &Columns) {
        for column in &mut self.columns {
            let Some(role) = column.role.filter(|role| !columns.is_named(role.field)) else { continue };
            let profile = &column.profile;
            let long = profile.median_words() > LONGEST_TEASER;
            let wrong = match role.field {
                Field::Title => {
                    profile.median_words() > LONGEST_TITLE || (profile.filled > 0 && profile.median_words() == 0)
                }
                Field::Company | Field::Location => long,
                _ => false,
            };
            if wrong {
                column.role = None;
            }
        }
    }

    /// The text: the column called so, unless another is so much longer that this one is but
    /// an excerpt of it.
    fn settle_text<C: AsRef<str>>(&mut self, rows: &[Vec<C>]) {
        let longest = self.columns.iter().filter(|column| column.may_be_text());
        let longest = longest.max_by_key(|column| (column.profile.body_words(), std::cmp::Reverse(column.index)));
        let named = self.columns.iter().filter(|column| column.holds(Field::Text) && column.profile.filled > 0);
        let named = named.min_by_key(|column| column.role.map(|role| role.rank));
        let parts: Vec<&Column> = self.columns.iter().filter(|column| column.holds(Field::Part)).collect();
        let words = |parts: &[&Column]| parts.iter().map(|part| part.profile.body_words()).sum::<usize>();
        match (named, longest) {
            (Some(named), Some(longest)) if is_excerpt(named, longest) => {
                let best = longest.index;
                self.make_text(best);
            }
            (None, Some(longest)) if longest.profile.body_words() > words(&parts) || parts.len() < 2 => {
                let part = parts.iter().find(|part| part.profile.body_words() > longest.profile.body_words());
                let best = part.map_or(longest, |part| part).index;
                let siblings = if parts.is_empty() { self.siblings(best, rows) } else { Vec::new() };
                if siblings.len() > 1 {
                    self.make_parts(&siblings);
                } else {
                    self.make_text(best);
                }
            }
            (None, None) if parts.len() == 1 && parts[0].profile.median_words() >= FEWEST_WORDS => {
                let only = parts[0].index;
                self.make_text(only);
            }
            _ => {}
        }
    }

    /// The columns over which the text is divided, of which `longest` is one: none of them is
    /// called a text, and they are not versions of one another.
    fn siblings<C: AsRef<str>>(&self, longest: usize, rows: &[Vec<C>]) -> Vec<usize> {
        if self.columns[longest].is_called_text() {
            return vec![longest];
        }
        let enough = FEWEST_WORDS.max(self.columns[longest].profile.body_words() / SHARE_OF_LONGEST);
        let long = self.columns.iter().filter(|column| column.may_be_text() && column.profile.body_words() >= enough);
        let long = long.map(|column| column.index);
        long.filter(|column| *column == longest || !is_version(rows, *column, longest)).collect()
    }

    fn make_text(&mut self, best: usize) {
        for column in &mut self.columns {
            match &mut column.role {
                _ if column.index == best => column.role = Some(Role::new(Field::Text, 0)),
                // Still the text of rows in which the best has none.
                Some(Role { field: Field::Text, rank, .. }) => *rank += 1,
                _ => {}
            }
        }
    }

    fn make_parts(&mut self, parts: &[usize]) {
        for part in parts {
            self.columns[*part].role = Some(Role::new(Field::Part, 0));
        }
    }

    /// Drops parts that are too few for a text, as names alone tell.
    fn settle_parts(&mut self, columns: &Columns) {
        let has_text = self.columns.iter().any(|column| column.holds(Field::Text));
        let parts = self.columns.iter().filter(|column| column.holds(Field::Part)).count();
        if !has_text && parts < columns.enough_parts() {
            self.columns.iter_mut().filter(|column| column.holds(Field::Part)).for_each(|column| column.role = None);
        }
    }

    /// The title: the column called so, else the one whose cells name jobs, or nearly is called so.
    fn settle_title(&mut self) {
        let named = self.columns.iter().filter(|column| column.holds(Field::Title) && column.profile.filled > 0);
        let known = named.map(|column| column.profile.jobs_percent()).max();
        let best = self.columns.iter().filter(|column| column.is_free());
        let best = best.filter(|column| column.profile.is_lines() && !column.profile.is_repeated());
        let jobs = |column: &Column| column.profile.jobs_percent();
        let called = |column: &Column| column.hint == Some(Hint::Title);
        let best = best.max_by_key(|column| (jobs(column) >= TITLES, called(column), jobs(column)));
        let Some(best) = best.filter(|best| jobs(best) >= TITLES || called(best)) else { return };
        // What is called a title and names no job may be in another language.
        if known.is_none_or(|known| known == 0 && jobs(best) >= 2 * TITLES) {
            let best = best.index;
            self.columns.iter_mut().filter(|column| column.holds(Field::Title)).for_each(|column| column.role = None);
            self.columns[best].role = Some(Role::new(Field::Title, 0));
        }
    }

    /// Puts titles that name no job behind those that do.
    fn order_titles(&mut self) {
        let names_jobs = |column: &Column| column.profile.jobs_percent() >= TITLES;
        if !self.columns.iter().any(|column| column.holds(Field::Title) && names_jobs(column)) {
            return;
        }
        for column in self.columns.iter_mut().filter(|column| column.holds(Field::Title) && !names_jobs(column)) {
            if let Some(role) = &mut column.role {
                role.rank += NO_JOB;
            }
        }
    }

    /// A column of `field` by the words of its name, where none has the whole name.
    fn settle(&mut self, field: Field, hint: Hint, holds: impl Fn(&Profile) -> bool) {
        if self.columns.iter().any(|column| column.holds(field)) {
            return;
        }
        let found = self.columns.iter_mut();
        let mut found =
            found.filter(|column| column.role.is_none() && column.hint == Some(hint) && holds(&column.profile));
        if let Some(column) = found.next() {
            column.role = Some(Role::new(field, 0));
        }
    }
}

/// Whether the column called a text is but an excerpt of, or a pointer to, the longest.
fn is_excerpt(named: &Column, longest: &Column) -> bool {
    let (short, long) = (named.profile.body_words(), longest.profile.body_words());
    if longest.is_called_text() {
        long >= short * TEASER && long > short
    } else {
        long >= short * TEASER_TO_UNNAMED && short < LONGEST_TEASER && long > short
    }
}

/// Whether two columns are one text in two forms, such as plain and HTML.
fn is_version<C: AsRef<str>>(rows: &[Vec<C>], one: usize, other: usize) -> bool {
    let cell = |row: &Vec<C>, column: usize| row.get(column).map(|cell| word_set(cell.as_ref()));
    let shared = rows.iter().filter_map(|row| {
        let (one, other) = (cell(row, one)?, cell(row, other)?);
        let (few, many) = if one.len() < other.len() { (one, other) } else { (other, one) };
        (!few.is_empty()).then(|| few.intersection(&many).count() * 100 / few.len())
    });
    let shared: Vec<usize> = shared.collect();
    !shared.is_empty() && shared.iter().sum::<usize>() / shared.len() >= SAME_TEXT
}

/// The longer words of a text, which tell one from another.
fn word_set(text: &str) -> HashSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
    words.map(str::to_lowercase).collect()
}

/// The words of the text in a row: those of its best text column, or of all its parts.
pub(super) fn text_words<C: AsRef<str>>(choice: &Choice, row: &[C]) -> usize {
    let words = |column: &usize| row.get(*column).map_or(0, |cell| count_words(cell.as_ref()));
    let text = choice.columns(Field::Text).iter().map(words).find(|words| *words > 0).unwrap_or(0);
    text + choice.columns(Field::Part).iter().map(words).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::ReadOptions;

    const FULL: &str = "You cook for sixty guests each night, plan the menus with the owner and train two young cooks.";
    const OTHER: &str = "You bake bread from midnight on, look after the ovens, order flour and keep the bakery clean.";
    const SHORT: &str = "Cook wanted in Ulm";

    /// The names of the columns chosen as title and as text, and of the parts.
    fn chosen(names: &[&str], rows: &[&[&str]]) -> Option<(String, String, String)> {
        let columns = Columns::new(&ReadOptions::default());
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.to_vec()).collect();
        let choice = choose(&columns, &names, &rows).ok()?;
        let first = |field| choice.columns(field).first().map(|at| names[*at].clone()).unwrap_or_default();
        let parts: Vec<&str> = choice.columns(Field::Part).iter().map(|at| names[*at].as_str()).collect();
        Some((first(Field::Title), first(Field::Text), parts.join("+")))
    }

    #[test]
    fn names_decide_unless_the_cells_belie_them() {
        type Case<'c> = (&'c [&'c str], &'c [&'c [&'c str]], Option<(&'c str, &'c str, &'c str)>);
        let cases: [Case; 16] = [
            (&["title", "description"], &[&["Chef", "Cook"]], Some(("title", "description", ""))),
            (&["summary", "skills", "jd"], &[&["A chef", "Menus", FULL]], Some(("", "jd", "summary+skills"))),
            (
                &["summary", "skills", "Wortlaut"],
                &[&["A chef", "Menus", FULL]],
                Some(("", "Wortlaut", "summary+skills")),
            ),
            (&["content", "full_description"], &[&[SHORT, FULL]], Some(("", "full_description", ""))),
            (&["Position", "Advert text", "notes"], &[&["Chef", FULL, SHORT]], Some(("Position", "Advert text", ""))),
            (&["role", "Details"], &[&["Chef", FULL]], Some(("role", "Details", ""))),
            (&["Was", "Wo", "Was genau"], &[&["Koch", "Ulm", FULL]], Some(("Was", "Was genau", ""))),
            (&["description", "company_description"], &[&[SHORT, FULL]], Some(("", "description", ""))),
            (&["description", "notes"], &[&[SHORT, FULL]], Some(("", "notes", ""))),
            (&["description", "notes"], &[&[FULL, OTHER]], Some(("", "description", ""))),
            (&["text_html", "text_plain"], &[&[FULL, FULL]], Some(("", "text_html", ""))),
            (&["eins", "zwei"], &[&[FULL, OTHER]], Some(("", "", "eins+zwei"))),
            (&["requirements"], &[&[FULL]], Some(("", "requirements", ""))),
            (&["position", "text", "was"], &[&["1", FULL, "Chef"], &["2", OTHER, "Baker"]], Some(("was", "text", ""))),
            (&["id", "skills"], &[&["1", "Java"]], None),
            (&["id", "city"], &[&["1", "Ulm"]], None),
        ];
        for (names, rows, expected) in cases {
            let found = chosen(names, rows);
            let found = found.as_ref().map(|(title, text, parts)| (title.as_str(), text.as_str(), parts.as_str()));
            assert_eq!(found, expected, "{names:?}");
        }
    }

    #[test]
    fn what_each_row_repeats_is_not_the_text() {
        let blurb = format!("{FULL} {OTHER}");
        let rows: Vec<[&str; 2]> = [FULL, OTHER, SHORT, FULL].iter().map(|text| [blurb.as_str(), *text]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(<[&str; 2]>::as_slice).collect();
        assert_eq!(chosen(&["eins", "zwei"], &rows).map(|(_, text, _)| text).as_deref(), Some("zwei"));
    }
}
