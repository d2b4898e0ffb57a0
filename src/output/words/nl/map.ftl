map-title = Netwerkkaart: { $people } van { $all } personen
map-title-cases = { $people ->
    [one] 1 persoon
   *[other] { $people } personen
} en { $files ->
    [one] 1 dossier
   *[other] { $files } dossiers
}
map-shown = { $people } van { $all } personen getoond · { $ties ->
    [one] 1 band
   *[other] { $ties } banden
}
map-until = Gegevens tot en met { $day }
map-made = kluwen { $version } · startwaarde { $seed } · { $files ->
    [one] 1 bestand
   *[other] { $files } bestanden
}, SHA-256 { $sum }
map-left-out = Weggelaten: { $people ->
    [one] 1 persoon
   *[other] { $people } personen
} en { $ties ->
    [one] 1 band
   *[other] { $ties } banden
}; { $shown }.
map-shown-ranked = getoond zijn wie in de ranglijst staan, hun slachtoffers, en wie het meest met hen verbonden is
map-shown-around = getoond zijn de gevraagde personen en wie met hen verbonden is
map-shown-in-most-cases = getoond zijn wie in de meeste dossiers staan, of dicht bij de gevraagde personen
map-within = Alleen verbanden die binnen { $when } kunnen vallen.
map-no-accusation = Een band is wat een regel zegt; het is geen beschuldiging. Slachtoffers dragen een schuilnaam.
map-no-tie = Samen in een dossier staan is geen band tussen twee personen, en geen beschuldiging. Slachtoffers dragen een schuilnaam.
map-size = Grootte: { $measure } onder wie getoond is. Hoog is niet schuldig.
map-groups = Vakken en kleuren: groepen volgens { $method }; een andere methode kan anders indelen; grijs: een kleine, of geen. Een groep is geen bende.
map-revealed = Namen staan er omdat: { $why }
map-community = Groep { $community } · { $members } getoond
map-legend = Legenda
map-rank = rang { $rank } · { $recurrence }
map-rank-full = rang { $rank } onder herhaalde ronselaars, { $recurrence }
map-certainty = { $kind }, zekerheid { $certainty }

part-recruiter = ronselaar
part-offender = dader
part-facilitator = facilitator
part-victim = slachtoffer
part-client = klant
part-professional = professional
part-bystander = omstander
part-unknown = onbekend
part-case-file = dossier
part-channel = kanaal
part-place = plaats
part-identifier = kenmerk

tie-recruiting = contact, inpalmen, ronselen
tie-exploiting = uitbuiten, beheersen
tie-serving = vervoer, onderdak
tie-buying = betalen, kopen
tie-accomplice = medeplichtigen
tie-private = familie, vrienden, partners
tie-contact = ander contact
tie-role = rol in een dossier
tie-use = gebruik van een kanaal, plaats of nummer

sure-confirmed = zekerheid van 0,8 en meer
sure-probable = zekerheid van 0,5 tot 0,8
sure-unconfirmed = zekerheid onder 0,5

role-recruiter = ronselaar
role-groomer = inpalmer
role-exploiter = uitbuiter
role-advertiser = adverteerder
role-controller = bewaker
role-driver = chauffeur
role-host = huisbaas
role-money_handler = geldbeheerder
role-identity_provider = identiteitsverschaffer
role-broker = tussenpersoon
role-client = klant
role-victim = slachtoffer
role-coerced_participant = gedwongen deelnemer
role-family = familie
role-witness = getuige
role-reporter = melder
role-professional = professional
role-offender = dader
role-other = anders
role-unknown = onbekend

link-first_contact = eerste contact
link-groomed = palmde in
link-recruited = ronselde
link-introduced = stelde voor
link-handed_over = droeg over
link-exploited = buitte uit
link-controlled = beheerste
link-advertised = adverteerde
link-transported = vervoerde
link-housed = gaf onderdak
link-paid = betaalde
link-client_of = klant van
link-booked = boekte
link-contact = contact
link-kin = familie
link-partner = partner
link-friend = vriend
link-co_resident = huisgenoot
link-professional_contact = beroepsmatig contact
link-contact_after = contact achteraf
link-accomplice = medeplichtige
link-other = anders
use-advertising = daar aangeboden
use-recruitment = daar eerste contact
tie-kind-place = was daar
tie-kind-identifier = gebruikte het
above-clearance = { $rows ->
    [one] Eén regel boven de machtiging is weggelaten.
   *[other] { $rows } regels boven de machtiging zijn weggelaten.
}
