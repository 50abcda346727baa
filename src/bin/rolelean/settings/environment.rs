//! Settings in the environment: `ROLELEAN_TEXT_COLUMN` stands for `--text-column`.

use super::{Kind, Origin, SETTINGS, Setting, Value};

/// What stands between the items of a list.
const SEPARATOR: char = ';';

/// The values that variables set; one that is empty sets nothing.
pub fn read(variable: impl Fn(&str) -> Option<String>) -> Vec<Value> {
    let value = |setting: &'static Setting| {
        let name = format!("ROLELEAN_{}", setting.name.to_uppercase().replace('-', "_"));
        let text = variable(&name).filter(|text| !text.is_empty())?;
        let words = match setting.kind {
            Kind::List => {
                text.split(SEPARATOR).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
            }
            Kind::Flag => vec![(!matches!(text.to_lowercase().as_str(), "0" | "false" | "no" | "off")).to_string()],
            Kind::One => vec![text],
        };
        Some(Value { setting, words, origin: Origin::Variable(name) })
    };
    SETTINGS.iter().filter_map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_read_as_options() {
        let cases: [(&str, &str, &[&str]); 6] = [
            ("ROLELEAN_KEEP", "Ref; pay ;", &["Ref", "pay"]),
            ("ROLELEAN_ID_COLUMN", "Ref; no", &["Ref; no"]),
            ("ROLELEAN_HTML", "1", &["true"]),
            ("ROLELEAN_HTML", "off", &["false"]),
            ("ROLELEAN_THREADS", "2", &["2"]),
            ("ROLELEAN_THREADS", "", &[]),
        ];
        for (name, text, expected) in cases {
            let found = read(|asked| (asked == name).then(|| text.to_owned()));
            assert_eq!(found.into_iter().flat_map(|value| value.words).collect::<Vec<_>>(), expected, "{name}={text}");
        }
    }
}
