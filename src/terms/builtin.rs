//! The terms that are compiled into the program.

use std::sync::Arc;

use once_cell::sync::OnceCell;

use super::judge::Terms;
use super::lexicon::{Lexicon, LexiconError};
use crate::dictionary::{Dictionary, DictionaryError, Layer};

static BYTES: &[u8] = include_bytes!("../../dictionaries/academic.fst");
static LEXICON_BYTES: &[u8] = include_bytes!("../../dictionaries/terms.lex");
static LAYER: OnceCell<Arc<Layer>> = OnceCell::new();
static LEXICON: OnceCell<Lexicon> = OnceCell::new();

impl Terms {
    /// The built-in list of tortured phrases. Its bytes are used in place.
    ///
    /// # Errors
    ///
    /// If the built-in file is of another format version: a mistake in building this program.
    pub fn builtin() -> Result<Self, DictionaryError> {
        LAYER
            .get_or_try_init(|| Layer::from_static(BYTES).map(Arc::new))
            .map(|layer| Self::new(Dictionary::new(Arc::clone(layer))))
    }
}

impl Lexicon {
    /// The built-in lexicon. Its bytes are used in place.
    ///
    /// # Errors
    ///
    /// If the built-in file is of another format version: a mistake in building this program.
    pub fn builtin() -> Result<&'static Self, LexiconError> {
        LEXICON.get_or_try_init(|| Self::from_static(LEXICON_BYTES))
    }
}
