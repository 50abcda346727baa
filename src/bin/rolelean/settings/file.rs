//! Settings files: the user's own, and one beside the inputs.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use rolelean::input::SETTINGS_FILE;
use rolelean::text::nearest;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Kind, Origin, SETTINGS, Setting, Value};
use crate::terminal::plain_line;

/// Where the user's own file stands: in the folder for settings that the system names.
pub fn of_user() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = if cfg!(windows) {
        folder("APPDATA")
    } else {
        folder("XDG_CONFIG_HOME").or_else(|| Some(folder("HOME")?.join(".config")))
    };
    Some(folder?.join("rolelean").join(SETTINGS_FILE))
}

/// The file beside the inputs: in a folder that was given, or in the folder of a file.
///
/// # Errors
/// When there are several, of which none goes before another.
pub fn beside(paths: &[PathBuf]) -> anyhow::Result<Option<PathBuf>> {
    let mut folders: Vec<&Path> = paths.iter().filter_map(|path| folder_of(path)).collect();
    folders.sort();
    folders.dedup();
    let mut found: Vec<(PathBuf, PathBuf)> = Vec::new();
    for folder in folders {
        let path = folder.join(SETTINGS_FILE);
        let Ok(place) = path.canonicalize() else { continue };
        if found.iter().all(|(_, other)| *other != place) {
            found.push((path, place));
        }
    }
    if let [(one, _), (other, _), ..] = found.as_slice() {
        bail!(
            "{} and {} both stand beside inputs: give the inputs of one of them at a time, or --no-settings",
            one.display(),
            other.display()
        );
    }
    Ok(found.pop().map(|(path, _)| path))
}

fn folder_of(path: &Path) -> Option<&Path> {
    if path.is_dir() { Some(path) } else { path.parent() }
}

/// The values that a file sets.
///
/// # Errors
/// When it cannot be read, or a line sets what there is not or, unless the file is `trusted`, what it may not.
pub fn read(path: &Path, trusted: bool) -> anyhow::Result<Vec<Value>> {
    let shown = plain_line(&path.display().to_string()).into_owned();
    let text = rolelean::file::read_to_string(path).with_context(|| format!("cannot read the settings {shown}"))?;
    let line_of = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
    let table = DeTable::parse(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(span.start));
        anyhow!("{shown}, line {line}: {}", error.message())
    })?;
    let mut values = Vec::new();
    for (key, value) in table.get_ref() {
        let line = line_of(key.span().start);
        let read = known(key.get_ref(), trusted).and_then(|setting| {
            let words = words(value, setting, path)?;
            Ok(Value { setting, words, origin: Origin::File(path.to_owned(), line) })
        });
        values.push(read.map_err(|error| anyhow!("{shown}, line {line}: {error}"))?);
    }
    Ok(values)
}

/// The setting of this name.
fn known(name: &str, trusted: bool) -> anyhow::Result<&'static Setting> {
    let Some(setting) = SETTINGS.iter().find(|setting| setting.name == name) else {
        let near = nearest(name, SETTINGS.iter().map(|setting| setting.name));
        let meant = near.map(|near| format!("; did you mean `{near}`?"));
        bail!(
            "no setting is called `{}`{}",
            plain_line(name),
            meant.unwrap_or_else(|| format!("; there are {}", names(trusted)))
        );
    };
    if !trusted && !setting.beside_inputs {
        bail!(
            "`{name}` is not taken from a file beside inputs, which somebody else may have written: set it in your own \
             {SETTINGS_FILE}, or on the command line"
        );
    }
    Ok(setting)
}

fn names(trusted: bool) -> String {
    let allowed = SETTINGS.iter().filter(|setting| trusted || setting.beside_inputs);
    allowed.map(|setting| format!("`{}`", setting.name)).collect::<Vec<_>>().join(", ")
}

/// A value as it would stand on the command line.
fn words(value: &Spanned<DeValue<'_>>, setting: &Setting, file: &Path) -> anyhow::Result<Vec<String>> {
    let mut words = match value.get_ref() {
        DeValue::Array(items) => items.iter().map(|item| word(item.get_ref(), setting)).collect::<Result<_, _>>()?,
        value => vec![word(value, setting)?],
    };
    // As the file means them, wherever the program is run.
    if matches!(setting.name, "lexicon" | "extend") {
        let folder = file.parent().unwrap_or(Path::new("."));
        for word in &mut words {
            *word = folder.join(&*word).display().to_string();
        }
    }
    match (value.get_ref(), setting.kind) {
        (DeValue::Boolean(_), Kind::Flag) => Ok(words),
        (_, Kind::Flag) => bail!("`{}` is `true` or `false`", setting.name),
        (DeValue::Boolean(_), _) => bail!("`{}` is a text or a number", setting.name),
        (DeValue::Array(_), Kind::One) => bail!("`{}` is one value and no list", setting.name),
        _ => Ok(words),
    }
}

fn word(value: &DeValue<'_>, setting: &Setting) -> anyhow::Result<String> {
    match value {
        DeValue::String(text) => Ok(text.to_string()),
        DeValue::Integer(number) => Ok(number.as_str().to_owned()),
        DeValue::Boolean(flag) => Ok(flag.to_string()),
        _ => bail!("`{}` is a text, a number, `true` or `false`, or a list of texts", setting.name),
    }
}
