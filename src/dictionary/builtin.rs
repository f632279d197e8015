//! The dictionary that is compiled into the program.

use std::sync::Arc;

use once_cell::sync::OnceCell;

use super::layer::{DictionaryError, Layer};
use super::lookup::Dictionary;

static BYTES: &[u8] = include_bytes!("../../dictionaries/spun.fst");
static THESAURUS: &[u8] = include_bytes!("../../dictionaries/thesaurus.fst");
static LAYER: OnceCell<Arc<Layer>> = OnceCell::new();
static THESAURUS_LAYER: OnceCell<Arc<Layer>> = OnceCell::new();

impl Dictionary {
    /// The built-in dictionary. Its bytes are used in place; making it costs nothing after the first time.
    ///
    /// # Errors
    ///
    /// If the built-in file is of another format version: a mistake in building this program.
    pub fn builtin() -> Result<Self, DictionaryError> {
        LAYER
            .get_or_try_init(|| Layer::from_static(BYTES).map(Arc::new))
            .map(|layer| Self::new(Arc::clone(layer)))
    }

    /// The built-in dictionary of thesaurus spinners, which stands by itself.
    ///
    /// # Errors
    ///
    /// As [`Dictionary::builtin`].
    pub fn thesaurus() -> Result<Self, DictionaryError> {
        THESAURUS_LAYER
            .get_or_try_init(|| Layer::from_static(THESAURUS).map(Arc::new))
            .map(|layer| Self::new(Arc::clone(layer)))
    }
}
