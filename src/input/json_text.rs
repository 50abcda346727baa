//! A JSON value of any kind as text.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::extract::looks_like_html;

/// A value as text: a number as it is written, an array line by line, of an object its
/// name, or its heading and what stands under it.
pub(super) struct Plain {
    /// How much deeper values may be nested.
    pub depth: usize,
}

impl Plain {
    fn deeper<E: serde::de::Error>(&self) -> Result<Self, E> {
        let depth = self.depth.checked_sub(1).ok_or_else(|| E::custom("brackets nested too deep"))?;
        Ok(Self { depth })
    }
}

impl<'de> DeserializeSeed<'de> for Plain {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Plain {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E>(self, text: String) -> Result<String, E> {
        Ok(text)
    }

    fn visit_bool<E>(self, value: bool) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_i64<E>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_u64<E>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_f64<E>(self, number: f64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_unit<E>(self) -> Result<String, E> {
        Ok(String::new())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<String, A::Error> {
        let mut lines: Vec<String> = Vec::new();
        while let Some(line) = items.next_element_seed(self.deeper()?)? {
            lines.push(line);
        }
        lines.retain(|line| !line.trim().is_empty());
        Ok(lines.join("\n"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
        let mut member = Member::default();
        while let Some(key) = map.next_key::<String>()? {
            match member.place(&key) {
                Some(place) if place.is_empty() => *place = map.next_value_seed(self.deeper()?)?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(member.text())
    }
}

/// What an object inside a posting says: `{"name": "Ulm"}`, or a part of the text as
/// `{"text": "Duties", "content": "<li>Cook</li>"}` or `{"title": "Duties", "text": "You cook."}`.
#[derive(Default)]
struct Member {
    name: String,
    /// What names a place that has no name.
    town: String,
    heading: String,
    /// A heading or a text, as the others tell.
    text: String,
    content: String,
}

impl Member {
    fn place(&mut self, key: &str) -> Option<&mut String> {
        match key {
            "name" | "display_name" | "displayName" | "label" | "Label" | "location" | "libelle" => {
                Some(&mut self.name)
            }
            "city" | "cityName" | "town" | "municipality" | "addressLocality" => Some(&mut self.town),
            "title" | "heading" | "header" => Some(&mut self.heading),
            "text" => Some(&mut self.text),
            "content" | "value" | "html" | "body" | "description" | "items" | "LabelDescription" => {
                Some(&mut self.content)
            }
            _ => None,
        }
    }

    fn text(self) -> String {
        let Self { name, town, heading, text, content } = self;
        let name = if name.is_empty() { town } else { name };
        let first = |texts: [&String; 3]| texts.into_iter().find(|text| !text.trim().is_empty()).cloned();
        let (heading, content) = if content.trim().is_empty() {
            (first([&heading, &name, &String::new()]), text)
        } else {
            (first([&heading, &text, &name]), content)
        };
        match heading {
            _ if content.trim().is_empty() => {
                if name.is_empty() {
                    heading.unwrap_or_default()
                } else {
                    name
                }
            }
            None => content,
            Some(heading) if looks_like_html(&content) => {
                let escaped = heading.replace('&', "&amp;").replace('<', "&lt;");
                format!("<h3>{escaped}</h3><ul>{content}</ul>")
            }
            Some(heading) => format!("{heading}\n{content}\n"),
        }
    }
}
