/// One word of a name, made ready to be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    text: String,
    sound: u64,
}
impl Token {
    /// Prepares a folded word.
    #[must_use]
    pub fn new(folded: &str) -> Self {
        Self { text: folded.to_owned(), sound: super::sound(folded) }
    }
    /// The folded word.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
    /// How it sounds: the blocking key; 0 if it has no sound.
    #[must_use]
    pub fn sound(&self) -> u64 {
        self.sound
    }
    /// Whether it is one letter.
    #[must_use]
    pub fn is_initial(&self) -> bool {
        self.text.len() == 1
    }
}
