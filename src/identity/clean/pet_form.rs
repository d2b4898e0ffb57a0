//! Given names with their pet forms, and with spellings that no rule of sound brings together.

use std::sync::LazyLock;

use super::packed::Letters;
use super::root::{Reading, root};

/// One line a given name: its usual spellings and pet forms. A pet form of two names stands in both
/// lines, and makes neither the other.
///
/// Source: common knowledge of the cultures that meet in the files: Dutch, English, Turkish, Arabic and Berber, Slavic,
/// Romanian, Hungarian. Short on purpose: a pair that is missing is still found by other fields.
const LINES: &[&str] = &[
    // Dutch and English
    "johannes jan johan hans jo joop hannes john johnny janos jancsi",
    "willem wim wil pim bill billy william will",
    "cornelis cornelius cees kees cor",
    "hendrik henk rik hein hendrikus henry harry heinrich",
    "pieter piet peter pit petrus piotr pyotr petya petr petru petar",
    "jacobus koos jaap jacob jakob cobus",
    "antonius ton toon anton antoine anthony tony teun antal toni",
    "gerardus gerard gerrit gert ger",
    "theodorus theo dorus",
    "nicolaas klaas nico niek nicolas nikolai kolya nikola nicolae nicu miklos",
    "maria mieke marie rie ria mia mary",
    "elisabeth els liesbeth lies bep betty elizabeth liz beth erzsebet bozsi",
    "catharina katrien trijn katja ina rina kate catherine kathy ekaterina katya katarzyna kasia catalina katalin kati",
    "margaretha greet griet margriet maggie margaret peggy malgorzata gosia margareta margit",
    "wilhelmina mien mina willemijn",
    "sebastiaan bas sebastian",
    "christiaan chris kris cristian cristi krisztian",
    "christina christine chris stien tina krisztina cristina",
    "alexander alex sander lex aleksandr xander alexandru sandu sandor sanyi sasha sacha",
    "alexandra alex sandra sasha aleksandra",
    "michiel michael mike mick chiel mikhail misha mihai mihaly misi mikael",
    "robert rob bob bobby robbie robi",
    "richard rick dick ricky",
    "thomas tom tommy tamas toma",
    "daniel dan danny daan dani",
    "david dave davy",
    "joseph jos jef joe jozef josef joey jozsef joska iosif",
    "steven stefan stephan stephen steve stef stepan istvan pista szczepan",
    "matthijs mathias thijs matt matthew matei mate matyas",
    "frans franciscus francis frank franz ferenc feri francisc",
    "edward ed eddie ted eduard",
    "jennifer jen jenny",
    "jessica jess jessie",
    "james jim jimmy jamie",
    "charles charlie karel karl karoly",
    "samuel sam sammy",
    "samantha sam sammy",
    "benjamin ben benny",
    "andrew andy andreas andrei andre andras andrzej andries dries andriy",
    "natalia nathalie nat natasha nata",
    "rebecca becky bekky",
    "victoria vicky vika viki",
    "susanna sue susan suus zsuzsanna zsuzsa",
    "anna annie anita anya anca ania",
    // Turkish, Arabic and Berber
    "mohammed muhammad mohamad muhamed mehmet mehmed memo memet mamadou mohand moh mo simo hamou",
    "ahmed ahmet achmet ahmad hmad hmed",
    "mahmoud mahmut mahmud mahmood",
    "ibrahim ibo brahim",
    "huseyin huso husayn hossein houssine",
    "hasan hassan haso",
    "mustafa mustapha musti mus",
    "suleyman sulo soliman suleiman sulayman",
    "fatma fatima fatos fadime fatoumata fati",
    "ayse aisha aicha aysha aichatou",
    "khadija hatice hadice khadidja hatidza",
    "zeynep zainab zineb zaynab",
    "davut daoud dawud",
    "osman othman uthman",
    "omar omer umar",
    "abdurrahman abderrahman abdelrahman apo appie abdou",
    "abdullah abdallah abdulla apo appie abdou",
    "abdelkader abdulkadir kader appie abdel",
    "abdelaziz abdulaziz aziz appie abdel",
    "yusuf youssef yousef",
    "cemal jamal djamel",
    "selim salim slimane",
    "recep rajab",
    "ramazan ramadan",
    "rashid rachid rasheed rasit",
    "sharif cherif serif",
    "noor nur nour",
    "layla leila leyla",
    "noureddine nordin nurettin nordine",
    "redouan ridwan ridvan redwan",
    "sofian soufiane sufyan",
    "hisham hicham hisam",
    "muhsin mohcine mohsin",
    "bashir bachir besir",
    "meryem mariam maryam miriam mirjam",
    // Slavic
    "ivan vanya vania",
    "dmitri dima mitya dmytro dumitru dimitar",
    "sergei seryozha serhiy serge",
    "vladimir vova volodya vlad volodymyr wlodek",
    "aleksei alyosha lyosha oleksiy alexey",
    "yevgeni zhenya evgeny yevhen jenya",
    "pavel pasha paul pavlo pal",
    "nadezhda nadia nadya",
    "olga olya olha",
    "tatiana tanya tatyana",
    "svetlana sveta svitlana lana",
    "ludmila lyuda mila",
    "elena lena yelena olena ilona ileana lenuta ilonka",
    "irina ira iryna irka",
    "oksana ksenia xenia ksyusha",
    "grigori grisha gregor grzegorz greg gregory",
    "wojciech wojtek",
    "stanislav stas staszek",
    "agnieszka aga agnes",
    "boris borya",
    // Romanian and Hungarian
    "gheorghe gigi george ghita gyorgy gyuri georg jorge",
    "constantin costel costi kostya konstantin",
    "ioan ion ionel ionut nelu",
    "vasile vasili vasya vasyl",
    "florin florian florinel",
    "andreea andrea deea",
    "gabriel gabi gabor",
    "gabriela gabi",
    "laszlo laci ladislav",
    "zoltan zoli",
    "tibor tibi",
    "eva evi ewa evike",
    "attila ati",
];

/// In how many lines one word may stand.
pub(super) const MOST_LINES: usize = 4;

/// The lines that each root stands in, by the root's hash.
static LINES_OF: LazyLock<Vec<(u64, u8)>> = LazyLock::new(|| {
    let mut lines = Vec::new();
    for (number, line) in (1_u8..).zip(LINES) {
        for word in line.split(' ') {
            lines.push((root(word.as_bytes(), Reading::Soft).hash(), number));
        }
    }
    lines.sort_unstable();
    lines.dedup();
    lines
});

/// The lines in which the name of this root (read softly) stands, from 1; 0 where there are no more.
pub(super) fn lines_of(root: &Letters) -> [u8; MOST_LINES] {
    let hash = root.hash();
    let first = LINES_OF.partition_point(|&(other, _)| other < hash);
    let own = LINES_OF[first..].iter().take_while(|&&(other, _)| other == hash);
    let mut numbers = [0; MOST_LINES];
    for (place, &(_, number)) in numbers.iter_mut().zip(own) {
        *place = number;
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_plain_and_fits() {
        assert!(LINES.len() < usize::from(u8::MAX));
        for line in LINES {
            assert!(line.split(' ').count() > 1, "{line}");
            assert!(line.split(' ').all(|word| Letters::of(word).as_str() == word), "{line}");
        }
    }

    #[test]
    fn no_name_stands_in_more_lines_than_a_token_holds() {
        for run in LINES_OF.chunk_by(|a, b| a.0 == b.0) {
            assert!(run.len() <= MOST_LINES, "{run:?}");
        }
    }
}
