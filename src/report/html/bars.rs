//! The charts that are tables: each row has its numbers in words and a bar beside them.

use super::charts::{CLASSES, Count};
use super::figures::{grouped, number, percent, rounded, share};
use super::filter::{Filter, Names};
use super::overview::{Overview, SkillTally};
use crate::facts::DegreeLevel;
use crate::lexicon::{Lexicon, Side, Skill, SkillLeaning};
use crate::log_odds::LogOdds;
use crate::report::amounts::Amounts;

/// Skills of each side that separate the groups.
const SEPARATING: usize = 10;
/// Skills listed for each leaning.
const ASKED: usize = 8;
/// Skills listed as required or preferred.
const DEMANDED: usize = 12;
/// Fewer postings than this, and a share says nothing of a skill.
const LEAST: u64 = 2;
/// Fewer postings of a leaning, or sums of money, than this are no overview.
const LEAST_GROUP: u64 = 3;
/// Currencies that are shown, those of most postings.
const CURRENCIES: usize = 3;

/// A bar in a row, in hundredths of the room it has.
pub struct Bar {
    pub start: f64,
    pub length: f64,
    pub class: &'static str,
}

impl Bar {
    fn from_zero(share: f64, class: &'static str) -> Self {
        Self { start: 0.0, length: rounded(100.0 * share), class }
    }
}

/// The class of what a skill pulls to; one without weight pulls nowhere, wherever it is filed.
pub fn class_of(skill: &Skill) -> &'static str {
    match skill.leaning {
        _ if skill.weight == LogOdds::ZERO => CLASSES[2],
        SkillLeaning::Toward(side) => CLASSES[side.index()],
        SkillLeaning::Shared => CLASSES[2],
        SkillLeaning::OtherProfession => CLASSES[3],
    }
}

/// The postings that name a skill.
fn naming(filter: Filter, skill: &Skill) -> Filter {
    filter.with("skill", &skill.id)
}

/// A share of postings, and which they are.
pub struct Share {
    pub shown: String,
    pub of: Filter,
}

/// A skill that one group has far oftener than the other.
pub struct Separating<'p> {
    pub name: &'p str,
    pub of: Filter,
    pub shares: [Share; 2],
    /// From the middle, at 50, to the side that has it oftener.
    pub bar: Bar,
}

/// The skills whose shares among the postings of the two roles differ most: the left role's
/// first, and in the middle those that differ least.
pub fn separating<'p>(lexicon: &'p Lexicon, overview: &Overview, names: &Names<'_>) -> Vec<Separating<'p>> {
    let of_role = [overview.leanings[0], overview.leanings[1]];
    if of_role.contains(&0) {
        return Vec::new();
    }
    let shares = |tally: &SkillTally| [0, 1].map(|side| share(tally.postings[side], of_role[side]));
    let mut skills: Vec<(f64, &Skill, &SkillTally)> = lexicon
        .skill_ids()
        .zip(&overview.skills)
        .filter(|(_, tally)| tally.postings[0] + tally.postings[1] >= LEAST)
        .map(|(id, tally)| (shares(tally)[1] - shares(tally)[0], lexicon.skill(id), tally))
        .filter(|(difference, ..)| *difference != 0.0)
        .collect();
    skills.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
    let left = skills.iter().filter(|skill| skill.0 < 0.0).count();
    let (first, last) = (left.min(SEPARATING), (skills.len() - left).min(SEPARATING));
    let most = skills.first().into_iter().chain(skills.last()).map(|skill| skill.0.abs()).fold(0.01, f64::max);
    let row = |(difference, skill, tally): &(f64, &'p Skill, &SkillTally)| {
        let length = rounded(50.0 * difference.abs() / most);
        let side = if *difference < 0.0 { Side::Left } else { Side::Right };
        Separating {
            name: &skill.name,
            of: naming(Filter::default(), skill),
            shares: [0, 1].map(|side| Share {
                shown: percent(tally.postings[side], of_role[side]),
                of: naming(names.filter(side), skill),
            }),
            bar: Bar {
                start: if side == Side::Left { 50.0 - length } else { 50.0 },
                length,
                class: CLASSES[side.index()],
            },
        }
    };
    skills[..first].iter().chain(&skills[skills.len() - last..]).map(row).collect()
}

/// What the postings of one leaning ask for most.
pub struct Asked<'p> {
    pub label: &'p str,
    pub class: &'static str,
    pub postings: Count,
    pub rows: Vec<AskedRow<'p>>,
}

pub struct AskedRow<'p> {
    pub name: &'p str,
    pub share: Share,
    pub bar: Bar,
}

/// The skills most asked for, leaning by leaning; leanings of hardly a posting are left out.
pub fn asked<'p>(lexicon: &'p Lexicon, overview: &Overview, names: &Names<'p>) -> Vec<Asked<'p>> {
    let of_leaning = |leaning: usize| {
        let whole = overview.leanings[leaning];
        let mut skills: Vec<(u64, &Skill)> = lexicon
            .skill_ids()
            .zip(overview.skills.iter().map(|tally| tally.postings[leaning]))
            .filter(|(_, count)| *count > 0)
            .map(|(id, count)| (count, lexicon.skill(id)))
            .collect();
        skills.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
        let row = |(count, skill): &(u64, &'p Skill)| AskedRow {
            name: &skill.name,
            share: Share { shown: percent(*count, whole), of: naming(names.filter(leaning), skill) },
            bar: Bar::from_zero(share(*count, whole), class_of(skill)),
        };
        Asked {
            label: names.labels[leaning],
            class: CLASSES[leaning],
            postings: Count::new(whole, names.filter(leaning)),
            rows: skills.iter().take(ASKED).map(row).collect(),
        }
    };
    (0..CLASSES.len()).filter(|leaning| overview.leanings[*leaning] >= LEAST_GROUP).map(of_leaning).collect()
}

/// How much a skill is asked for.
pub struct Demanded<'p> {
    pub name: &'p str,
    pub of: Filter,
    /// Postings that require it, prefer it, and do not say.
    pub counts: [Count; 3],
    pub bars: [Bar; 2],
}

/// The skills most often required or preferred.
pub fn demanded<'p>(lexicon: &'p Lexicon, overview: &Overview) -> Vec<Demanded<'p>> {
    let mut skills: Vec<(&Skill, &SkillTally)> = lexicon
        .skill_ids()
        .zip(&overview.skills)
        .filter(|(_, tally)| tally.required + tally.preferred >= LEAST)
        .map(|(id, tally)| (lexicon.skill(id), tally))
        .collect();
    skills.sort_by_key(|(skill, tally)| (std::cmp::Reverse(tally.required + tally.preferred), &skill.id));
    let row = |(skill, tally): &(&'p Skill, &SkillTally)| {
        let all = tally.all();
        let [required, preferred] = [tally.required, tally.preferred].map(|count| rounded(100.0 * share(count, all)));
        Demanded {
            name: &skill.name,
            of: naming(Filter::default(), skill),
            counts: [
                (tally.required, "required"),
                (tally.preferred, "preferred"),
                (all - tally.required - tally.preferred, "named"),
            ]
            .map(|(count, asked)| Count::new(count, Filter::default().with("skill", format!("{}:{asked}", skill.id)))),
            bars: [
                Bar { start: 0.0, length: required, class: "required" },
                Bar { start: required, length: preferred, class: "preferred" },
            ],
        }
    };
    skills.iter().take(DEMANDED).map(row).collect()
}

/// Postings whose title claims one thing, by what their bodies say.
pub struct Claim<'p> {
    pub label: &'p str,
    pub cells: Vec<ClaimCell>,
}

pub struct ClaimCell {
    pub leaning: usize,
    pub count: Count,
    /// The title claims a role and the body says otherwise.
    pub disagrees: bool,
}

/// Titles against bodies.
pub fn claims<'p>(overview: &Overview, names: &Names<'p>) -> Vec<Claim<'p>> {
    // A title that claims no role has no leaning in the table.
    let claimed = [names.ids[0], names.ids[1], ""];
    let cells = |claim: usize| {
        let cell = |(leaning, count): (usize, &u64)| ClaimCell {
            leaning,
            count: Count::new(
                *count,
                Filter::default().with("title_leaning", claimed[claim]).with("text", names.ids[leaning]),
            ),
            disagrees: claim < 2 && leaning != claim && *count > 0,
        };
        overview.claims[claim].iter().enumerate().map(cell).collect()
    };
    let labels = [names.labels[0], names.labels[1], names.labels[3]];
    labels.into_iter().enumerate().map(|(claim, label)| Claim { label, cells: cells(claim) }).collect()
}

/// A lowest degree, and how many of each role's postings ask for it.
pub struct Degree {
    pub name: &'static str,
    pub shares: [(Share, Bar); 2],
}

/// The degrees asked for; empty where no posting names one.
pub fn degrees(overview: &Overview, names: &Names<'_>) -> Vec<Degree> {
    let named: u64 = overview.degrees[1..].iter().flatten().sum();
    if named == 0 {
        return Vec::new();
    }
    let levels = DegreeLevel::ALL.map(DegreeLevel::name);
    let row = |(level, counts): (&'static str, &[u64; 4])| Degree {
        name: if level.is_empty() { "none named" } else { level },
        shares: [0, 1].map(|side| {
            let whole = overview.leanings[side];
            let shown = percent(counts[side], whole);
            let of = names.filter(side).with("degree", level);
            (Share { shown, of }, Bar::from_zero(share(counts[side], whole), CLASSES[side]))
        }),
    };
    [""].into_iter().chain(levels).zip(&overview.degrees).map(row).collect()
}

/// Pay in one currency.
pub struct Pay {
    pub currency: &'static str,
    /// Where the bars end.
    pub end: String,
    pub rows: Vec<PayRow>,
}

pub struct PayRow {
    pub leaning: usize,
    pub class: &'static str,
    pub count: Count,
    /// The quartiles.
    pub quartiles: [String; 3],
    /// From the lower to the upper quartile.
    pub bar: Bar,
    /// Where the median stands, in hundredths.
    pub median: f64,
}

/// A year's pay by leaning, for the currencies of most postings.
pub fn pay(overview: &Overview, names: &Names<'_>) -> Vec<Pay> {
    let all = |amounts: &[Amounts; 4]| amounts.iter().map(Amounts::count).sum::<u64>();
    let mut currencies: Vec<_> = overview.pay.iter().filter(|(_, amounts)| all(amounts) >= LEAST_GROUP).collect();
    currencies.sort_by_key(|(currency, amounts)| (std::cmp::Reverse(all(amounts)), **currency));
    currencies.into_iter().take(CURRENCIES).map(|(currency, amounts)| in_currency(currency, amounts, names)).collect()
}

fn in_currency(currency: &'static str, amounts: &[Amounts; 4], names: &Names<'_>) -> Pay {
    let quartiles = amounts.each_ref().map(|amounts| {
        (amounts.count() > 0).then(|| [0.25, 0.5, 0.75].map(|share| amounts.quantile(share).unwrap_or(0)))
    });
    let end = quartiles.iter().flatten().map(|quartiles| quartiles[2]).max().unwrap_or(1).max(1);
    let place = |amount: u64| rounded(100.0 * number(amount) / number(end));
    let row = |(leaning, quartiles): (usize, [u64; 3])| PayRow {
        leaning,
        class: CLASSES[leaning],
        count: Count::new(amounts[leaning].count(), names.filter(leaning).with("pay", currency)),
        quartiles: quartiles.map(grouped),
        bar: Bar {
            start: place(quartiles[0]),
            length: rounded((place(quartiles[2]) - place(quartiles[0])).max(0.6)),
            class: CLASSES[leaning],
        },
        median: place(quartiles[1]),
    };
    let rows = quartiles.into_iter().enumerate().filter_map(|(leaning, quartiles)| Some(row((leaning, quartiles?))));
    Pay { currency, end: grouped(end), rows: rows.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skill_without_weight_has_the_colour_of_neither_role() {
        let skill = |leaning, weight| Skill {
            weight: LogOdds::rounded(weight),
            ..Skill::plain("java", "Java", leaning, 2, ["java"])
        };
        let cases = [
            (SkillLeaning::Toward(Side::Left), -1.0, "left"),
            (SkillLeaning::Toward(Side::Right), 0.5, "right"),
            (SkillLeaning::Toward(Side::Right), 0.0, "both"),
            (SkillLeaning::Shared, 0.0, "both"),
            (SkillLeaning::OtherProfession, 1.0, "none"),
        ];
        for (leaning, weight, class) in cases {
            assert_eq!(class_of(&skill(leaning, weight)), class, "{leaning:?} {weight}");
        }
    }
}
