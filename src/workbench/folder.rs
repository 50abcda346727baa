//! The files of a lexicon folder, written for people to read and edit.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::lexicon::{
    Case, Citation, Context, DeclaredSource, Duty, DutyClasses, Form, Lexicon, NeitherModel, Scoring, Skill,
    SkillLeaning,
};

/// Paths in a lexicon's folder, and texts.
pub type LexiconFiles = BTreeMap<String, String>;

/// The source that skills may cite which rest on nothing else.
pub(crate) const JUDGEMENT: &str = "judgement";

/// The names that the files of a new lexicon go by.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    /// The lexicon's name.
    pub lexicon: String,
    /// What its roles are called, the left one first.
    pub roles: [RoleNames; 2],
    /// The classes of verbs and objects that duties join.
    pub duties: DutyClasses,
}

/// What a role is called.
#[derive(Debug, Clone)]
pub(crate) struct RoleNames {
    pub id: String,
    pub label: String,
    pub side_id: String,
}

impl Names {
    /// The word for what a skill speaks for.
    pub(crate) fn leaning(&self, leaning: SkillLeaning) -> &str {
        leaning.name(self.roles.each_ref().map(|role| role.side_id.as_str()))
    }

    fn cite(&self, source: &Citation) -> String {
        source.cite(self.roles.each_ref().map(|role| role.id.as_str()))
    }
}

/// An id made of a name: lower case letters and digits, a hyphen for each run of anything else.
pub(crate) fn slug(name: &str) -> String {
    let spelled = name.to_lowercase().replace('#', "-sharp").replace("++", "-plus-plus");
    let parts: Vec<&str> = spelled.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

/// Adds the headings and cues inside the crate: they are those of English postings, whatever
/// the roles.
pub(crate) fn add_common_files(files: &mut LexiconFiles) {
    for name in ["headings.toml", "cues.toml"] {
        files.insert(name.to_owned(), Lexicon::builtin_file(name).unwrap_or_default().to_owned());
    }
}

/// `lexicon.toml`: the roles, the settings of `like`, and the sources that are cited. `comment`
/// says where the lexicon comes from.
pub(crate) fn manifest(
    comment: &str,
    names: &Names,
    like: &Lexicon,
    sources: &[&DeclaredSource],
) -> Result<String, toml::ser::Error> {
    let [left, right] = &names.roles;
    let mut file = format!(
        "# {comment}\nname = {}\nversion = \"1\"\ndescription = {}\n",
        quoted(&names.lexicon),
        quoted(&format!("{} against {}", left.label, right.label)),
    );
    for role in &names.roles {
        let _ = write!(
            file,
            "\n[[role]]\nid = {}\nlabel = {}\nside = {}\nstatements = {}\n",
            quoted(&role.id),
            quoted(&role.label),
            quoted(&role.side_id),
            quoted(&format!("roles/{}.md", role.id)),
        );
    }
    file += &settings(like)?;
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
    Ok(file)
}

/// What is said above the numbers of `[scoring]`; those that follow belong to the one above them.
const COMMENTS: [(&str, &str); 7] = [
    ("strength_weights", "Log-odds of a skill of strength 1, 2, 3 that has no fitted weight in weights.csv."),
    ("repeat_gain", "A skill named n times counts 1 + repeat_gain * ln n times."),
    ("tilt_smoothing", "Evidence added to both sides before the tilt is taken."),
    ("balanced_tilt", "Below this absolute tilt, and with this much evidence on each side, a posting is balanced."),
    ("title_limit", "The most log-odds that the title may add, all its skills together."),
    ("calibration_slope", "Log-odds of the side being right, for each unit of score and of tilt."),
    (
        "doubt",
        "The share of each probability that is given to all three answers alike. At 0.3 no labelled posting has tested the numbers of this file: they are those of two other roles, and no role gets more than 0.8. `rolelean lexicon fit` finds your own, and a smaller share.",
    ),
];

/// The tables of `lexicon.toml` that say how evidence becomes a verdict, with the numbers of `like`.
pub(crate) fn settings(like: &Lexicon) -> Result<String, toml::ser::Error> {
    let mut file = "\n[scoring]\n".to_owned();
    // These numbers were found for other roles.
    let scoring = Scoring { doubt: Scoring::UNTESTED, ..like.scoring().clone() };
    for line in toml::to_string(&scoring)?.lines() {
        let comment = COMMENTS.iter().find(|(key, _)| line.split(" = ").next() == Some(key));
        if let Some((_, comment)) = comment {
            let _ = writeln!(file, "# {comment}");
        }
        let _ = writeln!(file, "{line}");
    }
    file += "\n# What a mention counts in each part of a posting.\n[section_factors]\n";
    for (section, factor) in like.section_factors().iter() {
        let _ = writeln!(file, "{} = {factor:?}", section.name());
    }
    file += "\n# What a mention counts by how much it is asked for.\n[requirement_factors]\n";
    file += &toml::to_string(like.requirement_factors())?;
    file += "\n# What says that a posting belongs to neither role: log-odds for each unit of a feature.\n[neither]\n";
    file += &toml::to_string(&NeitherModel::untested())?;
    Ok(file)
}

/// A file of `skills/`.
pub(crate) struct CategoryFile<'s> {
    /// The stem of its name.
    pub id: String,
    /// What people call the category.
    pub title: String,
    /// Whether its skills show that a posting is technical.
    pub technical: bool,
    /// The skills, with all that they rest on.
    pub skills: &'s [Skill],
}

impl CategoryFile<'_> {
    /// Its path and text.
    pub(crate) fn write(&self, names: &Names) -> (String, String) {
        let Self { id, title, technical, skills } = self;
        let mut file = format!("category = {}\ntitle = {}\ntechnical = {technical}\n", quoted(id), quoted(title));
        for skill in *skills {
            push_skill(&mut file, names, skill);
        }
        (format!("skills/{id}.toml"), file)
    }
}

fn push_skill(file: &mut String, names: &Names, skill: &Skill) {
    let _ = write!(
        file,
        "\n[[skill]]\nid = {}\nname = {}\nleaning = {}\nstrength = {}\n",
        quoted(&skill.id),
        quoted(&skill.name),
        quoted(names.leaning(skill.leaning)),
        skill.strength,
    );
    if skill.forms.is_empty() {
        *file += "forms = []\n";
    }
    push_list(file, "forms", skill.forms.iter().map(form));
    push_list(file, "does", skill.does.iter().map(|duty| does(names, *duty)));
    push_list(file, "not", skill.not.iter().map(|phrase| quoted(phrase)));
    push_list(file, "needs", skill.needs.iter().map(|phrase| quoted(phrase)));
    push_list(file, "unless", skill.unless.iter().map(|phrase| quoted(phrase)));
    push_list(file, "sources", skill.sources.iter().map(|source| quoted(&names.cite(source))));
    if let Some(note) = &skill.note {
        let _ = writeln!(file, "note = {}", quoted(note));
    }
    push_list(file, "yes", skill.yes.iter().map(|example| quoted(example)));
    push_list(file, "no", skill.no.iter().map(|example| quoted(example)));
}

/// A string as TOML has it.
pub(crate) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn form(form: &Form) -> String {
    let mut rules = String::new();
    if form.case != Case::Any {
        let _ = write!(rules, ", case = {}", quoted(form.case.name()));
    }
    if form.context != Context::Certain {
        let _ = write!(rules, ", context = {}", quoted(form.context.name()));
    }
    let text = quoted(&form.text);
    if rules.is_empty() { text } else { format!("{{ form = {text}{rules} }}") }
}

/// A duty by the names of its classes.
fn does(names: &Names, Duty { verb, object }: Duty) -> String {
    let [verb, object] = [&names.duties.verbs[usize::from(verb)].name, &names.duties.objects[usize::from(object)].name];
    format!("{{ verbs = [{}], objects = [{}] }}", quoted(verb), quoted(object))
}

/// `duties.toml`.
pub(crate) fn duties_file(classes: &DutyClasses) -> String {
    let mut file =
        "# What duties are made of: a verb of one class with an object of another, in one clause.\n".to_owned();
    for (key, words) in [("ends", &classes.ends), ("persons", &classes.persons)] {
        file += &format!("{key} = [{}]\n", words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", "));
    }
    file += "\n[verbs]\n";
    for class in &classes.verbs {
        let _ = write!(file, "\n[verbs.{}]\n", quoted(&class.name));
        push_list(&mut file, "verbs", class.verbs.iter().map(|word| quoted(word)));
        push_list(&mut file, "words", class.words.iter().map(|word| quoted(word)));
        push_list(&mut file, "nouns", class.nouns.iter().map(|word| quoted(word)));
    }
    file += "\n[objects]\n";
    for class in &classes.objects {
        push_list(&mut file, &quoted(&class.name), class.phrases.iter().map(|word| quoted(word)));
    }
    file
}

/// The longest line an array is put on.
const LINE: usize = 100;

fn push_list(file: &mut String, key: &str, items: impl Iterator<Item = String>) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_plain_words() {
        for (name, id) in [("Data Engineer", "data-engineer"), ("C#", "c-sharp"), ("R&D / C++", "r-d-c-plus-plus")] {
            assert_eq!(slug(name), id);
        }
    }

    #[test]
    fn every_comment_stands_above_a_number() {
        let settings = settings(&Lexicon::builtin()).expect("plain numbers");
        for (key, comment) in COMMENTS {
            assert!(settings.contains(&format!("# {comment}\n{key} = ")), "{key}");
        }
    }
}
