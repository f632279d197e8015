//! Two forms of the same word.

use std::collections::HashMap;

use once_cell::sync::Lazy;

/// In what two forms of a word differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inflection {
    /// "credit", "credits"; a verb in -s counts as well.
    Plural,
    /// "plan", "planned"; "go", "went".
    Tense,
    /// "high", "higher", "highest".
    Degree,
}

/// Verbs whose forms no rule gives; the forms of a row are of one verb.
const VERBS: &[&[&str]] = &[
    &["be", "am", "is", "are", "was", "were", "been", "being"],
    &["become", "became"],
    &["begin", "began", "begun"],
    &["break", "broke", "broken"],
    &["bring", "brought"],
    &["build", "built"],
    &["buy", "bought"],
    &["catch", "caught"],
    &["choose", "chose", "chosen"],
    &["come", "came"],
    &["deal", "dealt"],
    &["do", "does", "doing", "did", "done"],
    &["draw", "drew", "drawn"],
    &["drive", "drove", "driven"],
    &["fall", "fell", "fallen"],
    &["feel", "felt"],
    &["fight", "fought"],
    &["find", "found"],
    &["fly", "flew", "flown"],
    &["get", "got", "gotten"],
    &["give", "gave", "given"],
    &["go", "goes", "going", "went", "gone"],
    &["grow", "grew", "grown"],
    &["have", "has", "had"],
    &["hear", "heard"],
    &["hold", "held"],
    &["keep", "kept"],
    &["know", "knew", "known"],
    &["lead", "led"],
    &["leave", "left"],
    &["lose", "lost"],
    &["make", "made"],
    &["mean", "meant"],
    &["meet", "met"],
    &["pay", "paid"],
    &["rise", "rose", "risen"],
    &["run", "ran"],
    &["say", "said"],
    &["see", "saw", "seen"],
    &["seek", "sought"],
    &["sell", "sold"],
    &["send", "sent"],
    &["shoot", "shot"],
    &["show", "shown"],
    &["speak", "spoke", "spoken"],
    &["spend", "spent"],
    &["stand", "stood"],
    &["strike", "struck"],
    &["take", "took", "taken"],
    &["teach", "taught"],
    &["tell", "told"],
    &["think", "thought"],
    &["win", "won"],
    &["write", "wrote", "written"],
];

/// By form: the verb, and the place of the form in its row.
static IRREGULAR: Lazy<HashMap<&str, Vec<(&str, usize)>>> = Lazy::new(|| {
    let mut out: HashMap<&str, Vec<(&str, usize)>> = HashMap::new();
    for verb in VERBS {
        for (at, form) in verb.iter().enumerate() {
            out.entry(form).or_default().push((verb[0], at));
        }
    }
    out
});

/// Words that look like a form of another and are none.
const OTHER_WORDS: &[(&str, &str)] = &[
    ("new", "news"),
    ("floor", "flooring"),
    ("list", "listing"),
    ("means", "meaning"),
    ("beside", "besides"),
    ("toward", "towards"),
    ("afterward", "afterwards"),
    ("backward", "backwards"),
    ("forward", "forwards"),
    ("upward", "upwards"),
    ("downward", "downwards"),
    ("sometime", "sometimes"),
    ("anyway", "anyways"),
    ("overall", "overalls"),
];

/// In what two lower-case words differ if they are forms of the same word.
pub(super) fn inflection(one: &str, other: &str) -> Option<Inflection> {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short == long || OTHER_WORDS.contains(&(short, long)) {
        return None;
    }
    // What follows a rule keeps its first letter.
    let is_regular = |word| !IRREGULAR.contains_key(word);
    if one.chars().next() != other.chars().next() && is_regular(one) && is_regular(other) {
        return None;
    }
    let (a, b) = (forms(one), forms(other));
    let shared = a.iter().flat_map(|x| b.iter().map(move |y| (x, y))).find(|(x, y)| x.0 == y.0 && x.1 != y.1);
    let ((_, a), (_, b)) = shared?;
    Some(match (a, b) {
        (Ending::Degree(_), _) | (_, Ending::Degree(_)) => Inflection::Degree,
        (Ending::None | Ending::S, Ending::None | Ending::S) => Inflection::Plural,
        _ => Inflection::Tense,
    })
}

/// What a word has after its stem.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    None,
    S,
    Ed,
    Ing,
    /// A form that no rule gives, by its place in the table.
    Form(usize),
    /// 1: comparative, 2: superlative.
    Degree(u8),
}

/// The readings of a word as stem and ending. Stems are lower case and without a silent e, doubled consonants single.
fn forms(word: &str) -> Vec<(String, Ending)> {
    let mut out = Vec::new();
    let mut read = |stem: &str, ending| out.push((bare(stem), ending));
    read(word, Ending::None);
    let plain = |stem: &str| stem.len() >= 3 && !stem.ends_with(['s', 'u', 'i']);
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() >= 2) {
        read(&format!("{stem}y"), Ending::S);
    } else if let Some(stem) = word.strip_suffix('s').filter(|stem| plain(stem)) {
        read(stem, Ending::S);
    }
    if let Some(stem) = word.strip_suffix("es").filter(|s| s.ends_with(['s', 'x', 'z', 'h', 'o'])) {
        read(stem, Ending::S);
    }
    if let Some(stem) = word.strip_suffix("ied").filter(|stem| stem.len() >= 2) {
        read(&format!("{stem}y"), Ending::Ed);
    } else if let Some(stem) = word.strip_suffix("ed").filter(|stem| stem.len() >= 3) {
        read(stem, Ending::Ed);
    }
    if let Some(stem) = word.strip_suffix("ing").filter(|stem| stem.len() >= 3) {
        read(stem, Ending::Ing);
    }
    for (end, ending) in [("er", Ending::Degree(1)), ("est", Ending::Degree(2))] {
        if let Some(stem) = word.strip_suffix(end).map(bare).filter(|stem| is_graded(stem)) {
            read(&stem, ending);
        }
    }
    for &(verb, at) in IRREGULAR.get(word).into_iter().flatten() {
        read(verb, if at == 0 { Ending::None } else { Ending::Form(at) });
    }
    out
}

/// A stem without silent e, its last consonant single, y for i.
fn bare(stem: &str) -> String {
    let mut stem = stem.strip_suffix('e').filter(|rest| rest.len() >= 2).unwrap_or(stem).to_owned();
    let last: Vec<char> = stem.chars().rev().take(2).collect();
    if let [a, b] = last[..] {
        if a == b && !"aeiou".contains(a) && stem.len() > 3 {
            stem.pop();
        } else if a == 'i' {
            stem.pop();
            stem.push('y');
        }
    }
    stem
}

/// Whether a bare stem is that of an adjective which grades by endings. Others in -er are no comparatives: "lead", "leader".
fn is_graded(stem: &str) -> bool {
    const GRADED: &[&str] = &[
        "big", "broad", "cheap", "clos", "dark", "deep", "early", "easy", "fast", "few", "great", "hard",
        "heavy", "high", "larg", "lat", "light", "long", "low", "near", "new", "old", "poor", "rich", "saf",
        "short", "sick", "slow", "smal", "soon", "strong", "tal", "tough", "weak", "wid", "young",
    ];
    GRADED.contains(&stem)
}

#[cfg(test)]
mod tests {
    use super::Inflection::{Degree, Plural, Tense};
    use super::*;

    #[test]
    fn forms_of_one_word() {
        let cases = [
            ("credit", "credits", Plural),
            ("countries", "country", Plural),
            ("boxes", "box", Plural),
            ("house", "houses", Plural),
            ("stop", "stopped", Tense),
            ("make", "making", Tense),
            ("makes", "made", Tense),
            ("carried", "carry", Tense),
            ("were", "is", Tense),
            ("gone", "going", Tense),
            ("larger", "large", Degree),
            ("biggest", "bigger", Degree),
            ("easier", "easy", Degree),
        ];
        for (a, b, expected) in cases {
            assert_eq!(inflection(a, b), Some(expected), "{a} {b}");
            assert_eq!(inflection(b, a), Some(expected), "{b} {a}");
        }
    }

    #[test]
    fn other_words() {
        for (a, b) in [
            ("new", "news"),
            ("lead", "leader"),
            ("his", "hi"),
            ("thing", "th"),
            ("bus", "bu"),
            ("travelled", "traveled"),
            ("police", "policy"),
            ("is", "is"),
        ] {
            assert_eq!(inflection(a, b), None, "{a} {b}");
        }
    }
}
