//! How do I draw the surroundings of one person?

use kluwen::Case;
use kluwen::finding::Picture;
use kluwen::graph::Network;
use kluwen::identity::Entities;
use kluwen::output::Dot;

fn main() -> kluwen::Result<()> {
    let case = Case::open("graphs/study25")?;
    let entities = Entities::as_given(&case);
    let network = Network::new(&case, &entities);

    let person = case.symbol("p29").and_then(|id| entities.of(&case, id));
    let picture = Picture { around: person.into_iter().collect(), ..Picture::default() };
    let map = picture.draw(&network, &[], &[]);
    print!("{}", Dot::default().text(&map, None));
    Ok(())
}
