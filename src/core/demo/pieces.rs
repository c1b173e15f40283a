//! Cuts text into pieces of about the size of tokens.

/// The longest piece, in characters.
const LONGEST: usize = 7;

/// The pieces of a text; joined they are the text. A piece is a word with the
/// white space before it, and a long word is several pieces.
pub fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (piece, after) = rest.split_at(length_of_first(rest));
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

fn length_of_first(text: &str) -> usize {
    let mut letters = 0;
    for (at, character) in text.char_indices() {
        if character.is_whitespace() {
            if letters > 0 {
                return at;
            }
        } else {
            if letters == LONGEST {
                return at;
            }
            letters += 1;
        }
    }
    text.len()
}
