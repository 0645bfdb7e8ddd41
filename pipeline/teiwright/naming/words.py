"""Words that decide whether a capitalised word can belong to a name.

They are facts of English as such texts print it, not of any one document.
"""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """Words as a set; a list is easier to read and to add to without quotation marks."""
    return frozenset(words.split())


DEMONYMS = word_set(
    """
    Afghan Albanian Allied American Anglo Arab Arabian Argentine Asian Asiatic Australian Austrian Belgian
    Bolivian Brazilian British Bulgarian Burmese Cambodian Canadian Chilean Chinese Colombian Cuban Czech
    Czechoslovak Danish Dominican Dutch Ecuadoran Ecuadorian Egyptian English Estonian Ethiopian European
    Filipino Finnish French Georgian German Greek Guatemalan Haitian Honduran Hungarian Icelandic Indian
    Indonesian Iranian Iraqi Irish Israeli Italian Jap Japanese Jewish Jordanian Jugoslav Korean Kurdish Laotian
    Latvian Lebanese Liberian Libyan Lithuanian Manchurian Mexican Mongol Mongolian Moroccan Moslem
    Nicaraguan Norwegian Ottoman Pakistani Panaman Panamanian Paraguayan Persian Peruvian Philippine Polish
    Portuguese Prussian Rumanian Romanian Russian Salvadoran Saudi Scandinavian Scottish Serbian Siamese
    Siberian Slovak Soviet Soviets Spanish Swedish Swiss Syrian Thai Tibetan Tunisian Turkish Ukrainian
    Uruguayan Venezuelan Vietnamese Welsh Yugoslav
    """
)
"""Adjectives of peoples and states: never a name, and never part of one."""

PARTIES = word_set(
    """
    Baathist Baathists Bolshevik Bolsheviki Bolsheviks Carlists Chartists Comintern Communist Communists Conservatives
    Democrat Democrats Fabians Falange Falangists Fascist Fascists Fatah Fenians Fianna Gaullists Guomindang Huks
    Jacobites Komsomol Kuomintang Labour Labourites Leninists Liberals Maoists Marxists Menshevik Mensheviki Mensheviks
    Monarchists Narodniki Nationalists Nazi Nazis Orangemen Peronists Phalangists Politburo Populists Provos Radicals
    Republicans Royalists Sandinistas Socialist Socialists Spartacists Stalinists Syndicalists Tories Tory Trotskyists
    Trotskyites Tupamaros Unionists Ustashi Vietcong Vietminh Whig Whigs Zionist Zionists
    """
)
"""Parties by a single word, and those who belong to them: no persons and no places."""

CALENDAR = word_set(
    """
    January February March April May June July August September October November December Jan Feb Mar Apr Jun
    Jul Aug Sept Sep Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    """
)

OFFICES = word_set(
    """
    Administrator Adviser Advisor Agent Ambassador Assistant Attache Attaché Chairman Chancellor Charge
    Chargé Chief Commissar Commissioner Comptroller Consul Coordinator Counsel Counsellor Counselor
    Delegate Delegation Deputy Director Embassy Envoy Governor Head Inspector Legation Mayor Member
    Minister Officer Premier President Representative Secretary Solicitor Speaker Superintendent Surgeon
    Treasurer Undersecretary
    """
)
"""Words of offices: what stands beside a name, not in it."""

RANKS = word_set("General Colonel Major Captain Lieutenant Commander Commodore Admiral Marshal Brigadier Sergeant")

BODIES = word_set(
    """
    Administration Advisory Affairs Agency Agreement Air Alliance Armed Armistice Army Article Assembly
    Assistance Association Authority Bank Board Branch Brigade Bureau Cabinet Central Commerce Commission
    Committee Company Conference Congress Constitution Convention Conversation Corporation Corps Council
    Court Declaration Defense Delegations Department Despatch Dispatch Division Document Draft Economic
    Editorial Embassies Enclosure Estimate Executive Federation Fleet Force Forces Foreign Forum Fund
    Government Governments Group Headquarters Holders House Inclosure Institute Instruction Intelligence
    Interests International Joint Joint-Chiefs Justice Kingdom Labor Law League Letter Marines Meeting
    Memorandum Message Military Minutes Mission Missions National Naval Nations Navy Note Notes Office
    Offices Operations Order Organization Pact Paper Parliament Party Peace Planning Police Policy Political
    Post Powers Press Project Protocol Public Railroad Railway Record Regulations Relations Report Reserve
    Resolution Section Security Senate Service Session Soviet Special Staff Staffs State States Statement
    Study Subject Summary Supreme Telegram Translation Treasury Treaty Tribunal Union United University War
    Annex Appendix Archives Catholics Chapter Christians Circular Communists Conclusions Conversations
    Correspondence Empire Exhibit Extraordinary Files Library Lines Memoranda Nationalists Ocean Papers Part
    Plan Plenipotentiary Point Province Receiver Recommendations Republic Resident Schedule Sea Tab Telephone
    Stations Station Posts Volume Zone
    """
)
"""Words of bodies and papers: a sequence that holds one is no person."""

FUNCTION_WORDS = word_set(
    """
    A After Against All Also Although Among An And Any Apparently Are As At Because Before Between Both
    But By Can Certain Concerning Copy Dear Did Does During Each Either Even For From Further Had Has Have
    He Her Considering Here His How However I If In Into Is It Its Last Later Less Like May More Most My
    Neither New No Nor Not Of On Or Other Our Out Over Possibly Re Referring Regarding Replying Said See
    She Should Since So Some Such Summarizing That The Their Then There Therefore These They This Those
    Though Through Thus To Under Until Upon Was We Were What When Where Whether Which While Who Whom Why
    Will With Would Yes Yet You Your Ambassadors Ministers Sir Sirs Gentlemen Excellency Majesty Highness
    Honor Honorable Confidential Secret Urgent Personal Continued Telegrams Enclosed Translated Revised
    Provisional Extract Excerpt Extracts Excerpts Paraphrase Received Signed Sincerely Respectfully Yours
    Faithfully Truly Very Undated First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth TO OF
    THE AND IN FOR BY AT FROM WITH ON SUBJECT PARTICIPANTS SECRET TOP CONFIDENTIAL
    """
)

COMMON_WORDS = word_set(
    """
    ball bell berry best bird bishop black bond brown bush butler carpenter case chase church clay close cook
    crane cross day dean drew drum duke early fall field fish flood ford forest foster fox free frost gates
    gay gold good grant gray green grew grey grove hall hand hay head hill hope house hull hunt hunter judge
    justice key king knight knox lake lane law lay little long lord low major marks marsh marshal martin may
    mason miller mills moon moss noble north page park peace pearl pierce pike pool poor pope post potter
    power price prince rice rich rivers root rose rush sack sage sands savage seat sharp short shore singer
    small smith snow south speaker spring star steel stone strange street strong summers swift taylor temple
    thorn tower turner wade walker wall ward waters webb weeks wells west white wild wise wolf wood woods
    worth wright yager young
    """
)
"""Words that are surnames, too: alone they prove nothing."""

ORGANISATION_AFTER = word_set(
    """
    Army Armies Fleet Conference Treaty Treaties Pact Protocol Agreement Convention Declaration Times Herald
    Post Tribune Gazette News Press Review Telegraph Star Journal Chronicle Maru Bank Company Corporation
    Society University College Institute League Party Staff Ministry Ministries Incident Mandate Guardian Observer
    Examiner Courier Inquirer Enquirer Globe Mercury Zeitung
    """
)
"""Nouns that make a place's name part of an organisation's, a ship's, a paper's or an event's."""

GENERIC_AFTER = (
    "Province|Provinces|Peninsula|River|Strait|Straits|Island|Islands|Territory|Sea|Gulf|Bay|Bight|Valley|"
    "Mountains|Range|Desert|Basin|Plain|Plateau|Harbor|Harbour|Lake|Leased Territory|Archipelago|Coast|"
    "Canal Zone|Canal|Delta|Heights|Hills|Isthmus|Oasis|Pass|Strip|Trail|Corridor|Atoll|Demilitarized Zone"
)
"""Capitalised generic nouns that belong to the place's name before them."""

COMPASS_BEFORE = (
    "North|South|East|West|Northern|Southern|Eastern|Western|Northeast|Northwest|Southeast|Southwest|"
    "Northeastern|Northwestern|Southeastern|Southwestern|Central|Upper|Lower|Inner|Outer|Greater"
)
"""Capitalised words that belong to the place's name after them."""

NOT_IN_NAMES = DEMONYMS | CALENDAR | OFFICES | RANKS | BODIES | FUNCTION_WORDS
