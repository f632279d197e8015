//! Keys, whatever they were pressed on.

/// A key that was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A letter, digit or sign, as it was typed.
    Char(char),
    /// Enter or Return.
    Enter,
    /// Escape.
    Escape,
    /// The key that takes the letter before the cursor.
    Backspace,
    /// The key that takes the letter at the cursor.
    Delete,
    /// Left.
    Left,
    /// Right.
    Right,
    /// Up.
    Up,
    /// Down.
    Down,
    /// To the beginning.
    Home,
    /// To the end.
    End,
    /// Control and C.
    Interrupt,
    /// Control and U, which empties a line.
    Clear,
}
