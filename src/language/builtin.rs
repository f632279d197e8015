//! The language model that is compiled into the program.

use once_cell::sync::OnceCell;

use super::model::{LanguageModel, ModelError};

static BYTES: &[u8] = include_bytes!("../../dictionaries/english.lm");
static MODEL: OnceCell<LanguageModel> = OnceCell::new();

impl LanguageModel {
    /// The built-in model of English. Its bytes are used in place.
    ///
    /// # Errors
    ///
    /// If the built-in file is of another format version: a mistake in building this program.
    pub fn builtin() -> Result<&'static Self, ModelError> {
        MODEL.get_or_try_init(|| Self::from_static(BYTES))
    }
}
