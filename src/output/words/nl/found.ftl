between = { $low } tot { $high }
span-both = { $from } t/m { $to }
span-from = vanaf { $from }
span-until = tot en met { $to }
and-more = en nog { $count }
count-of = { $count } van { $all }
count-of-perhaps = { $count } van { $all }, en misschien nog { $may }
estimated-from = geschat uit { $all }
too-few = te weinig om iets te zeggen
one-day = 1 dag
days = { $days } dagen
days-or-more = { $days } dagen of meer
days-or-less = { $days } dagen of minder
fewer-than = minder dan { $count }
about = ongeveer { $count }
less-than-a-thousandth = minder dan 0,1%
percent-or-more = { $least }% en meer
percent-or-less = { $most }% en minder

likelihood-almost-certain = vrijwel zeker
likelihood-highly-likely = zeer waarschijnlijk
likelihood-likely = waarschijnlijk
likelihood-realistic = goed mogelijk
likelihood-unlikely = onwaarschijnlijk
likelihood-highly-unlikely = zeer onwaarschijnlijk
likelihood-remote = een zeer kleine kans

headline-nobody = Niemand heeft met een kans van 50% of meer in twee of meer losse episodes slachtoffers geronseld. Dat is wat de regels laten zien, niet dat er niemand is.
headline-recruiters = { $people ->
    [one] 1 persoon heeft
   *[other] { $people } personen hebben
} met een kans van 50% of meer in twee of meer losse episodes slachtoffers geronseld. Bovenaan staat { $first }: { $chance }, met naar verwachting { $victims } slachtoffers. Van deze { $people } zijn er naar verwachting { $innocents } geen herhaalde ronselaar.
headline-victims = { $victims ->
    [one] 1 persoon is in een dossier slachtoffer, en staat
   *[other] { $victims } personen zijn in een dossier slachtoffer, en staan
} daarom in geen ranglijst.
headline-victims-recruiting = Regels zeggen ook van { $victims ->
    [one] 1 slachtoffer dat zij anderen ronselde
   *[other] { $victims } slachtoffers dat zij anderen ronselden
}: kijk wie er boven hen stond.
headline-advertised = Van de { $known } slachtoffers van bekende leeftijd die via { $channel } werden aangeboden, waren er { $minors } minderjarig.
headline-contacted = Van de { $known } slachtoffers van bekende leeftijd met wie het eerste contact via { $channel } liep, waren er { $minors } minderjarig.
headline-more = Het is { $chance } dat hun aandeel daar meer dan { $above } keer zo groot is als gebruikelijk.
headline-more-than = Het is { $chance } dat hun aandeel daar meer dan { $above } keer zo groot is als de gebruikelijke { $usual }.
headline-few = Weinig slachtoffers: lees het interval.
headline-windows = Van { $victims } slachtoffers met een gedateerd eerste contact werd de helft binnen { $days } dagen daarna uitgebuit (95%-interval: { $interval }).
headline-groups = { $groups ->
    [one] 1 groep mensen
   *[other] { $groups } groepen mensen
} met meer banden onderling dan met anderen, waarvan { $firm } stevig; de grootste telt { $people } personen. Zo'n groep is geen bende.

beside-active = Actief in de laatste 24 maanden van de gegevens: { $chance }.
beside-rate = Slachtoffers per dossier, over { $cases } dossiers: { $mean } (95%: ten minste { $lower }).
beside-ties = Banden zoals een ronselaar die heeft: { $recruiting } van { $ties }; wie iedereen met zo veel daarvan noemt, noemt in { $rate } van de gevallen iemand bij wie het toeval is.
beside-strict = Met strengere lezing van de beoordelingen: { $recurrence }, rang { $rank }.
beside-lenient = Met mildere lezing van de beoordelingen: { $recurrence }, rang { $rank }.
beside-without-case = Zonder dossier { $case }: { $recurrence }, rang { $rank }.
beside-without-source = Zonder de bron die het meest uitmaakt: { $recurrence }, rang { $rank }.
beside-by-gap = Als ronselen met een maand of minder ertussen één episode is, in welk dossier ook: { $recurrence }.
beside-decisive = Onder 50% zonder { $rows }.
beside-raised-in = Het zou { $recurrence } zijn met een regel uit een andere bron dat deze persoon { $victim } ronselde, in { $case }.
beside-raised = Het zou { $recurrence } zijn met een regel uit een andere bron dat deze persoon { $victim } ronselde, buiten een dossier.

caution-may-be-protected = mogelijk dezelfde persoon als iemand die in een dossier slachtoffer is ({ $chance }): dan is dit geen dader die een rang hoort te krijgen
caution-professional = beroepshalve aanwezig in een dossier dat hier meetelt
caution-client = klant in een dossier dat hier meetelt
caution-bystander = familie, getuige of melder in een dossier dat hier meetelt
caution-acquitted = vrijgesproken in { $case }; de regels daarvan tellen niet mee
caution-one-source = alles komt uit één bron
caution-near-in-time = de dossiers liggen binnen een maand van elkaar: één episode, als dat zo hoort te tellen
role-in-cases = { $role } in { $cases ->
    [one] 1 dossier
   *[other] { $cases } dossiers
}
no-role = geen vastgelegd
merge-decided = { $left } en { $right }: een mens heeft zo beslist.
merge-weighed = { $left } en { $right }: { $chance }; { $weights }.
protected-nobody-above = niemand vastgelegd: vraag wie

window-half = De helft uitgebuit binnen
window-week = Uitgebuit binnen 7 dagen
window-month = Uitgebuit binnen 30 dagen
window-difference = Als er geen verschil was, zou toeval er met een kans van { $chance } een even groot verschil van maken ({ $test }).
window-difference-rare = Als er geen verschil was, zou toeval er in minder dan één op de duizend keer een even groot verschil van maken ({ $test }).
window-too-few-to-compare = Te weinig om te vergelijken.
plot-all = allen
plot-windows = Aandeel slachtoffers dat op elke dag na het eerste contact al werd uitgebuit
plot-windows-about = Een lijn die in treden klimt, met het 95%-interval als band; de cijfers staan in de tabel erboven.
plot-since-contact = dagen sinds het eerste contact
plot-by = Aandeel slachtoffers dat op elke dag al werd uitgebuit, naar { $by }
plot-by-about = Een lijn voor elke groep van vijf slachtoffers of meer; de cijfers staan in de tabel erboven.
plot-after = Aandeel van wie achteraf benaderd werd bij wie dat op elke dag was opgehouden
plot-after-about = Een lijn die in treden klimt, met het 95%-interval als band.
plot-since-end = dagen sinds het einde van de uitbuiting
plot-months = { $channel }: aantallen per maand
plot-months-about = Een trap van de aantallen per maand; gestreept het niveau tussen veranderingen; gestippeld een sluiting.
plot-months-caption = { $title }; gestreept het niveau tussen veranderingen; gestippeld een sluiting.

series-trend = Van jaar op jaar: maal { $yearly } (95%: { $low } tot { $high }).
series-season = Een seizoen: in { $month } { $peak } keer het jaargemiddelde.
series-no-marked-season = Geen duidelijk seizoen: toeval maakt er even veel van met een kans van { $chance }.
series-no-season = Over seizoen of trend is niets te zeggen: { $why }.
series-change = Een nieuw niveau vanaf { $month }: { $after } per maand, daarvoor { $before }.
closure-counts = { $before } en { $after } in { $months } maanden
closure-drift = { $bits } bits ({ $interval }); bij toeval { $chance }
closure-moved = { $moved } van { $hands }: { $share } ({ $interval })
adverts-cut = Van { $texts } teksten zijn alleen de eerste { $words } woorden vergeleken.
adverts-common = { $what }: { $values } staan in zoveel advertenties die verder niets gemeen hebben, dat ze niets zeggen.

cells-basis = { $seeds } keer ingedeeld met elk van: { $methods }. De indelingen stemmen met de groepen overeen met een gecorrigeerde Rand-index van { $agreement }.
cells-collapsed = Ingestort: { $method } liet het grootste samenhangende deel van { $people } personen { $count } van de { $seeds } keer heel, en zegt niets over wie daar bij elkaar horen.
cells-chance = De modulariteit is { $modularity }; { $expected } als banden worden verwisseld en iedereen er evenveel houdt ({ $draws } keer, p { $p }).
cells-by-chance = De groepen steken dus niet af bij het toeval.
cells-no-chance = Of de groepen afsteken bij het toeval is niet uitgerekend: er zijn te veel banden.
cells-hubs = { $hubs ->
    [one] 1 telefoon, gebruikersnaam of rekening verbindt
   *[other] { $hubs } telefoons, gebruikersnamen of rekeningen verbinden
} hier niemand, omdat te velen ze delen.
divider-modularity = modulariteit bij { $resolution }
divider-density = CPM bij { $times } × dichtheid
divider-flow = kaartvergelijking
underpowered = te weinig gevallen
sure-certain = zeker
sure-possible = mogelijk

card-coverage = { $cases } dossiers, { $sources } bronnen genoemd bij rollen en verbanden; van deze regels noemt { $sourced } een bron en heeft { $graded } een beoordeling, en hun gemiddelde zekerheid is { $certainty }.
card-table = { $table }: { $rows } regels; niet vastgelegd: { $missing }.
card-missing = { $column } in { $share }
card-error = Fouten op verzonnen zaken waarvan de waarheid bekend is: op { $cases } verzonnen zaken van { $victims } slachtoffers per niveau was, van wie met { $listed } of meer in de lijst stond, { $announced } (gewoon niveau) en { $announced-hard } (moeilijk) aangekondigd als fout, en { $observed } en { $observed-hard } was dat ook: meestal twee mensen die voor één zijn aangezien. Reken op hooguit de helft meer onschuldigen dan aangekondigd. Gevonden werd { $found } en { $found-hard } van wie te vinden was.
failure-who-is-who = Wie wie is: twee mensen die voor één worden aangezien maken een herhaalde ronselaar van twee die elk één keer ronselden, en één die voor twee wordt aangezien verbergt er een.
failure-unwritten = Wat niemand opschreef: een ronselaar die in geen regel zo heet wordt niet gevonden, wat hij ook deed.
failure-several = Meerderen die samen één slachtoffer ronselen verzwakken elkaar, omdat één ronselaar per slachtoffer de regel is.
failure-agreeing-errors = Fouten die elkaar bevestigen: twee regels die onder twee bronnen uit één verklaring zijn overgenomen tellen als twee.
failure-own-rates = Hoe vaak regels fout zijn is uit de zaak zelf geschat; in een kleine zaak is dat vooral wat vooraf was aangenomen.
failure-watched = Dossiers zijn de wereld niet: over wie meer in de gaten wordt gehouden, wordt meer opgeschreven, en die krijgt daardoor een hogere rang.
failure-unknown-victims = Slachtoffers die nergens als slachtoffer zijn vastgelegd, zijn niet beschermd.
