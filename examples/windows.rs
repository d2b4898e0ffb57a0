//! How long is the window for prevention?

use kluwen::Case;
use kluwen::finding::Grooming;
use kluwen::identity::Entities;

fn main() -> kluwen::Result<()> {
    let case = Case::open("graphs/study25")?;
    let entities = Entities::as_given(&case);
    let windows = Grooming::default().find(&case, &entities);

    println!("{} victims with a dated first contact", windows.victims);
    if let (Some(share), Some([low, high])) =
        (windows.within_7_days, windows.within_7_days_interval)
    {
        println!("exploited within a week: {share:.2} ({low:.2} to {high:.2})");
    }
    Ok(())
}
