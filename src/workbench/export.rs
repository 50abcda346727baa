//! A lexicon as one table, or as one JSON value, for other programs.

use serde_json::{Value, json};

use super::csv_text::CsvText;
use crate::lexicon::{Case, Context, Duty, Form, Lexicon, Skill};

/// The columns of the table; `rolelean lexicon import` reads the first three, and `strength`,
/// `category` and `id` where they are there.
const COLUMNS: [&str; 9] = ["name", "aliases", "side", "strength", "category", "id", "weight", "sources", "note"];

/// All skills as CSV: one a row, its forms after the first in `aliases`, `; ` between.
/// The rules of ambiguous forms have no place in a table.
#[must_use]
pub fn to_csv(lexicon: &Lexicon) -> String {
    let mut table = CsvText::new(COLUMNS);
    for skill in lexicon.skills().iter() {
        let aliases: Vec<&str> =
            skill.forms.iter().map(|form| form.text.as_str()).filter(|form| *form != skill.name).collect();
        let sources: Vec<String> = skill.sources.iter().map(|source| lexicon.cite(source)).collect();
        table.row([
            &skill.name,
            &aliases.join("; "),
            lexicon.leaning_name(skill.leaning),
            &skill.strength.to_string(),
            &lexicon.category_of(skill).id,
            &skill.id,
            &skill.weight.to_string(),
            &sources.join("; "),
            skill.note.as_deref().unwrap_or_default(),
        ]);
    }
    table.finish()
}

/// Roles with their statements, categories and skills with all their rules, as JSON.
#[must_use]
pub fn to_json(lexicon: &Lexicon) -> Value {
    let roles = lexicon.roles().iter().map(|role| {
        let statements = role.statements.iter().map(|statement| {
            json!({
                "number": statement.number,
                "text": statement.text,
                "shared": statement.shared,
                "tags": statement.tags,
            })
        });
        json!({
            "id": role.id,
            "label": role.label,
            "side": role.side_id,
            "statements": statements.collect::<Vec<_>>(),
        })
    });
    let categories = lexicon
        .categories()
        .iter()
        .map(|category| json!({ "id": category.id, "title": category.title, "technical": category.technical }));
    json!({
        "name": lexicon.name(),
        "version": lexicon.version(),
        "description": lexicon.description(),
        "sha256": lexicon.hash(),
        "roles": roles.collect::<Vec<_>>(),
        "categories": categories.collect::<Vec<_>>(),
        "skills": lexicon.skills().iter().map(|skill| skill_json(lexicon, skill)).collect::<Vec<_>>(),
    })
}

fn skill_json(lexicon: &Lexicon, skill: &Skill) -> Value {
    json!({
        "id": skill.id,
        "name": skill.name,
        "category": lexicon.category_of(skill).id,
        "leaning": lexicon.leaning_name(skill.leaning),
        "strength": skill.strength,
        "weight": skill.weight,
        "forms": skill.forms.iter().map(form_json).collect::<Vec<_>>(),
        "does": skill.does.iter().map(|duty| duty_json(lexicon, *duty)).collect::<Vec<_>>(),
        "not": skill.not,
        "needs": skill.needs,
        "unless": skill.unless,
        "sources": skill.sources.iter().map(|source| lexicon.cite(source)).collect::<Vec<_>>(),
        "note": skill.note,
        "yes": skill.yes,
        "no": skill.no,
    })
}

fn duty_json(lexicon: &Lexicon, duty: Duty) -> Value {
    let classes = lexicon.duties();
    json!({
        "verbs": classes.verbs[usize::from(duty.verb)].name,
        "objects": classes.objects[usize::from(duty.object)].name,
    })
}

fn form_json(form: &Form) -> Value {
    if form.case == Case::Any && form.context == Context::Certain {
        return json!({ "form": form.text });
    }
    json!({ "form": form.text, "case": form.case.name(), "context": form.context.name() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::testing;

    #[test]
    fn the_table_has_a_row_a_skill() {
        let table = to_csv(&testing::lexicon());
        assert_eq!(table.lines().count(), 10);
        let row = table.lines().find(|row| row.starts_with("kneading,")).expect("a skill of the small lexicon");
        assert_eq!(row, "kneading,knead dough,bread,3,baking,kneading,-2.0000,role:baker#1; guild:11,");
    }

    #[test]
    fn json_keeps_the_rules_of_forms() {
        let value = to_json(&testing::lexicon());
        assert_eq!(value["roles"][0]["statements"][2]["shared"], true);
        let skills = value["skills"].as_array().expect("a list");
        let proving = skills.iter().find(|skill| skill["id"] == "proving").expect("a skill of the small lexicon");
        assert_eq!(proving["forms"][0], serde_json::json!({ "form": "Proof", "case": "exact", "context": "near" }));
        assert_eq!(proving["no"][0], "Bring proof of address.");
    }
}
