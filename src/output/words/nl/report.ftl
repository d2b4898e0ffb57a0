report-title = Netwerkanalyse: bevindingen
report-lead = { $cases ->
    [one] 1 dossier
   *[other] { $cases } dossiers
}, { $people ->
    [one] 1 persoon
   *[other] { $people } personen
}, { $links ->
    [one] 1 verband
   *[other] { $links } verbanden
}, { $ads ->
    [one] 1 advertentie
   *[other] { $ads } advertenties
}; { $dates }.
report-made = Gegevens tot en met: { $until }. Gemaakt met kluwen { $version }, startwaarde { $seed }.
report-questions = Het rapport stelt vier vragen: wie herhaaldelijk ronselt, via welke kanalen slachtoffers worden bereikt en aangeboden, hoeveel tijd er zit tussen eerste contact en uitbuiting, en wie bij elkaar horen.
report-contents = Inhoud
handling-short = Vertrouwelijk: persoonsgegevens van slachtoffers en van mensen die nergens van verdacht zijn
handling = Persoonsgegevens van slachtoffers en van mensen die nergens van verdacht zijn. Een verband is wat een regel zegt; het is geen beschuldiging. Een plaats in een lijst is een reden om te kijken, nooit een reden om op te treden.

section-key = Belangrijkste bevindingen
section-map = De kaart
section-recruiters = Wie herhaaldelijk ronselt
section-protected = Slachtoffers
section-withheld = In geen enkele lijst
section-leads = Aanwijzingen: naar wie navraag nodig is
section-advertising = Waar slachtoffers werden aangeboden
section-recruitment = Waar slachtoffers werden geronseld
section-advertising-over-time = Advertenties door de tijd
section-recruitment-over-time = Ronselen door de tijd
section-adverts = Advertenties van één hand
section-windows = Termijn van eerste contact tot uitbuiting
section-motifs = Wat op wat volgt
section-study = Het onderzoek van 25 dossiers, hier nageteld
section-cells = Wie bij elkaar horen
section-basis = Waar dit op berust
section-card = Modelkaart
section-reading = Hoe dit rapport te lezen is
section-limits = Wat het niet betekent
section-repeat = Om het te herhalen

map-how-to-read = Vorm, kleur en tekst zeggen welke rol iemand had; een slachtoffer is wit getekend, staat onder een schuilnaam en krijgt nooit een rang. Een doorgetrokken lijn is een verband met een zekerheid van { $confirmed } of meer, een gestreepte is waarschijnlijk, een gestippelde berust op weinig.
map-caption = De kaart: wie met wie verbonden is, volgens de regels van de dossiers.
map-interactive = In map.html staat dezelfde kaart, om in te zoeken, te filteren en door de tijd te volgen.
map-elsewhere = De kaart staat in map.svg, naast dit rapport.

recruiters-caption = De herhaalkans is de kans op herhaald ronselen: dat iemand in twee of meer losse episodes slachtoffers in uitbuiting bracht. Het ranginterval bevat de rang in negen van de tien keer als steeds opnieuw wordt geloot of regels waar zijn, of mensen één persoon zijn of twee, en wie welk slachtoffer ronselde, zo waarschijnlijk als de dossiers het maken.
recruiters-innocents = { $likely ->
    [one] 1 van hen heeft
   *[other] { $likely } van hen hebben
} een herhaalkans van 50% of meer. Daarvan zijn er naar verwachting { $innocents } geen herhaalde ronselaar: de lijst zelf zegt niet wie.
recruiters-nobody = Niemand haalt een herhaalkans van { $least }. Dat is wat de regels laten zien, niet dat er niemand is.
recruiters-left-out = Niet in de lijst: { $count } onder { $least }; zie findings.json.
recruiters-without-episodes = De episodes van de andere { $count } staan in findings.json.
recruiter-lead = Nummers: { $ids }. Rollen: { $roles }. Verwacht: { $victims } slachtoffers in { $episodes } episodes.
caution = Let op: { $what }
episode = Episode { $number }
episode-about = { $dates }; dossiers { $cases }; slachtoffers { $victims }; { $likelihood } ({ $probability })
identity-why = Waarom { $ids } nummers één persoon zijn: { $together }
identity-how = De zwakste schakels eerst. Een gewicht van één bit verdubbelt de verhouding van kansen dat twee nummers één persoon zijn, −1 halveert haar; de kans vóór er iets is vergeleken telt als een van de gewichten.
identity-surer = { $count ->
    [one] 1 sterkere schakel staat
   *[other] { $count } sterkere schakels staan
} in findings.json.
protected-all = { $victims ->
    [one] 1 persoon is
   *[other] { $victims } personen zijn
} in ten minste één dossier slachtoffer. Zij krijgen nooit een rang en staan hier alleen onder een schuilnaam.
protected-recruiting = { $count ->
    [one] Van 1 van hen zeggen regels ook dat zij anderen ronselde.
   *[other] Van { $count } van hen zeggen regels ook dat zij anderen ronselden.
} Dat is vaak deel van de uitbuiting zelf: kijk wie er boven hen stond, en behandel hen op deze grond niet als dader.
withheld-why = Ook zij staan in geen enkele lijst, omdat zij waarschijnlijk dezelfde persoon zijn als iemand die slachtoffer is.
leads-what = Mensen van wie geen rol is vastgelegd en die verbanden hebben met geronselde slachtoffers. Dit is geen ranglijst van daders: het zegt wie de dossiers openlaten, de dichtstbijzijnde eerst.

channels-advertising = Kanalen waarop slachtoffers werden aangeboden.
channels-recruitment = Kanalen waarlangs het eerste contact met slachtoffers liep.
channels-posterior = De laatste kans is die dat het aandeel minderjarigen er meer dan { $above } keer zo groot is als over alle kanalen van dit gebruik.
few-victims = weinig slachtoffers
over-time-advertising = Per maand: geplaatste advertenties.
over-time-recruitment = Per maand: eerste contacten met slachtoffers.
over-time-dated = { $dated } hebben een maand, { $undated } niet.
over-time-small = { $count } staan op kanalen met te weinig om te tonen.
over-time-late = Wat niet gemeld of nog niet gevonden is, staat in geen enkele maand: de laatste maanden zijn altijd te laag.
over-time-more = { $count ->
    [one] Nog 1 kanaal staat
   *[other] Nog { $count } kanalen staan
} in findings.json.
closures = Na een sluiting
closures-what = Kanalen die gesloten werden, of terugvielen tot een vijfde of minder, en waar hun gebruikers daarna gezien zijn. In dezelfde maanden gebeuren ook andere dingen: wat erop volgt, hoeft er niet uit te volgen. Het verplaatsingsquotiënt (Bowers en Johnson) is onder 0 als kanalen van dezelfde soort wonnen wat dit kanaal verloor.
by-the-counts = volgens de aantallen
adverts-what = Van { $ads } advertenties staan er { $grouped } in { $hands } groepen die door één hand lijken te worden gestuurd, gezien gelijkende teksten en gedeelde telefoons, gebruikersnamen, betalers, beelden of slachtoffers. Dat is sturing en meer niet: bureaus, en mensen die uit vrije wil samenwerken, doen dat ook.
adverts-shown = De groepen met de meeste bekende slachtoffers; in het sjabloon wordt [] elke keer anders ingevuld en kan [*] een naam zijn:

windows-what = { $victims ->
    [one] 1 slachtoffer heeft
   *[other] { $victims } slachtoffers hebben
} een gedateerd eerste contact; van { $events } van hen is ook de uitbuiting gedateerd, van { $exact } allebei op de dag. { $undated } zijn weggelaten omdat een datum ontbreekt.
windows-caption = Aandeel slachtoffers dat op elke dag al werd uitgebuit ({ $method }), met het 95%-interval als band. Wie geen latere datum van uitbuiting heeft, telt mee zolang zij in beeld was.
windows-by = Naar { $by }
reach = Het bereik van preventie
reach-what = Van hoeveel slachtoffers er zoveel dagen vóór de uitbuiting al iets bekend was. Het zegt wie op tijd bereikt had kunnen worden, en niet hoe goed het signaal waarschuwt: wie het had en nooit werd uitgebuit, staat niet in de dossiers.
after = Contact na de uitbuiting
after-what = Van { $exploited } uitgebuite slachtoffers is bekend dat er na afloop contact is gezocht met { $contacted }: { $share } (95%: { $interval }).
after-stopped = Van { $dated } zijn het einde van de uitbuiting en een contact gedateerd; bij { $stopped } van hen was het opgehouden, bij de helft binnen: { $median }. Het geldt als opgehouden als het dossier 90 dagen doorloopt en geen ander contact noemt.
after-caption = { $title }, vanaf het einde van de uitbuiting.
motifs-what = Opeenvolgingen van handelingen waaraan deze handel te herkennen is. Datums zijn intervallen: een geval telt als er dagen te kiezen zijn waarbij het klopt, en is zeker als het bij elke keuze klopt. Naast het aantal staat hoeveel het er gemiddeld zijn als handelingen van één soort van datum ruilen, en de kans op dat aantal of meer; bij een grote kans zegt de volgorde van datums niets meer dan de handelingen zelf, en een kleine is te verwachten bij handelingen in één dossier, die hoe dan ook dicht bij elkaar liggen.
motif-row = { $name }: { $what }. { $count } mogelijk, { $certain } zeker; bij toeval { $expected }, p { $p }; { $undated } handelingen zonder datum weggelaten.
more-in-findings = { $count ->
    [one] Nog 1 staat
   *[other] Nog { $count } staan
} in findings.json.

study-what = Wat het Nederlandse onderzoek naar 'loverboys' (CKM, 2021) in 25 dossiers vond, naast hetzelfde in deze dossiers. Het interval zegt hoe ver toeval alleen een aandeel kan verschuiven (95%, Wilson); de laatste kolom van hoeveel het überhaupt is vastgelegd. Dossiers die werden geopend en bewaard zijn geen steekproef van wat er gebeurt.
cells-what = Groepen met meer banden onderling dan met anderen, door verbanden en door gedeelde telefoons, gebruikersnamen en rekeningen, zonder mensen die er beroepshalve zijn. Zo'n groep is geen bende. De stevigheid is hoe vaak twee leden van een groep samenvallen, over alle indelingen.
cells-loose = { $count ->
    [one] Nog 1 hangt te los samen (onder 70%) om een groep te heten, en is niet getoond.
   *[other] Nog { $count } hangen te los samen (onder 70%) om groepen te heten, en zijn niet getoond.
}
cells-by-year = Groepen, jaar voor jaar
cells-by-year-what = Elk jaar is apart ingedeeld en heeft eigen nummers; groepen die de helft van de kleinste delen, zijn er één. Groepen die doorgaan zijn niet getoond; alle staan in findings.json.
basis-rows = { $read } regels gelezen = { $used } gebruikt + { $refused } geweigerd.
basis-victims = Van de personen { $victims ->
    [one] is er 1
   *[other] zijn er { $victims }
} slachtoffer in ten minste één dossier.
basis-ids = { $ids } nummers zijn gelezen als deze personen.

card-evidence = Wat regels waard zijn, geschat uit deze zaak bovenop wat vooraf was aangenomen, uit { $pairs ->
    [one] 1 paar
   *[other] { $pairs } paren
} van een dader en een slachtoffer. Van zulke paren is { $recruiting } een ronseling.
card-fails = Waarin het model aantoonbaar tekortschiet:
card-not-read = Geen enkele score leest iemands geslacht, leeftijd, afkomst, nationaliteit of geloof, en ook geen kolom die het formaat niet kent. Geboortedatums helpen vast te stellen wie wie is, en meer niet; leeftijden zijn geteld per kanaal, in de termijnen en in de cijfers van het onderzoek, en in geen ranglijst van personen.
reading-codes = Mensen staan onder codes: E12 is een persoon, V9 een slachtoffer. Tussen haakjes staan de nummers uit de dossiers. De namen erachter blijven in de dossiers.
reading-recurrence = De herhaalkans weegt elke regel naar zijn zekerheid (de beoordeling) en naar hoeveel vaker zo'n regel voorkomt bij wie een slachtoffer ronselde dan bij anderen. Regels uit één bron tellen minder dan regels uit meer bronnen.
reading-rows = Elke regel is genoemd naar bestand en regelnummer, zoals links.csv:88. Open en lees de regel voordat erop gebouwd wordt.
reading-words = Woorden voor kansen betekenen overal hetzelfde:
limit-link = Een verband is geen beschuldiging.
limit-link-why = Het is wat een regel zegt. Een chauffeur, een hulpverlener en een zus hebben ook verbanden.
limit-detected = Gezien is niet hetzelfde als voorkomend.
limit-detected-why = De dossiers bevatten wat gemeld en onderzocht is. Een kanaal waar meer op gelet wordt, laat meer zien.
limit-small = Kleine aantallen schommelen.
limit-small-why = Bij een handvol slachtoffers verandert één dossier meer een aandeel of een rang: lees het interval, niet het getal.
limit-base-rates = Herhaalde ronselaars zijn zeldzaam.
limit-base-rates-why = Ook een zorgvuldige lijst bevat mensen die het niet zijn: van de { $likely } met een herhaalkans van 50% of meer zijn er naar verwachting { $innocents } geen herhaalde ronselaar.
limit-central = Centraal is niet schuldig.
limit-central-why = Wie midden op de kaart staat, is met velen verbonden, en meer niet.
limit-victims = Slachtoffers krijgen nooit een rang,
limit-victims-why = wat de regels ook over hen zeggen.
limit-codes = Codes zijn schuilnamen,
limit-codes-why = geen anonimiteit: wie de dossiers heeft, weet om wie het gaat.
limit-unlisted = Niet in een lijst staan betekent niets.
limit-unlisted-why = Wat niet in de dossiers staat, is er niet in te vinden.
repeat = kluwen { $version }, startwaarde { $seed }. Dezelfde bestanden, instellingen en versie geven op elke machine dezelfde bytes. manifest.json naast dit rapport noemt elk bestand dat erin ging en eruit kwam, met zijn SHA-256, en elke instelling.
