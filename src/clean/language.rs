//! In what language a text is: furniture is known in English alone.

use super::line::Lines;

/// Texts of fewer words are taken for English: nobody can tell.
const FEWEST_WORDS: u32 = 20;
/// Share of function words from which a text is English without a further look; English prose has twice as many.
const ENGLISH: f64 = 0.2;
/// Characters that are looked at.
const LOOKED_AT: usize = 6_000;

/// The language of a text as its ISO 639-3 code, where it is certainly not English.
pub fn foreign_language(text: &str, lines: &Lines) -> Option<&'static str> {
    let (mut words, mut folded, mut english) = (0, 0, 0);
    for (index, line) in lines.as_slice().iter().enumerate() {
        words += line.shape.words;
        // Those in the middle of a long line were not looked at.
        folded += lines.words(index).len();
        english += line.shape.function_words;
    }
    if words < FEWEST_WORDS || f64::from(english) >= ENGLISH * folded as f64 {
        return None;
    }
    let end = text.char_indices().nth(LOOKED_AT).map_or(text.len(), |(end, _)| end);
    let info = whatlang::detect(&text[..end])?;
    (info.is_reliable() && info.lang() != whatlang::Lang::Eng).then(|| info.lang().code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_certainly_foreign() {
        let of = |text: &str| foreign_language(text, &Lines::of(text));
        let german = "Der Fluss ist in der Nacht zum Dienstag über die Ufer getreten und hat zwei Brücken mitgerissen. Die \
            Bewohner der Dörfer geben dem Betreiber des Staudamms die Schuld, der die Tore ohne Warnung geöffnet habe.";
        assert_eq!(of(german), Some("deu"));
        assert_eq!(of("Der Fluss."), None);
        assert_eq!(of(&"The river rose in the night and took two of the bridges with it. ".repeat(3)), None);
        assert_eq!(of(&"Home News Sport Weather iPlayer Sounds Bitesize ".repeat(6)), None);
    }
}
