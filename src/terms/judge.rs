//! The judgement on a document.

use once_cell::sync::OnceCell;

use super::channel::{Channel, Pair};
use super::evidence::{Evidence, document_probability};
use super::lexicon::Lexicon;
use super::listed::{self, Hit};
use super::place::as_it_stands;
use super::recover::{Knowledge, Recoverer};
use super::unlisted::{self, Guess};
use crate::detect::{Alternative, Finding};
use crate::dictionary::{Dictionary, Substitution};
use crate::language::LanguageModel;
use crate::text::{Region, Tokens, fold};

/// Most that a place is believed whose canonical form may only be shown.
const MOST_DISPLAY: f64 = 0.49;

/// What is known of tortured phrases: shared by all documents.
#[derive(Debug)]
pub struct Terms {
    rows: Dictionary,
    lexicon: Option<&'static Lexicon>,
    /// Learned from the rows when it is first wanted.
    channel: OnceCell<Channel>,
}

/// Least probability of a document in which phrases are looked for that are not listed.
const TORTURED: f64 = 0.5;

/// What was found in a document.
#[derive(Debug, Default)]
pub struct Judgement<'t> {
    /// Probability in [0, 1] that the document holds tortured phrases beyond what chance gives.
    pub probability: f64,
    /// The places, in order, free of overlaps.
    pub findings: Vec<Finding<'t>>,
}

impl Terms {
    /// The given list; rows of all its layers count. Other phrases are not looked for.
    pub fn new(rows: Dictionary) -> Self {
        Self { rows, lexicon: None, channel: OnceCell::new() }
    }

    /// The same list, and in documents that hold some of it other phrases as well, by what the list and a lexicon say.
    #[must_use]
    pub fn with_lexicon(self, lexicon: &'static Lexicon) -> Self {
        Self { lexicon: Some(lexicon), ..self }
    }

    /// The list.
    pub fn rows(&self) -> &Dictionary {
        &self.rows
    }

    /// Judges a document; general English and what blog spinners do help to read phrases that are not listed. Those are looked for
    /// only `beyond_list`: in texts that some other machine spun throughout, oddness proves nothing.
    #[allow(clippy::too_many_arguments, reason = "what a document is, and what it is read with")]
    pub fn judge(
        &self,
        text: &str,
        tokens: &Tokens,
        regions: &[Region],
        english: &LanguageModel,
        dictionary: &Dictionary,
        beyond_list: bool,
    ) -> Judgement<'_> {
        let mut hits = listed::hits(tokens, regions, &self.rows);
        if hits.is_empty() {
            return Judgement::default();
        }
        let probability = document_probability(&hits);
        let mut findings: Vec<Finding<'_>> = Vec::new();
        if let Some(lexicon) = self.lexicon.filter(|_| beyond_list && probability >= TORTURED) {
            let recoverer = Recoverer::new(self.channel(), Knowledge { lexicon, english, dictionary });
            let guesses = unlisted::guesses(text, tokens, regions, &hits, &self.rows, &recoverer);
            let mut covered = vec![false; tokens.len()];
            for guess in &guesses {
                covered[guess.tokens.clone()].fill(true);
            }
            hits.retain(|hit| !covered[hit.tokens.clone()].contains(&true));
            findings.extend(guesses.iter().map(|guess| inferred(text, tokens, guess, probability)));
        }
        findings.extend(hits.iter().map(|hit| finding(tokens, hit, probability)));
        findings.sort_by_key(|finding| finding.span);
        Judgement { probability, findings }
    }

    fn channel(&self) -> &Channel {
        self.channel.get_or_init(|| {
            let rows = self.rows.rows().filter(|row| !row.guard().display);
            let pairs: Vec<Pair> = rows.map(|row| Pair::new(row.spun, row.canonical)).collect();
            Channel::learn(&pairs)
        })
    }
}

fn inferred(text: &str, tokens: &Tokens, guess: &Guess, document: f64) -> Finding<'static> {
    let span = tokens.span(guess.tokens.start, guess.tokens.end);
    let term = guess.words.join(" ").replace(" - ", "-");
    let posterior = guess.probability * document;
    let replacement = as_it_stands(&term, tokens, &guess.tokens);
    let row = Substitution::inferred("D");
    let mut alternative = Alternative::whole(span, replacement, posterior, row);
    alternative.inferred = Some((fold(span.of(text)).into_owned(), term));
    Finding { span, keep_posterior: 1.0 - posterior, alternatives: vec![alternative] }
}

fn finding<'t>(tokens: &Tokens, hit: &Hit<'t>, document: f64) -> Finding<'t> {
    let confidence = Evidence::of(hit).confidence(document);
    let (replacement, posterior) = if hit.display {
        (hit.row.canonical.to_owned(), confidence.min(MOST_DISPLAY))
    } else {
        (as_it_stands(hit.row.canonical, tokens, &hit.tokens), confidence)
    };
    let span = tokens.span(hit.tokens.start, hit.tokens.end);
    Finding {
        span,
        keep_posterior: 1.0 - posterior,
        alternatives: vec![Alternative::whole(span, replacement, posterior, hit.row)],
    }
}
