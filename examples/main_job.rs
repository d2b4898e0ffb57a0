//! Who recruits again and again in a case?

use kluwen::case::{ReadOptions, read};
use kluwen::finding::Analysis;
use kluwen::identity::Resolution;

fn main() -> kluwen::Result<()> {
    // What the files say. Every record keeps its file and line.
    let path = std::env::args().nth(1).unwrap_or_else(|| "graphs/study25".into());
    let taken = read(path.as_ref(), &ReadOptions::default())?;

    // Who is who, and what it means.
    let identities = Resolution::default().of(&taken.case)?;
    let findings = Analysis::default().of(&taken, &identities)?;

    for recruiter in findings.recruiters.iter().take(5) {
        println!("{}. {}  {:.2}", recruiter.rank, recruiter.entity, recruiter.recurrence);
        for episode in &recruiter.episodes {
            println!(
                "     {:.2} in {}: {}",
                episode.probability,
                episode.case_ids.join(", "),
                episode.evidence.join(" ")
            );
        }
    }
    Ok(())
}
