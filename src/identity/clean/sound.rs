/// How a folded word sounds, as a blocking key; 0 if it has no sound.
#[must_use]
pub fn sound(folded: &str) -> u64 {
    folded.len() as u64
}
