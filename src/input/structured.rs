//! What a table or an object says of the job in fields of its own: pay, years, terms.
//!
//! Such a field says more surely than the text what is paid or whether the work is remote, so
//! facts prefer it. Here it is only gathered, as it is written; `facts` reads it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization as _;

/// What a field says of the job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobField {
    /// Pay in words: `£45,000 - £52,000 a year`.
    Pay,
    /// The least that is paid.
    PayMin,
    /// The most that is paid.
    PayMax,
    /// The currency of these.
    PayCurrency,
    /// The time that they are paid for.
    PayPeriod,
    /// Years of experience, in words or as a number.
    Experience,
    /// Months of experience.
    ExperienceMonths,
    /// Degrees, in words.
    Education,
    /// Where the work is done, in words.
    Workplace,
    /// Whether it is done at home: `true`, `1`, `yes`.
    IsRemote,
    /// How one is employed.
    Contract,
    /// How experienced the person shall be.
    Seniority,
    /// The security clearance.
    Clearance,
    /// Whether a permit to work is sponsored.
    Sponsorship,
}

/// Names of such fields, best first; letters and digits in lower case.
pub(super) const KNOWN: [(JobField, &[&str]); 14] = [
    (
        JobField::Pay,
        &[
            "salary",
            "compensation",
            "pay",
            "salaryrange",
            "payrange",
            "basesalary",
            "estimatedsalary",
            "salarytext",
            "wage",
            "salaryoffered",
        ],
    ),
    (
        JobField::PayMin,
        &[
            "minamount",
            "salarymin",
            "minsalary",
            "salaryfrom",
            "minimumsalary",
            "salaryminimum",
            "minvalue",
            "minpay",
            "paymin",
            "salaryrangefrom",
            "salarylow",
        ],
    ),
    (
        JobField::PayMax,
        &[
            "maxamount",
            "salarymax",
            "maxsalary",
            "salaryto",
            "maximumsalary",
            "salarymaximum",
            "maxvalue",
            "maxpay",
            "paymax",
            "salaryrangeto",
            "salaryhigh",
        ],
    ),
    (JobField::PayCurrency, &["currency", "salarycurrency", "currencycode", "paycurrency", "salarycurrencycode"]),
    (
        JobField::PayPeriod,
        &[
            "interval",
            "payperiod",
            "salaryperiod",
            "salaryinterval",
            "unittext",
            "salaryunit",
            "payinterval",
            "payfrequency",
            "salaryfrequency",
            "salarytype",
        ],
    ),
    (
        JobField::Experience,
        &[
            "experience",
            "yearsofexperience",
            "experienceyears",
            "yearsexperience",
            "minexperience",
            "minimumexperience",
            "experiencerequired",
            "experiencerange",
            "requiredexperience",
        ],
    ),
    (JobField::ExperienceMonths, &["monthsofexperience"]),
    (JobField::Education, &["education", "educationlevel", "degree", "requirededucation", "minimumeducation"]),
    (
        JobField::Workplace,
        &[
            "worktype",
            "workplace",
            "workplacetype",
            "workmodel",
            "workarrangement",
            "joblocationtype",
            "locationtype",
            "remotestatus",
            "workmode",
            "workfromhometype",
            "workingmodel",
        ],
    ),
    (
        JobField::IsRemote,
        &[
            "isremote",
            "remote",
            "remoteallowed",
            "remotework",
            "workfromhome",
            "isremotework",
            "jobworkfromhome",
            "telecommuting",
            "jobisremote",
        ],
    ),
    (
        JobField::Contract,
        &[
            "jobtype",
            "employmenttype",
            "contracttype",
            "formattedworktype",
            "jobemploymenttype",
            "typeofemployment",
            "contracttime",
            "commitment",
            "schedule",
            "employmentstatus",
            "workschedule",
            "scheduletype",
            "jobschedule",
            "positiontype",
        ],
    ),
    (
        JobField::Seniority,
        &["senioritylevel", "seniority", "formattedexperiencelevel", "experiencelevel", "joblevel", "careerlevel"],
    ),
    (
        JobField::Clearance,
        &["securityclearance", "clearance", "securityclearancerequired", "securityclearancerequirement"],
    ),
    (JobField::Sponsorship, &["visasponsorship", "sponsorship", "sponsorsvisa", "visasponsored"]),
];

/// The fields of a posting that say something of the job, in the order in which they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Structured {
    fields: Vec<(JobField, String)>,
}

impl Structured {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Adds what a field says; a field that says nothing, such as `nan`, is left out.
    pub fn push(&mut self, field: JobField, value: impl Into<String>) {
        let value = value.into();
        let said = value.trim();
        if !said.is_empty()
            && !NOTHING.iter().any(|nothing| said.eq_ignore_ascii_case(nothing))
            && said.len() <= LONGEST
        {
            self.fields.push((field, said.to_owned()));
        }
    }

    /// What `field` says first.
    #[must_use]
    pub fn get(&self, field: JobField) -> Option<&str> {
        self.all(field).next()
    }

    /// All that `field` says.
    pub fn all(&self, field: JobField) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(move |(found, _)| *found == field).map(|(_, value)| value.as_str())
    }
}

/// Bytes of the longest value that is no text of its own.
const LONGEST: usize = 400;
/// How tables write that nothing is known.
const NOTHING: [&str; 7] = ["nan", "none", "null", "n/a", "na", "-", "not specified"];

/// What a JSON value of `field` says: a list member by member, an object key by key.
pub(super) fn said(field: JobField, value: &Value) -> Vec<(JobField, String)> {
    let mut found = Vec::new();
    gather(field, value, &mut found);
    found
}

fn gather(field: JobField, value: &Value, found: &mut Vec<(JobField, String)>) {
    match value {
        Value::Null => {}
        Value::String(text) => found.push((field, text.clone())),
        Value::Bool(_) | Value::Number(_) => found.push((field, value.to_string())),
        Value::Array(values) => values.iter().for_each(|value| gather(field, value, found)),
        Value::Object(object) => {
            for (key, value) in object {
                if let Some(field) = inside(field, key) {
                    gather(field, value, found);
                }
            }
        }
    }
}

/// What a key inside an object of `field` says: `min` in a salary is the least.
fn inside(field: JobField, key: &str) -> Option<JobField> {
    let key = normal(key);
    let known = KNOWN.iter().find(|(_, names)| names.contains(&key.as_str())).map(|(known, _)| *known);
    let of_pay = |field| match key.as_str() {
        "min" | "from" | "low" | "minimum" | "lower" => Some(JobField::PayMin),
        "max" | "to" | "high" | "maximum" | "upper" => Some(JobField::PayMax),
        "unit" | "period" | "per" | "frequency" => Some(JobField::PayPeriod),
        "value" | "amount" | "range" | "text" | "name" | "label" | "displayname" | "summary" => Some(field),
        _ => None,
    };
    match field {
        JobField::Pay => known.or_else(|| of_pay(field)),
        _ => known
            .or(matches!(key.as_str(), "name" | "label" | "value" | "text" | "title" | "displayname").then_some(field)),
    }
}

/// A column's name as it is compared: letters without their accents and digits, in lower case.
pub(super) fn normal(name: &str) -> String {
    if name.is_ascii() {
        return name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    }
    // An accent that stands by itself is no letter.
    name.nfd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A value that is carried through: a text as it is, anything else as JSON.
pub(super) fn as_written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_say_what_their_keys_say() {
        use JobField::{Contract, ExperienceMonths, Pay, PayCurrency, PayMax, PayMin, PayPeriod};
        let cases = [
            (Pay, r#""£45,000""#, vec![(Pay, "£45,000")]),
            (Pay, "90000", vec![(Pay, "90000")]),
            (
                Pay,
                r#"{"currency": "EUR", "value": {"minValue": 1, "maxValue": 2, "unitText": "YEAR", "@type": "x"}}"#,
                vec![(PayCurrency, "EUR"), (PayMax, "2"), (PayMin, "1"), (PayPeriod, "YEAR")],
            ),
            (Pay, r#"{"from": 1, "to": 2}"#, vec![(PayMin, "1"), (PayMax, "2")]),
            (
                Contract,
                r#"["FULL_TIME", {"label": "Permanent"}]"#,
                vec![(Contract, "FULL_TIME"), (Contract, "Permanent")],
            ),
            (JobField::Experience, r#"{"monthsOfExperience": 36}"#, vec![(ExperienceMonths, "36")]),
            (Contract, "null", vec![]),
        ];
        for (field, json, expected) in cases {
            let value: Value = serde_json::from_str(json).expect("JSON");
            let mut found = said(field, &value);
            found.sort_by(|(_, a), (_, b)| a.cmp(b));
            let mut expected: Vec<_> = expected.into_iter().map(|(field, text)| (field, text.to_owned())).collect();
            expected.sort_by(|(_, a), (_, b)| a.cmp(b));
            assert_eq!(found, expected, "{json}");
        }
    }

    #[test]
    fn names_are_compared_without_case_marks_and_accents() {
        for (name, expected) in [("Job Title", "jobtitle"), ("Profil recherché", "profilrecherche"), ("_JOB-2", "job2")]
        {
            assert_eq!(normal(name), expected);
        }
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        let mut structured = Structured::default();
        for value in ["", " ", "nan", "None", "N/A"] {
            structured.push(JobField::Pay, value);
        }
        assert!(structured.is_empty());
        structured.push(JobField::Contract, " fulltime ");
        assert_eq!(structured.get(JobField::Contract), Some("fulltime"));
    }
}
